using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Api;
using Gwctl.Providers.Aws.Api.Route53;
using Gwctl.Providers.Aws.Settling;

namespace Gwctl.Providers.Aws.Reading;

/// <summary>What Route 53 answered.</summary>
/// <param name="ZoneIds">By name and privacy; more than one where a name is ambiguous. Empty where no zone is looked
/// for.</param>
/// <param name="Records">All records, by zone id.</param>
internal sealed record DnsSnapshot(
    IReadOnlyDictionary<(string Name, bool IsPrivate), IReadOnlyList<string>> ZoneIds,
    IReadOnlyDictionary<string, IReadOnlyList<ResourceRecordSet>> Records);

/// <summary>Reads the zones that the configuration names, and those that the graph names, to their ends: what we own
/// there and no longer want is found in no other way.</summary>
internal sealed class DnsReading(AwsApi api, ReadScope scope, Wanted wanted)
{
    private const string ZonesPerPage = "100";
    private const string RecordsPerPage = "300";

    public async Task<DnsSnapshot> ReadAsync(CancellationToken cancellationToken)
    {
        var zones = await ZonesAsync(cancellationToken);
        var ids = zones.Values.SelectMany(found => found)
            .Concat(scope.Zones.Select(zone => zone.Id).OfType<string>())
            .Concat(GivenZones())
            .Distinct(StringComparer.Ordinal);
        var records = await Fanout.ByItemAsync(ids, RecordsAsync, cancellationToken);
        return new DnsSnapshot(zones, records);
    }

    private async Task<IReadOnlyDictionary<(string Name, bool IsPrivate), IReadOnlyList<string>>> ZonesAsync(
        CancellationToken cancellationToken)
    {
        var found = new Dictionary<(string, bool), IReadOnlyList<string>>();
        var names = scope.Zones.Where(zone => zone.Id is null)
            .Select(zone => (Name: zone.Name, IsPrivate: zone.Private))
            .Concat(LookedUpZones())
            .ToHashSet();
        if (names.Count == 0)
        {
            return found;
        }

        var request = new ListHostedZonesRequest { MaxItems = ZonesPerPage };
        await foreach (var zone in api.Route53.ListAllHostedZonesAsync(request, cancellationToken))
        {
            var key = (zone.Name.TrimEnd('.'), zone.Config?.PrivateZone is true);
            if (names.Contains(key))
            {
                found[key] = [.. found.GetValueOrDefault(key, []), zone.Id];
            }
        }

        return found;
    }

    private IEnumerable<(string Name, bool IsPrivate)> LookedUpZones() =>
        from lookup in wanted.Lookups
        let zone = lookup.Kind is Lookups.Zone ? Lookups.Parse(lookup) as LookupQuery.OfZone : null
        where zone is not null
        select (zone.Name, zone.IsPrivate);

    private IEnumerable<string> GivenZones() =>
        wanted.OfKind(Kinds.DnsRecord).Select(node => node.Attributes.TextOrNull("zone")).OfType<string>()
            .Concat(wanted.OfKind(Kinds.RequestedCertificate)
                .SelectMany(node => node.Attributes.MapOf("zones").Fields)
                .Select(field => field.Value).OfType<AttributeValue.Text>().Select(text => text.Value));

    private async Task<IReadOnlyList<ResourceRecordSet>> RecordsAsync(
        string zoneId, CancellationToken cancellationToken) =>
        await api.Route53.ListAllResourceRecordSetsAsync(
            new() { HostedZoneId = zoneId, MaxItems = RecordsPerPage }, cancellationToken)
                .ToListAsync(cancellationToken);
}
