using System.Globalization;
using System.Text.Json.Nodes;
using Gwctl.Engine.Marks;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Gcp.Api;

namespace Gwctl.Providers.Gcp.Reading;

/// <summary>Cloud DNS record sets, both ways. Names have a last dot, as in the API.</summary>
internal static class DnsForm
{
    private const string Weight = "weight";

    public static string Name(string name) => name.TrimEnd('.').ToLowerInvariant() + ".";

    /// <summary>Without the last dot.</summary>
    public static string Hostname(string name) => name.TrimEnd('.').ToLowerInvariant();

    /// <summary>Who owns by this TXT record set; null where it is another kind of text.</summary>
    public static DnsOwner? OwnerOf(JsonObject record) => record.TextOrNull("type") is "TXT"
        ? record.Texts("rrdatas").Select(DnsOwnership.Parse).FirstOrDefault(owner => owner is not null)
        : null;

    public static AttributeMap Shape(string zone, string name, string type, JsonObject? record, JsonObject? text)
    {
        var shape = AttributeMap.Empty.Put("zone", zone).Put("name", Name(name)).Put("type", type);
        if (record is not null)
        {
            shape = shape.Put("ttl", (long?)record.NumberOrNull("ttl"));
            shape = record.ObjectOrNull("routingPolicy") is { } policy
                ? shape.Put("routingPolicy", Policy(policy))
                : shape.Put("rrdatas", Attr.SortedTexts(record.Texts("rrdatas")));
        }

        return text is null ? shape : shape.Put("ownership", Ownership(text));
    }

    /// <summary>The record set that the attributes describe, as the API takes it; null where they describe
    /// none.</summary>
    public static JsonObject? ToRecord(AttributeMap attributes)
    {
        if (attributes["rrdatas"] is null && attributes["routingPolicy"] is null)
        {
            return null;
        }

        var record = new JsonObject
        {
            ["name"] = attributes.TextOf("name"),
            ["type"] = attributes.TextOf("type"),
            ["ttl"] = attributes.NumberOf("ttl"),
        };
        if (attributes.MapOrNull("routingPolicy") is { } policy)
        {
            record["routingPolicy"] = ToJson("routingPolicy", Attr.Map(policy));
        }
        else
        {
            record["rrdatas"] = new JsonArray([.. attributes.TextsOf("rrdatas").Select(text => (JsonNode)text)]);
        }

        return record;
    }

    /// <summary>An item of a weighted policy.</summary>
    public static AttributeValue Item(JsonObject item) => Attr.Map(AttributeMap.Empty
        .Put("rrdatas", Attr.SortedTexts(item.Texts("rrdatas")))
        .Put(Weight, item[Weight] is { } weight ? WeightOf(weight) : Attr.Number(0)));

    public static bool IsZero(JsonObject item) => item[Weight] is not { } weight
        || WeightOf(weight) is AttributeValue.Number(0);

    /// <summary>A text that is equal for record sets that are equal for everybody who asks.</summary>
    public static string Canonical(JsonObject record) => Engine.Resources.Canonical.Digest(
        Shape("", record.TextOrNull("name") ?? "", record.TextOrNull("type") ?? "", record, text: null));

    private static AttributeValue Ownership(JsonObject text) => Attr.Map(AttributeMap.Empty
        .Put("name", Name(text.TextOrNull("name") ?? ""))
        .Put("value", text.Texts("rrdatas").Where(value => DnsOwnership.Parse(value) is not null)
            .Select(value => value.Trim('"')).FirstOrDefault()));

    /// <summary>As the API has it, without what Google adds: kinds and signatures.</summary>
    private static AttributeValue Policy(JsonNode node) => node switch
    {
        JsonObject json => Attr.Map(new AttributeMap(
            from member in json
            where member.Value is not null && member.Key is not ("kind" or "signatureRrdatas")
            let value = member.Key is Weight ? WeightOf(member.Value) : Policy(member.Value)
            select new AttributeField(member.Key, value))),
        JsonArray items => Attr.List(items.OfType<JsonNode>().Select(Policy)),
        _ => BodyForm.From("", node) ?? Attr.Text(""),
    };

    /// <summary>A double; whole ones are numbers here, for weights are whole in specs.</summary>
    private static AttributeValue WeightOf(JsonNode node) =>
        double.TryParse(JsonMembers.AsText(node), CultureInfo.InvariantCulture, out var weight)
            && double.IsInteger(weight) && Math.Abs(weight) < long.MaxValue
                ? Attr.Number((long)weight)
                : Attr.Text(JsonMembers.AsText(node) ?? "");

    private static JsonNode ToJson(string name, AttributeValue value) => BodyForm.To(
        name, value, static _ => throw new System.Diagnostics.UnreachableException("records hold no secrets"));
}
