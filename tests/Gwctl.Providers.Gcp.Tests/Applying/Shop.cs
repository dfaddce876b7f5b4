using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gwctl.Core;
using Gwctl.Engine.Marks;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Gcp.Settling;

namespace Gwctl.Providers.Gcp.Tests.Applying;

/// <summary>The graph of a Gateway with two backends, as projection would make it.</summary>
internal sealed record Shop
{
    public static readonly ObjectName Gateway = new("shop", "web");

    private static readonly (string Certificate, string Key) Pem = NewCertificate();

    public static IReadOnlyDictionary<string, string> Secrets { get; } = new Dictionary<string, string>
    {
        ["Secret/shop/tls#tls.crt"] = Pem.Certificate,
        ["Secret/shop/tls#tls.key"] = Pem.Key,
    };

    public EquatableList<string> Targets { get; init; } = ["10.0.0.10", "10.0.0.11"];

    public int CanaryWeight { get; init; } = 10;

    public int HealthSeconds { get; init; } = 10;

    public string Dns { get; init; } = "www.example.com.";

    public long Ttl { get; init; } = 60;

    public bool WithHttps { get; init; } = true;

    public bool WithCertificateMap { get; init; }

    /// <summary>A second backend service and its groups, or none.</summary>
    public bool WithCanary { get; init; } = true;

    public EquatableList<KeyValuePair<string, string>> Labels { get; init; } = [new("team", "shop")];

    /// <summary>What the URL map's test expects of the root.</summary>
    public string TestedPath { get; init; } = "/";

    public ResourceGraph Graph()
    {
        var nodes = new List<ResourceNode>
        {
            Address(), UrlMap(), Proxy(Kinds.TargetHttpProxy, "80"), Rule(80), Record(),
        };
        nodes.AddRange(Backend("web"));
        nodes.AddRange(WithCanary ? Backend("canary") : []);
        if (WithHttps || WithCertificateMap)
        {
            nodes.AddRange([HttpsProxy(), Rule(443)]);
            nodes.AddRange(WithCertificateMap ? CertificateMap() : [Certificate()]);
        }

        return ResourceGraph.From(nodes);
    }

    private static AttributeValue Text(string text) => Attr.Text(text);

    private static AttributeValue Ref(string kind, string key, string output = "selfLink") =>
        new AttributeValue.Reference(AddressOf(kind, key), output);

    public static ResourceAddress AddressOf(string kind, string key) => new("test", kind, Gateway, key);

    private static AttributeField F(string name, AttributeValue value) => new(name, value);

    private static AttributeValue Map(params AttributeField[] fields) => Attr.Map(new AttributeMap(fields));

    private static AttributeValue List(params AttributeValue[] items) => Attr.List(items);

    private static ResourceNode Node(string kind, string key, params AttributeField[] fields) => new()
    {
        Address = AddressOf(kind, key),
        Attributes = new AttributeMap(fields),
    };

    private ResourceNode Address() => Node(
        Kinds.Address, "ipv4",
        F("name", Text("shop-web-ipv4")), F("location", Text("global")), F("addressType", Text("EXTERNAL")),
        F("ipVersion", Text("IPV4")), F("labels", Attr.Map(Labels)));

    private IEnumerable<ResourceNode> Backend(string name)
    {
        yield return Node(
            Kinds.HealthCheck, name,
            F("name", Text($"shop-{name}-hc")), F("location", Text("global")), F("type", Text("HTTP")),
            F("checkIntervalSec", Attr.Number(HealthSeconds)), F("timeoutSec", Attr.Number(5)),
            F("healthyThreshold", Attr.Number(2)), F("unhealthyThreshold", Attr.Number(2)),
            F("httpHealthCheck", Map(
                F("requestPath", Text("/healthz")), F("portSpecification", Text("USE_SERVING_PORT")))));
        foreach (var zone in new[] { "us-central1-a", "us-central1-b" })
        {
            yield return Node(
                Kinds.NetworkEndpointGroup, $"{name}@{zone}",
                F("name", Text($"shop-{name}-neg")), F("location", Text(zone)),
                F("networkEndpointType", Text("NON_GCP_PRIVATE_IP_PORT")),
                F("network", Text(SelfLinks.Of(GraphBench.Project, "global", "networks", "default"))));
            yield return Node(
                Kinds.Endpoints, $"{name}@{zone}",
                F("networkEndpointGroup", Ref(Kinds.NetworkEndpointGroup, $"{name}@{zone}")),
                F("networkEndpoints", AttributeOrder.Sorted(Targets.Select(target => Map(
                    F("ipAddress", Text(target)), F("port", Attr.Number(8080)))))));
        }

        yield return Node(
            Kinds.BackendService, name,
            F("name", Text($"shop-{name}")), F("location", Text("global")),
            F("loadBalancingScheme", Text("EXTERNAL_MANAGED")), F("protocol", Text("HTTP")),
            F("timeoutSec", Attr.Number(30)), F("connectionDraining", Map(F("drainingTimeoutSec", Attr.Number(15)))),
            F("healthChecks", List(Ref(Kinds.HealthCheck, name))),
            F("backends", List(
                GroupOf($"{name}@us-central1-a"),
                GroupOf($"{name}@us-central1-b"))));
    }

    private static AttributeValue GroupOf(string key) => Map(
        F("group", Ref(Kinds.NetworkEndpointGroup, key)), F("balancingMode", Text("RATE")),
        F("maxRatePerEndpoint", Text("100")));

    private ResourceNode UrlMap()
    {
        AttributeValue destination = WithCanary
            ? Map(F("weightedBackendServices", List(
                Weighted("web", 100 - CanaryWeight), Weighted("canary", CanaryWeight))))
            : Map(F("weightedBackendServices", List(
                Weighted("web", 1))));
        return Node(
            Kinds.UrlMap, "80",
            F("name", Text("shop-web-80")), F("location", Text("global")),
            F("defaultService", Ref(Kinds.BackendService, "web")),
            F("hostRules", List(Map(F("hosts", List(Text("www.example.com"))), F("pathMatcher", Text("m1"))))),
            F("pathMatchers", List(Map(
                F("name", Text("m1")), F("defaultService", Ref(Kinds.BackendService, "web")),
                F("routeRules", List(
                    Map(
                        F("priority", Attr.Number(1)),
                        F("matchRules", List(
                            Map(F("fullPathMatch", Text("/api"))), Map(F("prefixMatch", Text("/api/"))))),
                        F("routeAction", destination),
                        F("headerAction", Map(F("requestHeadersToAdd", List(Map(
                            F("headerName", Text("x-shop")), F("headerValue", Text("1")),
                            F("replace", Attr.Flag(false)))))))),
                    Map(
                        F("priority", Attr.Number(2)),
                        F("matchRules", List(Map(F("prefixMatch", Text("/old"))))),
                        F("urlRedirect", Map(
                            F("prefixRedirect", Text("/new")), F("redirectResponseCode", Text("FOUND")))))))))),
            F("tests", List(Map(
                F("host", Text("www.example.com")), F("path", Text(TestedPath)),
                F("service", Ref(Kinds.BackendService, "web"))))));
    }

    private static AttributeValue Weighted(string service, int weight) => Map(
        F("backendService", Ref(Kinds.BackendService, service)), F("weight", Attr.Number(weight)));

    private static ResourceNode Proxy(string kind, string port) => Node(
        kind, port,
        F("name", Text($"shop-web-{port}")), F("location", Text("global")), F("urlMap", Ref(Kinds.UrlMap, "80")));

    private ResourceNode HttpsProxy()
    {
        var node = Proxy(Kinds.TargetHttpsProxy, "443");
        return node with
        {
            Attributes = WithCertificateMap
                ? node.Attributes.With("certificateMap", Ref(Kinds.CertificateMap, "443"))
                : node.Attributes.With("sslCertificates", List(Ref(Kinds.SslCertificate, "secret/tls"))),
        };
    }

    private static ResourceNode Certificate() => Node(
        Kinds.SslCertificate, "secret/tls",
        F("name", Text("shop-tls-1")), F("location", Text("global")), F("type", Text("SELF_MANAGED")),
        F("certificate", Secret("tls.crt")), F("privateKey", Secret("tls.key")));

    private static IEnumerable<ResourceNode> CertificateMap()
    {
        var place = F("location", Text("global"));
        yield return Node(
            Kinds.Certificate, "secret/tls", F("name", Text("shop-tls")), place,
            F("selfManaged", Map(F("pemCertificate", Secret("tls.crt")), F("pemPrivateKey", Secret("tls.key")))));
        yield return Node(
            Kinds.DnsAuthorization, "example.com", F("name", Text("shop-auth")), place,
            F("domain", Text("example.com")), F("zone", Lookups.ForZone("example.com", isPrivate: false)));
        yield return Node(
            Kinds.Certificate, "managed/1", F("name", Text("shop-managed")), place,
            F("managed", Map(
                F("domains", List(Text("example.com"))),
                F("dnsAuthorizations", List(Ref(Kinds.DnsAuthorization, "example.com", "resourceName"))))));
        yield return Node(Kinds.CertificateMap, "443", F("name", Text("shop-web-443")), place);
        yield return Node(
            Kinds.CertificateMapEntry, "443/www.example.com", F("name", Text("www")), place,
            F("certificateMap", Ref(Kinds.CertificateMap, "443", "resourceName")),
            F("hostname", Text("www.example.com")),
            F("certificates", List(Ref(Kinds.Certificate, "secret/tls", "resourceName"))));
        yield return Node(
            Kinds.CertificateMapEntry, "443/primary", F("name", Text("primary")), place,
            F("certificateMap", Ref(Kinds.CertificateMap, "443", "resourceName")), F("matcher", Text("PRIMARY")),
            F("certificates", List(Ref(Kinds.Certificate, "managed/1", "resourceName"))));
    }

    private ResourceNode Rule(int port) => Node(
        Kinds.ForwardingRule, $"{port}/ipv4",
        F("name", Text($"shop-web-{port}-ipv4")), F("location", Text("global")),
        F("loadBalancingScheme", Text("EXTERNAL_MANAGED")), F("IPAddress", Ref(Kinds.Address, "ipv4", "address")),
        F("IPProtocol", Text("TCP")), F("portRange", Text($"{port}-{port}")),
        F("target", port is 80 ? Ref(Kinds.TargetHttpProxy, "80") : Ref(Kinds.TargetHttpsProxy, "443")),
        F("labels", Attr.Map(Labels)));

    private ResourceNode Record() => Node(
        Kinds.DnsRecord, $"{Dns.TrimEnd('.')}/A",
        F("zone", Lookups.ForZone("example.com", isPrivate: false)), F("name", Text(Dns)), F("type", Text("A")),
        F("ttl", Attr.Number(Ttl)), F("rrdatas", List(Ref(Kinds.Address, "ipv4", "address"))),
        F("ownership", Map(
            F("name", Text($"a-{Dns}")),
            F("value", Text(DnsOwnership.Format(new DnsOwner("tests", "gateway/shop/web")))))));

    private static AttributeValue Secret(string field) => new AttributeValue.Secret(
        $"Secret/shop/tls#{field}", new SecretText(Secrets[$"Secret/shop/tls#{field}"]).Digest());

    private static (string Certificate, string Key) NewCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(
            "CN=www.example.com", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(
            new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
            new DateTimeOffset(2036, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }
}
