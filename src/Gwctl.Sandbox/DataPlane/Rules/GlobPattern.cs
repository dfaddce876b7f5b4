namespace Gwctl.Sandbox.DataPlane.Rules;

/// <summary>A comparison string of a condition: <c>*</c> stands for any characters, <c>?</c> for exactly one.</summary>
/// <remarks>Matches without allocation and without regular expressions: every request runs through many of
/// these.</remarks>
internal sealed class GlobPattern
{
    private const char Many = '\uE000';
    private const char One = '\uE001';

    private readonly string _pattern;
    private readonly Shape _shape;
    private readonly StringComparison _comparison;
    private readonly bool _ignoreCase;

    /// <param name="text">As in the condition.</param>
    /// <param name="ignoreCase">Letters of either case are equal.</param>
    /// <param name="escapes">A backslash makes <c>*</c>, <c>?</c> and itself literal.</param>
    public GlobPattern(string text, bool ignoreCase, bool escapes)
    {
        _ignoreCase = ignoreCase;
        _comparison = ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        var parsed = Parse(text, escapes);
        var wild = parsed.AsSpan().IndexOfAny(Many, One);
        _shape = wild < 0 ? Shape.Literal
            : wild == parsed.Length - 1 && parsed[wild] is Many ? Shape.Prefix
            : Shape.General;
        _pattern = _shape is Shape.Prefix ? parsed[..^1]
            : ignoreCase ? parsed.ToLowerInvariant()
            : parsed;
    }

    private enum Shape
    {
        Literal,
        Prefix,
        General,
    }

    public bool Matches(ReadOnlySpan<char> text) => _shape switch
    {
        Shape.Literal => text.Equals(_pattern, _comparison),
        Shape.Prefix => text.StartsWith(_pattern, _comparison),
        _ => MatchesGeneral(text),
    };

    /// <summary>Greedy with one point to go back to: the last <c>*</c>. Enough, because an earlier one could only give
    /// up what the later one can take.</summary>
    private bool MatchesGeneral(ReadOnlySpan<char> text)
    {
        var (at, back, resume) = (0, -1, 0);
        var index = 0;
        while (index < text.Length)
        {
            if (at < _pattern.Length && _pattern[at] is Many)
            {
                (back, resume) = (at, index);
                at++;
            }
            else if (at < _pattern.Length && (_pattern[at] is One || Same(_pattern[at], text[index])))
            {
                at++;
                index++;
            }
            else if (back >= 0)
            {
                at = back + 1;
                resume++;
                index = resume;
            }
            else
            {
                return false;
            }
        }

        while (at < _pattern.Length && _pattern[at] is Many)
        {
            at++;
        }

        return at == _pattern.Length;
    }

    private bool Same(char expected, char actual) =>
        expected == (_ignoreCase ? char.ToLowerInvariant(actual) : actual);

    private static string Parse(string text, bool escapes)
    {
        Span<char> parsed = stackalloc char[text.Length];
        var length = 0;
        for (var index = 0; index < text.Length; index++)
        {
            var letter = text[index];
            if (escapes && letter is '\\' && index + 1 < text.Length && text[index + 1] is '*' or '?' or '\\')
            {
                index++;
                parsed[length] = text[index];
            }
            else
            {
                parsed[length] = letter switch { '*' => Many, '?' => One, _ => letter };
            }

            length++;
        }

        return new string(parsed[..length]);
    }
}
