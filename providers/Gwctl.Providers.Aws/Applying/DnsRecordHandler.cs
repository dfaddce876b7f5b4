using Gwctl.Core;
using Gwctl.Engine.Marks;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Api;
using Gwctl.Providers.Aws.Api.Route53;
using Gwctl.Providers.Aws.Reading;

namespace Gwctl.Providers.Aws.Applying;

/// <summary>A hostname's alias records and their ownership record, always in one change batch. The batch deletes
/// exactly what was observed and creates what is wanted: Route 53 refuses it as a whole where somebody was
/// quicker.</summary>
internal sealed class DnsRecordHandler(ApplyContext context) : AwsHandler(context)
{
    public override async Task<StepOutcome> CreateAsync(StepCall call, CancellationToken cancellationToken)
    {
        var after = After(call);
        await ChangeAsync(call, after.TextOf("zone"), [], DnsShape.ToRecords(after), cancellationToken);
        return Outcome(after);
    }

    public override async Task<StepOutcome> UpdateAsync(StepCall call, CancellationToken cancellationToken)
    {
        var after = After(call);
        var zone = after.TextOf("zone");
        var observed = await ObserveAsync(zone, Before(call), cancellationToken);
        Guard.Unchanged(call, observed.Attributes);
        await ChangeAsync(call, zone, observed.Records, DnsShape.ToRecords(after), cancellationToken);
        return Outcome(after);
    }

    public override async Task DeleteAsync(StepCall call, CancellationToken cancellationToken)
    {
        var before = Before(call);
        var zone = before.TextOf("zone");
        var observed = await ObserveAsync(zone, before, cancellationToken);
        if (observed.Records.Count == 0)
        {
            return;
        }

        if (observed.Records.Select(DnsShape.OwnerOf).All(owner => owner?.Owner != Context.Scope.Owner))
        {
            throw ApplyFailures.Common.NotOurs(call.Step.Address, call.Step.LiveId);
        }

        Guard.Unchanged(call, observed.Attributes);
        await ChangeAsync(call, zone, observed.Records, [], cancellationToken);
    }

    /// <summary>Writes the ownership record beside what is there; takes over a record of another registry's
    /// owner.</summary>
    public override async Task<StepOutcome> AdoptAsync(StepCall call, CancellationToken cancellationToken)
    {
        var before = Before(call);
        var (zone, hostname) = (before.TextOf("zone"), DnsShape.Name(before.TextOf("name")));
        var found = await Api.Route53.GetHostedZoneAsync(new() { Id = zone }, cancellationToken);
        var name = DnsOwnership.NameOf(RRType.A, hostname, DnsShape.Name(found.HostedZone.Name));
        var owner = new DnsOwner(Context.Scope.Owner, $"gateway/{call.Step.Address.Gateway}");
        var ownership = AttributeMap.Empty.Put("name", name).Put("value", DnsOwnership.Format(owner));
        var text = DnsShape.ToRecords(AttributeMap.Empty.Put("ownership", Attr.Map(ownership))).Single();
        var there = (await RecordsAtAsync(zone, name, cancellationToken)).Where(record => record.Type is RRType.TXT)
            .ToList();
        await ChangeAsync(call, zone, there, [text], cancellationToken);
        return Outcome(before);
    }

    private static StepOutcome Outcome(AttributeMap after) =>
        new($"{after.TextOf("zone")}/{DnsShape.Name(after.TextOf("name"))}", AttributeMap.Empty);

    private sealed record Observation(IReadOnlyList<ResourceRecordSet> Records, AttributeMap Attributes);

    /// <summary>The records that <paramref name="planned"/> names, as they are now.</summary>
    private async Task<Observation> ObserveAsync(string zone, AttributeMap planned, CancellationToken cancellationToken)
    {
        var hostname = DnsShape.Name(planned.TextOf("name"));
        var set = planned.TextOrNull("setIdentifier");
        var addresses = (await RecordsAtAsync(zone, hostname, cancellationToken))
            .Where(record => record.Type is RRType.A or RRType.AAAA or RRType.CNAME && IsOf(record, set)).ToList();
        var attributes = LiveDns.Shape(zone, hostname, addresses);
        if (planned.MapOrNull("ownership") is not { } ownership)
        {
            return new Observation(addresses, attributes);
        }

        var texts = (await RecordsAtAsync(zone, DnsShape.Name(ownership.TextOf("name")), cancellationToken))
            .Where(record => DnsShape.OwnerOf(record) is not null && IsOf(record, set)).ToList();
        return new Observation(
            [.. addresses, .. texts],
            texts is [var text, ..] ? attributes.Put("ownership", DnsShape.Ownership(text)) : attributes);
    }

    /// <param name="set">Of a weighted record; null for a simple one, which has the name alone.</param>
    private static bool IsOf(ResourceRecordSet record, string? set) => set is null || record.SetIdentifier == set;

    private async Task<IReadOnlyList<ResourceRecordSet>> RecordsAtAsync(
        string zone, string name, CancellationToken cancellationToken) =>
        await Api.Route53.ListAllResourceRecordSetsAsync(
            new() { HostedZoneId = zone, StartRecordName = name }, cancellationToken)
            .TakeWhile(record => DnsShape.SameName(record.Name, name))
            .ToListAsync(cancellationToken);

    private async Task ChangeAsync(
        StepCall call,
        string zone,
        IReadOnlyList<ResourceRecordSet> observed,
        IEnumerable<ResourceRecordSet> wanted,
        CancellationToken cancellationToken)
    {
        var records = wanted.ToList();
        var changes = observed.Where(old => !records.Exists(record => Same(old, record)))
            .Select(old => new Change { Action = ChangeAction.DELETE, ResourceRecordSet = old })
            .Concat(records.Where(record => !observed.Any(old => Same(old, record)))
                .Select(record => new Change { Action = ChangeAction.CREATE, ResourceRecordSet = record }))
            .ToEquatableList();
        if (changes.Count == 0)
        {
            return;
        }

        try
        {
            var answer = await Api.Route53.ChangeResourceRecordSetsAsync(
                new() { HostedZoneId = zone, ChangeBatch = new ChangeBatch { Changes = changes } }, cancellationToken);
            await InSyncAsync(call, answer.ChangeInfo, cancellationToken);
        }
        catch (AwsApiException exception) when (exception.Code is "InvalidChangeBatch" || exception.OutcomeUnknown)
        {
            await CheckDoneAsync(call, zone, observed, records, exception, cancellationToken);
        }
    }

    /// <summary>An earlier attempt, whose answer was lost or whose run was killed, may have done it all.</summary>
    private async Task CheckDoneAsync(
        StepCall call,
        string zone,
        IReadOnlyList<ResourceRecordSet> observed,
        List<ResourceRecordSet> wanted,
        AwsApiException exception,
        CancellationToken cancellationToken)
    {
        var names = observed.Concat(wanted).Select(record => DnsShape.Name(record.Name))
            .Distinct(StringComparer.Ordinal);
        var live = new List<ResourceRecordSet>();
        foreach (var name in names)
        {
            live.AddRange(await RecordsAtAsync(zone, name, cancellationToken));
        }

        var isDone = wanted.TrueForAll(record => live.Exists(found => Same(found, record)))
            && observed.All(old =>
                wanted.Exists(record => Same(old, record)) || !live.Exists(found => Same(found, old)));
        if (isDone)
        {
            return;
        }

        throw exception.OutcomeUnknown
            ? AwsFailures.From(exception, $"changing {call.Step.Address}")
            : ApplyFailures.Common.Stale(call.Step.Address, string.Join(" ", exception.Messages));
    }

    private Task InSyncAsync(StepCall call, ChangeInfo change, CancellationToken cancellationToken) =>
        Context.UntilAsync(call, Context.Waits.RecordsMax, async stop =>
            (await Api.Route53.GetChangeAsync(new() { Id = change.Id }, stop)).ChangeInfo.Status is ChangeStatus.INSYNC
                ? null
                : "change not yet in sync on all of Route 53's servers",
            cancellationToken);

    /// <summary>Equal for everybody who asks for the name.</summary>
    private static bool Same(ResourceRecordSet left, ResourceRecordSet right) =>
        Comparable(left).Equals(Comparable(right));

    private static ResourceRecordSet Comparable(ResourceRecordSet record) => record with
    {
        Name = DnsShape.Name(record.Name),
        AliasTarget = record.AliasTarget is { } alias ? alias with { DNSName = DnsShape.Name(alias.DNSName) } : null,
        ResourceRecords = record.ResourceRecords.OrderBy(value => value.Value, StringComparer.Ordinal)
            .ToEquatableList(),
    };
}
