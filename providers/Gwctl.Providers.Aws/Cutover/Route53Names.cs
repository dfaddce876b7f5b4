using System.Collections.Concurrent;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Providers.Aws.Api;
using Gwctl.Providers.Aws.Api.Route53;
using Gwctl.Providers.Aws.Reading;

namespace Gwctl.Providers.Aws.Cutover;

/// <summary>Weighted record sets of Route 53. A change is one batch that deletes exactly what was observed and creates
/// what is wanted: Route 53 refuses it as a whole where somebody was quicker.</summary>
internal sealed class Route53Names(AwsApi api, EquatableList<DnsZoneSpec> zones) : IWeightedDns
{
    private readonly ConcurrentDictionary<string, Zone> _zones = new(StringComparer.Ordinal);

    /// <summary>An alias at a load balancer is answered with a TTL of 60 s.</summary>
    public WeightedDnsTraits Traits { get; } = new(255, 1, TimeSpan.FromSeconds(60));

    public async Task<WeightedName> ReadAsync(DnsQuestion question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        try
        {
            var zone = await FindZoneAsync(question, cancellationToken);
            var records = await RecordsAtAsync(zone.Id, question.Hostname, cancellationToken);
            var addresses = records.Where(WeightedRecords.IsAddress).ToList();
            var texts = new List<DnsText>();
            foreach (var name in question.Texts(zone.Name))
            {
                var there = name == question.Hostname
                    ? records
                    : await RecordsAtAsync(zone.Id, name, cancellationToken);
                texts.AddRange(there.Where(record => record.Type is RRType.TXT).Select(WeightedRecords.ToText));
            }

            return new WeightedName
            {
                Hostname = question.Hostname,
                ZoneId = zone.Id,
                ZoneName = zone.Name,
                Form = WeightedRecords.FormOf(addresses),
                Members = [.. addresses.SelectMany(WeightedRecords.ToMembers)],
                Texts = [.. texts],
                NameServers = zone.NameServers,
            };
        }
        catch (AwsException exception)
        {
            throw AwsFailures.From(exception, $"reading the records of {question.Hostname}");
        }
    }

    public async Task<string> ChangeAsync(WeightedChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        var name = change.Observed;
        var observed = Comparable(name.Hostname, name.Members, name.Texts);
        var wanted = Comparable(name.Hostname, change.Members, change.Texts);
        var changes = observed.Except(wanted)
            .Select(record => new Change { Action = ChangeAction.DELETE, ResourceRecordSet = record })
            .Concat(wanted.Except(observed)
                .Select(record => new Change { Action = ChangeAction.CREATE, ResourceRecordSet = record }))
            .ToEquatableList();
        try
        {
            var answer = await api.Route53.ChangeResourceRecordSetsAsync(
                new()
                {
                    HostedZoneId = name.ZoneId,
                    ChangeBatch = new ChangeBatch { Changes = changes, Comment = change.Comment },
                },
                cancellationToken);
            return answer.ChangeInfo.Id;
        }
        catch (AwsApiException exception) when (exception.Code is "InvalidChangeBatch")
        {
            throw CutoverFailures.Stale(name.Hostname, exception);
        }
        catch (AwsException exception)
        {
            throw AwsFailures.From(exception, $"changing the records of {name.Hostname}");
        }
    }

    public async Task<bool> IsPropagatedAsync(string changeId, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await api.Route53.GetChangeAsync(new() { Id = changeId }, cancellationToken);
            return answer.ChangeInfo.Status is ChangeStatus.INSYNC;
        }
        catch (AwsException exception)
        {
            throw AwsFailures.From(exception, $"asking for change {changeId}");
        }
    }

    private sealed record Zone(string Id, string Name, EquatableList<string> NameServers);

    private static List<ResourceRecordSet> Comparable(
        string hostname, IEnumerable<WeightedMember> members, IEnumerable<DnsText> texts) =>
        [.. WeightedRecords.ToRecords(hostname, members, texts).Select(WeightedRecords.Comparable)];

    private async Task<IReadOnlyList<ResourceRecordSet>> RecordsAtAsync(
        string zone, string name, CancellationToken cancellationToken) =>
        await api.Route53.ListAllResourceRecordSetsAsync(
            new() { HostedZoneId = zone, StartRecordName = name }, cancellationToken)
            .TakeWhile(record => DnsShape.SameName(record.Name, name))
            .ToListAsync(cancellationToken);

    private async Task<Zone> FindZoneAsync(DnsQuestion question, CancellationToken cancellationToken)
    {
        var (id, name, isPrivate) = Configured(question);
        var key = $"{id} {name} {isPrivate}";
        if (_zones.TryGetValue(key, out var known))
        {
            return known;
        }

        id ??= await ZoneIdAsync(question.Hostname, name ?? "", isPrivate, cancellationToken);
        var found = await api.Route53.GetHostedZoneAsync(new() { Id = id }, cancellationToken);
        var zone = new Zone(
            found.HostedZone.Id, DnsShape.Name(found.HostedZone.Name), found.DelegationSet?.NameServers ?? []);
        return _zones.GetOrAdd(key, zone);
    }

    /// <summary>What the document says; else the configured zone with the longest name that holds the
    /// hostname.</summary>
    private (string? Id, string? Name, bool IsPrivate) Configured(DnsQuestion question)
    {
        if (question.ZoneId is not null || question.ZoneName is not null)
        {
            return (question.ZoneId, question.ZoneName, question.IsPrivate);
        }

        var zone = zones
            .Where(zone => Holds(DnsShape.Name(zone.Name), question.Hostname))
            .OrderByDescending(zone => zone.Name.Length)
            .FirstOrDefault() ?? throw CutoverFailures.NoZone(question.Hostname);
        return (zone.Id, DnsShape.Name(zone.Name), zone.Private);
    }

    private async Task<string> ZoneIdAsync(
        string hostname, string name, bool isPrivate, CancellationToken cancellationToken)
    {
        var found = await api.Route53.ListAllHostedZonesByNameAsync(new() { DNSName = name }, cancellationToken)
            .TakeWhile(zone => DnsShape.SameName(zone.Name, name))
            .Where(zone => zone.Config?.PrivateZone is true == isPrivate)
            .ToListAsync(cancellationToken);
        return found switch
        {
            [var only] => only.Id,
            [] => throw CutoverFailures.ZoneMissing(hostname, name),
            _ => throw CutoverFailures.ZoneAmbiguous(name, found.Select(zone => zone.Id)),
        };
    }

    private static bool Holds(string zone, string hostname) =>
        hostname == zone || hostname.EndsWith($".{zone}", StringComparison.Ordinal);
}
