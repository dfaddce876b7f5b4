using System.Collections.Immutable;
using System.Text;
using Gwctl.Testing.Specs;

namespace Gwctl.Simulation.Tests.Traffic;

/// <summary>A request that the clients send again and again.</summary>
/// <param name="Service">Who may answer.</param>
internal sealed record Probe(
    string Host, string Path, ImmutableArray<string> Headers, Func<Site, ImmutableArray<string>> Service)
{
    public static readonly ImmutableArray<Probe> All =
    [
        new("shop.example.com", "/", [], site => site.Weighted),
        new("shop.example.com", "/checkout?hold=40", [], site => site.Weighted),
        new("shop.example.com", "/api/x", [], _ => ["api"]),
        new("shop.example.com", "/api/v2/x", [], site => [site.Specific ? "next" : "api"]),
        // Two rules match as well as each other: the first one has it.
        new("shop.example.com", "/tie", ["x-a", "x-b"], site => [site.Reversed ? "next" : "api"]),
        new("cart.example.com", "/items", [], site => [site.Cart]),
        new("cart.example.com", "/items?hold=40", [], site => [site.Cart]),
    ];
}

/// <summary>What the specs say at one time, and who must then answer what.</summary>
internal sealed record Site
{
    public const string Health = "/ready";
    public const int PlainPort = 8000;
    public const int SecurePort = 8443;

    public static readonly ImmutableArray<string> Services = ["blue", "green", "api", "next", "cart", "basket"];

    public int Blue { get; init; } = 100;

    public int Green { get; init; }

    /// <summary>The rules' names, as a suffix.</summary>
    public string Names { get; init; } = "one";

    public bool Reversed { get; init; }

    /// <summary>A rule for a longer path is there.</summary>
    public bool Specific { get; init; }

    /// <summary>The rule of /api matches by the method too.</summary>
    public bool Narrow { get; init; }

    /// <summary>The Service of the cart's route.</summary>
    public string Cart { get; init; } = "cart";

    /// <summary>The cart's Services speak TLS.</summary>
    public bool Secure { get; init; }

    public int HealthSeconds { get; init; } = 5;

    /// <summary>Of every Service: which of its pods there are, each the last part of an address.</summary>
    public ImmutableArray<int> Pods { get; init; } = [0, 1];

    public required TestCertificate Certificate { get; init; }

    public ImmutableArray<string> Weighted =>
        [.. Blue > 0 ? (string[])["blue"] : [], .. Green > 0 ? (string[])["green"] : []];

    /// <summary>Of the Services that a rule refers to.</summary>
    public IEnumerable<string> Targets =>
        Services.Where(service => !IsCarts(service) || service == Cart).SelectMany(TargetsOf);

    public IEnumerable<string> TargetsOf(string service) =>
        Pods.Select(pod => $"{AddressOf(service, pod)}:{PortOf(service)}");

    public static string AddressOf(string service, int pod) =>
        $"10.0.1.{10 + (10 * Services.IndexOf(service)) + pod}";

    public string Text()
    {
        var text = new StringBuilder(Frame());
        text.Append(Shop());
        foreach (var service in Services)
        {
            text.Append(Backend(service));
        }

        return text.ToString();
    }

    private int PortOf(string service) => Secure && IsCarts(service) ? SecurePort : PlainPort;

    private static bool IsCarts(string service) => service is "cart" or "basket";

    private string Frame() =>
        $$$"""
        apiVersion: gateway.networking.k8s.io/v1
        kind: GatewayClass
        metadata: {name: cloud}
        spec: {controllerName: gwctl.dev/CLASS}
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: site, namespace: team}
        type: kubernetes.io/tls
        stringData: {tls.crt: {{{Quoted(Certificate.Chain)}}}, tls.key: {{{Quoted(Certificate.PrivateKey)}}}}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: web, namespace: team}
        spec:
          gatewayClassName: cloud
          listeners:
            - {name: http, protocol: HTTP, port: 80}
            - {name: https, protocol: HTTPS, port: 443, tls: {certificateRefs: [{name: site}]}}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: cart, namespace: team}
        spec:
          parentRefs: [{name: web}]
          hostnames: [cart.example.com]
          rules: [{name: cart-{{{Names}}}, backendRefs: [{name: {{{Cart}}}, port: 80}]}]

        """;

    private string Shop()
    {
        var method = Narrow ? ", method: GET" : "";
        List<string> rules =
        [
            $"{{name: a-{Names}, matches: [{Tie("x-a")}], backendRefs: [{{name: api, port: 80}}]}}",
            $"{{name: b-{Names}, matches: [{Tie("x-b")}], backendRefs: [{{name: next, port: 80}}]}}",
            $"{{name: api-{Names}, matches: [{{path: {{value: /api}}{method}}}],"
                + " backendRefs: [{name: api, port: 80}]}",
            $"{{name: all-{Names}, backendRefs: [{{name: blue, port: 80, weight: {Blue}}},"
                + $" {{name: green, port: 80, weight: {Green}}}]}}",
        ];
        if (Specific)
        {
            rules.Add("{matches: [{path: {value: /api/v2}}], backendRefs: [{name: next, port: 80}]}");
        }

        if (Reversed)
        {
            rules.Reverse();
        }

        return $$"""
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: shop, namespace: team}
            spec:
              parentRefs: [{name: web}]
              hostnames: [shop.example.com]
              rules:
            {{string.Join('\n', rules.Select(rule => $"    - {rule}"))}}

            """;
    }

    private static string Tie(string header) =>
        $"{{path: {{value: /tie}}, headers: [{{name: {header}, value: \"1\"}}]}}";

    private string Backend(string service)
    {
        var addresses = string.Join(
            ", ", Pods.Select(pod => $"{{addresses: [{AddressOf(service, pod)}], conditions: {{ready: true}}}}"));
        var port = PortOf(service);
        return $$$"""
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: {{{service}}}, namespace: team}
            spec: {ports: [{name: web, port: 80, targetPort: {{{port}}}}]}
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: {{{service}}}-x, namespace: team, labels: {kubernetes.io/service-name: {{{service}}}}}
            addressType: IPv4
            ports: [{name: web, port: {{{port}}}}]
            endpoints: [{{{addresses}}}]
            ---
            apiVersion: gwctl.dev/v1alpha1
            kind: BackendPolicy
            metadata: {name: {{{service}}}, namespace: team}
            spec:
              targetRefs: [{kind: Service, name: {{{service}}}}]
              protocol: {{{(port is SecurePort ? "HTTPS" : "HTTP")}}}
              drainTimeout: 1s
              healthCheck: {path: {{{Health}}}, interval: {{{HealthSeconds}}}s, timeout: 2s}

            """;
    }

    private static string Quoted(string text) => $"\"{text.Replace("\n", "\\n", StringComparison.Ordinal)}\"";
}
