using Gwctl.Core;

namespace Gwctl.Compiler.Specs.Decoding;

/// <summary>What a field's value may be.</summary>
public enum FieldForm
{
    /// <summary>Anything: the field is known and read by somebody else, or has several forms.</summary>
    Any,
    Text,
    Number,
    Bool,

    /// <summary>A whole number or a text.</summary>
    NumberOrText,

    /// <summary>A number with or without decimals, quoted or not.</summary>
    Percent,

    /// <summary>A mapping of names to texts.</summary>
    Map,
    Texts,
    Numbers,
    Section,
    List,
}

/// <summary>A field as its decoder reads it.</summary>
public sealed record FieldShape(FieldForm Form)
{
    /// <summary>Of a text's characters, or a number; of the items' where it is a list of texts or numbers.</summary>
    public long? Min { get; init; }

    public long? Max { get; init; }

    /// <summary>Of a list's items or a map's names.</summary>
    public int? CountMin { get; init; }

    public int? CountMax { get; init; }

    /// <summary>The texts that are allowed; empty where others are too.</summary>
    public EquatableList<string> Choices { get; init; } = [];

    /// <summary>What is right, as a sentence; empty where the form says it.</summary>
    public string Hint { get; init; } = "";

    /// <summary>Of a section, or a list's items.</summary>
    public SectionShape? Section { get; init; }

    /// <summary>A text of a rule's form.</summary>
    public static FieldShape OfText(TextRule? rule) => new(FieldForm.Text)
    {
        Min = rule?.LengthMin,
        Max = rule?.LengthMax,
        Hint = rule?.Holds is null ? "" : rule.Remedy,
    };

    internal static int? Bound(int count) => count is int.MaxValue or 0 ? null : count;
}

/// <summary>The fields of a mapping as its decoder asks for them.</summary>
public sealed class SectionShape
{
    private readonly Dictionary<string, FieldShape> _fields = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _required = new(StringComparer.Ordinal);
    private readonly HashSet<string> _exempt = new(StringComparer.Ordinal);
    private int _visits;

    /// <summary>In the order in which they are read.</summary>
    public IReadOnlyDictionary<string, FieldShape> Fields => _fields;

    /// <summary>True where the decoder demands the field whatever else is given.</summary>
    public bool IsRequired(string name) => _required.GetValueOrDefault(name) == _visits && _visits > 0;

    internal void Enter(IEnumerable<string> given)
    {
        _visits++;
        _exempt.Clear();
        foreach (var name in given)
        {
            // A decoder that asks whether a field is given does not demand it then: that visit says nothing of it.
            _exempt.Add(name);
            _required[name] = _required.GetValueOrDefault(name) + 1;
        }
    }

    internal void Require(string name)
    {
        if (!_exempt.Contains(name))
        {
            _required[name] = _required.GetValueOrDefault(name) + 1;
        }
    }

    internal void Note(string name, FieldShape shape)
    {
        if (!_fields.TryGetValue(name, out var known) || known.Form is FieldForm.Any && known.Hint is "")
        {
            _fields[name] = shape;
        }
        else if (shape.Form is not FieldForm.Any && !known.Equals(shape))
        {
            _fields[name] = new FieldShape(FieldForm.Any) { Hint = "One of several forms." };
        }
    }

    /// <summary>The shape of a section or a list's items, the same one at each visit.</summary>
    internal SectionShape Inner(string name) =>
        _fields.TryGetValue(name, out var known) && known.Section is { } section ? section : new SectionShape();
}
