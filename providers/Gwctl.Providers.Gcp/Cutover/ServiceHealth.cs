using System.Text.Json.Nodes;
using Gwctl.Core;
using Gwctl.Engine.Marks;
using Gwctl.Engine.Providers;
using Gwctl.Providers.Gcp.Api;
using Gwctl.Providers.Gcp.Api.Compute;
using Gwctl.Providers.Gcp.Reading;

namespace Gwctl.Providers.Gcp.Cutover;

/// <summary>The health of the endpoints behind target proxies: through URL maps to every backend service that a rule
/// names, and there group by group.</summary>
internal sealed class ServiceHealth(GcpApi api)
{
    private const string ServiceSegment = "/backendServices/";

    /// <param name="targets">Links of target proxies.</param>
    public async Task<EquatableList<TargetGroupHealth>> ReadAsync(
        IEnumerable<string> targets, CancellationToken cancellationToken)
    {
        var proxies = await Fanout.MapAsync(
            [.. targets], (target, stop) => api.Compute.GetAsync(NameOf(target), stop), cancellationToken);
        var links = new SortedSet<string>(
            proxies.Select(proxy => proxy.TextOrNull("service")).OfType<string>().Select(Canonical),
            StringComparer.Ordinal);
        var maps = await Fanout.MapAsync(
            [.. proxies.Select(proxy => proxy.TextOrNull("urlMap")).OfType<string>().Distinct(StringComparer.Ordinal)],
            (map, stop) => api.Compute.GetAsync(NameOf(map), stop),
            cancellationToken);
        links.UnionWith(maps.SelectMany(ServicesIn));
        var health = await Fanout.MapAsync(links, OfServiceAsync, cancellationToken);
        return [.. health.SelectMany(groups => groups)];
    }

    /// <summary>Every backend service that the map names, wherever it names it; its tests send nothing.</summary>
    private static IEnumerable<string> ServicesIn(JsonNode? node) => node switch
    {
        JsonObject json => json.Where(member => member.Key is not ("tests" or "description"))
            .SelectMany(member => ServicesIn(member.Value)),
        JsonArray list => list.SelectMany(ServicesIn),
        _ => JsonMembers.AsText(node) is { } text && text.Contains(ServiceSegment, StringComparison.Ordinal)
            ? [Canonical(text)]
            : [],
    };

    private async Task<List<TargetGroupHealth>> OfServiceAsync(string link, CancellationToken cancellationToken)
    {
        var name = NameOf(link);
        var service = await api.Compute.GetAsync(name, cancellationToken);
        if (Marks.From(service)[MarkNames.Key]?.Split('~')[0] is Kinds.NoBackendKey)
        {
            return [];
        }

        var isChecked = service.Texts("healthChecks").Any();
        var groups = await Fanout.MapAsync(
            [.. service.Objects("backends").Select(backend => backend.TextOrNull("group") ?? "")],
            (group, stop) => OfGroupAsync(name, group, isChecked, stop),
            cancellationToken);
        return groups.Count is 0 ? [new TargetGroupHealth(name.Name, 0, 0)] : [.. groups];
    }

    /// <summary>Endpoints that nobody checks get traffic in any case; a serverless group counts as one.</summary>
    private async Task<TargetGroupHealth> OfGroupAsync(
        ComputeName service, string link, bool isChecked, CancellationToken cancellationToken)
    {
        var group = NameOf(link);
        var title = $"{service.Name} in {group.Location}";
        var isZonal = SelfLinks.IsZone(group.Location);
        if (!isChecked)
        {
            var count = isZonal ? await CountAsync(group, cancellationToken) : 1;
            return new TargetGroupHealth(title, count, count);
        }

        var answer = await api.Compute.AskAsync(
            service, "getHealth", new JsonObject { ["group"] = link }, cancellationToken);
        var states = answer.Objects("healthStatus").Select(state => state.TextOrNull("healthState")).ToList();
        var total = states.Count is 0 && isZonal ? await CountAsync(group, cancellationToken) : states.Count;
        return new TargetGroupHealth(title, states.Count(state => state is "HEALTHY"), total);
    }

    private ValueTask<int> CountAsync(ComputeName group, CancellationToken cancellationToken) => api.Compute
        .ListNetworkEndpointsAsync(group, withHealth: false, cancellationToken).CountAsync(cancellationToken);

    private static string Canonical(string link) => SelfLinks.Canonical(link) ?? link;

    private static ComputeName NameOf(string link)
    {
        var segment = link.Split('/')[^2];
        return ComputeKind.All.First(kind => kind.Collection.Segment == segment).NameOf(link);
    }
}
