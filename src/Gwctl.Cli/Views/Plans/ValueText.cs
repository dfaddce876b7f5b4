using System.Diagnostics;
using System.Text;
using Gwctl.Engine.Diff;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Resources;

namespace Gwctl.Cli.Views.Plans;

/// <summary>Writes attribute values as text. Ids of objects that the plan knows are written as the address they belong
/// to.</summary>
public sealed class ValueText
{
    public static readonly ValueText Plain = new([], []);

    /// <summary>Shorter outputs (a name, a number) also mean themselves elsewhere.</summary>
    private const int OutputLengthMin = 12;

    private readonly HashSet<ResourceAddress> _made;
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    private ValueText(
        IEnumerable<ResourceAddress> made, IEnumerable<(ResourceAddress Address, AttributeMap Outputs)> known)
    {
        _made = [.. made];
        foreach (var (address, outputs) in known)
        {
            foreach (var output in outputs.Fields)
            {
                if (output.Value is AttributeValue.Text { Value.Length: >= OutputLengthMin } text)
                {
                    _names.TryAdd(text.Value, $"{address}.{output.Name}");
                }
            }
        }
    }

    public static ValueText For(Plan plan) => new(
        plan.Changes.Where(change => change is Change.Create or Change.Replace).Select(change => change.Address),
        plan.Known.Select(known => (known.Address, known.Outputs)).Concat(plan.Changes.SelectMany(Living)));

    /// <summary>On one line, whatever the value.</summary>
    public string Inline(AttributeValue value) => value switch
    {
        AttributeValue.Text text => _names.TryGetValue(text.Value, out var name) ? name : Quote(text.Value),
        AttributeValue.Number number => number.Value.ToString(),
        AttributeValue.Flag flag => flag.Value ? "true" : "false",
        AttributeValue.Reference reference => _made.Contains(reference.Source)
            ? $"{reference.Source}.{reference.Output} (known after apply)"
            : $"{reference.Source}.{reference.Output}",
        AttributeValue.Lookup lookup => $"(looked up: {lookup.Kind} {lookup.Query})".Replace(" )", ")"),
        AttributeValue.Secret => "(sensitive)",
        AttributeValue.List { Items.Count: 0 } => "[]",
        AttributeValue.List list => $"[{string.Join(", ", list.Items.Select(Inline))}]",
        AttributeValue.Map { Fields.Fields.Count: 0 } => "{}",
        AttributeValue.Map map => Inline(map.Fields),
        _ => throw new UnreachableException(),
    };

    /// <summary>True where the value takes lines of its own.</summary>
    public static bool IsBlock(AttributeValue? value) =>
        value is AttributeValue.List { Items.Count: > 0 } or AttributeValue.Map { Fields.Fields.Count: > 0 };

    private static IEnumerable<(ResourceAddress Address, AttributeMap Outputs)> Living(Change change) => change switch
    {
        Change.Update update => [(update.Address, update.Before.Outputs)],
        Change.Replace replace => [(replace.Address, replace.Before.Outputs)],
        Change.Delete delete => [(delete.Address, delete.Before.Outputs)],
        Change.Adopt adopt => [(adopt.Address, adopt.Before.Outputs)],
        _ => [],
    };

    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"", text.Length + 2);
        foreach (var character in text)
        {
            quoted.Append(character switch
            {
                '"' => "\\\"",
                '\\' => @"\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ => character.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }

    private string Inline(AttributeMap map) =>
        $"{{ {string.Join(", ", map.Fields.Select(field => $"{field.Name} = {Inline(field.Value)}"))} }}";
}
