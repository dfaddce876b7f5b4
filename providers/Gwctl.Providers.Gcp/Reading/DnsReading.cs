using System.Text.Json.Nodes;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Gcp.Api;
using Gwctl.Providers.Gcp.Settling;

namespace Gwctl.Providers.Gcp.Reading;

/// <summary>What Cloud DNS answered.</summary>
/// <param name="ZoneNames">Managed zones by DNS name (without the last dot) and privacy; more than one where a name is
/// ambiguous. Empty where no zone is looked for.</param>
/// <param name="Records">All record sets, by managed zone.</param>
internal sealed record DnsSnapshot(
    ILookup<(string DnsName, bool IsPrivate), string> ZoneNames,
    IReadOnlyDictionary<string, IReadOnlyList<JsonObject>> Records);

/// <summary>Reads the zones that the configuration names, and those that the graph names, to their ends: what we own
/// there and no longer want is found in no other way.</summary>
internal sealed class DnsReading(GcpApi api, ReadScope scope, Wanted wanted)
{
    public async Task<DnsSnapshot> ReadAsync(CancellationToken cancellationToken)
    {
        var looked = scope.Zones.Where(zone => zone.Id is null)
            .Select(zone => (DnsForm.Hostname(zone.Name), zone.Private))
            .Concat(LookedUp())
            .ToHashSet();
        var zones = await ZonesAsync(looked, cancellationToken);
        var names = zones.SelectMany(found => found)
            .Concat(scope.Zones.Select(zone => zone.Id).OfType<string>())
            .Concat(Given())
            .Distinct(StringComparer.Ordinal);
        var records = await Fanout.ByItemAsync(names, RecordsAsync, cancellationToken);
        return new DnsSnapshot(zones, records);
    }

    private async Task<ILookup<(string DnsName, bool IsPrivate), string>> ZonesAsync(
        HashSet<(string, bool)> looked, CancellationToken cancellationToken)
    {
        var found = new List<((string, bool) Key, string Name)>();
        if (looked.Count > 0)
        {
            await foreach (var zone in api.Dns.ListManagedZonesAsync(cancellationToken))
            {
                var key = (
                    DnsForm.Hostname(zone.TextOrNull("dnsName") ?? ""), zone.TextOrNull("visibility") is "private");
                if (looked.Contains(key) && zone.TextOrNull("name") is { } name)
                {
                    found.Add((key, name));
                }
            }
        }

        return found.ToLookup(zone => zone.Key, zone => zone.Name);
    }

    private IEnumerable<(string DnsName, bool IsPrivate)> LookedUp() =>
        from lookup in wanted.Lookups
        let zone = Lookups.Parse(lookup) as LookupQuery.OfZone
        where zone is not null
        select (zone.DnsName, zone.IsPrivate);

    private IEnumerable<string> Given() =>
        from kind in new[] { Kinds.DnsRecord, Kinds.DnsAuthorization }
        from node in wanted.OfKind(kind)
        let zone = node.Attributes.TextOrNull("zone")
        where zone is not null
        select zone;

    private async Task<IReadOnlyList<JsonObject>> RecordsAsync(string zone, CancellationToken cancellationToken) =>
        await api.Dns.ListRecordSetsAsync(zone, name: null, cancellationToken).ToListAsync(cancellationToken);
}
