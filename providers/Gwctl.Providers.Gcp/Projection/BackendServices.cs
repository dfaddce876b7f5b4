using Gwctl.Compiler.Routing;
using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Gcp.Projection;

/// <summary>What tells two backend services of one backend apart.</summary>
internal sealed record ServiceVariant
{
    public const string StreamKey = "tcp";

    /// <summary>Null where the backend's policy decides.</summary>
    public Session? Session { get; init; }

    /// <summary>True for rules of a GRPCRoute: gRPC, whatever the backend speaks with others.</summary>
    public bool IsGrpc { get; init; }

    /// <summary>TCP, for a proxy that does not look at requests.</summary>
    public bool IsStream { get; init; }

    /// <summary>With <see cref="IsStream"/>: TLS ends at the proxy. Makes no other service.</summary>
    public bool Terminates { get; init; }

    /// <summary>Behind <c>~</c> in the service's key; empty for the usual one.</summary>
    public string KeyPart => this switch
    {
        { IsStream: true } => StreamKey,
        { Session: null } => IsGrpc ? "grpc" : "",
        { Session: { } session } => ObjectNames.KeyHash(
            $"session {session.CookieName} {session.Seconds}{(IsGrpc ? " grpc" : "")}"),
    };
}

/// <summary>The backend services that rules use: one for a backend, and another for each variant that tells it apart.
/// The key is the backend's id; behind <c>~</c> the variant.</summary>
internal sealed class BackendServices
{
    private const char VariantSeparator = '~';

    private readonly GatewayBuilder _gateway;
    private readonly Dictionary<string, RoutingBackend> _backends;
    private readonly SortedDictionary<string, Draft> _drafts = new(StringComparer.Ordinal);
    private readonly EndpointGroups _groups;
    private readonly SortedSet<string> _nowhere = new(StringComparer.Ordinal);

    public BackendServices(GatewayBuilder gateway)
    {
        _gateway = gateway;
        _groups = new EndpointGroups(gateway);
        _backends = gateway.Gateway.Backends.ToDictionary(backend => backend.Id, StringComparer.Ordinal);
    }

    /// <summary>The service without backends. A URL map must name a service where it only aborts requests.</summary>
    public AttributeValue Nowhere => NowhereAt(Kinds.NoBackendKey);

    /// <summary>The same for proxies that do not look at requests.</summary>
    public AttributeValue NowhereOfStreams =>
        NowhereAt($"{Kinds.NoBackendKey}{VariantSeparator}{ServiceVariant.StreamKey}");

    /// <summary>Null where the backend cannot be a backend service, which has been reported then.</summary>
    public ResourceAddress? Use(string backendId, ServiceVariant variant, RuleOrigin origin)
    {
        var backend = _backends[backendId];
        if (BackendTlsProjection.Refuses(_gateway, backend, variant, origin))
        {
            return null;
        }

        // A backend that speaks nothing but gRPC has one service for routes of both kinds.
        var chosen = variant.IsGrpc && ServiceForm.IsGrpc(backend) ? variant with { IsGrpc = false } : variant;
        var key = chosen.KeyPart is "" ? backendId : $"{backendId}{VariantSeparator}{chosen.KeyPart}";
        if (!_drafts.TryGetValue(key, out var draft))
        {
            draft = new Draft(
                _gateway.AddressOf(Kinds.BackendService, key), backend, ServiceForm.Of(_gateway, backend, chosen));
            _drafts.Add(key, draft);
        }

        draft.NoteUse(origin);
        return draft.Form is null ? null : draft.Address;
    }

    /// <summary>Adds the services' nodes, and those of their checks, groups and endpoints.</summary>
    public void AddNodes()
    {
        foreach (var key in _nowhere)
        {
            AddNowhere(key);
        }

        foreach (var draft in _drafts.Values)
        {
            if (draft.Form is { } form)
            {
                Add(draft, form);
            }
        }

        _groups.AddNodes();
    }

    private AttributeValue.Reference NowhereAt(string key)
    {
        _nowhere.Add(key);
        return GatewayBuilder.LinkTo(_gateway.AddressOf(Kinds.BackendService, key));
    }

    private void AddNowhere(string key) => _gateway.Add(_gateway.Named(
        _gateway.AddressOf(Kinds.BackendService, key),
        _gateway.Location, $"{_gateway.Readable}-none", [_gateway.LoadBalancingScheme],
        Shape.Text("loadBalancingScheme", _gateway.LoadBalancingScheme),
        Shape.Text("protocol", key is Kinds.NoBackendKey ? "HTTP" : "TCP"),
        Shape.Field("backends", GatewayBuilder.ListOf())));

    private void Add(Draft draft, ServiceForm form)
    {
        var service = draft.Backend.Service;
        var readable = $"{service.Service.Namespace}-{service.Service.Name}-{service.Port}";
        var objects = Shape.Sorted([_gateway.GatewayObject, .. draft.Routes]);
        var groups = _groups.Of(draft.Backend, objects, draft.Origin);
        var check = groups.IsServerless ? null : AddHealthCheck(draft, form, readable, objects);
        var node = _gateway.Named(
            draft.Address, _gateway.Location, readable,
            [_gateway.LoadBalancingScheme, form.Protocol, form.Identity],
            [
                Shape.Text("loadBalancingScheme", _gateway.LoadBalancingScheme),
                Shape.Text("protocol", form.Protocol),
                Shape.Field("backends", groups.AsBackends(form.IsStream)),
                check is null ? null : Shape.Field("healthChecks", GatewayBuilder.ListOf(check)),
                .. form.Fields,
            ]);
        _gateway.Add(node with { Origin = draft.Origin, OriginObjects = objects });
    }

    private AttributeValue.Reference AddHealthCheck(
        Draft draft, ServiceForm form, string readable, EquatableList<string> objects)
    {
        var address = _gateway.AddressOf(Kinds.HealthCheck, draft.Address.Key);
        var node = _gateway.Named(
            address, _gateway.Location, readable, [form.Check.Type], form.Check.Fields.AsSpan());
        _gateway.Add(node with { Origin = draft.Origin, OriginObjects = objects });
        return GatewayBuilder.LinkTo(address);
    }

    /// <param name="form">Null where the backend cannot be a backend service.</param>
    private sealed class Draft(ResourceAddress address, RoutingBackend backend, ServiceForm? form)
    {
        public ResourceAddress Address { get; } = address;

        public RoutingBackend Backend { get; } = backend;

        public ServiceForm? Form { get; } = form;

        /// <summary><c>HTTPRoute/namespace/name</c>.</summary>
        public HashSet<string> Routes { get; } = [];

        /// <summary>The first rule, in reading order, that uses it.</summary>
        public SourceSpan Origin { get; private set; } = SourceSpan.None;

        public void NoteUse(RuleOrigin origin)
        {
            Routes.Add(origin.RouteId.ToString());
            if (Origin.IsNone || origin.RuleSpan.CompareTo(Origin) < 0)
            {
                Origin = origin.RuleSpan;
            }
        }
    }
}
