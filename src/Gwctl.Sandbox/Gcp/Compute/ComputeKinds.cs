using System.Collections.Frozen;
using Gwctl.Sandbox.Contracts;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp.Compute;

/// <summary>The table of Compute's collections.</summary>
internal static class ComputeKinds
{
    private static readonly ReferenceRule Network = new("network", ["networks"], SameScope: false);
    private static readonly ReferenceRule Subnetwork = new("subnetwork", ["subnetworks"], SameScope: false);
    private static readonly ReferenceRule UrlMap = new("urlMap", ["urlMaps"]);
    private static readonly ReferenceRule Certificates = new("sslCertificates", ["sslCertificates"]);
    private static readonly ReferenceRule Policy = new("sslPolicy", ["sslPolicies"]);
    private static readonly ReferenceRule Service = new("service", ["backendServices"]);

    private static readonly ComputeKind[] Frontends =
    [
        new("addresses", "address")
        {
            References = [Network, Subnetwork],
            HasLabels = true,
            Defaults = new Struct { { "addressType", "EXTERNAL" } },
            Complete = Addresses.Complete,
            Show = Addresses.Show,
            FindUser = Addresses.FindUser,
        },
        new("forwardingRules", "forwarding_rule")
        {
            References =
            [
                new("target", ["targetHttpProxies", "targetHttpsProxies", "targetTcpProxies", "targetSslProxies"]),
                new("backendService", ["backendServices"]), Network, Subnetwork,
            ],
            HasLabels = true,
            Patchable = ["networkTier", "allowGlobalAccess", "description", "labels", "sourceIpRanges"],
            Defaults = new Struct { { "IPProtocol", "TCP" }, { "loadBalancingScheme", "EXTERNAL" } },
            Complete = ForwardingRules.Complete,
        },
        new("targetHttpProxies", "target_http_proxy")
        {
            References = [UrlMap],
            HasFingerprint = true,
            Patchable = ["urlMap", "description", "httpKeepAliveTimeoutSec"],
            Complete = TargetProxies.CompleteHttp,
        },
        new("targetHttpsProxies", "target_https_proxy")
        {
            References = [UrlMap, Certificates, Policy],
            HasFingerprint = true,
            Defaults = new Struct { { "quicOverride", "NONE" }, { "tlsEarlyData", "DISABLED" } },
            Complete = TargetProxies.CompleteHttps,
        },
        new("targetTcpProxies", "target_tcp_proxy")
        {
            References = [Service],
            Defaults = new Struct { { "proxyHeader", "NONE" } },
            Complete = TargetProxies.CompleteStream,
        },
        new("targetSslProxies", "target_ssl_proxy")
        {
            References = [Service, Certificates, Policy],
            Defaults = new Struct { { "proxyHeader", "NONE" } },
            Complete = TargetProxies.CompleteStream,
        },
    ];

    private static readonly ComputeKind[] Backends =
    [
        new("urlMaps", "url_map")
        {
            References =
            [
                new("defaultService", ["backendServices", "backendBuckets"]),
                new("service", ["backendServices", "backendBuckets"]),
                new("backendService", ["backendServices"]),
                new("errorService", ["backendBuckets", "backendServices"]),
            ],
            HasFingerprint = true,
            Complete = UrlMapResources.Complete,
        },
        new("backendServices", "backend_service")
        {
            References =
            [
                new("group", ["networkEndpointGroups", "instanceGroups"], SameScope: false),
                new("healthChecks", ["healthChecks"]), Network,
            ],
            HasFingerprint = true,
            Immutable = ["network"],
            Defaults = new Struct
            {
                { "affinityCookieTtlSec", 0 },
                { "description", "" },
                { "loadBalancingScheme", "EXTERNAL" },
                { "protocol", "HTTP" },
                { "sessionAffinity", "NONE" },
                { "timeoutSec", 30 },
            },
            Complete = BackendServices.Complete,
        },
        new("healthChecks", "health_check")
        {
            Defaults = new Struct
            {
                { "checkIntervalSec", 5 },
                { "healthyThreshold", 2 },
                { "timeoutSec", 5 },
                { "unhealthyThreshold", 2 },
            },
            Complete = HealthChecks.Complete,
        },
        new("networkEndpointGroups", "network_endpoint_group")
        {
            References = [Network, Subnetwork],
            Complete = EndpointGroups.Complete,
            Show = EndpointGroups.Show,
            AlsoDelete = EndpointGroups.Rows,
        },
        new("sslCertificates", "ssl_certificate")
        {
            Complete = SslCertificates.Complete,
            Show = SslCertificates.Show,
        },
        new("sslPolicies", "ssl_policy")
        {
            HasFingerprint = true,
            Defaults = new Struct { { "minTlsVersion", "TLS_1_0" }, { "profile", "COMPATIBLE" } },
            Complete = SslPolicies.Complete,
        },
    ];

    private static readonly FrozenDictionary<string, ComputeKind> ByCollection = Frontends.Concat(Backends)
        .ToFrozenDictionary(kind => kind.Collection, StringComparer.Ordinal);

    public static ComputeKind UrlMaps => ByCollection["urlMaps"];

    public static ComputeKind? Find(string collection) => ByCollection.GetValueOrDefault(collection);

    /// <summary>The collections whose resources may refer to a collection's.</summary>
    public static IEnumerable<ComputeKind> ThatMayName(string collection) =>
        ByCollection.Values.Where(kind => kind.References.Any(rule => rule.Collections.Contains(collection)));

    /// <summary>Such as <c>compute#urlMap</c>.</summary>
    public static string KindText(ComputeKind kind)
    {
        var shape = ContractCatalog.Load("compute").Operations[$"{kind.Collection}.get"].Output;
        return $"{shape?.Member("kind")?.Default}";
    }
}
