using System.Text.Json;
using System.Text.Json.Nodes;
using Gwctl.Engine.Marks;
using Gwctl.Providers.Gcp;
using Gwctl.Providers.Gcp.Api;
using Gwctl.Providers.Gcp.Api.Compute;

namespace Gwctl.Testing.Clouds.Gcp;

/// <summary>What other people have in a project: a whole load balancer from its address to its endpoints, of which
/// another owner of gwctl's has marked the health check, and a record.</summary>
internal static class GcpForeigners
{
    private static readonly JsonSerializerOptions s_lines = new() { WriteIndented = true };

    /// <summary>In the order in which they can be made.</summary>
    private static ComputeName[] Names =>
    [
        Of(ComputeCollection.Addresses), Of(ComputeCollection.HealthChecks),
        Of(ComputeCollection.NetworkEndpointGroups, $"{GcpUnderTest.Region}-a"), Of(ComputeCollection.BackendServices),
        Of(ComputeCollection.UrlMaps), Of(ComputeCollection.TargetHttpProxies), Of(ComputeCollection.ForwardingRules),
    ];

    public static async Task MakeAsync(Place place, CancellationToken cancellationToken)
    {
        using var api = GcpUnderTest.ApiAt(place);
        foreach (var name in Names)
        {
            var body = Body(name.Collection, name => LinkOf(place, name));
            body["name"] = Place.Theirs;
            await api.Compute.InsertAsync(name, body, cancellationToken);
        }

        await api.Compute.InvokeAsync(
            Names[2],
            "attachNetworkEndpoints",
            new JsonObject
            {
                ["networkEndpoints"] = new JsonArray(new JsonObject { ["ipAddress"] = "10.9.9.9", ["port"] = 80 }),
            },
            cancellationToken);
        await ChangeRecordAsync(api, place, "additions", cancellationToken);
    }

    public static async Task<string> ShowAsync(Place place, CancellationToken cancellationToken)
    {
        using var api = GcpUnderTest.ApiAt(place);
        var shown = new JsonArray();
        foreach (var name in Names)
        {
            shown.Add(await api.Compute.GetAsync(name, cancellationToken));
        }

        await foreach (var endpoint in api.Compute.ListNetworkEndpointsAsync(Names[2], false, cancellationToken))
        {
            shown.Add(endpoint.DeepClone());
        }

        shown.Add((await RecordAsync(api, place, cancellationToken))?.DeepClone());
        return shown.ToJsonString(s_lines);
    }

    public static async Task DeleteAsync(Place place, CancellationToken cancellationToken)
    {
        using var api = GcpUnderTest.ApiAt(place);
        foreach (var name in Names.Reverse())
        {
            if (await api.Compute.FindAsync(name, cancellationToken) is not null)
            {
                await api.Compute.DeleteAsync(name, cancellationToken);
            }
        }

        if (await RecordAsync(api, place, cancellationToken) is not null)
        {
            await ChangeRecordAsync(api, place, "deletions", cancellationToken);
        }
    }

    /// <summary>The managed zone's name; null where the suite has none.</summary>
    public static async Task<string?> ZoneNameAsync(GcpApi api, Place place, CancellationToken cancellationToken)
    {
        var zone = await api.Dns.ListManagedZonesAsync(cancellationToken)
            .FirstOrDefaultAsync(found => found["dnsName"]?.ToString() == $"{place.Zone}.", cancellationToken);
        return zone?["name"]?.ToString();
    }

    private static JsonObject Body(ComputeCollection collection, Func<ComputeName, string> linkOf)
    {
        const string Scheme = "EXTERNAL_MANAGED";
        var names = Names.ToDictionary(name => name.Collection, linkOf);
        return collection.Segment switch
        {
            "addresses" => [],
            "healthChecks" => new JsonObject
            {
                ["type"] = "TCP",
                ["tcpHealthCheck"] = new JsonObject { ["port"] = 80 },
                ["description"] = new JsonObject { [MarkNames.Owner] = Place.Theirs }.ToJsonString(),
            },
            "networkEndpointGroups" => new JsonObject { ["networkEndpointType"] = "NON_GCP_PRIVATE_IP_PORT" },
            "backendServices" => new JsonObject
            {
                ["loadBalancingScheme"] = Scheme,
                ["description"] = "made by hand",
                ["healthChecks"] = new JsonArray(names[ComputeCollection.HealthChecks]),
                ["backends"] = new JsonArray(new JsonObject
                {
                    ["group"] = names[ComputeCollection.NetworkEndpointGroups],
                    ["balancingMode"] = "RATE",
                    ["maxRatePerEndpoint"] = 7,
                }),
            },
            "urlMaps" => new JsonObject { ["defaultService"] = names[ComputeCollection.BackendServices] },
            "targetHttpProxies" => new JsonObject { ["urlMap"] = names[ComputeCollection.UrlMaps] },
            _ => new JsonObject
            {
                ["loadBalancingScheme"] = Scheme,
                ["IPProtocol"] = "TCP",
                ["portRange"] = "80",
                ["IPAddress"] = names[ComputeCollection.Addresses],
                ["target"] = names[ComputeCollection.TargetHttpProxies],
            },
        };
    }

    private static ComputeName Of(ComputeCollection collection, string location = "global") =>
        new(collection, location, Place.Theirs);

    private static string LinkOf(Place place, ComputeName name) =>
        SelfLinks.Of(GcpUnderTest.ProjectAt(place), name.Location, name.Collection.Segment, name.Name);

    private static async Task<JsonObject?> RecordAsync(
        GcpApi api, Place place, CancellationToken cancellationToken) =>
        await ZoneNameAsync(api, place, cancellationToken) is not { } zone ? null
        : await api.Dns.ListRecordSetsAsync(zone, $"{Place.Theirs}.{place.Zone}.", cancellationToken)
            .FirstOrDefaultAsync(cancellationToken);

    private static async Task ChangeRecordAsync(
        GcpApi api, Place place, string how, CancellationToken cancellationToken)
    {
        if (await ZoneNameAsync(api, place, cancellationToken) is { } zone)
        {
            var record = new JsonObject
            {
                ["name"] = $"{Place.Theirs}.{place.Zone}.",
                ["type"] = "A",
                ["ttl"] = 60,
                ["rrdatas"] = new JsonArray("192.0.2.1"),
            };
            await api.Dns.CreateChangeAsync(
                zone, new JsonObject { [how] = new JsonArray(record) }, cancellationToken);
        }
    }
}
