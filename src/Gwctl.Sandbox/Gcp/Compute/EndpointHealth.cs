using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp.Compute;

/// <summary>What health checks say of endpoints.</summary>
internal static class EndpointHealth
{
    public static string Of(GcpCall call, Struct endpoint)
    {
        var settled = (endpoint.Time("@since") ?? call.Now) + call.Options.Delays.EndpointSettling;
        return call.Now < settled ? "UNKNOWN"
            : call.Options.UnhealthyEndpoints.Contains(endpoint.Text("ipAddress") ?? "") ? "UNHEALTHY"
            : "HEALTHY";
    }

    /// <summary>getHealth: the endpoints of one group of a backend service.</summary>
    public static Struct OfGroup(GcpCall call, ComputeName service)
    {
        var document = ComputeRows.Get(call.State, service);
        var link = call.Body.Text("group") ?? throw GcpErrors.Required("resource.group");
        if (ComputeName.Parse(link, call.Project) is not { } group)
        {
            throw GcpErrors.Invalid("resource.group", link, "The URL is malformed.");
        }

        if (!document.Structs("backends").Any(backend => backend.Text("group") == group.Link))
        {
            throw GcpErrors.Invalid("resource.group", link, "The group is no backend of the service.");
        }

        var isChecked = document.List("healthChecks").Count > 0;
        var endpoints = isChecked ? call.State.Rows(EndpointGroups.TableOf(group)).Values : [];
        return new Struct
        {
            { "healthStatus", endpoints.Select(endpoint => Status(call, service, endpoint)) },
            { "kind", "compute#backendServiceGroupHealth" },
        };
    }

    private static Struct Status(GcpCall call, ComputeName service, Struct endpoint) => new()
    {
        // A load balancer has no word for what it does not know yet, and sends nothing there.
        {
            "healthState",
            Of(call, endpoint) is "HEALTHY" && IsSound(call, service, endpoint) ? "HEALTHY" : "UNHEALTHY"
        },
        { "instance", endpoint["instance"] },
        { "ipAddress", endpoint["ipAddress"] },
        { "port", endpoint["port"] },
    };

    /// <summary>By the checks of a data plane, where there is one that makes them.</summary>
    private static bool IsSound(GcpCall call, ComputeName service, Struct endpoint) =>
        call.Options.DataPlane is not { } plane
        || plane.IsHealthy(
            service.Link,
            endpoint.Text("ipAddress") ?? endpoint.Text("fqdn") ?? "",
            endpoint.Number("port") ?? 0) is not false;
}
