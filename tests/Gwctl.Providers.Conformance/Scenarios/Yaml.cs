using System.Collections.Concurrent;
using System.Text.Json;
using Gwctl.Testing.Specs;

namespace Gwctl.Providers.Conformance.Scenarios;

/// <summary>Specs, as users write them. Everything lies in the namespace conformance unless it says
/// otherwise.</summary>
internal static class Yaml
{
    private static readonly ConcurrentDictionary<string, TestCertificate> s_certificates = new(StringComparer.Ordinal);

    /// <summary>A port for HTTP.</summary>
    public const string Http = "{name: http, protocol: HTTP, port: 80, allowedRoutes: {namespaces: {from: All}}}";

    /// <summary>A port for HTTPS with the certificate of the Secret tls.</summary>
    public const string Https =
        "{name: https, protocol: HTTPS, port: 443, hostname: '*.ZONE', tls: {certificateRefs: [{name: tls}]}}";

    /// <summary>One rule that sends everything to web.</summary>
    public const string ToWeb = "- {backendRefs: [{name: web, port: 80}]}";

    /// <summary>The documents with the class and the Services web and next, which have one Pod each.</summary>
    public static string All(params IEnumerable<string> documents) => string.Join(
        "\n---\n", [Class, Service("web", 10), Service("next", 20), .. documents]);

    public static string Gateway(params IEnumerable<string> listeners) => NamedGateway("web", listeners);

    public static string NamedGateway(string name, params IEnumerable<string> listeners) => $$"""
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: {{name}}, namespace: conformance}
        spec: {gatewayClassName: cloud, listeners: [{{string.Join(", ", listeners)}}]}
        """;

    /// <summary>A route for www of the Gateway web.</summary>
    /// <param name="rules">Items of a list, at column 0.</param>
    public static string Route(string name, string rules, string label = "www") =>
        RouteOf("HTTPRoute", name, "{name: web}", $"['{label}.ZONE']", rules);

    /// <param name="hostnames">A list in flow style; empty for kinds that have none.</param>
    public static string RouteOf(
        string kind, string name, string parent, string hostnames, string rules, string space = "conformance") => $$$"""
        apiVersion: gateway.networking.k8s.io/{{{(kind is "TCPRoute" or "UDPRoute" ? "v1alpha2" : "v1")}}}
        kind: {{{kind}}}
        metadata: {name: {{{name}}}, namespace: {{{space}}}}
        spec:
          parentRefs: [{{{parent}}}]
          {{{(hostnames is "" ? "" : $"hostnames: {hostnames}")}}}
          rules:
        {{{string.Join('\n', rules.Split('\n').Select(line => $"    {line}"))}}}
        """;

    /// <summary>A rule for a path and all below it.</summary>
    public static string Prefix(string path, string service) =>
        $"- {{matches: [{{path: {{type: PathPrefix, value: {path}}}}}], backendRefs: [{{name: {service}, port: 80}}]}}";

    /// <summary>A rule with one filter.</summary>
    public static string Filtered(string match, string filter, string backends = "[{name: web, port: 80}]") =>
        $"- {{matches: [{match}], filters: [{filter}], backendRefs: {backends}}}";

    /// <param name="host">The last byte of the first Pod's address.</param>
    /// <param name="pods">How many there are.</param>
    /// <param name="more">Further fields of the port.</param>
    public static string Service(string name, int host, int pods = 1, string more = "") => $$$"""
        apiVersion: v1
        kind: Service
        metadata: {name: {{{name}}}, namespace: conformance}
        spec: {ports: [{name: main, port: 80, targetPort: 8000{{{more}}}}]}
        ---
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: {{{name}}}-1, namespace: conformance, labels: {kubernetes.io/service-name: {{{name}}} } }
        addressType: IPv4
        ports: [{name: main, port: 8000, protocol: TCP}]
        endpoints:
        {{{string.Join('\n', Enumerable.Range(host, pods).Select(
            last => $"  - {{addresses: [172.31.1.{last}], conditions: {{ready: true}}}}"))}}}
        """;

    /// <summary>The Secret of a certificate for a name of the zone. Another version is another certificate.</summary>
    public static string Secret(string name, string label, string domain, int version = 1)
    {
        var certificate = s_certificates.GetOrAdd(
            $"{label}.{domain}/{version}", static key => TestCertificate.For(key.Split('/')[0]));
        return $$"""
            apiVersion: v1
            kind: Secret
            metadata: {name: {{name}}, namespace: conformance}
            type: kubernetes.io/tls
            stringData:
              tls.crt: {{JsonSerializer.Serialize(certificate.Chain)}}
              tls.key: {{JsonSerializer.Serialize(certificate.PrivateKey)}}
            """;
    }

    private const string Class = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: GatewayClass
        metadata: {name: cloud}
        spec: {controllerName: gwctl.dev/CLASS}
        """;
}
