using Gwctl.Engine.Marks;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Gcp.Reading;

namespace Gwctl.Providers.Gcp.Applying;

/// <summary>A record set and its ownership record, always in one change.</summary>
internal sealed class DnsRecordHandler(ApplyContext context) : GcpHandler(context)
{
    private readonly DnsChanges _changes = new(context);

    public override async Task<StepOutcome> CreateAsync(StepCall call, CancellationToken cancellationToken)
    {
        var after = After(call);
        await _changes.MakeAsync(call, after.TextOf("zone"), [], [.. DnsForm.ToRecords(after)], cancellationToken);
        return Outcome(after);
    }

    public override async Task<StepOutcome> UpdateAsync(StepCall call, CancellationToken cancellationToken)
    {
        var after = After(call);
        var observed = await ObserveAsync(Before(call), cancellationToken);
        Guard.Unchanged(call, Fingerprints.Of(observed.Attributes), observed.Attributes);
        await _changes.MakeAsync(
            call, after.TextOf("zone"), observed.Records, [.. DnsForm.ToRecords(after)], cancellationToken);
        return Outcome(after);
    }

    public override async Task DeleteAsync(StepCall call, CancellationToken cancellationToken)
    {
        var before = Before(call);
        var observed = await ObserveAsync(before, cancellationToken);
        if (observed.Records.Count is 0)
        {
            return;
        }

        if (observed.Records.Select(DnsForm.OwnerOf).All(owner => owner?.Owner != Context.Scope.Owner))
        {
            throw ApplyFailures.Common.NotOurs(call.Step.Address, call.Step.LiveId);
        }

        Guard.Unchanged(call, Fingerprints.Of(observed.Attributes), observed.Attributes);
        await _changes.MakeAsync(call, before.TextOf("zone"), observed.Records, [], cancellationToken);
    }

    /// <summary>Writes the ownership record beside what is there; takes over a record of another registry's
    /// owner.</summary>
    public override async Task<StepOutcome> AdoptAsync(StepCall call, CancellationToken cancellationToken)
    {
        var before = Before(call);
        var zone = before.TextOf("zone");
        var dnsName = await _changes.DnsNameAsync(zone, cancellationToken);
        var hostname = DnsForm.Hostname(before.TextOf("name"));
        var name = DnsForm.Name(DnsOwnership.NameOf(before.TextOf("type"), hostname, dnsName));
        var owner = new DnsOwner(Context.Scope.Owner, $"gateway/{call.Step.Address.Gateway}");
        var ownership = AttributeMap.Empty.Put("name", name).Put("value", DnsOwnership.Format(owner));
        await _changes.MakeAsync(
            call,
            zone,
            await _changes.AtAsync(zone, name, "TXT", cancellationToken),
            [.. DnsForm.ToRecords(AttributeMap.Empty.Put("ownership", Attr.Map(ownership)))],
            cancellationToken);
        return Outcome(before);
    }

    private static StepOutcome Outcome(AttributeMap after) => new(
        $"{after.TextOf("zone")}/{DnsForm.Hostname(after.TextOf("name"))}/{after.TextOf("type")}", AttributeMap.Empty);

    /// <summary>The records that <paramref name="planned"/> names, as they are now.</summary>
    private async Task<DnsObservation> ObserveAsync(AttributeMap planned, CancellationToken cancellationToken)
    {
        var (zone, type) = (planned.TextOf("zone"), planned.TextOf("type"));
        var name = DnsForm.Name(planned.TextOf("name"));
        var records = await _changes.AtAsync(zone, name, type, cancellationToken);
        var texts = planned.MapOrNull("ownership") is { } ownership
            ? (await _changes.AtAsync(zone, DnsForm.Name(ownership.TextOf("name")), "TXT", cancellationToken))
                .Where(record => DnsForm.OwnerOf(record) is not null).ToList()
            : [];
        return new DnsObservation(
            [.. records, .. texts],
            DnsForm.Shape(zone, name, type, records is [var record, ..] ? record : null, texts.FirstOrDefault()));
    }
}
