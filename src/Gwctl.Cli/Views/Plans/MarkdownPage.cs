using System.Text;

namespace Gwctl.Cli.Views.Plans;

/// <summary>Text up to a number of characters. What does not fit is left out whole, and counted.</summary>
public sealed class MarkdownPage(int charactersMax)
{
    private readonly StringBuilder _text = new();
    private int _leftOut;

    /// <summary>Adds a part, or leaves it out.</summary>
    public void Add(string part)
    {
        if (_text.Length + part.Length <= charactersMax)
        {
            _text.Append(part);
        }
        else
        {
            _leftOut++;
        }
    }

    /// <summary>Adds as many items as fit between a head and a foot; neither of them where no item fits.</summary>
    public void AddItems(string head, string foot, IEnumerable<string> items)
    {
        var start = _text.Length;
        _text.Append(head);
        var added = 0;
        foreach (var item in items)
        {
            if (_text.Length + item.Length + foot.Length <= charactersMax)
            {
                _text.Append(item);
                added++;
            }
            else
            {
                _leftOut++;
            }
        }

        if (added is 0)
        {
            _text.Length = start;
            return;
        }

        _text.Append(foot);
    }

    /// <param name="where">Where the rest can be read.</param>
    public string Finish(string where)
    {
        if (_leftOut > 0)
        {
            _text.Append($"_{Quantity.Of(_leftOut, "item")} did not fit: {where}._\n");
        }

        return _text.ToString();
    }
}
