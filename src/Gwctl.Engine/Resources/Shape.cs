using Gwctl.Core;

namespace Gwctl.Engine.Resources;

/// <summary>Writes attribute maps: a field that is null is left out.</summary>
public static class Shape
{
    public static AttributeMap Of(params ReadOnlySpan<AttributeField?> fields) => AttributeMap.Of(fields);

    public static AttributeValue.Map Map(params ReadOnlySpan<AttributeField?> fields) => new(Of(fields));

    public static AttributeField Field(string name, AttributeValue value) => new(name, value);

    public static AttributeField? Text(string name, string? value) =>
        value is null ? null : new AttributeField(name, new AttributeValue.Text(value));

    public static AttributeField Number(string name, long value) => new(name, new AttributeValue.Number(value));

    public static AttributeField Flag(string name, bool value) => new(name, new AttributeValue.Flag(value));

    /// <summary>Sorted, each text once.</summary>
    public static AttributeValue.List Texts(IEnumerable<string> texts)
    {
        var sorted = DistinctInOrder(texts);
        var values = new AttributeValue[sorted.Count];
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = new AttributeValue.Text(sorted[index]);
        }

        return new AttributeValue.List([.. values]);
    }

    /// <summary>Text values by name; of equal names the last counts.</summary>
    public static AttributeValue.Map TextMap(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        var last = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in pairs)
        {
            last[name] = value;
        }

        return new AttributeValue.Map(new AttributeMap(
            last.Select(pair => new AttributeField(pair.Key, new AttributeValue.Text(pair.Value)))));
    }

    public static EquatableList<string> Sorted(IEnumerable<string> texts) => [.. DistinctInOrder(texts)];

    private static List<string> DistinctInOrder(IEnumerable<string> texts)
    {
        var sorted = texts.ToList();
        sorted.Sort(StringComparer.Ordinal);
        var count = Math.Min(sorted.Count, 1);
        for (var index = 1; index < sorted.Count; index++)
        {
            if (sorted[index] != sorted[count - 1])
            {
                sorted[count] = sorted[index];
                count++;
            }
        }

        sorted.RemoveRange(count, sorted.Count - count);
        return sorted;
    }
}
