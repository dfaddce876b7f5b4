using System.Text;

namespace Gwctl.Sandbox.Values;

/// <summary>One node of the tree that every protocol is decoded to, every answer is encoded from, and all state is
/// kept in. Immutable once it has been handed over: the state shares nodes between snapshots.</summary>
public abstract class Value
{
    private protected Value()
    {
    }

    /// <summary>Same content, whatever the order of a structure's members.</summary>
    public static bool Same(Value? left, Value? right) => (left, right) switch
    {
        (null, null) => true,
        (TextValue a, TextValue b) => a.Content == b.Content,
        (NumberValue a, NumberValue b) => a.Content.Equals(b.Content),
        (FlagValue a, FlagValue b) => a.Content == b.Content,
        (Utf8Value a, Utf8Value b) => a.Content.AsSpan().SequenceEqual(b.Content),
        (ListValue a, ListValue b) => a.Count == b.Count && a.Zip(b).All(pair => Same(pair.First, pair.Second)),
        (Struct a, Struct b) => a.Count == b.Count && a.All(member => Same(member.Value, b[member.Key])),
        _ => false,
    };
}

/// <summary>A string, an enum value, or a blob in base64.</summary>
public sealed class TextValue(string content) : Value
{
    public string Content { get; } = content;

    public override string ToString() => Content;
}

/// <summary>A long string that is used as the bytes it is sent as. From a journal it comes back as a
/// <see cref="TextValue"/>.</summary>
public sealed class Utf8Value(byte[] content) : Value
{
    public byte[] Content { get; } = content;

    public override string ToString() => Encoding.UTF8.GetString(Content);
}

/// <summary>An integer, a fraction, or a time as seconds since 1970.</summary>
public sealed class NumberValue(double content) : Value
{
    public double Content { get; } = content;

    public override string ToString() => Content.ToString("R");
}

public sealed class FlagValue(bool content) : Value
{
    public bool Content { get; } = content;

    public override string ToString() => Content ? "true" : "false";
}
