using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Providers.Gcp.Api;
using Gwctl.Providers.Gcp.Reading;

namespace Gwctl.Providers.Gcp.Cutover;

/// <summary>Weighted record sets of Cloud DNS: all weights of a type are items of one record set's policy. A change
/// deletes exactly what is there, and adds what is wanted, all types and texts together: Cloud DNS refuses it as a
/// whole where somebody was quicker.</summary>
internal sealed class CloudDnsNames(GcpApi api, EquatableList<DnsZoneSpec> zones) : IWeightedDns
{
    /// <summary>Cloud DNS takes weights from 0 to 1000.</summary>
    private const int WeightMax = 1000;

    private readonly ConcurrentDictionary<string, Zone> _zones = new(StringComparer.Ordinal);

    /// <summary>Nothing points: each member has an address and the record set's TTL.</summary>
    public WeightedDnsTraits Traits { get; } = new(WeightMax, 1, TimeSpan.Zero) { HasKeys = false, OwnsByType = true };

    public async Task<WeightedName> ReadAsync(DnsQuestion question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        try
        {
            var zone = await FindZoneAsync(question, cancellationToken);
            var texts = question.Texts(zone.DnsName);
            var there = await RecordsAsync(zone.Id, [question.Hostname, .. texts], cancellationToken);
            var addresses = there.Where(record => IsAddressOf(record, question.Hostname)).ToList();
            return new WeightedName
            {
                Hostname = question.Hostname,
                ZoneId = zone.Id,
                ZoneName = zone.DnsName,
                Form = WeightedSets.FormOf(addresses),
                Members = [.. addresses.SelectMany(WeightedSets.ToMembers)],
                Texts = [.. there.Where(record => IsTextOf(record, texts)).Select(WeightedSets.ToText)],
                NameServers = zone.NameServers,
            };
        }
        catch (GcpException exception)
        {
            throw GcpFailures.From(exception, $"reading the record sets of {question.Hostname}");
        }
    }

    public async Task<string> ChangeAsync(WeightedChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        var name = change.Observed;
        try
        {
            var (deletions, additions) = await DifferenceAsync(change, cancellationToken);
            if (deletions.Count + additions.Count is 0)
            {
                return "";
            }

            var body = new JsonObject
            {
                ["additions"] = new JsonArray([.. additions]),
                ["deletions"] = new JsonArray([.. deletions.Select(record => record.DeepClone())]),
            };
            var answer = await api.Dns.CreateChangeAsync(name.ZoneId, body, cancellationToken);
            return $"{name.ZoneId}/{answer.TextOrNull("id")}";
        }
        catch (GcpApiException exception) when (exception.Operation is "changes.create"
            && (exception.ConditionNotMet || exception.AlreadyExists || exception.NotFound))
        {
            throw CutoverFailures.Stale(name.Hostname, exception);
        }
        catch (GcpException exception)
        {
            throw GcpFailures.From(exception, $"changing the record sets of {name.Hostname}");
        }
    }

    public async Task<bool> IsPropagatedAsync(string changeId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changeId);
        if (changeId.Split('/') is not [var zone, var id])
        {
            return true;
        }

        try
        {
            var answer = await api.Dns.GetChangeAsync(zone, id, cancellationToken);
            return answer.TextOrNull("status") is "done";
        }
        catch (GcpException exception)
        {
            throw GcpFailures.From(exception, $"asking for change {changeId}");
        }
    }

    private sealed record Zone(string Id, string DnsName, EquatableList<string> NameServers);

    /// <summary>What to delete, as Cloud DNS has it to the letter, and what to add. What is there is read again for
    /// its letters, and must still say what was observed.</summary>
    private async Task<(List<JsonObject> Deletions, List<JsonObject> Additions)> DifferenceAsync(
        WeightedChange change, CancellationToken cancellationToken)
    {
        var name = change.Observed;
        var texts = name.Texts.Concat(change.Texts).Select(text => text.Name).ToHashSet(StringComparer.Ordinal);
        var there = (await RecordsAsync(name.ZoneId, [name.Hostname, .. texts], cancellationToken))
            .Where(record => IsAddressOf(record, name.Hostname) || IsTextOf(record, texts))
            .ToList();
        var members = there.Where(WeightedSets.IsAddress).SelectMany(WeightedSets.ToMembers);
        var found = there.Where(WeightedSets.IsText).Select(WeightedSets.ToText);
        if (!Same(members, name.Members) || !Same(found, name.Texts))
        {
            throw CutoverFailures.Stale(name.Hostname, null);
        }

        var wanted = WeightedSets.ToRecords(name.Hostname, change.Members, change.Texts).ToList();
        var stay = there.Select(DnsForm.Canonical)
            .Intersect(wanted.Select(DnsForm.Canonical), StringComparer.Ordinal)
            .ToHashSet(StringComparer.Ordinal);
        return (
            [.. there.Where(record => !stay.Contains(DnsForm.Canonical(record)))],
            [.. wanted.Where(record => !stay.Contains(DnsForm.Canonical(record)))]);
    }

    private static bool Same<T>(IEnumerable<T> left, IEnumerable<T> right) => left.ToHashSet().SetEquals(right);

    private static bool IsAddressOf(JsonObject record, string hostname) =>
        WeightedSets.IsAddress(record) && WeightedSets.IsAt(record, hostname);

    private static bool IsTextOf(JsonObject record, IEnumerable<string> names) =>
        WeightedSets.IsText(record) && names.Any(name => WeightedSets.IsAt(record, name));

    /// <summary>All record sets at the names, each once.</summary>
    private async Task<IReadOnlyList<JsonObject>> RecordsAsync(
        string zone, IEnumerable<string> names, CancellationToken cancellationToken)
    {
        var records = await Fanout.MapAsync(
            [.. names.Distinct(StringComparer.Ordinal)],
            async (name, stop) => await api.Dns.ListRecordSetsAsync(zone, DnsForm.Name(name), stop).ToListAsync(stop),
            cancellationToken);
        return [.. records.SelectMany(list => list)];
    }

    private async Task<Zone> FindZoneAsync(DnsQuestion question, CancellationToken cancellationToken)
    {
        var (id, name, isPrivate) = Configured(question);
        var key = $"{id} {name} {isPrivate}";
        if (_zones.TryGetValue(key, out var known))
        {
            return known;
        }

        var found = id is null
            ? await ZoneOfAsync(question.Hostname, name ?? "", isPrivate, cancellationToken)
            : await api.Dns.GetManagedZoneAsync(id, cancellationToken);
        var zone = new Zone(
            found.TextOrNull("name") ?? "",
            DnsForm.Hostname(found.TextOrNull("dnsName") ?? ""),
            [.. found.Texts("nameServers").Select(server => server.TrimEnd('.'))]);
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

        var zone = DnsZoneChoice.Find(zones, question.Hostname, question.IsPrivate)
            ?? throw CutoverFailures.NoZone(question.Hostname);
        return (zone.Id, DnsZoneChoice.NameOf(zone.Name), zone.Private);
    }

    private async Task<JsonObject> ZoneOfAsync(
        string hostname, string name, bool isPrivate, CancellationToken cancellationToken)
    {
        var found = await api.Dns.ListManagedZonesAsync(cancellationToken)
            .Where(zone => DnsForm.Hostname(zone.TextOrNull("dnsName") ?? "") == DnsForm.Hostname(name)
                && zone.TextOrNull("visibility") is "private" == isPrivate)
            .ToListAsync(cancellationToken);
        return found switch
        {
            [var only] => only,
            [] => throw CutoverFailures.ZoneMissing(hostname, name),
            _ => throw CutoverFailures.ZoneAmbiguous(name, found.Select(zone => zone.TextOrNull("name") ?? "")),
        };
    }
}
