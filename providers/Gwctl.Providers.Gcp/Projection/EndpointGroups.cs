using System.Text.Json;
using Gwctl.Compiler.Routing;
using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Gcp.Projection;

/// <summary>The groups that a backend service sends its requests to.</summary>
/// <param name="Links">References to our groups, or texts of others'.</param>
internal sealed record GroupsOfBackend(EquatableList<AttributeValue> Links, bool IsServerless)
{
    /// <summary>So high that a zone never counts as full, and requests stay evenly spread.</summary>
    private const string RateMax = "100000000";

    private const int ConnectionsMax = 1_000_000;

    /// <summary>The attribute <c>backends</c>.</summary>
    public AttributeValue.List AsBackends(bool isStream) => AttributeOrder.Sorted(Links.Select(link => IsServerless
        ? Shape.Map(Shape.Field("group", link))
        : Shape.Map(
            Shape.Field("group", link),
            Shape.Text("balancingMode", isStream ? "CONNECTION" : "RATE"),
            Shape.Text("capacityScaler", "1"),
            isStream
                ? Shape.Number("maxConnectionsPerEndpoint", ConnectionsMax)
                : Shape.Text("maxRatePerEndpoint", RateMax))));
}

/// <summary>Network endpoint groups: one for each zone in which a backend has endpoints, shared by all services of the
/// backend. Where Google's controller for Kubernetes has made groups for a Service, and says so in an annotation, those
/// are taken, and their endpoints are its own.</summary>
internal sealed class EndpointGroups(GatewayBuilder gateway)
{
    /// <summary>Written by Google's controller:
    /// <c>{"network_endpoint_groups":{"80":"name"},"zones":["…"]}</c>.</summary>
    private const string StatusAnnotation = "cloud.google.com/neg-status";

    private const string Serverless = "SERVERLESS";
    private const string Hybrid = "NON_GCP_PRIVATE_IP_PORT";

    private readonly GatewayBuilder _gateway = gateway;
    private readonly SortedDictionary<string, GroupsOfBackend> _known = new(StringComparer.Ordinal);
    private readonly List<ResourceNode> _nodes = [];

    /// <summary>Why the backend cannot have groups; null where it can.</summary>
    public static Diagnostic? WhyRefused(GatewayBuilder gateway, RoutingBackend backend)
    {
        var service = backend.Service;
        return service.Policy?.TargetType?.Value switch
        {
            "instance" => BackendDiagnostics.TargetType(
                backend, "shall have nodes as targets, and gwctl makes no instance groups", "ip, hybrid or serverless"),
            "serverless" when service.Policy.Serverless is null =>
                BackendDiagnostics.TargetType(
                    backend, "shall be serverless, and its BackendPolicy names no service", "serverless with "
                        + "spec.serverless.service"),
            "serverless" => RegionOf(gateway, backend) is null
                ? BackendDiagnostics.TargetType(
                    backend, "shall be serverless, in a region that nobody names", "serverless with "
                        + "spec.serverless.region, or set spec.gcp.region")
                : null,
            _ when Status(service.Annotations) is not null => null,
            _ when IsFilledByOthers(backend) && gateway.Settings.Zones.Count is 0 => BackendDiagnostics.NoZone(
                backend, "has no EndpointSlices here, so that its zones are not known"),
            _ => null,
        };
    }

    /// <summary>The groups of a backend that is not refused.</summary>
    public GroupsOfBackend Of(RoutingBackend backend, EquatableList<string> objects, SourceSpan origin)
    {
        if (!_known.TryGetValue(backend.Id, out var groups))
        {
            groups = Make(backend, objects, origin);
            _known.Add(backend.Id, groups);
        }

        return groups;
    }

    public void AddNodes() => _nodes.ForEach(_gateway.Add);

    private GroupsOfBackend Make(RoutingBackend backend, EquatableList<string> objects, SourceSpan origin)
    {
        if (backend.Service.Policy is { TargetType.Value: "serverless", Serverless: { } serverless })
        {
            var region = RegionOf(_gateway, backend) ?? "";
            var group = Add(backend, region, Serverless, objects, origin,
                Shape.Field("cloudRun", Shape.Map(Shape.Text("service", serverless.Service.Value))));
            return new GroupsOfBackend([GatewayBuilder.LinkTo(group)], IsServerless: true);
        }

        if (Status(backend.Service.Annotations) is { } status && !WantsHybrid(backend))
        {
            return new GroupsOfBackend(OfController(backend, status), IsServerless: false);
        }

        var links = new List<AttributeValue>();
        foreach (var (zone, endpoints) in ByZone(backend))
        {
            var group = AddZonal(backend, zone, objects, origin);
            links.Add(GatewayBuilder.LinkTo(group));
            if (endpoints is not null)
            {
                AddEndpoints(backend, group, endpoints, objects, origin);
            }
        }

        return new GroupsOfBackend([.. links], IsServerless: false);
    }

    private static string? RegionOf(GatewayBuilder gateway, RoutingBackend backend) =>
        backend.Service.Policy?.Serverless?.Region?.Value ?? gateway.Settings.Region?.Value;

    private static bool IsFilledByOthers(RoutingBackend backend) => backend.Service.Endpoints is null
        || backend.Service.Policy is { ExternalTargets.Value: true };

    private bool WantsHybrid(RoutingBackend backend) => TypeOf(backend) is Hybrid;

    private string TypeOf(RoutingBackend backend) => backend.Service.Policy?.TargetType?.Value switch
    {
        "hybrid" => Hybrid,
        "ip" => "GCE_VM_IP_PORT",
        _ => _gateway.Settings.EndpointType,
    };

    /// <summary>Sorted by zone; null endpoints are somebody else's to attach.</summary>
    private SortedDictionary<string, List<Compiler.Topology.Endpoint>?> ByZone(RoutingBackend backend)
    {
        var zones = new SortedDictionary<string, List<Compiler.Topology.Endpoint>?>(StringComparer.Ordinal);
        if (IsFilledByOthers(backend))
        {
            foreach (var zone in _gateway.Settings.Zones)
            {
                zones.Add(zone, null);
            }

            return zones;
        }

        foreach (var endpoint in backend.Service.Endpoints ?? [])
        {
            // Google's groups of this kind have IPv4 endpoints; a dual-stack Service lists its pods in both families.
            if (endpoint is not { Ready: true, Terminating: false } || endpoint.Address.Contains(':'))
            {
                continue;
            }

            if (endpoint.NodeName is null && !WantsHybrid(backend))
            {
                _gateway.Report(BackendDiagnostics.NoInstance(backend, endpoint.Address));
                continue;
            }

            if (ZoneOf(backend, endpoint) is not { } zone)
            {
                continue;
            }

            if (!zones.TryGetValue(zone, out var list))
            {
                zones.Add(zone, list = []);
            }

            list?.Add(endpoint);
        }

        return zones;
    }

    /// <summary>Null where it cannot be known, which has been reported then.</summary>
    private string? ZoneOf(RoutingBackend backend, Compiler.Topology.Endpoint endpoint)
    {
        var configured = _gateway.Settings.Zones;
        if (WantsHybrid(backend) && configured.Count > 0)
        {
            return configured[0];
        }

        if (endpoint.Zone is { } zone && SelfLinks.IsZone(zone)
            && (configured.Count is 0 || configured.Contains(zone, StringComparer.Ordinal)))
        {
            return zone;
        }

        if (endpoint.Zone is null && configured.Count is 1)
        {
            return configured[0];
        }

        _gateway.Report(BackendDiagnostics.NoZone(backend, endpoint.Zone is null
            ? $"has the endpoint {endpoint.Address}, which names no zone"
            : $"has the endpoint {endpoint.Address} in {endpoint.Zone}, which is none of the configured zones"));
        return null;
    }

    private ResourceAddress AddZonal(
        RoutingBackend backend, string zone, EquatableList<string> objects, SourceSpan origin)
    {
        var type = TypeOf(backend);
        return Add(
            backend, zone, type, objects, origin,
            Shape.Text("network", _gateway.NetworkLink),
            type is Hybrid ? null : Shape.Text("subnetwork", _gateway.SubnetworkLink(SelfLinks.RegionOf(zone))));
    }

    private ResourceAddress Add(
        RoutingBackend backend,
        string location,
        string type,
        EquatableList<string> objects,
        SourceSpan origin,
        params ReadOnlySpan<AttributeField?> fields)
    {
        var address = _gateway.AddressOf(Kinds.NetworkEndpointGroup, $"{backend.Id}@{location}");
        var service = backend.Service;
        var identity = AttributeOrder.Canonical(Shape.Map(fields));

        // A backend that begins to speak TLS does so at other ports of its Pods. The service that still speaks to it
        // without keeps its own group until no map names it: endpoints would otherwise change under its requests.
        var isSecure = BackendProtocol.Of(backend, isGrpcRoute: false).Protocol is "HTTPS";
        _nodes.Add(_gateway.Named(
            address, location, $"{service.Service.Namespace}-{service.Service.Name}-{service.Port}",
            isSecure ? [type, identity, "tls"] : [type, identity],
            [Shape.Text("networkEndpointType", type), .. fields]) with
        { Origin = origin, OriginObjects = objects });
        return address;
    }

    private void AddEndpoints(
        RoutingBackend backend,
        ResourceAddress group,
        List<Compiler.Topology.Endpoint> endpoints,
        EquatableList<string> objects,
        SourceSpan origin)
    {
        if (endpoints.Count > GcpLimits.EndpointsMax)
        {
            _gateway.Report(BackendDiagnostics.TooManyEndpoints(backend, endpoints.Count));
        }

        var isVm = !WantsHybrid(backend);
        _nodes.Add(new ResourceNode
        {
            Address = group with { Kind = Kinds.Endpoints },
            Attributes = Shape.Of(
                Shape.Field("networkEndpointGroup", GatewayBuilder.LinkTo(group)),
                Shape.Field("networkEndpoints", AttributeOrder.Sorted(endpoints
                    .DistinctBy(endpoint => (endpoint.Address, endpoint.Port))
                    .Select(endpoint => Shape.Map(
                        Shape.Text("ipAddress", endpoint.Address),
                        Shape.Number("port", endpoint.Port),
                        isVm ? Shape.Text("instance", endpoint.NodeName) : null))))),
            Origin = origin,
            OriginObjects = objects,
        });
    }

    private EquatableList<AttributeValue> OfController(RoutingBackend backend, NegStatus status)
    {
        if (status.Groups.GetValueOrDefault($"{backend.Service.Port}") is not { } name || status.Zones.Count is 0)
        {
            _gateway.Report(BackendDiagnostics.StatusWithoutPort(backend));
            return [];
        }

        return [.. status.Zones.Order(StringComparer.Ordinal).Select(zone => new AttributeValue.Text(
            SelfLinks.Of(_gateway.Settings.Project.Value, zone, "networkEndpointGroups", name)))];
    }

    /// <summary>Null where there is no annotation that can be read.</summary>
    private static NegStatus? Status(EquatableList<Compiler.Specs.Label> annotations)
    {
        if (annotations.FirstOrDefault(item => item.Name is StatusAnnotation) is not { } annotation)
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(annotation.Value);
            return NegStatus.Of(json.RootElement);
        }
        catch (JsonException)
        {
            // Not written by the controller: the endpoints are taken from EndpointSlices as everywhere.
            return null;
        }
    }

    /// <param name="Groups">Service port → the name of its group in each zone.</param>
    private sealed record NegStatus(Dictionary<string, string> Groups, List<string> Zones)
    {
        public static NegStatus? Of(JsonElement root)
        {
            if (root.ValueKind is not JsonValueKind.Object
                || !root.TryGetProperty("network_endpoint_groups", out var groups)
                || groups.ValueKind is not JsonValueKind.Object
                || !root.TryGetProperty("zones", out var zones) || zones.ValueKind is not JsonValueKind.Array)
            {
                return null;
            }

            return new NegStatus(
                groups.EnumerateObject().Where(group => group.Value.ValueKind is JsonValueKind.String)
                    .ToDictionary(group => group.Name, group => group.Value.GetString() ?? "", StringComparer.Ordinal),
                [.. zones.EnumerateArray().Where(zone => zone.ValueKind is JsonValueKind.String)
                    .Select(zone => zone.GetString() ?? "").Where(SelfLinks.IsZone)]);
        }
    }
}
