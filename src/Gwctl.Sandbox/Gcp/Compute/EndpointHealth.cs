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
            { "healthStatus", endpoints.Select(endpoint => Status(call, service, endpoint)).OfType<Struct>() },
            { "kind", "compute#backendServiceGroupHealth" },
        };
    }

    /// <summary>Of an endpoint in a group's list: one verdict for each service that checks it.</summary>
    public static IEnumerable<Struct> InGroup(GcpCall call, ComputeName groupName, Struct endpoint)
    {
        if (call.Options.DataPlane is null)
        {
            return [new Struct { { "healthState", Of(call, endpoint) } }];
        }

        return
            from service in ComputeRows.All(call.State, call.Project, "backendServices")
            where service.Document.List("healthChecks").Count > 0
                && service.Document.Structs("backends").Any(backend => backend.Text("group") == groupName.Link)
            let verdict = Verdict(call, service.Name, endpoint)
            where verdict is not null
            select new Struct
            {
                { "backendService", new Struct { { "backendService", service.Name.Link } } },
                { "healthState", Of(call, endpoint) is "HEALTHY" ? verdict : Of(call, endpoint) },
            };
    }

    /// <summary>Null where nobody checks it.</summary>
    private static Struct? Status(GcpCall call, ComputeName service, Struct endpoint) =>
        Verdict(call, service, endpoint) is not { } verdict ? null : new Struct
        {
            // A load balancer has no word for what it does not know yet, and sends nothing there.
            { "healthState", Of(call, endpoint) is "HEALTHY" ? verdict : "UNHEALTHY" },
            { "instance", endpoint["instance"] },
            { "ipAddress", endpoint["ipAddress"] },
            { "port", endpoint["port"] },
        };

    /// <summary>By the checks of a data plane, where there is one that makes them; null where it makes none for the
    /// service, for no forwarding rule leads there.</summary>
    private static string? Verdict(GcpCall call, ComputeName service, Struct endpoint)
    {
        if (call.Options.DataPlane is not { } plane)
        {
            return "HEALTHY";
        }

        var address = endpoint.Text("ipAddress") ?? endpoint.Text("fqdn") ?? "";
        return plane.IsHealthy(service.Link, address, endpoint.Number("port") ?? 0) is not { } isHealthy ? null
            : isHealthy ? "HEALTHY"
            : "UNHEALTHY";
    }
}
