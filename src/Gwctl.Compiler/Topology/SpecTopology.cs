using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Compiler.Topology;

/// <summary>Who attaches to whom, and what the Gateway API says about it. Holds Gateways of our controllers only;
/// routes whose parents are all foreign are not in it, for gwctl writes them no status.</summary>
public sealed record SpecTopology
{
    /// <summary>Sorted by name.</summary>
    public required EquatableList<GatewayClassTopology> Classes { get; init; }

    /// <summary>Sorted by name.</summary>
    public required EquatableList<GatewayTopology> Gateways { get; init; }

    /// <summary>Sorted by kind, then name.</summary>
    public required EquatableList<RouteTopology> Routes { get; init; }

    /// <summary>What each Service reference of an attached route means, sorted by name, port and
    /// protocol.</summary>
    public required EquatableList<ServiceBackend> Services { get; init; }

    /// <summary>Sorted by name.</summary>
    public EquatableList<BackendTlsPolicyTopology> BackendTlsPolicies { get; init; } = [];

    /// <summary>As read, sorted by name.</summary>
    public EquatableList<RouteTestSpec> RouteTests { get; init; } = [];
}

/// <summary>A condition as Gateway API status holds it, without the writer's parts (generation, times).</summary>
/// <param name="Status">Null is Unknown.</param>
public sealed record Condition(string Type, bool? Status, string Reason, string Message);

/// <summary>A GatewayClass of one of our controllers.</summary>
/// <param name="Config">The ProviderConfig that parametersRef names, or the one given for all; null where there is
/// none.</param>
public sealed record GatewayClassTopology(
    GatewayClassSpec Spec, ProviderConfigSpec? Config, EquatableList<Condition> Conditions);

/// <summary>A Gateway of ours.</summary>
public sealed record GatewayTopology
{
    public required GatewaySpec Spec { get; init; }

    public required GatewayClassTopology Class { get; init; }

    /// <summary>The class's configuration, or the Gateway's own by infrastructure.parametersRef; null where neither
    /// resolves.</summary>
    public required ProviderConfigSpec? Config { get; init; }

    /// <summary>The Gateway's own, in its order.</summary>
    public required EquatableList<ListenerTopology> Listeners { get; init; }

    /// <summary>The ListenerSets that name the Gateway, in precedence order, also those that it does not
    /// take.</summary>
    public EquatableList<ListenerSetTopology> ListenerSets { get; init; } = [];

    /// <summary>Its own listeners and those of its ListenerSets. Names are unique within each only.</summary>
    public IEnumerable<ListenerTopology> AllListeners =>
        Listeners.Concat(ListenerSets.SelectMany(set => set.Listeners));

    /// <summary>Of HTTPS ports, sorted by port.</summary>
    public EquatableList<PortClientValidation> ClientValidations { get; init; } = [];

    /// <summary>The Secret of tls.backend.clientCertificateRef; null where none is named or it cannot be
    /// used.</summary>
    public SecretSpec? BackendCertificate { get; init; }

    /// <summary>Those that lead to it.</summary>
    public EquatableList<CutoverSpec> Cutovers { get; init; } = [];

    /// <summary>In precedence order; at most one for each hostname, and one for all.</summary>
    public EquatableList<DnsPolicySpec> DnsPolicies { get; init; } = [];

    public required EquatableList<Condition> Conditions { get; init; }

    /// <summary>False where nothing of it may be programmed.</summary>
    public required bool Accepted { get; init; }
}

/// <summary>A listener with the routes that it accepted.</summary>
public sealed record ListenerTopology
{
    public required ListenerSpec Spec { get; init; }

    /// <summary>The ListenerSet that it comes from; null for the Gateway's own.</summary>
    public ObjectName? ListenerSet { get; init; }

    /// <summary>The Secrets that certificateRefs resolve to, in their order; unresolved ones are in the
    /// conditions.</summary>
    public required EquatableList<SecretSpec> Certificates { get; init; }

    /// <summary>Route kinds that may attach, as status.supportedKinds shows them.</summary>
    public required EquatableList<RouteKindSpec> SupportedKinds { get; init; }

    /// <summary>Sorted by the route's kind, then name.</summary>
    public required EquatableList<AttachedRoute> Routes { get; init; }

    public required EquatableList<Condition> Conditions { get; init; }

    /// <summary>False where the listener must not be programmed: conflicted, unsupported, or without a usable
    /// certificate.</summary>
    public required bool Programmable { get; init; }
}

/// <summary>A route on a listener.</summary>
/// <param name="Hostnames">The intersection of both sides' hostnames; empty means every host.</param>
public sealed record AttachedRoute(RouteSpec Route, EquatableList<string> Hostnames);

/// <summary>A route with at least one parent of ours.</summary>
public sealed record RouteTopology(RouteSpec Spec, EquatableList<RouteParent> Parents)
{
    /// <summary>What the references of each rule came to, one entry for each rule in the route's order.</summary>
    public EquatableList<RuleReferences> Rules { get; init; } = [];
}

/// <summary>The references of one rule.</summary>
/// <param name="Backends">One for each backendRef, in the rule's order.</param>
public sealed record RuleReferences(FilterResolution Filters, EquatableList<BackendResolution> Backends);

/// <summary>What a backendRef came to.</summary>
/// <param name="Backend">Null is an invalid reference, whose share of the traffic fails.</param>
/// <param name="Reason">The reason of the ResolvedRefs condition.</param>
public sealed record BackendResolution(ServiceBackend? Backend, FilterResolution Filters, string Reason);

/// <summary>What a list of filters came to.</summary>
/// <param name="Usable">Without mirrors that have no valid target; the others' targets name their namespace.</param>
/// <param name="Mirrors">The targets of the mirrors in <paramref name="Usable"/>, in their order.</param>
/// <param name="Broken">A filter's definition was not found. It must not be skipped: requests get an error
/// instead.</param>
public sealed record FilterResolution(
    EquatableList<HttpFilterSpec> Usable, EquatableList<ServiceBackend> Mirrors, bool Broken)
{
    public static readonly FilterResolution None = new([], [], Broken: false);
}

/// <summary>status.parents[] of a route: one for each parentRef that names a Gateway of ours.</summary>
public sealed record RouteParent(
    ParentRefSpec Ref, ObjectName Gateway, string ControllerName, EquatableList<Condition> Conditions);

/// <summary>What a backendRef to a Service port resolves to.</summary>
public sealed record ServiceBackend
{
    public required ObjectName Service { get; init; }

    public required int Port { get; init; }

    public required ServicePortSpec ServicePort { get; init; }

    /// <summary>The Service's own: a cluster's controllers write there what they made for it.</summary>
    public EquatableList<Label> Annotations { get; init; } = [];

    /// <summary>The BackendPolicy that targets the Service; of several the oldest, then the first by name.</summary>
    public BackendPolicySpec? Policy { get; init; }

    /// <summary>From the BackendTLSPolicy that targets the Service's port; null is plain text.</summary>
    public BackendTls? Tls { get; init; }

    /// <summary>Null where no EndpointSlice of the Service was given: the targets are somebody else's to
    /// register.</summary>
    public EquatableList<Endpoint>? Endpoints { get; init; }
}

/// <summary>How a backend is reached over TLS (BackendTLSPolicy spec.validation).</summary>
/// <param name="Policy">The BackendTLSPolicy.</param>
/// <param name="Hostname">The server name to send, and to find in the certificate where no subject alternative names
/// are given.</param>
/// <param name="CaCertificates">PEM texts, one for each reference; empty trusts the system's.</param>
/// <param name="SubjectAltNames">One of these must be in the certificate, in place of the hostname.</param>
/// <param name="Options">Domain-prefixed, implementation-specific options.</param>
public sealed record BackendTls(
    ObjectName Policy,
    string Hostname,
    EquatableList<string> CaCertificates,
    EquatableList<SubjectAltNameSpec> SubjectAltNames,
    EquatableList<Label> Options,
    SourceSpan Span);

/// <summary>One address of a backend, from EndpointSlices.</summary>
/// <param name="Address">An IPv4 or IPv6 address.</param>
/// <param name="Port">The target port.</param>
public sealed record Endpoint(string Address, int Port, bool Ready, bool Terminating, string? NodeName, string? Zone);
