using Gwctl.Core;
using Gwctl.Sandbox.Calls;

namespace Gwctl.Sandbox.Gcp;

/// <summary>The GCP part of a sandbox. Any project id that is well formed is a project.</summary>
public sealed record GcpOptions
{
    /// <summary>The bearer tokens that are accepted. The token endpoint hands out the first.</summary>
    public EquatableList<string> Tokens { get; init; } = ["test"];

    /// <summary>Who the tokens' bearer is: what operations say of their user.</summary>
    public string User { get; init; } = "sandbox@example.com";

    public GcpQuotas Quotas { get; init; } = new();

    public GcpDelays Delays { get; init; } = new();

    /// <summary>Token buckets; none by default.</summary>
    public EquatableList<ThrottleRule> Throttling { get; init; } = [];

    /// <summary>Managed zones that exist from the start.</summary>
    public EquatableList<GcpZone> ManagedZones { get; init; } = [];

    /// <summary>Endpoints' IP addresses whose health checks fail.</summary>
    public EquatableList<string> UnhealthyEndpoints { get; init; } = [];

    /// <summary>Checks every answer against the contract, and fails loudly where one breaks it: for tests.</summary>
    public bool ChecksAnswers { get; init; }

    /// <summary>Null where there is only the control plane.</summary>
    internal IEndpointPlane? DataPlane { get; init; }
}

/// <param name="Name">The zone's id, such as <c>example-com</c>.</param>
/// <param name="DnsName">Such as <c>example.com.</c></param>
public sealed record GcpZone(string Project, string Name, string DnsName);

/// <summary>How long the cloud takes for what it does after it has answered.</summary>
public sealed record GcpDelays
{
    /// <summary>Everything at once.</summary>
    public static readonly GcpDelays None = new()
    {
        OperationStart = TimeSpan.Zero,
        Operation = TimeSpan.Zero,
        DnsChange = TimeSpan.Zero,
        CertificateIssuing = TimeSpan.Zero,
        EndpointSettling = TimeSpan.Zero,
    };

    /// <summary>How long an operation is PENDING before it is RUNNING.</summary>
    public TimeSpan OperationStart { get; init; } = TimeSpan.Zero;

    /// <summary>From an operation's insertion to DONE, which is when its effect is there. Real ones take seconds to a
    /// minute.</summary>
    public TimeSpan Operation { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>From a DNS change to done.</summary>
    public TimeSpan DnsChange { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>From a managed certificate's creation to ACTIVE, where its authorization is in place.</summary>
    public TimeSpan CertificateIssuing { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>From an endpoint's attachment to the first verdict on its health.</summary>
    public TimeSpan EndpointSettling { get; init; } = TimeSpan.FromMilliseconds(300);
}

/// <summary>Quotas and limits with Google's defaults. Raise them with <c>with</c>.</summary>
public sealed record GcpQuotas
{
    public int BackendServices { get; init; } = 50;

    public int HealthChecks { get; init; } = 75;

    public int UrlMaps { get; init; } = 10;

    public int TargetHttpProxies { get; init; } = 10;

    public int TargetHttpsProxies { get; init; } = 10;

    public int TargetTcpProxies { get; init; } = 10;

    public int TargetSslProxies { get; init; } = 10;

    public int ForwardingRules { get; init; } = 15;

    public int GlobalAddresses { get; init; } = 8;

    public int RegionalAddresses { get; init; } = 8;

    public int SslCertificates { get; init; } = 10;

    public int SslPolicies { get; init; } = 10;

    public int NetworkEndpointGroups { get; init; } = 100;

    public int EndpointsPerGroup { get; init; } = 10_000;

    public int EndpointsPerCall { get; init; } = 500;

    public int CertificatesPerProxy { get; init; } = 15;

    public int BackendsPerService { get; init; } = 50;

    public int HostRulesPerMap { get; init; } = 1000;

    public int PathMatchersPerMap { get; init; } = 1000;

    public int RulesPerPathMatcher { get; init; } = 1000;

    public int PredicatesPerPathMatcher { get; init; } = 1000;

    /// <summary>Regional maps only; global ones take no regular expressions.</summary>
    public int RegexesPerPathMatcher { get; init; } = 5;

    public int UrlMapBytes { get; init; } = 64 * 1024;

    public int ManagedZones { get; init; } = 10_000;

    public int RecordSetsPerZone { get; init; } = 10_000;

    public int ChangesPerCall { get; init; } = 1000;

    public int RecordsPerSet { get; init; } = 100;

    /// <summary>A quota with the project's default for the collection, as the metric names it.</summary>
    internal (string Metric, int Limit) Of(string collection, bool isGlobal) => collection switch
    {
        "backendServices" => ("BACKEND_SERVICES", BackendServices),
        "healthChecks" => ("HEALTH_CHECKS", HealthChecks),
        "urlMaps" => ("URL_MAPS", UrlMaps),
        "targetHttpProxies" => ("TARGET_HTTP_PROXIES", TargetHttpProxies),
        "targetHttpsProxies" => ("TARGET_HTTPS_PROXIES", TargetHttpsProxies),
        "targetTcpProxies" => ("TARGET_TCP_PROXIES", TargetTcpProxies),
        "targetSslProxies" => ("TARGET_SSL_PROXIES", TargetSslProxies),
        "forwardingRules" => ("FORWARDING_RULES", ForwardingRules),
        "addresses" when isGlobal => ("STATIC_ADDRESSES", GlobalAddresses),
        "addresses" => ("STATIC_ADDRESSES", RegionalAddresses),
        "sslCertificates" => ("SSL_CERTIFICATES", SslCertificates),
        "sslPolicies" => ("SSL_POLICIES", SslPolicies),
        _ => ("NETWORK_ENDPOINT_GROUPS", NetworkEndpointGroups),
    };
}
