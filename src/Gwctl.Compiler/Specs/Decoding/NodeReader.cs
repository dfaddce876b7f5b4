using Gwctl.Core;

namespace Gwctl.Compiler.Specs.Decoding;

/// <summary>Decodes one mapping field by field, reporting everything that is wrong with it, and every field that nobody
/// read.</summary>
/// <remarks>
/// A provider decodes its own section of a <see cref="ProviderConfigSpec"/> like this:
/// <code>
/// var problems = new NodeProblems(config.Id.ToString());
/// var settings = NodeReader.Read(config.Settings, problems, "spec.cloud", DecodeSettings);
/// return problems.HasErrors ? Compiled.From&lt;CloudSettings&gt;(null, problems.Diagnostics) : …;
///
/// static CloudSettings DecodeSettings(NodeReader reader) => new()
/// {
///     Region = reader.RequiredText("region", TextRule.Length(1, 32)),            // Located&lt;string&gt;
///     Scheme = reader.Choice("scheme", "internet-facing", "internal"),           // Located&lt;string&gt;?
///     IdleTimeout = reader.Duration("idleTimeout", min, max),                    // Located&lt;TimeSpan&gt;?
///     Subnets = reader.Texts("subnets", countMax: 16),                           //
/// EquatableList&lt;Located&lt;string&gt;&gt;     Tags = reader.Map("tags"),                                           
///      // EquatableList&lt;Label&gt;, sorted     Network = reader.Section("network", DecodeNetwork),                  
///      // null where not given     Rules = reader.List("rules", DecodeRule, countMax: 50),
/// };
/// </code>
/// <see cref="Read"/>, <see cref="Section{T}"/> and <see cref="List{T}"/> report unread fields by themselves;
/// only who makes a reader by its constructor calls <see cref="Finish"/>.
/// A field that is wrong or missing is reported once and yields null or a placeholder (empty text, the lower bound, the
/// section's own place), so that decoding goes on: look at <see cref="NodeProblems.HasErrors"/> before using the
/// result. An explicit null counts as not given. Each field must be asked for once.
/// </remarks>
public sealed partial class NodeReader
{
    internal const string WantsText = "text";
    internal const string WantsNumber = "a whole number";
    internal const string WantsBool = "true or false";
    internal const string WantsList = "a list";
    internal const string WantsMapping = "a mapping";

    private const int MaskBits = 64;

    private static readonly SpecNode.Mapping Nothing = new([], default);

    private readonly SpecNode.Mapping _node;
    private readonly NodeReader? _parent;
    private readonly string _name;
    private readonly int _index;

    /// <summary>Both are null but where a decoder is explored: then it reads nothing, and what it asks for is
    /// noted.</summary>
    private readonly ShapeExploration? _exploration;

    private readonly SectionShape? _shape;

    /// <summary>Bit n: field n was read. Fields from 64 on are in <see cref="_readBeyondMask"/>.</summary>
    private ulong _read;

    private HashSet<int>? _readBeyondMask;

    /// <summary>Names that were asked for and not found: what an unknown field may have been meant to be.</summary>
    private string[] _absent = [];

    private int _absentCount;

    /// <param name="path">The mapping's place from the object's top, as <c>spec.cloud</c>; empty for the top.</param>
    public NodeReader(SpecNode.Mapping node, NodeProblems problems, string path = "")
        : this(node, problems, null, path, -1)
    {
    }

    private NodeReader(SpecNode.Mapping node, NodeProblems problems, NodeReader? parent, string name, int index)
    {
        _node = node;
        _parent = parent;
        _name = name;
        _index = index;
        Problems = problems;
    }

    private NodeReader(ShapeExploration exploration, SectionShape shape, NodeReader? parent, string name, int index)
        : this(Nothing, parent?.Problems ?? new NodeProblems(), parent, name, index)
    {
        _exploration = exploration;
        _shape = shape;
        shape.Enter(exploration.GivenIn(Path));
    }

    public NodeProblems Problems { get; }

    public SourceSpan Span => _node.Span;

    /// <summary>As <c>spec.rules[0].matches[2]</c>. Made anew at each call: for diagnostics only.</summary>
    public string Path
    {
        get
        {
            var own = _index < 0 ? _name : $"{_name}[{_index}]";
            var above = _parent?.Path ?? "";
            return above is "" ? own : $"{above}.{own}";
        }
    }

    /// <summary>Decodes a whole mapping and reports its unread fields.</summary>
    public static T Read<T>(SpecNode.Mapping node, NodeProblems problems, string path, Func<NodeReader, T> decode)
    {
        var reader = new NodeReader(node, problems, path);
        var value = decode(reader);
        reader.Finish();
        return value;
    }

    /// <summary>What a decoder reads, found by running it on nothing.</summary>
    public static SectionShape Explore(Func<NodeReader, object?> decode) => ShapeExploration.Explore(decode);

    internal static NodeReader Describing(ShapeExploration exploration, SectionShape shape) =>
        new(exploration, shape, null, "", -1);

    /// <summary>The path of a field of this mapping.</summary>
    public string PathOf(string name) => Path is "" ? name : $"{Path}.{name}";

    /// <summary>True where the field is given and not null. It still counts as unread.</summary>
    public bool Has(string name) => _exploration?.IsGiven(Path, name) ?? IsThere(name);

    /// <summary>True where the field is given and a mapping. It still counts as unread.</summary>
    public bool HasMapping(string name) =>
        _exploration?.IsGiven(Path, $"{name}{{}}", alone: false)
        ?? Find(name, out _)?.Value is SpecNode.Mapping;

    /// <summary>The place of the field's name; the mapping's own where the field is not given.</summary>
    public SourceSpan PlaceOf(string name) => Find(name, out _)?.KeySpan ?? Span;

    /// <summary>Accepts fields that are known and mean nothing to gwctl, whatever they hold.</summary>
    public void Ignore(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            _shape?.Note(name, new FieldShape(FieldForm.Any));
            Take(name);
        }
    }

    /// <summary>The field as it was parsed, for who decodes it otherwise; null where it is not given.</summary>
    public SpecNode? Node(string name)
    {
        _shape?.Note(name, new FieldShape(FieldForm.Any));
        return Take(name);
    }

    /// <summary>This mapping as it was parsed. Its fields still count as unread.</summary>
    public SpecNode.Mapping Mapping => _node;

    /// <summary>Decodes a nested mapping; null where it is not given or is none.</summary>
    public T? Section<T>(string name, Func<NodeReader, T?> decode)
        where T : class
    {
        if (_shape is not null)
        {
            return Explored(name, -1, new FieldShape(FieldForm.Section), decode);
        }

        if (Take(name) is not { } node)
        {
            return null;
        }

        if (node is SpecNode.Mapping mapping)
        {
            return Nested(mapping, name, -1, decode);
        }

        Problems.Add(FieldDiagnostics.WrongType(node, PathOf(name), WantsMapping));
        return null;
    }

    /// <summary>As <see cref="Section{T}"/>, and reports where it is not given; null is always reported.</summary>
    public T? RequiredSection<T>(string name, Func<NodeReader, T?> decode)
        where T : class
    {
        if (!IsThere(name))
        {
            ReportMissing(name);
        }

        return Section(name, decode);
    }

    /// <summary>Decodes a list of mappings in their order. Items that decode to null are left out.</summary>
    public EquatableList<T> List<T>(
        string name, Func<NodeReader, T?> decode, int countMin = 0, int countMax = int.MaxValue)
        where T : class
    {
        if (_shape is not null)
        {
            Explored(name, 0, CountedShape(FieldForm.List, countMin, countMax), decode);
        }

        if (Items(name, countMin, countMax) is not { Count: > 0 } items)
        {
            return [];
        }

        var decoded = new T[items.Count];
        var count = 0;
        for (var index = 0; index < items.Count; index++)
        {
            if (items[index] is not SpecNode.Mapping mapping)
            {
                Problems.Add(FieldDiagnostics.WrongType(items[index], $"{PathOf(name)}[{index}]", WantsMapping));
            }
            else if (Nested(mapping, name, index, decode) is { } value)
            {
                decoded[count] = value;
                count++;
            }
        }

        return EquatableList.Create<T>(decoded.AsSpan(0, count));
    }

    /// <summary>Reports each field that was not read, with the name that was probably meant.</summary>
    public void Finish()
    {
        for (var index = 0; index < _node.Fields.Count; index++)
        {
            if (!WasRead(index))
            {
                var field = _node.Fields[index];
                var nearest = NearestName.Find(field.Name, _absent.Take(_absentCount));
                Problems.Add(FieldDiagnostics.Unknown(field, PathOf(field.Name), nearest));
            }
        }
    }

    private T? Explored<T>(string name, int index, FieldShape field, Func<NodeReader, T?> decode)
        where T : class
    {
        if (_exploration is null || _shape is null)
        {
            return null;
        }

        var inner = _shape.Inner(name);
        _shape.Note(name, field with { Section = inner });
        return decode(new NodeReader(_exploration, inner, this, name, index));
    }

    private static FieldShape CountedShape(FieldForm form, int countMin, int countMax) => new(form)
    {
        CountMin = FieldShape.Bound(countMin),
        CountMax = FieldShape.Bound(countMax),
    };

    private bool IsThere(string name) => Find(name, out _) is { } field && !ScalarText.IsNull(field.Value);

    private T? Nested<T>(SpecNode.Mapping mapping, string name, int index, Func<NodeReader, T?> decode)
        where T : class
    {
        var reader = new NodeReader(mapping, Problems, this, name, index);
        var value = decode(reader);
        reader.Finish();
        return value;
    }

    /// <summary>A list field's items after its bounds were checked; null where it is not given or is no list.</summary>
    private EquatableList<SpecNode>? Items(string name, int countMin, int countMax)
    {
        if (Take(name) is not { } node)
        {
            if (countMin > 0)
            {
                ReportMissing(name);
            }

            return null;
        }

        if (node is not SpecNode.Sequence sequence)
        {
            Problems.Add(FieldDiagnostics.WrongType(node, PathOf(name), WantsList));
            return null;
        }

        if (sequence.Items.Count < countMin || sequence.Items.Count > countMax)
        {
            Problems.Add(FieldDiagnostics.CountOutOfBounds(
                sequence.Span, PathOf(name), sequence.Items.Count, countMin, countMax));
        }

        return sequence.Items;
    }

    private void ReportMissing(string name)
    {
        _shape?.Require(name);
        Problems.Add(FieldDiagnostics.Missing(Span, PathOf(name)));
    }

    /// <summary>Marks the field as read; null where it is not given or null.</summary>
    private SpecNode? Take(string name)
    {
        if (Find(name, out var index) is not { } field)
        {
            NoteAbsent(name);
            return null;
        }

        if (index < MaskBits)
        {
            _read |= 1UL << index;
        }
        else
        {
            (_readBeyondMask ??= []).Add(index);
        }

        return ScalarText.IsNull(field.Value) ? null : field.Value;
    }

    private bool WasRead(int index) =>
        index < MaskBits ? (_read & (1UL << index)) is not 0 : _readBeyondMask?.Contains(index) is true;

    private SpecField? Find(string name, out int index)
    {
        var fields = _node.Fields.AsSpan();
        for (index = 0; index < fields.Length; index++)
        {
            if (fields[index].Name == name)
            {
                return fields[index];
            }
        }

        return null;
    }

    private void NoteAbsent(string name)
    {
        if (_absentCount == _absent.Length)
        {
            Array.Resize(ref _absent, Math.Max(8, _absentCount * 2));
        }

        _absent[_absentCount] = name;
        _absentCount++;
    }
}
