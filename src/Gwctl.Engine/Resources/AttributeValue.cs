using Gwctl.Core;

namespace Gwctl.Engine.Resources;

/// <summary>A value of a cloud object's attribute. Unknown and secret are cases, not null or magic text.</summary>
public abstract record AttributeValue
{
    private AttributeValue()
    {
    }

    /// <summary>What is still open in it, at whatever depth: most values hold nothing of that, and are passed over
    /// without a look inside.</summary>
    internal virtual OpenValues Open => OpenValues.None;

    public sealed record Text(string Value) : AttributeValue;

    public sealed record Number(long Value) : AttributeValue;

    public sealed record Flag(bool Value) : AttributeValue;

    /// <summary>Order is meaning. Where the cloud's order means nothing, the provider sorts both sides alike.</summary>
    public sealed record List(EquatableList<AttributeValue> Items) : AttributeValue
    {
        internal override OpenValues Open { get; } = OpenIn(Items.AsSpan());
    }

    public sealed record Map(AttributeMap Fields) : AttributeValue
    {
        internal override OpenValues Open => Fields.Open;
    }

    /// <summary>An output (an id, an address) of another resource of ours, known when that resource exists.</summary>
    public sealed record Reference(ResourceAddress Source, string Output) : AttributeValue
    {
        internal override OpenValues Open => OpenValues.Reference;
    }

    /// <summary>Something of the account's that is not ours and that only reading finds: a subnet, a zone, a
    /// certificate. <see cref="Providers.IProvider.Settle"/> replaces every one; none reaches a plan.</summary>
    public sealed record Lookup(string Kind, string Query) : AttributeValue
    {
        internal override OpenValues Open => OpenValues.Lookup;
    }

    /// <summary>Secret text. <paramref name="Source"/> names where the applier finds it
    /// (<c>Secret/ns/name#tls.key</c>);
    /// <paramref name="Digest"/> is its SHA-256, which is all that plans hold and compare.</summary>
    public sealed record Secret(string Source, string Digest) : AttributeValue
    {
        public override string ToString() => "(sensitive)";
    }

    private static OpenValues OpenIn(ReadOnlySpan<AttributeValue> values)
    {
        var open = OpenValues.None;
        foreach (var value in values)
        {
            open |= value.Open;
        }

        return open;
    }
}

/// <summary>Values that are known only later.</summary>
[Flags]
internal enum OpenValues
{
    None = 0,
    Reference = 1,
    Lookup = 2,
}

/// <summary>One named value.</summary>
public readonly record struct AttributeField(string Name, AttributeValue Value);

/// <summary>Named values, sorted by name (ordinal), each name once. Compares by content.</summary>
public sealed class AttributeMap : IEquatable<AttributeMap>
{
    public static readonly AttributeMap Empty = new([]);

    private readonly AttributeField[] _fields;

    public AttributeMap(IEnumerable<AttributeField> fields)
        : this([.. fields], isSorted: false)
    {
    }

    private AttributeMap(AttributeField[] fields, bool isSorted)
    {
        _fields = fields;
        if (!isSorted)
        {
            Array.Sort(_fields, static (left, right) => string.CompareOrdinal(left.Name, right.Name));
        }

        foreach (var field in _fields)
        {
            Open |= field.Value.Open;
        }

        for (var index = 1; index < _fields.Length; index++)
        {
            Invariant.Holds(!string.Equals(_fields[index - 1].Name, _fields[index].Name, StringComparison.Ordinal));
        }
    }

    public IReadOnlyList<AttributeField> Fields => _fields;

    /// <summary>True where a value in it, at whatever depth, is a <see cref="AttributeValue.Lookup"/>.</summary>
    public bool HoldsLookup => Open.HasFlag(OpenValues.Lookup);

    internal OpenValues Open { get; }

    /// <summary>What <see cref="AttributeWalk.References"/> has found; null before it looked. Every stage of a plan
    /// asks for it.</summary>
    internal IReadOnlyList<AttributeValue.Reference>? References { get; set; }

    public AttributeValue? this[string name] => PlaceOf(name) is var place and >= 0 ? _fields[place].Value : null;

    /// <summary>Those of the fields that are not null.</summary>
    public static AttributeMap Of(params ReadOnlySpan<AttributeField?> fields)
    {
        var count = 0;
        foreach (var field in fields)
        {
            count += field is null ? 0 : 1;
        }

        var present = new AttributeField[count];
        count = 0;
        foreach (var field in fields)
        {
            if (field is not null)
            {
                present[count++] = field.Value;
            }
        }

        return new AttributeMap(present, isSorted: false);
    }

    /// <summary><see cref="Fields"/>, for loops that run millions of times.</summary>
    public ReadOnlySpan<AttributeField> AsSpan() => _fields;

    /// <summary>A copy in which <paramref name="name"/> has <paramref name="value"/>.</summary>
    public AttributeMap With(string name, AttributeValue value)
    {
        var place = PlaceOf(name);
        var field = new AttributeField(name, value);
        return new AttributeMap(
            place >= 0
                ? [.. _fields.AsSpan(0, place), field, .. _fields.AsSpan(place + 1)]
                : [.. _fields.AsSpan(0, ~place), field, .. _fields.AsSpan(~place)],
            isSorted: true);
    }

    /// <summary>A copy that lacks <paramref name="name"/>.</summary>
    public AttributeMap Without(string name) => PlaceOf(name) is var place and >= 0
        ? new AttributeMap([.. _fields.AsSpan(0, place), .. _fields.AsSpan(place + 1)], isSorted: true)
        : this;

    public bool Equals(AttributeMap? other) =>
        other is not null && (ReferenceEquals(this, other) || _fields.AsSpan().SequenceEqual(other._fields));

    public override bool Equals(object? obj) => Equals(obj as AttributeMap);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var field in _fields)
        {
            hash.Add(field);
        }

        return hash.ToHashCode();
    }

    /// <summary>The field's index; where there is none, the complement of where it would be.</summary>
    private int PlaceOf(string name)
    {
        var (low, high) = (0, _fields.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = string.CompareOrdinal(_fields[middle].Name, name);
            if (order is 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return ~low;
    }
}
