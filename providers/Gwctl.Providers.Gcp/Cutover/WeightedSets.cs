using System.Globalization;
using System.Text.Json.Nodes;
using Gwctl.Engine.Providers;
using Gwctl.Providers.Gcp.Api;
using Gwctl.Providers.Gcp.Reading;

namespace Gwctl.Providers.Gcp.Cutover;

/// <summary>Cloud DNS's record sets as members of a name, and back. All members of a type are one record set: simple
/// ones its values, weighted ones the items of its routing policy, each with one value.</summary>
internal static class WeightedSets
{
    private const string Cname = "CNAME";
    private const string Txt = "TXT";

    public static bool IsAddress(JsonObject record) => TypeOf(record) is "A" or "AAAA" or Cname;

    public static bool IsText(JsonObject record) => TypeOf(record) is Txt;

    public static bool IsAt(JsonObject record, string hostname) =>
        DnsForm.Hostname(record.TextOrNull("name") ?? "") == hostname;

    public static WeightedForm FormOf(IReadOnlyList<JsonObject> records) => records switch
    {
        [] => WeightedForm.Absent,
        _ when records.Any(record => record.ObjectOrNull("routingPolicy") is { } policy && ItemsOf(policy) is null) =>
            WeightedForm.Other,
        _ when records.Any(record => record.ObjectOrNull("routingPolicy") is not null) => WeightedForm.Weighted,
        _ => WeightedForm.Simple,
    };

    /// <summary>Of a policy that has other rules than whole weights: every value that it may answer, without
    /// weight.</summary>
    public static IEnumerable<WeightedMember> ToMembers(JsonObject record)
    {
        var type = TypeOf(record);
        var ttl = TimeSpan.FromSeconds(record.NumberOrNull("ttl") ?? 0);
        if (record.ObjectOrNull("routingPolicy") is not { } policy)
        {
            return record.Texts("rrdatas").Select(value => Member(value, null));
        }

        return ItemsOf(policy) is { } items
            ? items.SelectMany(item => item.Values.Select(value => Member(value, item.Weight)))
            : ValuesIn(policy).Distinct(StringComparer.Ordinal).Select(value => Member(value, null));

        WeightedMember Member(string value, long? weight) =>
            new(type, "", weight, new DnsTarget.Value(value.TrimEnd('.')), ttl);
    }

    public static DnsText ToText(JsonObject record) => new(
        DnsForm.Hostname(record.TextOrNull("name") ?? ""),
        [.. record.Texts("rrdatas").Select(Unquoted)],
        TimeSpan.FromSeconds(record.NumberOrNull("ttl") ?? 0));

    /// <summary>A record set for each type, and one for each text.</summary>
    public static IEnumerable<JsonObject> ToRecords(
        string hostname, IEnumerable<WeightedMember> members, IEnumerable<DnsText> texts) => members
        .GroupBy(member => member.Type, StringComparer.Ordinal)
        .Select(group => ToRecord(hostname, group.Key, [.. group]))
        .Concat(texts.Select(text => Set(
            text.Name, Txt, text.Ttl, "rrdatas", Values(text.Values.Select(Quoted)))));

    private static JsonObject ToRecord(string hostname, string type, List<WeightedMember> members)
    {
        var ttl = members[0].Ttl ?? TimeSpan.Zero;
        if (members.TrueForAll(member => member.Weight is null))
        {
            return Set(hostname, type, ttl, "rrdatas", Values(members.Select(DataOf)));
        }

        var items = members.Select(member => (JsonNode)new JsonObject
        {
            ["weight"] = member.Weight ?? 0,
            ["rrdatas"] = Values([DataOf(member)]),
        });
        return Set(hostname, type, ttl, "routingPolicy", new JsonObject
        {
            ["wrr"] = new JsonObject { ["items"] = new JsonArray([.. items]) },
        });
    }

    private static JsonObject Set(string name, string type, TimeSpan ttl, string member, JsonNode content) => new()
    {
        ["name"] = DnsForm.Name(name),
        ["type"] = type,
        ["ttl"] = (long)ttl.TotalSeconds,
        [member] = content,
    };

    private static JsonArray Values(IEnumerable<string> values) => [.. values.Select(value => (JsonNode)value)];

    private static string DataOf(WeightedMember member)
    {
        var text = member.Target.ToString() ?? "";
        return member.Type is Cname ? DnsForm.Name(text) : text;
    }

    /// <summary>Null where the policy is another than whole weights of plain values.</summary>
    private static List<(long Weight, List<string> Values)>? ItemsOf(JsonObject policy)
    {
        if (policy.Any(member => member.Key is not ("kind" or "wrr") && member.Value is not null)
            || policy.ObjectOrNull("wrr") is not { } weighted)
        {
            return null;
        }

        var items = new List<(long, List<string>)>();
        foreach (var item in weighted.Objects("items"))
        {
            var values = item.Texts("rrdatas").ToList();
            if (item.ObjectOrNull("healthCheckedTargets") is not null || values.Count is 0
                || WeightOf(item["weight"]) is not { } weight)
            {
                return null;
            }

            items.Add((weight, values));
        }

        return items.Count is 0 ? null : items;
    }

    private static long? WeightOf(JsonNode? node) =>
        double.TryParse(JsonMembers.AsText(node), CultureInfo.InvariantCulture, out var weight)
            && double.IsInteger(weight) && weight is >= 0 and <= int.MaxValue
                ? (long)weight
                : null;

    private static IEnumerable<string> ValuesIn(JsonNode? node) => node switch
    {
        JsonObject json => json.Texts("rrdatas").Concat(
            json.Where(member => member.Key is not "rrdatas").SelectMany(member => ValuesIn(member.Value))),
        JsonArray list => list.SelectMany(ValuesIn),
        _ => [],
    };

    private static string TypeOf(JsonObject record) => record.TextOrNull("type") ?? "";

    /// <summary>The text between the quotes; a value of several strings, or with escapes, stays as it is.</summary>
    private static string Unquoted(string text) =>
        text.Length >= 2 && text[0] is '"' && text[^1] is '"' && !text.AsSpan(1, text.Length - 2).ContainsAny("\"\\")
            ? text[1..^1]
            : text;

    private static string Quoted(string text) => text.StartsWith('"') ? text : $"\"{text}\"";
}
