using System.Text.Json.Nodes;
using Gwctl.Core;
using Gwctl.Engine.Marks;
using Gwctl.Providers.Gcp.Api;
using Gwctl.Providers.Gcp.Api.Compute;

namespace Gwctl.Testing.Clouds.Gcp;

/// <summary>What people do by hand to our objects in a project.</summary>
internal static class GcpHandChanges
{
    private const string Addresses = "A";

    public static readonly EquatableList<HandChange> All =
    [
        new("a URL map loses a host", LoseHostAsync),
        new("a backend service waits longer", (place, cancellationToken) => PatchFirstAsync(
            place, ComputeCollection.BackendServices, new JsonObject { ["timeoutSec"] = 99 }, cancellationToken)),
        new("a health check takes its time", (place, cancellationToken) => PatchFirstAsync(
            place, ComputeCollection.HealthChecks, new JsonObject { ["checkIntervalSec"] = 123 }, cancellationToken)),
        new("an endpoint is attached", AttachAsync),
        new("a record is deleted", DeleteRecordAsync),
    ];

    private static async Task<bool> LoseHostAsync(Place place, CancellationToken cancellationToken)
    {
        using var api = GcpUnderTest.ApiAt(place);
        await foreach (var map in OursAsync(api, place, ComputeCollection.UrlMaps, cancellationToken))
        {
            if (map.Body["hostRules"] is JsonArray { Count: > 0 } hosts)
            {
                var matcher = hosts[hosts.Count - 1]?["pathMatcher"]?.ToString();
                hosts.RemoveAt(hosts.Count - 1);
                if (!hosts.Any(host => host?["pathMatcher"]?.ToString() == matcher))
                {
                    (map.Body["pathMatchers"] as JsonArray)?.RemoveAll(
                        found => found?["name"]?.ToString() == matcher);
                }

                // Google would refuse a map that fails its own tests.
                map.Body["tests"] = new JsonArray();
                foreach (var own in new[] { "id", "kind", "selfLink", "creationTimestamp" })
                {
                    map.Body.Remove(own);
                }

                await api.Compute.UpdateAsync(
                    NameOf(map, ComputeCollection.UrlMaps), map.Body, cancellationToken);
                return true;
            }
        }

        return false;
    }

    private static async Task<bool> PatchFirstAsync(
        Place place, ComputeCollection collection, JsonObject body, CancellationToken cancellationToken)
    {
        using var api = GcpUnderTest.ApiAt(place);

        // A backend service that leads nowhere has nothing of ours that could differ.
        var first = await OursAsync(api, place, collection, cancellationToken).FirstOrDefaultAsync(
            item => collection != ComputeCollection.BackendServices
                || item.Body["backends"] is JsonArray { Count: > 0 },
            cancellationToken);
        if (first is null)
        {
            return false;
        }

        var patch = (JsonObject)body.DeepClone();
        if (first.Body["fingerprint"] is { } fingerprint)
        {
            patch["fingerprint"] = fingerprint.DeepClone();
        }

        await api.Compute.PatchAsync(NameOf(first, collection), patch, cancellationToken);
        return true;
    }

    private static async Task<bool> AttachAsync(Place place, CancellationToken cancellationToken)
    {
        using var api = GcpUnderTest.ApiAt(place);
        var group = await OursAsync(api, place, ComputeCollection.NetworkEndpointGroups, cancellationToken)
            .FirstOrDefaultAsync(cancellationToken);
        if (group is null)
        {
            return false;
        }

        await api.Compute.InvokeAsync(
            NameOf(group, ComputeCollection.NetworkEndpointGroups),
            "attachNetworkEndpoints",
            new JsonObject
            {
                ["networkEndpoints"] = new JsonArray(new JsonObject { ["ipAddress"] = "10.9.9.1", ["port"] = 9999 }),
            },
            cancellationToken);
        return true;
    }

    private static async Task<bool> DeleteRecordAsync(Place place, CancellationToken cancellationToken)
    {
        using var api = GcpUnderTest.ApiAt(place);
        if (await GcpForeigners.ZoneNameAsync(api, place, cancellationToken) is not { } zone)
        {
            return false;
        }

        var record = await api.Dns.ListRecordSetsAsync(zone, null, cancellationToken)
            .FirstOrDefaultAsync(
                found => found["type"]?.ToString() is Addresses
                    && found["name"]?.ToString() != $"{Place.Theirs}.{place.Zone}.",
                cancellationToken);
        if (record is null)
        {
            return false;
        }

        await api.Dns.CreateChangeAsync(
            zone, new JsonObject { ["deletions"] = new JsonArray(record.DeepClone()) }, cancellationToken);
        return true;
    }

    private static IAsyncEnumerable<ComputeItem> OursAsync(
        GcpApi api, Place place, ComputeCollection collection, CancellationToken cancellationToken)
    {
        var mark = $"\"{MarkNames.Owner}\":\"{place.Owner}\"";
        return api.Compute.ListAllAsync(collection, cancellationToken)
            .Where(item => Marks(item.Body).Contains(mark, StringComparison.Ordinal));
    }

    // Endpoint groups have annotations too; the mark stands in the description of every kind.
    private static string Marks(JsonObject body) => body["description"]?.ToString() ?? "";

    private static ComputeName NameOf(ComputeItem item, ComputeCollection collection) =>
        new(collection, item.Location, item.Body["name"]?.ToString() ?? "");
}
