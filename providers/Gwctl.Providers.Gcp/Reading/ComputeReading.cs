using System.Text.Json.Nodes;
using Gwctl.Engine.Marks;
using Gwctl.Engine.Providers;
using Gwctl.Providers.Gcp.Api;
using Gwctl.Providers.Gcp.Api.Compute;

namespace Gwctl.Providers.Gcp.Reading;

/// <summary>What Compute Engine answered.</summary>
/// <param name="Items">All objects of the project, by kind.</param>
/// <param name="Endpoints">Of the groups whose endpoints are ours to keep, by the group's id.</param>
internal sealed record ComputeSnapshot(
    IReadOnlyDictionary<string, IReadOnlyList<ComputeItem>> Items,
    IReadOnlyDictionary<string, IReadOnlyList<JsonObject>> Endpoints);

/// <summary>Reads every collection whole: descriptions, where the marks are, cannot be asked for, and names that are
/// taken by others must be known too. One call for each collection and 500 objects; one more for each zonal group of
/// ours and 500 endpoints.</summary>
internal sealed class ComputeReading(GcpApi api, ReadScope scope, Wanted wanted)
{
    public async Task<ComputeSnapshot> ReadAsync(CancellationToken cancellationToken)
    {
        var items = await Fanout.ByItemAsync(
            ComputeKind.All.Select(kind => kind.Kind), ListAsync, cancellationToken);
        var groups = items[Kinds.NetworkEndpointGroup].Where(IsKept).ToList();
        var endpoints = await Fanout.MapAsync(groups, EndpointsAsync, cancellationToken);
        return new ComputeSnapshot(
            items,
            groups.Zip(endpoints).ToDictionary(
                pair => ComputeKind.IdOf(pair.First.Body), pair => pair.Second, StringComparer.Ordinal));
    }

    /// <summary>Whoever else keeps a group's endpoints is not disturbed.</summary>
    private bool IsKept(ComputeItem group)
    {
        var marks = Marks.From(group.Body);
        return marks[MarkNames.Owner] == scope.Owner
            && marks.AddressOf(scope.Name, Kinds.Endpoints) is { } address
            && wanted[address] is not null;
    }

    private async Task<IReadOnlyList<ComputeItem>> ListAsync(string kind, CancellationToken cancellationToken) =>
        await api.Compute.ListAllAsync(ComputeKind.Of(kind).Collection, cancellationToken)
            .ToListAsync(cancellationToken);

    private async Task<IReadOnlyList<JsonObject>> EndpointsAsync(
        ComputeItem group, CancellationToken cancellationToken)
    {
        var name = new ComputeName(
            ComputeCollection.NetworkEndpointGroups, group.Location, group.Body.TextOrNull("name") ?? "");
        return await api.Compute.ListNetworkEndpointsAsync(name, withHealth: false, cancellationToken)
            .ToListAsync(cancellationToken);
    }
}
