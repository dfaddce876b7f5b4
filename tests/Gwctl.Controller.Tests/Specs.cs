using System.Globalization;
using System.Text.Json.Nodes;
using Gwctl.Core;
using Gwctl.Kubernetes.Objects;
using YamlDotNet.RepresentationModel;

namespace Gwctl.Controller.Tests;

/// <summary>Specs for tests, and how they become objects.</summary>
internal static class Specs
{
    private static readonly Dictionary<string, KubeResource> s_resources = new(StringComparer.Ordinal)
    {
        ["GatewayClass"] = Gateway("gatewayclasses", "GatewayClass") with { IsNamespaced = false },
        ["Gateway"] = Gateway("gateways", "Gateway"),
        ["HTTPRoute"] = Gateway("httproutes", "HTTPRoute"),
        ["GRPCRoute"] = Gateway("grpcroutes", "GRPCRoute"),
        ["TLSRoute"] = Gateway("tlsroutes", "TLSRoute"),
        ["TCPRoute"] = Gateway("tcproutes", "TCPRoute"),
        ["UDPRoute"] = Gateway("udproutes", "UDPRoute"),
        ["BackendTLSPolicy"] = Gateway("backendtlspolicies", "BackendTLSPolicy"),
        ["ServiceAccount"] = new("", "v1", "serviceaccounts", "ServiceAccount", true),
        ["ClusterRole"] = Rbac("clusterroles", "ClusterRole") with { IsNamespaced = false },
        ["ClusterRoleBinding"] = Rbac("clusterrolebindings", "ClusterRoleBinding") with { IsNamespaced = false },
        ["Role"] = Rbac("roles", "Role"),
        ["RoleBinding"] = Rbac("rolebindings", "RoleBinding"),
        ["ListenerSet"] = Gateway("listenersets", "ListenerSet"),
        ["ReferenceGrant"] = Gateway("referencegrants", "ReferenceGrant"),
        ["ProviderConfig"] = new("gwctl.dev", "v1alpha1", "providerconfigs", "ProviderConfig", false),
        ["Service"] = new("", "v1", "services", "Service", true),
        ["EndpointSlice"] = new("discovery.k8s.io", "v1", "endpointslices", "EndpointSlice", true),
        ["Namespace"] = new("", "v1", "namespaces", "Namespace", false),
        ["Secret"] = KubeResource.Secret,
        ["ConfigMap"] = KubeResource.ConfigMap,
        ["Lease"] = KubeResource.Lease,
        ["Event"] = KubeResource.Event,
    };

    /// <summary>A namespace, a class and the cloud to use.</summary>
    public const string Base =
        """
        apiVersion: v1
        kind: Namespace
        metadata: {name: shop}
        ---
        apiVersion: gwctl.dev/v1alpha1
        kind: ProviderConfig
        metadata: {name: cloud}
        spec:
          provider: aws
          owner: test
          dns: {zones: [{name: example.com}]}
          aws: {region: us-east-1}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: GatewayClass
        metadata: {name: cloud}
        spec:
          controllerName: gwctl.dev/aws
          parametersRef: {group: gwctl.dev, kind: ProviderConfig, name: cloud}
        """;

    /// <summary>A Gateway with one listener.</summary>
    public static string GatewayOf(string name = "web", string more = "") =>
        $$"""
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: {{name}}, namespace: shop{{more}}}
        spec:
          gatewayClassName: cloud
          listeners:
            - {name: http, protocol: HTTP, port: 80}
        """;

    /// <summary>After a Gateway: one more listener, with a certificate from a Secret.</summary>
    public const string SecureListener =
        "\n    - {name: https, protocol: HTTPS, port: 443, tls: {certificateRefs: [{name: cert}]}}";

    /// <summary>A Service with one endpoint of each address.</summary>
    public static string Backend(string name, params string[] addresses) =>
        $$"""
        apiVersion: v1
        kind: Service
        metadata: {name: {{name}}, namespace: shop}
        spec:
          ports: [{name: http, port: 80, targetPort: 8080, protocol: TCP}]
        ---
        {{Slice(name, addresses)}}
        """;

    public static string Slice(string service, params string[] addresses) =>
        $$"""
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata:
          name: {{service}}-1
          namespace: shop
          labels: {kubernetes.io/service-name: {{service}}}
        addressType: IPv4
        ports: [{name: http, port: 8080, protocol: TCP}]
        endpoints: [{{string.Join(", ", addresses.Select(Endpoint))}}]
        """;

    private static string Endpoint(string address) =>
        $$$"""{addresses: ["{{{address}}}"], conditions: {ready: true} }""";

    /// <summary>A route of one path to one Service.</summary>
    public static string Route(string name, string path, string service, string gateway = "web", string more = "") =>
        $$$"""
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: {{{name}}}, namespace: shop}
        spec:
          parentRefs: [{name: "{{{gateway}}}" }]
          {{{more}}}
          rules:
            - matches: [{path: {type: PathPrefix, value: "{{{path}}}" } }]
              backendRefs: [{name: {{{service}}}, port: 80}]
        """;

    public static string All(params string[] parts) => string.Join("\n---\n", parts);

    public static KubeResource ResourceOf(string kind) => s_resources[kind];

    public static KubeResource ResourceOf(JsonObject body) => s_resources[Json.Text(body, "kind")];

    /// <summary>In the namespace of the tests, unless it says another as <c>namespace/name</c>.</summary>
    public static ObjectName NameOf(string kind, string name) => name.Split('/') is [var space, var rest]
        ? new ObjectName(space, rest)
        : new ObjectName(s_resources[kind].IsNamespaced ? "shop" : "", name);

    public static IEnumerable<JsonObject> Parse(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return stream.Documents.Select(document => Assert.IsType<JsonObject>(ToJson(document.RootNode)));
    }

    private static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new JsonObject(mapping.Children.Select(pair =>
            KeyValuePair.Create(((YamlScalarNode)pair.Key).Value ?? "", ToJson(pair.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(ToJson)]),
        YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain } scalar => Plain(scalar.Value ?? ""),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => throw new InvalidOperationException($"{node} is not expected."),
    };

    private static JsonNode? Plain(string text) => text switch
    {
        "true" => JsonValue.Create(true),
        "false" => JsonValue.Create(false),
        "null" or "" => null,
        _ when long.TryParse(text, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        _ => JsonValue.Create(text),
    };

    private static KubeResource Rbac(string plural, string kind) =>
        new("rbac.authorization.k8s.io", "v1", plural, kind, true);

    private static KubeResource Gateway(string plural, string kind) =>
        new("gateway.networking.k8s.io", "v1", plural, kind, true);
}
