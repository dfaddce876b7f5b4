using System.Collections;

namespace Gwctl.Sandbox.Values;

/// <summary>An ordered list of values.</summary>
public sealed class ListValue : Value, IReadOnlyList<Value>
{
    public static readonly ListValue Empty = new([]);

    private readonly Value[] _items;

    public ListValue(IEnumerable<Value> items) => _items = [.. items];

    public int Count => _items.Length;

    public Value this[int index] => _items[index];

    public IEnumerable<string> Texts => _items.OfType<TextValue>().Select(text => text.Content);

    public IEnumerable<Struct> Structs => _items.OfType<Struct>();

    public static ListValue Of(IEnumerable<string> texts) => new(texts.Select(text => new TextValue(text)));

    public static ListValue Of(params ReadOnlySpan<Struct> structs) => new(structs.ToArray());

    public IEnumerator<Value> GetEnumerator() => ((IEnumerable<Value>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _items.GetEnumerator();
}
