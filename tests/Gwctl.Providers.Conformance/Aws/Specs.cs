using System.Text.Json;
using Gwctl.Testing.Specs;

namespace Gwctl.Providers.Conformance.Aws;

/// <summary>The suite's specs. Hostnames lie in the target's zone, where it has one.</summary>
internal static class Specs
{
    public static readonly TestCertificate FirstCertificate = TestCertificate.For("tls.conformance.example.com");
    public static readonly TestCertificate SecondCertificate = TestCertificate.For("tls.conformance.example.com");

    public static string Gateway(AwsTarget target, params string[] routes) => string.Join("\n---\n",
    [
        Services,
        GatewayWith(target, "{name: http, protocol: HTTP, port: 80, hostname: HOST}"),
        .. routes,
    ]).Replace("HOST", Host(target, "www"));

    public static string Tls(AwsTarget target, TestCertificate certificate) => string.Join("\n---\n",
    [
        Services,
        GatewayWith(
            target,
            "{name: https, protocol: HTTPS, port: 443, hostname: HOST, tls: {certificateRefs: [{name: tls}]}}"),
        $$"""
        apiVersion: v1
        kind: Secret
        metadata: {name: tls, namespace: conformance}
        type: kubernetes.io/tls
        stringData:
          tls.crt: {{JsonSerializer.Serialize(certificate.Chain)}}
          tls.key: {{JsonSerializer.Serialize(certificate.PrivateKey)}}
        """,
        Forward("/", "web"),
    ]).Replace("HOST", Host(target, "tls"));

    public static string Forward(string path, string service) => Route($"to-{path.Replace('/', '-').Trim('-')}x", $$"""
            - matches: [{path: {type: PathPrefix, value: {{path}} } }]
              backendRefs: [{name: {{service}}, port: 80}]
        """);

    public static string Split(int old, int next) => Route("split", $$"""
            - backendRefs: [{name: web, port: 80, weight: {{old}}}, {name: next, port: 80, weight: {{next}}}]
        """);

    public static string Matches() => Route("matches", """
            - matches:
                - {path: {type: Exact, value: /exact}, method: POST}
                - headers: [{name: x-beta, value: "yes"}]
                  queryParams: [{name: debug, value: "on"}]
              backendRefs: [{name: web, port: 80}]
        """);

    public static string Redirect() => Route("redirect", """
            - matches: [{path: {type: PathPrefix, value: /moved}}]
              filters: [{type: RequestRedirect, requestRedirect: {hostname: other.example.com, statusCode: 301}}]
        """);

    public static string Rewrite() => Route("rewrite", """
            - matches: [{path: {type: PathPrefix, value: /old}}]
              filters: [{type: URLRewrite, urlRewrite: {path: {type: ReplacePrefixMatch, replacePrefixMatch: /new}}}]
              backendRefs: [{name: next, port: 80}]
        """);

    private static string Services => string.Join("\n---\n", new[] { "web", "next" }.Select((name, index) => $$"""
        apiVersion: v1
        kind: Service
        metadata: {name: {{name}}, namespace: conformance}
        spec: {ports: [{name: http, port: 80, targetPort: 8000}]}
        ---
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: {{name}}-1, namespace: conformance, labels: {kubernetes.io/service-name: {{name}} } }
        addressType: IPv4
        ports: [{name: http, port: 8000, protocol: TCP}]
        endpoints: [{addresses: [172.31.1.{{index + 10}}]}]
        """));

    private static string GatewayWith(AwsTarget target, string listener) => $$"""
        apiVersion: gateway.networking.k8s.io/v1
        kind: GatewayClass
        metadata: {name: cloud, annotations: {region: {{target.Region}} } }
        spec: {controllerName: gwctl.dev/aws}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: web, namespace: conformance}
        spec: {gatewayClassName: cloud, listeners: [{{listener}}]}
        """;

    private static string Route(string name, string rules) => $"""
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: {name}
          namespace: conformance
        spec:
          parentRefs:
            - name: web
          rules:
        {rules}
        """;

    private static string Host(AwsTarget target, string label) => $"{label}.{target.Zone ?? "conformance.example.com"}";
}
