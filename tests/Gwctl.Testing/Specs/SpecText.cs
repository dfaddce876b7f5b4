using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Topology;
using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Testing.Specs;

/// <summary>Specs as text, as users write them, for the tests of projections.</summary>
public static class SpecText
{
    private const string Services = """
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: a, namespace: shop}
        spec: {ports: [{port: 80, targetPort: 8080}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: b, namespace: shop}
        spec: {ports: [{port: 80, targetPort: 8080}]}
        ---
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: a-1, namespace: shop, labels: {kubernetes.io/service-name: a}}
        addressType: IPv4
        ports: [{name: "", port: 8080}]
        endpoints:
          - {addresses: [10.0.1.2], nodeName: node-2, conditions: {ready: true}}
          - {addresses: [10.0.1.1], nodeName: node-1, conditions: {ready: true}}
          - {addresses: [10.0.1.3], nodeName: node-3, conditions: {ready: false}}
          - {addresses: [10.0.1.4], nodeName: node-4, conditions: {ready: true, terminating: true}}
        """;

    /// <summary>A Gateway shop/web of class cloud.</summary>
    /// <param name="listeners">YAML, in flow style, separated by commas.</param>
    /// <param name="metadata">YAML, in flow style.</param>
    /// <param name="spec">Further fields of the spec, at column 0.</param>
    public static string Gateway(string listeners, string metadata = "name: web, namespace: shop", string spec = "") =>
        $"""
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {"{"}{metadata}{"}"}
        spec:
          gatewayClassName: cloud
          listeners: [{listeners}]
        {Indent(spec, 2)}
        """;

    /// <summary>A Gateway shop/web with one HTTP listener and a route r of the given rules.</summary>
    /// <param name="rules">YAML of <c>spec.rules</c>, a list at column 0.</param>
    /// <param name="more">Further documents, each behind <c>---</c>.</param>
    public static string Rules(string rules, string hostnames = "[shop.example.com]", string more = "") =>
        $"""
        {Gateway("{name: http, port: 80, protocol: HTTP}")}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {"{name: r, namespace: shop}"}
        spec:
          parentRefs: {"[{name: web}]"}
          hostnames: {hostnames}
          rules:
        {Indent(rules, 4)}
        {more}
        """;

    /// <summary>Specs with a class, a ProviderConfig main and the Services a and b of namespace shop; a has
    /// endpoints.</summary>
    /// <param name="provider">The provider's name.</param>
    /// <param name="settings">Of the provider's section, at column 0.</param>
    /// <param name="config">Further fields of the ProviderConfig's spec, at column 0.</param>
    public static string All(string specs, string provider, string settings, string config = "") =>
        $"""
        apiVersion: gateway.networking.k8s.io/v1
        kind: GatewayClass
        metadata: {"{name: cloud}"}
        spec:
          controllerName: gwctl.dev/{provider}
          parametersRef: {"{group: gwctl.dev, kind: ProviderConfig, name: main}"}
        ---
        {specs}
        {Services}
        ---
        apiVersion: gwctl.dev/v1alpha1
        kind: ProviderConfig
        metadata: {"{name: main}"}
        spec:
          provider: {provider}
          owner: tests
        {Indent(config, 2)}
          {provider}:
        {Indent(settings, 4)}
        """;

    /// <summary>The specs' routing, and their one ProviderConfig.</summary>
    public static (RoutingModel Model, ProviderConfigSpec Config) Compile(string text)
    {
        var read = SpecReader.Read([new SpecSource("specs.yaml", text)]);
        var specs = ValueOf(read);
        var topology = TopologyResolver.Resolve(specs, new TopologyOptions());
        var routing = RoutingCompiler.Lower(topology.Value ?? throw Failure(topology.Diagnostics));
        return (routing.Value ?? throw Failure(routing.Diagnostics), specs.ProviderConfigs.Single());
    }

    /// <summary>A value for people who read tests.</summary>
    public static string Of(AttributeValue? value) => value switch
    {
        null => "",
        AttributeValue.Text(var text) => text,
        AttributeValue.Number(var number) => number.ToString(),
        AttributeValue.Flag(var flag) => flag ? "true" : "false",
        AttributeValue.List(var items) => $"[{string.Join(", ", items.Select(Of))}]",
        AttributeValue.Map(var fields) =>
            $"{{{string.Join(", ", fields.Fields.Select(field => $"{field.Name}: {Of(field.Value)}"))}}}",
        AttributeValue.Reference(var source, _) => $"<{source.Kind} {source.Key}>".Replace(" >", ">"),
        AttributeValue.Lookup(var kind, var query) => $"?{kind}({query})",
        _ => "(sensitive)",
    };

    private static SpecSet ValueOf(Compiled<SpecSet> read) =>
        read.Succeeded ? read.Value : throw Failure(read.Diagnostics);

    private static InvalidOperationException Failure(IEnumerable<Diagnostic> diagnostics) =>
        new(string.Join('\n', diagnostics));

    private static string Indent(string text, int columns) => string.Join('\n', text.Split('\n')
        .Where(line => line.Trim() is not "").Select(line => new string(' ', columns) + line));
}
