using System.Text.Json.Nodes;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Gcp.Api;
using Gwctl.Providers.Gcp.Api.Compute;
using Gwctl.Providers.Gcp.Reading;

namespace Gwctl.Providers.Gcp.Applying;

/// <summary>The endpoints of a group: the difference is attached and detached, nothing else is touched.</summary>
internal sealed class EndpointsHandler(ApplyContext context) : GcpHandler(context)
{
    /// <summary>Google's bound for one call.</summary>
    public const int EndpointsPerCallMax = 500;

    public override async Task<StepOutcome> CreateAsync(StepCall call, CancellationToken cancellationToken)
    {
        var group = After(call).TextOf("networkEndpointGroup");
        await ChangeAsync(call, group, await ReadAsync(group, cancellationToken), cancellationToken);
        return new StepOutcome($"{group}/endpoints", AttributeMap.Empty);
    }

    public override async Task<StepOutcome> UpdateAsync(StepCall call, CancellationToken cancellationToken)
    {
        var group = After(call).TextOf("networkEndpointGroup");
        var live = await ReadAsync(group, cancellationToken);
        Guard.Unchanged(call, Fingerprints.Of(live), live);
        await ChangeAsync(call, group, live, cancellationToken);
        return new StepOutcome($"{group}/endpoints", AttributeMap.Empty);
    }

    /// <summary>Where the group stays and gwctl shall not keep its endpoints any more.</summary>
    public override async Task DeleteAsync(StepCall call, CancellationToken cancellationToken)
    {
        var group = Before(call).TextOf("networkEndpointGroup");
        var name = NameOf(group);
        if (await Api.Compute.FindAsync(name, cancellationToken) is not { } body)
        {
            return;
        }

        CheckGroup(call, group, body);
        var live = await ReadAsync(group, cancellationToken);
        var mine = Before(call).MapsOf(EndpointForm.Field).ToHashSet();
        await SendAsync(
            call, name, "detachNetworkEndpoints", live.MapsOf(EndpointForm.Field).Where(mine.Contains),
            cancellationToken);
    }

    /// <summary>Endpoints have no marks of their own: their group's are theirs.</summary>
    public override Task<StepOutcome> AdoptAsync(StepCall call, CancellationToken cancellationToken) =>
        Task.FromResult(new StepOutcome(call.Step.LiveId, AttributeMap.Empty));

    private static ComputeName NameOf(string group) => ComputeKind.Of(Kinds.NetworkEndpointGroup).NameOf(group);

    private void CheckGroup(StepCall call, string group, JsonObject body)
    {
        var address = call.Step.Address with { Kind = Kinds.NetworkEndpointGroup };
        if (!Context.Owns(Marks.From(body), address))
        {
            throw ApplyFailures.Common.NotOurs(call.Step.Address, group);
        }
    }

    private async Task<AttributeMap> ReadAsync(string group, CancellationToken cancellationToken) => EndpointForm.Shape(
        group,
        await Api.Compute.ListNetworkEndpointsAsync(NameOf(group), withHealth: false, cancellationToken)
            .ToListAsync(cancellationToken));

    /// <summary>New endpoints come before old ones go: the group is never empty in between.</summary>
    private async Task ChangeAsync(
        StepCall call, string group, AttributeMap live, CancellationToken cancellationToken)
    {
        var name = NameOf(group);
        CheckGroup(call, group, await Api.Compute.GetAsync(name, cancellationToken));
        var found = live.MapsOf(EndpointForm.Field).ToHashSet();
        var wanted = After(call).MapsOf(EndpointForm.Field).ToHashSet();
        var added = wanted.Where(endpoint => !found.Contains(endpoint)).ToHashSet();
        var removed = found.Where(endpoint => !wanted.Contains(endpoint)).ToList();
        await SendAsync(call, name, "attachNetworkEndpoints", added, cancellationToken);
        if (removed.Count > 0 && removed.Count == found.Count && added.Count > 0)
        {
            await TakenOverAsync(call, name, added, cancellationToken);
        }

        await SendAsync(call, name, "detachNetworkEndpoints", removed, cancellationToken);
    }

    /// <summary>All old endpoints go: the new ones take over first. In a group that nobody checks there is nothing to
    /// wait for.</summary>
    private Task TakenOverAsync(
        StepCall call, ComputeName name, HashSet<AttributeMap> added, CancellationToken cancellationToken) =>
        Context.UntilAsync(call, Context.Waits.EndpointsHealthyMax, async stop =>
        {
            var endpoints = await Api.Compute.ListNetworkEndpointsAsync(name, withHealth: true, stop)
                .ToListAsync(stop);
            if (!endpoints.Exists(endpoint => StatesOf(endpoint).Any()))
            {
                return null;
            }

            var mine = endpoints.FindAll(
                endpoint => added.Contains(EndpointForm.From(endpoint.ObjectOrNull("networkEndpoint") ?? [])));
            var healthy = mine.Count(endpoint => StatesOf(endpoint).Contains("HEALTHY"));
            var undecided = mine.Exists(
                endpoint => StatesOf(endpoint).All(state => state is not ("HEALTHY" or "UNHEALTHY")));
            return healthy > 0 && !undecided ? null : $"{healthy} of {added.Count} new endpoints healthy";
        }, cancellationToken);

    private static IEnumerable<string> StatesOf(JsonObject endpoint) =>
        endpoint.Objects("healths").Select(health => health.TextOrNull("healthState")).OfType<string>();

    private async Task SendAsync(
        StepCall call,
        ComputeName name,
        string verb,
        IEnumerable<AttributeMap> endpoints,
        CancellationToken cancellationToken)
    {
        foreach (var batch in endpoints.Chunk(EndpointsPerCallMax))
        {
            await Context.WhenFreeAsync(
                call,
                stop => Api.Compute.InvokeAsync(
                    name,
                    verb,
                    new JsonObject { [EndpointForm.Field] = new JsonArray([.. batch.Select(EndpointForm.To)]) },
                    stop),
                cancellationToken);
        }
    }
}
