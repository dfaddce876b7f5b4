using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Gcp.Api;

namespace Gwctl.Providers.Gcp.Reading;

/// <summary>Asks Google beforehand what it will say of each URL map that is to change: its verdict belongs into the
/// plan. A map that leads to what does not live yet cannot be asked about; it is when it is written.</summary>
internal sealed class UrlMapForecast(GcpApi api, Wanted wanted, IReadOnlyDictionary<ResourceAddress, LiveResource> ours)
{
    private const int FailuresShownMax = 5;

    public async Task<IReadOnlyList<Diagnostic>> AskAsync(CancellationToken cancellationToken)
    {
        var changed = wanted.OfKind(Kinds.UrlMap)
            .Select(node => (Node: node, Attributes: Resolved(node)))
            .Where(map => map.Attributes is not null && Changes(map.Node, map.Attributes))
            .ToList();
        return await Fanout.MapAsync(
            changed,
            (map, stop) => AskAsync(map.Node, map.Attributes ?? AttributeMap.Empty, stop),
            cancellationToken);
    }

    private async Task<Diagnostic> AskAsync(
        ResourceNode node, AttributeMap attributes, CancellationToken cancellationToken)
    {
        var name = ComputeKind.Of(Kinds.UrlMap).NameOf(attributes);
        var body = BodyForm.To(
            attributes.Without("location"),
            static _ => throw new System.Diagnostics.UnreachableException("URL maps hold no secrets"));
        var answer = await api.Compute.AskAsync(
            name, "validate", UrlMapVerdict.Request(name.Location, body), cancellationToken);
        return UrlMapVerdict.Failures(answer, FailuresShownMax) is { } failures
            ? Refused(node, failures)
            : Passed(node, attributes.ListOf("tests").Count);
    }

    /// <summary>Null where it refers to something that does not live.</summary>
    private AttributeMap? Resolved(ResourceNode node)
    {
        var isKnown = true;
        var resolved = AttributeWalk.Replace(node.Attributes, value =>
        {
            if (value is not AttributeValue.Reference(var source, var output))
            {
                return value;
            }

            var found = ours.GetValueOrDefault(source)?.Outputs[output];
            isKnown &= found is not null;
            return found ?? value;
        });
        return isKnown ? resolved : null;
    }

    private bool Changes(ResourceNode node, AttributeMap? attributes) => attributes is not null
        && ours.TryGetValue(node.Address, out var live) && Matching.Differences(live.Attributes, attributes).Any();

    private static Diagnostic Passed(ResourceNode node, int tests) =>
        new("GW4264", Severity.Note, "Google's own tests of a URL map pass")
        {
            Subject = node.Origin,
            Object = $"Gateway/{node.Address.Gateway}",
            Detail = $"{node.Address}: urlMaps.validate loads the map as planned, and its {tests} tests pass.",
        };

    private static Diagnostic Refused(ResourceNode node, string verdict) =>
        new("GW4265", Severity.Error, "Google will refuse a URL map")
        {
            Subject = node.Origin,
            Object = $"Gateway/{node.Address.Gateway}",
            Detail = $"{node.Address}: urlMaps.validate says of the map as planned: {verdict}",
            Help = "The tests are made of the routes and of RouteTests: correct the one that is wrong.",
        };
}
