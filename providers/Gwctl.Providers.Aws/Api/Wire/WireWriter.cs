namespace Gwctl.Providers.Aws.Api.Wire;

/// <summary>A request, or a part of one, that can write itself by wire name.</summary>
internal interface IWireShape
{
    void Write(WireWriter to);
}

/// <summary>
/// What a request writes itself to. Null means "not sent"; so does an empty list, because no operation here gives
/// an empty list a meaning of its own that differs from an absent one.
/// </summary>
internal abstract class WireWriter
{
    public abstract void Put(string name, string? value);

    public abstract void Put(string name, long? value);

    public abstract void Put(string name, bool? value);

    public abstract void Put(string name, ReadOnlyMemory<byte>? value);

    public abstract void Put(string name, IWireShape? value);

    /// <param name="name">The list's wire name.</param>
    /// <param name="item">The name of one item's element; only XML has one.</param>
    /// <param name="values">The items in their order, which XML and query keep.</param>
    public abstract void PutList(string name, string item, IReadOnlyList<string> values);

    public abstract void PutList(string name, string item, IReadOnlyList<IWireShape> values);

    public abstract void PutMap(string name, IReadOnlyList<KeyValuePair<string, string>> values);

    public void PutList(string name, IReadOnlyList<string> values) => PutList(name, "member", values);

    public void PutList(string name, IReadOnlyList<IWireShape> values) => PutList(name, "member", values);
}
