using Gwctl.Sandbox.State;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Route53;

/// <summary>Where zones, records and changes stand in the state.</summary>
internal static class RecordState
{
    public static string Zones(string account) => $"route53/{account}/zone";

    /// <summary>By name and id: the zones of that name, of all accounts.</summary>
    public static string ZonesNamed(string name) => $"route53/zone-name/{name}";

    /// <summary>By sort key, which is Route 53's own order.</summary>
    public static string Records(string zoneId) => $"route53/record/{zoneId}";

    public static string Changes(string account) => $"route53/{account}/change";

    public static string HealthChecks(string account) => $"route53/{account}/health-check";

    /// <summary>By caller reference.</summary>
    public static string DeletedHealthChecks(string account) => $"route53/{account}/deleted-health-check";

    public static string TagSets(string account, string resourceType) => $"route53/{account}/tags/{resourceType}";

    /// <summary>Names by reversed labels, then types, then set identifiers.</summary>
    public static string SortKey(string name, string type, string setIdentifier) =>
        $"{DnsName.Reversed(name)}\u0001{type}\u0001{setIdentifier}";

    public static string SortKey(Struct record) =>
        SortKey(record.Required("Name"), record.Required("Type"), record.Text("SetIdentifier") ?? "");

    /// <summary>Whether some zone holds exactly this CNAME.</summary>
    public static bool HasCname(Transaction state, string name, string value)
    {
        var wanted = DnsName.Normal(name);
        return ZonesAbove(state, wanted).Any(zone =>
            state.Get(Records(zone), SortKey(wanted, "CNAME", ""))?.Structs("ResourceRecords")
                .Any(record => DnsName.Normal(record.Required("Value")) == DnsName.Normal(value)) is true);
    }

    /// <summary>Zones that could hold the name.</summary>
    private static IEnumerable<string> ZonesAbove(Transaction state, string name)
    {
        var labels = name.TrimEnd('.').Split('.');
        return Enumerable.Range(0, labels.Length)
            .SelectMany(skip => state.Rows(ZonesNamed(string.Join('.', labels.Skip(skip)) + ".")).Keys);
    }
}
