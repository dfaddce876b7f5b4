using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Topology;
using Gwctl.Core;

namespace Gwctl.Compiler.Routing;

/// <summary>What traffic goes where, in the Gateway API's own terms, with every question of precedence settled.
/// It knows no cloud: whether a cloud can do it is the provider's to judge.</summary>
/// <param name="Gateways">Sorted by name.</param>
public sealed record RoutingModel(EquatableList<GatewayRouting> Gateways);

/// <summary>One Gateway's routing.</summary>
public sealed record GatewayRouting
{
    public required ObjectName Name { get; init; }

    public required string ControllerName { get; init; }

    public required ProviderConfigSpec Config { get; init; }

    /// <summary>The Gateway's own annotations.</summary>
    public EquatableList<Label> Annotations { get; init; } = [];

    /// <summary>spec.infrastructure's labels and annotations, for the cloud's objects.</summary>
    public EquatableList<Label> InfrastructureLabels { get; init; } = [];

    public EquatableList<Label> InfrastructureAnnotations { get; init; } = [];

    public EquatableList<GatewayAddressSpec> Addresses { get; init; } = [];

    /// <summary>spec.tls.backend.clientCertificateRef: what the Gateway shows to backends that are reached over
    /// TLS.</summary>
    public ListenerCertificate? BackendClientCertificate { get; init; }

    /// <summary>Sorted by port; TCP and UDP may share one.</summary>
    public required EquatableList<RoutingPort> Ports { get; init; }

    /// <summary>Every backend that a rule names, once, sorted by <see cref="RoutingBackend.Id"/>.</summary>
    public required EquatableList<RoutingBackend> Backends { get; init; }

    /// <summary>Hostnames that a Cutover leads here, in their documents' order: until it is finished, their answers
    /// are its own business.</summary>
    public EquatableList<string> CutOverHostnames { get; init; } = [];

    /// <summary>In precedence order; at most one for each hostname, and one for all.</summary>
    public EquatableList<DnsPolicySpec> DnsPolicies { get; init; } = [];

    /// <summary>The RouteTests' cases whose requests are this Gateway's, in their documents' order: what users say must
    /// become of them, for clouds that can check it by themselves.</summary>
    public EquatableList<RouteExpectation> Expectations { get; init; } = [];

    public required SourceSpan Span { get; init; }

    /// <summary>The DnsPolicy that names the hostname, else the one for all; null where there is none.</summary>
    public DnsPolicySpec? DnsPolicyOf(string hostname) => DnsPolicyChoice.Of(DnsPolicies, hostname);
}

/// <summary>A case of a RouteTest.</summary>
/// <param name="Test">Whose case it is.</param>
/// <param name="Url">The request's.</param>
/// <param name="Port">The listener's.</param>
public sealed record RouteExpectation(RouteTestSpec Test, RouteTestCaseSpec Case, RequestUrl Url, int Port);

public enum RoutingProtocol
{
    Http,
    Https,
    Tls,
    Tcp,
    Udp,
}

/// <summary>A port, and the listeners that share it: the most specific hostname first (exact names, then wildcards with
/// more labels, then any host). A request or connection belongs to the first listener whose hostname matches, and to no
/// other.</summary>
/// <param name="Protocol">The listeners' protocol. HTTPS and TLS listeners may share a port: then it is TLS, and the
/// connection's server name tells which listener has it.</param>
public sealed record RoutingPort(int Port, RoutingProtocol Protocol, EquatableList<RoutingListener> Listeners)
{
    /// <summary>spec.tls.frontend: what client certificates must satisfy; null where none is asked for.</summary>
    public ClientValidation? ClientValidation { get; init; }
}

/// <summary>How the certificates of clients are judged.</summary>
/// <param name="CaCertificates">PEM texts, one for each reference.</param>
/// <param name="AllowsInsecureFallback">A client without a valid certificate is let in all the same.</param>
public sealed record ClientValidation(
    EquatableList<string> CaCertificates, bool AllowsInsecureFallback, SourceSpan Span);

/// <summary>A listener's rules in precedence order: the first that matches wins; none matching is a 404 (for gRPC:
/// Unimplemented).</summary>
public sealed record RoutingListener
{
    public required string Name { get; init; }

    public required RoutingProtocol Protocol { get; init; }

    /// <summary>The ListenerSet that it comes from; null for the Gateway's own.</summary>
    public ObjectName? ListenerSet { get; init; }

    /// <summary>Lower case; <c>*.example.com</c> matches any depth below the apex; empty matches every host.</summary>
    public required string Hostname { get; init; }

    /// <summary>Of HTTP and HTTPS listeners.</summary>
    public EquatableList<RoutingRule> Rules { get; init; } = [];

    /// <summary>Of TLS, TCP and UDP listeners, in precedence order: the first whose server name matches takes the
    /// connection.</summary>
    public EquatableList<StreamRule> Streams { get; init; } = [];

    /// <summary>TLS goes through to the backend as it came.</summary>
    public bool IsPassthrough { get; init; }

    /// <summary>From TLS Secrets, in the listener's order.</summary>
    public EquatableList<ListenerCertificate> Certificates { get; init; } = [];

    /// <summary>tls.options.</summary>
    public EquatableList<Label> TlsOptions { get; init; } = [];

    public required SourceSpan Span { get; init; }
}

/// <summary>A certificate out of a TLS Secret.</summary>
public sealed record ListenerCertificate(ObjectName Secret, SecretText Chain, SecretText PrivateKey, SourceSpan Span);

/// <summary>One hostname and one match of one rule: the smallest thing that precedence orders. A GRPCRoute's match is
/// one on the path (<c>/service/method</c>) and headers.</summary>
public sealed record RoutingRule
{
    public required RuleOrigin Origin { get; init; }

    /// <summary>Lower case, within the listener's hostname; empty matches every host of the listener.</summary>
    public required string Hostname { get; init; }

    public required HttpMatchSpec Match { get; init; }

    /// <summary>In the rule's order, without RequestRedirect, which is an action.</summary>
    public EquatableList<HttpFilterSpec> Filters { get; init; } = [];

    public required RoutingAction Action { get; init; }

    public TimeoutsSpec? Timeouts { get; init; }

    public RetrySpec? Retry { get; init; }

    public SessionPersistenceSpec? SessionPersistence { get; init; }
}

/// <summary>One hostname of one rule of a TLSRoute, or a rule of a TCPRoute or UDPRoute.</summary>
public sealed record StreamRule
{
    public required RuleOrigin Origin { get; init; }

    /// <summary>The server name of the client hello: lower case, within the listener's hostname; empty matches every
    /// connection, also one without a server name.</summary>
    public required string Hostname { get; init; }

    /// <summary>As in <see cref="RoutingAction.Forward"/>; the share of an invalid reference is refused. Empty refuses
    /// every connection.</summary>
    public required EquatableList<WeightedBackend> Backends { get; init; }
}

/// <summary>Where a rule comes from: for diagnostics, plans and conditions, never for precedence.</summary>
public sealed record RuleOrigin(ObjectName Route, int RuleIndex, int MatchIndex, string? RuleName, SourceSpan RuleSpan)
{
    public RouteKind Kind { get; init; } = RouteKind.Http;

    /// <summary>The route as diagnostics name it in <see cref="Diagnostic.Object"/>.</summary>
    public ObjectId RouteId => new(ApiGroups.Gateway, Kind.ObjectKind(), Route);

    /// <summary><c>namespace/route rule 0 match 1</c>, or with the rule's name instead of its index.</summary>
    public override string ToString() => $"{Route} rule {RuleName ?? RuleIndex.ToString()} match {MatchIndex}";
}

/// <summary>What a rule does with a request.</summary>
public abstract record RoutingAction
{
    private RoutingAction()
    {
    }

    /// <summary>Weights as written, 0 to 1,000,000, at least one above 0. Members of the same backend are already
    /// one.</summary>
    public sealed record Forward(EquatableList<WeightedBackend> Backends) : RoutingAction;

    /// <summary>The redirect with scheme and port as written: null means what the request had, by the specification's
    /// rules.</summary>
    public sealed record Redirect(HttpFilterSpec.RequestRedirect Filter) : RoutingAction;

    /// <summary>Every request gets this status: 500 for no or only invalid backends, and 503 in a GRPCRoute, where it
    /// means UNAVAILABLE. The reason is for people.</summary>
    public sealed record Status(int Code, string Reason) : RoutingAction;
}

/// <summary>A share of a rule's traffic.</summary>
/// <param name="BackendId">A <see cref="RoutingBackend.Id"/>; null is an invalid reference, whose share is answered
/// with 500 (in a GRPCRoute: 503; in a stream: refused or dropped).</param>
public sealed record WeightedBackend(
    string? BackendId, int Weight, EquatableList<HttpFilterSpec> Filters, SourceSpan Span);

/// <summary>A Service port with its endpoints and policy.</summary>
public sealed record RoutingBackend
{
    /// <summary><c>namespace/service:port</c>, and <c>/udp</c> for a UDP port.</summary>
    public required string Id { get; init; }

    public required Topology.ServiceBackend Service { get; init; }

    /// <summary>The id of a Service port's backend: also how to find a RequestMirror's target, whose reference the
    /// lowering has completed with its namespace.</summary>
    public static string IdOf(ObjectName service, int port) => $"{service}:{port}";

    /// <summary>A Service may have one port number for TCP and for UDP: these are two backends.</summary>
    public static string IdOf(Topology.ServiceBackend backend)
    {
        var id = IdOf(backend.Service, backend.Port);
        return backend.ServicePort.Protocol is "UDP" ? $"{id}/udp" : id;
    }
}
