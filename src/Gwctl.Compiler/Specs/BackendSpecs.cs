using Gwctl.Core;

namespace Gwctl.Compiler.Specs;

/// <summary>v1 Service.</summary>
public sealed record ServiceSpec : SpecObject
{
    /// <summary>ClusterIP, NodePort, LoadBalancer or ExternalName.</summary>
    public required string Type { get; init; }

    public EquatableList<ServicePortSpec> Ports { get; init; } = [];

    /// <summary>Where a cluster has written a status: the addresses and names of the Service's load balancer.</summary>
    public EquatableList<string> LoadBalancerAddresses { get; init; } = [];

    public override ObjectId Id => new(ApiGroups.Core, "Service", Name);
}

/// <summary>networking.k8s.io/v1 Ingress: only where its status leads.</summary>
public sealed record IngressSpec : SpecObject
{
    /// <summary>The addresses and names of its load balancer.</summary>
    public EquatableList<string> LoadBalancerAddresses { get; init; } = [];

    public override ObjectId Id => new(ApiGroups.Networking, "Ingress", Name);
}

/// <summary>spec.ports[]; the name is empty for a single unnamed port.</summary>
public sealed record ServicePortSpec
{
    public required string Name { get; init; }

    public required int Port { get; init; }

    /// <summary>TCP, UDP or SCTP.</summary>
    public required string Protocol { get; init; }

    /// <summary>For example kubernetes.io/h2c, kubernetes.io/ws, https; null where none is given.</summary>
    public string? AppProtocol { get; init; }

    /// <summary>A number or a port name as text; the port itself where not given.</summary>
    public required string TargetPort { get; init; }

    public int? NodePort { get; init; }

    public required SourceSpan Span { get; init; }
}

/// <summary>discovery.k8s.io/v1 EndpointSlice.</summary>
public sealed record EndpointSliceSpec : SpecObject
{
    /// <summary>From the label kubernetes.io/service-name; null where it is missing.</summary>
    public string? ServiceName { get; init; }

    /// <summary>IPv4, IPv6 or FQDN.</summary>
    public required string AddressType { get; init; }

    public EquatableList<SliceEndpointSpec> Endpoints { get; init; } = [];

    public EquatableList<SlicePortSpec> Ports { get; init; } = [];

    public override ObjectId Id => new(ApiGroups.Discovery, "EndpointSlice", Name);
}

/// <summary>endpoints[]: a null ready condition counts as ready, a null terminating as not.</summary>
public sealed record SliceEndpointSpec(
    EquatableList<string> Addresses, bool Ready, bool Terminating, string? NodeName, string? Zone);

/// <summary>ports[]; a null port means all ports.</summary>
public sealed record SlicePortSpec(string Name, int? Port, string Protocol);

/// <summary>v1 Namespace: its labels decide what a Selector allows.</summary>
public sealed record NamespaceSpec : SpecObject
{
    public override ObjectId Id => new(ApiGroups.Core, "Namespace", Name);
}

/// <summary>v1 Secret. Its data never reaches text: <see cref="object.ToString"/> of the values is redacted.</summary>
public sealed record SecretSpec : SpecObject
{
    public required string Type { get; init; }

    /// <summary>The certificate chain in PEM (tls.crt); null where missing.</summary>
    public SecretText? Certificate { get; init; }

    /// <summary>The private key in PEM (tls.key); null where missing.</summary>
    public SecretText? PrivateKey { get; init; }

    /// <summary>CA certificates in PEM (ca.crt); null where missing.</summary>
    public SecretText? CaCertificate { get; init; }

    public override ObjectId Id => new(ApiGroups.Core, "Secret", Name);
}

/// <summary>gwctl.dev/v1alpha1 ProviderConfig: where and as whom to work.</summary>
public sealed record ProviderConfigSpec : SpecObject
{
    /// <summary>A provider's name: a DNS label.</summary>
    public required Located<string> Provider { get; init; }

    /// <summary>Who owns what gwctl makes here: 1–63 characters of <c>a-z0-9-.</c>. Written on every object.</summary>
    public required Located<string> Owner { get; init; }

    /// <summary>DNS zones whose records follow the Gateways' hostnames; empty leaves DNS alone.</summary>
    public EquatableList<DnsZoneSpec> DnsZones { get; init; } = [];

    /// <summary>The provider's own section (<c>spec</c>'s field of its name), decoded by the provider; null where there
    /// is none.</summary>
    public SpecNode.Mapping? Settings { get; init; }

    public override ObjectId Id => new(ApiGroups.Gwctl, "ProviderConfig", Name);

    /// <summary>One that says nothing yet: for finding out what a provider's section may hold.</summary>
    public static ProviderConfigSpec Blank(string provider) => new()
    {
        Meta = new ObjectMeta { Name = new ObjectName("", ""), Span = default },
        Provider = new Located<string>(provider, default),
        Owner = new Located<string>("", default),
    };
}

/// <summary>spec.dns.zones[]: a zone's name without the last dot; the id where names are ambiguous.</summary>
public sealed record DnsZoneSpec(string Name, string? Id, bool Private, SourceSpan Span);

/// <summary>gwctl.dev/v1alpha1 BackendPolicy: how to reach the Services that it targets.</summary>
public sealed record BackendPolicySpec : SpecObject
{
    /// <summary>Services of the policy's own namespace.</summary>
    public required EquatableList<SpecReference> TargetRefs { get; init; }

    /// <summary>ip (pods), instance (nodes), hybrid (addresses outside the cloud) or serverless; null leaves it to the
    /// provider's default.</summary>
    public Located<string>? TargetType { get; init; }

    /// <summary>With target type serverless; null otherwise.</summary>
    public ServerlessSpec? Serverless { get; init; }

    /// <summary>HTTP1, HTTP2 or GRPC to the backend; null follows the Service port's appProtocol.</summary>
    public Located<string>? ProtocolVersion { get; init; }

    /// <summary>HTTP or HTTPS to the backend; null follows the Service port's appProtocol.</summary>
    public Located<string>? Protocol { get; init; }

    public HealthCheckSpec? HealthCheck { get; init; }

    public SessionAffinitySpec? SessionAffinity { get; init; }

    /// <summary>How long a removed endpoint may finish its requests.</summary>
    public Located<TimeSpan>? DrainTimeout { get; init; }

    /// <summary>How long a new endpoint's share grows.</summary>
    public Located<TimeSpan>? SlowStart { get; init; }

    /// <summary>True leaves the targets to an in-cluster controller: gwctl registers none here.</summary>
    public Located<bool>? ExternalTargets { get; init; }

    public override ObjectId Id => new(ApiGroups.Gwctl, "BackendPolicy", Name);
}

/// <summary>spec.healthCheck.</summary>
public sealed record HealthCheckSpec
{
    /// <summary>HTTP, HTTPS, GRPC or TCP.</summary>
    public Located<string>? Protocol { get; init; }

    public Located<string>? Path { get; init; }

    /// <summary>1–65535; null is the traffic port.</summary>
    public Located<int>? Port { get; init; }

    public Located<TimeSpan>? Interval { get; init; }

    public Located<TimeSpan>? Timeout { get; init; }

    public Located<int>? HealthyThreshold { get; init; }

    public Located<int>? UnhealthyThreshold { get; init; }

    /// <summary>Status codes that count as healthy, as <c>200</c>, <c>200-299</c> or <c>200,204</c>.</summary>
    public Located<string>? SuccessCodes { get; init; }

    public required SourceSpan Span { get; init; }
}

/// <summary>spec.sessionAffinity: a cookie of the load balancer's own or, where named, of the application's.</summary>
public sealed record SessionAffinitySpec(Located<TimeSpan>? Duration, Located<string>? CookieName, SourceSpan Span);

/// <summary>spec.serverless: a service of the cloud's that runs containers by itself.</summary>
/// <param name="Region">Null is the ProviderConfig's.</param>
public sealed record ServerlessSpec(Located<string> Service, Located<string>? Region, SourceSpan Span);

/// <summary>BackendTLSPolicy spec.validation.subjectAltNames[]: a DNS name, or a URI where
/// <paramref name="IsUri"/>.</summary>
public sealed record SubjectAltNameSpec(string Value, bool IsUri);
