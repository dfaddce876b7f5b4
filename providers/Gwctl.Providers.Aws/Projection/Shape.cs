using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>Writes attribute maps: a field that is null is left out.</summary>
internal static class Shape
{
    public static AttributeMap Of(params ReadOnlySpan<AttributeField?> fields)
    {
        var present = new List<AttributeField>(fields.Length);
        foreach (var field in fields)
        {
            if (field is not null)
            {
                present.Add(field);
            }
        }

        return new AttributeMap(present);
    }

    public static AttributeValue.Map Map(params ReadOnlySpan<AttributeField?> fields) => new(Of(fields));

    public static AttributeField Field(string name, AttributeValue value) => new(name, value);

    public static AttributeField? Text(string name, string? value) =>
        value is null ? null : new AttributeField(name, new AttributeValue.Text(value));

    public static AttributeField Number(string name, long value) => new(name, new AttributeValue.Number(value));

    public static AttributeField Flag(string name, bool value) => new(name, new AttributeValue.Flag(value));

    /// <summary>Sorted, each text once.</summary>
    public static AttributeValue.List Texts(IEnumerable<string> texts) =>
        new([.. texts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(AttributeValue (text) => new AttributeValue.Text(text))]);

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

    public static EquatableList<string> Sorted(IEnumerable<string> texts) =>
        [.. texts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
