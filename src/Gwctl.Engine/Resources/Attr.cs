using Gwctl.Core;

namespace Gwctl.Engine.Resources;

/// <summary>Makes attribute values, and takes them apart. Reading a field that is not there, or is of another case than
/// <c>Kinds</c> says, is a bug of gwctl's: plans were checked when they were read.</summary>
public static class Attr
{
    public static AttributeValue Text(string value) => new AttributeValue.Text(value);

    public static AttributeValue Number(long value) => new AttributeValue.Number(value);

    public static AttributeValue Flag(bool value) => new AttributeValue.Flag(value);

    public static AttributeValue List(IEnumerable<AttributeValue> items) =>
        new AttributeValue.List(items.ToEquatableList());

    /// <summary>Texts whose order means nothing to the cloud.</summary>
    public static AttributeValue SortedTexts(IEnumerable<string> texts) => AttributeOrder.Sorted(texts.Select(Text));

    public static AttributeValue Map(AttributeMap fields) => new AttributeValue.Map(fields);

    public static AttributeValue Map(IEnumerable<KeyValuePair<string, string>> texts) =>
        Map(new AttributeMap(texts.Select(text => new AttributeField(text.Key, Text(text.Value)))));

    public static AttributeMap None => AttributeMap.Empty;

    extension(AttributeMap map)
    {
        /// <summary>A copy with the field, or the map itself where the value is null.</summary>
        public AttributeMap Put(string name, AttributeValue? value) => value is null ? map : map.With(name, value);

        public AttributeMap Put(string name, string? value) => value is null ? map : map.With(name, Text(value));

        public AttributeMap Put(string name, long? value) => value is { } number ? map.With(name, Number(number)) : map;

        public string TextOf(string name) => AsText(map[name]) ?? throw Missing(name);

        public string? TextOrNull(string name) => AsText(map[name]);

        public int NumberOf(string name) => map.NumberOrNull(name) ?? throw Missing(name);

        public int? NumberOrNull(string name) => map[name] switch
        {
            AttributeValue.Number(var number) => checked((int)number),
            AttributeValue.Text(var text) when int.TryParse(text, out var number) => number,
            _ => null,
        };

        public AttributeMap MapOf(string name) => map.MapOrNull(name) ?? AttributeMap.Empty;

        public AttributeMap? MapOrNull(string name) => map[name] is AttributeValue.Map(var fields) ? fields : null;

        public IReadOnlyList<AttributeValue> ListOf(string name) =>
            map[name] is AttributeValue.List(var items) ? items : [];

        public EquatableList<string> TextsOf(string name) =>
            map.ListOf(name).Select(item => AsText(item) ?? throw Missing(name)).ToEquatableList();

        public IEnumerable<AttributeMap> MapsOf(string name) =>
            map.ListOf(name).Select(item => item is AttributeValue.Map(var fields) ? fields : throw Missing(name));

        /// <summary>A map of texts, such as tags or a load balancer's attributes.</summary>
        public IEnumerable<KeyValuePair<string, string>> Pairs() =>
            map.Fields.Select(
                field => KeyValuePair.Create(field.Name, AsText(field.Value) ?? throw Missing(field.Name)));
    }

    private static string? AsText(AttributeValue? value) => value switch
    {
        AttributeValue.Text(var text) => text,
        AttributeValue.Number(var number) => $"{number}",
        AttributeValue.Flag(var flag) => flag ? "true" : "false",
        _ => null,
    };

    private static System.Diagnostics.UnreachableException Missing(string name) =>
        new($"gwctl has a bug: the attribute {name} is missing or of another shape than its kind has");
}
