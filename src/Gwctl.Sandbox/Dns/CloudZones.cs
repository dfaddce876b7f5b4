using Gwctl.Sandbox.Gcp;
using Gwctl.Sandbox.State;
using Gwctl.Sandbox.Values;
using CloudTables = Gwctl.Sandbox.Gcp.Dns.DnsTables;
using Rows = System.Collections.Immutable.ImmutableSortedDictionary<string, Gwctl.Sandbox.Values.Struct>;

namespace Gwctl.Sandbox.Dns;

/// <summary>The managed zones of Cloud DNS, in the form of Route 53's: each item of a weighted policy is a record with
/// a weight.</summary>
internal static class CloudZones
{
    private const string ZonesTable = "/dns/managedZones";

    /// <summary>Weights have fractions there.</summary>
    private const double WeightScale = 1_000_000;

    public static IEnumerable<(Struct Zone, Rows Rows)> All(Tables tables) =>
        from table in tables.ByName.OrderBy(table => table.Key, StringComparer.Ordinal)
        where table.Key.StartsWith(GcpCloud.TablePrefix, StringComparison.Ordinal)
            && table.Key.EndsWith(ZonesTable, StringComparison.Ordinal)
        let project = table.Key[GcpCloud.TablePrefix.Length..^ZonesTable.Length]
        from zone in table.Value.Values
        select (zone, tables.Rows(CloudTables.Records(project, zone.Required("name"))));

    public static DnsZone Read(Struct zone, Rows records) => DnsZone.Of(
        zone.Required("dnsName"), zone.Text("visibility") is "private", records.Values.SelectMany(ToRecords));

    private static IEnumerable<Struct> ToRecords(Struct set)
    {
        var policy = set.Member("routingPolicy");
        if (policy?.Member("wrr") is { } weighted)
        {
            return weighted.Structs("items").Select(item =>
                ToRecord(set, item).With("Weight", WeightOf(item)));
        }

        // Where a question comes from is not known here: the first place answers.
        return policy?.Member("geo")?.Structs("items").Take(1).Select(item => ToRecord(set, item))
            ?? [ToRecord(set, set)];
    }

    private static long WeightOf(Struct item) =>
        item["weight"] is NumberValue weight ? (long)Math.Round(weight.Content * WeightScale) : 0;

    /// <param name="set">The record set.</param>
    /// <param name="source">What has the values: the set, or an item of its policy.</param>
    private static Struct ToRecord(Struct set, Struct source)
    {
        var name = set.Required("name");
        return new Struct
        {
            { "Name", name.StartsWith("*.", StringComparison.Ordinal) ? DnsZone.Wildcard + name[2..] : name },
            {
                "ResourceRecords",
                new ListValue(source.Texts("rrdatas").Select(text => new Struct { { "Value", text } }))
            },
            { "TTL", set.Number("ttl") },
            { "Type", set["type"] },
        };
    }
}
