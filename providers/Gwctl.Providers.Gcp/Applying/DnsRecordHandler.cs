using System.Text.Json.Nodes;
using Gwctl.Engine.Marks;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Gcp.Reading;

namespace Gwctl.Providers.Gcp.Applying;

/// <summary>A record set, or our item of a weighted one, and its ownership text, always in one change. Of a weighted
/// set the change is made again where somebody else was quicker with another item.</summary>
internal sealed class DnsRecordHandler(ApplyContext context) : GcpHandler(context)
{
    private readonly DnsChanges _changes = new(context);

    public override async Task<StepOutcome> CreateAsync(StepCall call, CancellationToken cancellationToken)
    {
        var after = After(call);
        if (after.MapOrNull("item") is not null)
        {
            await WriteAsync(call, after, set => WithMember(call, set), cancellationToken);
        }
        else
        {
            var wanted = Empty(after).Simple(after, OwnerIn(after));
            await _changes.MakeAsync(call, wanted.Zone, [], wanted.Records, cancellationToken);
        }

        return Outcome(call, after);
    }

    public override async Task<StepOutcome> UpdateAsync(StepCall call, CancellationToken cancellationToken)
    {
        var after = After(call);
        await WriteAsync(
            call,
            Before(call),
            set =>
            {
                CheckUnchanged(call, set);
                var renamed = set with { TextName = TextNameIn(after) };
                return after.MapOrNull("item") is not null
                    ? WithMember(call, renamed)
                    : Simple(call, renamed, after);
            },
            cancellationToken);
        return Outcome(call, after);
    }

    public override Task DeleteAsync(StepCall call, CancellationToken cancellationToken) => WriteAsync(
        call,
        Before(call),
        set =>
        {
            if (set.OwnerOf(Context.Scope.Owner, call.Step.Address.Gateway) is not { } owner)
            {
                // An item that is gone is gone, whosever the others are.
                return set.Records.Count is 0 || !IsSimple(Before(call))
                    ? set
                    : throw ApplyFailures.Common.NotOurs(call.Step.Address, call.Step.LiveId);
            }

            CheckUnchanged(call, set);
            return set.Without(owner);
        },
        cancellationToken);

    /// <summary>Writes the ownership text beside what is there: as one more member's of a weighted set, or in the place
    /// of another registry's owner.</summary>
    public override async Task<StepOutcome> AdoptAsync(StepCall call, CancellationToken cancellationToken)
    {
        var before = Before(call);
        var zone = before.TextOf("zone");
        var dnsName = await _changes.DnsNameAsync(zone, cancellationToken);
        var hostname = DnsForm.Hostname(before.TextOf("name"));
        var owner = new DnsOwner(Context.Scope.Owner, OwnedSet.ResourceOf(call.Step.Address.Gateway));
        var ownership = Attr.Map(AttributeMap.Empty
            .Put("name", DnsForm.Name(DnsOwnership.NameOf(before.TextOf("type"), hostname, dnsName)))
            .Put("value", DnsOwnership.Format(owner)));
        await WriteAsync(
            call,
            before.With("ownership", ownership),
            set => before["item"] is not null && set.Items is not null
                ? set.WithOwner(RecordOwner.Of(owner, ""))
                : set.Owners.Any(other => other.Member is not null)
                    ? throw InTheWay(call, set)
                    : set.WithOnlyOwner(RecordOwner.Of(owner, null)),
            cancellationToken);
        return Outcome(call, before);
    }

    private StepOutcome Outcome(StepCall call, AttributeMap named) => new(
        LiveDns.IdOf(named, Context.Scope.Owner, call.Step.Address.Gateway), AttributeMap.Empty);

    /// <summary>Reads what is there, and makes the change of it; again where it was changed in between, as long as the
    /// change still makes sense.</summary>
    private Task WriteAsync(
        StepCall call, AttributeMap named, Func<OwnedSet, OwnedSet> change, CancellationToken cancellationToken) =>
        Context.UntilAsync(call, Context.Waits.RecordsMax, async stop =>
        {
            var set = await ObserveAsync(named, stop);
            return await _changes.TryMakeAsync(call, set, change(set), stop)
                ? null
                : $"others change {set.Hostname} at the same time";
        }, cancellationToken);

    private OwnedSet WithMember(StepCall call, OwnedSet set)
    {
        var (after, scope, gateway) = (After(call), Context.Scope.Owner, call.Step.Address.Gateway);
        var item = after.MapOf("item");
        var owner = OwnerIn(after) with { Member = item.TextsOf("rrdatas").Single() };
        if (set.OwnerOf(scope, gateway) is null && set.Records.Count > 0 && !set.CanBeJoined && !IsOfOurs(set))
        {
            throw InTheWay(call, set);
        }

        var wanted = set.WithMember(owner, item.NumberOf("weight"), after.NumberOf("ttl"))
            ?? throw InTheWay(call, set);
        return wanted.IsAllZero && !set.IsAllZero
            ? throw ApplyFailures.AllZero(call.Step.Address, set.Hostname)
            : wanted;
    }

    private OwnedSet Simple(StepCall call, OwnedSet set, AttributeMap after) =>
        set.Items is not null && set.HasOthers(Context.Scope.Owner)
            ? throw InTheWay(call, set)
            : set.Simple(after, OwnerIn(after));

    private bool IsOfOurs(OwnedSet set) =>
        set.Owners.Any(owner => owner.Owner.Owner == Context.Scope.Owner && !OwnedSet.IsCutover(owner));

    /// <summary>A simple record that another Gateway's step made a member of its own set is as the plan saw
    /// it.</summary>
    private void CheckUnchanged(StepCall call, OwnedSet set)
    {
        var before = Before(call);
        var shape = set.ShapeOf(set.HolderFor(Context.Scope.Owner, call.Step.Address.Gateway), call.After);
        var isConverted = before["rrdatas"] is { } values && shape.MapOrNull("item") is { } item
            && values.Equals(item["rrdatas"]) && item.NumberOrNull("weight") is OwnedSet.ConvertedWeight;
        if (!isConverted)
        {
            Guard.Unchanged(call, OwnedSet.FingerprintOf(shape), shape);
        }
    }

    private static bool IsSimple(AttributeMap shape) =>
        shape["rrdatas"] is not null || shape["routingPolicy"] is not null;

    private static RecordOwner OwnerIn(AttributeMap attributes)
    {
        var owner = RecordOwner.Parse(attributes.MapOf("ownership").TextOf("value"));
        Core.Invariant.Holds(owner is not null);
        return owner;
    }

    private static ProviderException InTheWay(StepCall call, OwnedSet set) =>
        ApplyFailures.Common.InTheWay(
            call.Step.Address, $"{set.Hostname} {set.Type}", LiveDns.TextOf(set.Owners));

    private static OwnedSet Empty(AttributeMap named) => new(
        named.TextOf("zone"), DnsForm.Hostname(named.TextOf("name")), named.TextOf("type"), null, null)
    {
        TextName = TextNameIn(named),
    };

    private static string TextNameIn(AttributeMap named) =>
        named.MapOrNull("ownership") is { } ownership ? DnsForm.Name(ownership.TextOf("name")) : "";

    /// <summary>The record sets that <paramref name="named"/> names, as they are now. They are two answers: those of a
    /// set that others write are asked for until nobody did in between.</summary>
    private async Task<OwnedSet> ObserveAsync(AttributeMap named, CancellationToken cancellationToken)
    {
        var set = Empty(named);
        var record = await RecordAsync();
        while (true)
        {
            var found = set with { Record = record, Text = set.TextName is "" ? null : await TextAsync() };
            if (found.Items is null && found.Owners.All(owner => owner.Member is null))
            {
                return found;
            }

            record = await RecordAsync();
            if (JsonNode.DeepEquals(record, found.Record))
            {
                return found;
            }
        }

        Task<JsonObject?> RecordAsync() => AtAsync(DnsForm.Name(set.Hostname), set.Type);

        Task<JsonObject?> TextAsync() => AtAsync(set.TextName, "TXT");

        async Task<JsonObject?> AtAsync(string name, string type) =>
            await _changes.AtAsync(set.Zone, name, type, cancellationToken) is [var found, ..] ? found : null;
    }
}
