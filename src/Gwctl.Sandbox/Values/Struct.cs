using System.Collections;

namespace Gwctl.Sandbox.Values;

/// <summary>A structure or a map: named values in the order in which they were added.</summary>
/// <remarks>A member whose name starts with <c>@</c> is the sandbox's own note; it never leaves on the wire.</remarks>
public sealed class Struct : Value, IEnumerable<KeyValuePair<string, Value>>
{
    private readonly List<KeyValuePair<string, Value>> _members;

    public Struct() => _members = [];

    private Struct(IEnumerable<KeyValuePair<string, Value>> members) => _members = [.. members];

    public int Count => _members.Count;

    public Value? this[string name]
    {
        get
        {
            foreach (var member in _members)
            {
                if (member.Key == name)
                {
                    return member.Value;
                }
            }

            return null;
        }
    }

    /// <summary>Adds a member while the structure is being built; null adds nothing.</summary>
    public void Add(string name, Value? value)
    {
        if (value is not null)
        {
            _members.Add(new(name, value));
        }
    }

    public void Add(string name, string? value) => Add(name, value is null ? null : new TextValue(value));

    public void Add(string name, long? value) => Add(name, value is { } number ? new NumberValue(number) : null);

    public void Add(string name, bool? value) => Add(name, value is { } flag ? new FlagValue(flag) : null);

    public void Add(string name, DateTimeOffset? value) =>
        Add(name, value is { } time ? new NumberValue(time.ToUnixTimeMilliseconds() / 1000.0) : null);

    public void Add(string name, IEnumerable<string> values) => Add(name, ListValue.Of(values));

    public void Add(string name, IEnumerable<Struct> values) => Add(name, new ListValue(values));

    public bool Has(string name) => this[name] is not null;

    public string? Text(string name) => (this[name] as TextValue)?.Content;

    /// <summary>A text that the contract or the sandbox's own code has made sure of.</summary>
    public string Required(string name) =>
        Text(name) ?? throw new InvalidOperationException($"The structure has no text member '{name}'.");

    public long? Number(string name) => this[name] is NumberValue number ? (long)number.Content : null;

    public bool? Flag(string name) => (this[name] as FlagValue)?.Content;

    public DateTimeOffset? Time(string name) =>
        this[name] is NumberValue number
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Round(number.Content * 1000))
            : null;

    public Struct? Member(string name) => this[name] as Struct;

    public ListValue List(string name) => this[name] as ListValue ?? ListValue.Empty;

    public IEnumerable<string> Texts(string name) => List(name).Texts;

    public IEnumerable<Struct> Structs(string name) => List(name).Structs;

    /// <summary>A copy with one member replaced in its place, or added at the end.</summary>
    public Struct With(string name, Value value)
    {
        var copy = new Struct(_members);
        var index = copy._members.FindIndex(member => member.Key == name);
        if (index < 0)
        {
            copy._members.Add(new(name, value));
        }
        else
        {
            copy._members[index] = new(name, value);
        }

        return copy;
    }

    public Struct With(string name, string value) => With(name, new TextValue(value));

    public Struct With(string name, bool value) => With(name, new FlagValue(value));

    public Struct With(string name, long value) => With(name, new NumberValue(value));

    public Struct With(string name, DateTimeOffset value) =>
        With(name, new NumberValue(value.ToUnixTimeMilliseconds() / 1000.0));

    public Struct With(string name, IEnumerable<string> values) => With(name, ListValue.Of(values));

    public Struct Without(params ReadOnlySpan<string> names)
    {
        var dropped = names.ToArray();
        return new Struct(_members.Where(member => !dropped.Contains(member.Key)));
    }

    /// <summary>A copy in which the other's members replace or follow this one's.</summary>
    public Struct Merge(Struct other) =>
        other.Aggregate(this, (merged, member) => merged.With(member.Key, member.Value));

    public IEnumerator<KeyValuePair<string, Value>> GetEnumerator() => _members.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
