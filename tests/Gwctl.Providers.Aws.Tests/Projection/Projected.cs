using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Topology;
using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Projection;

namespace Gwctl.Providers.Aws.Tests.Projection;

/// <summary>Specs projected, from text to graph.</summary>
internal sealed record Projected(ResourceGraph Graph, EquatableList<Diagnostic> Diagnostics)
{
    public static readonly ProviderScope Scope = new("main", "aws", "", "us-east-1", "tests");

    private const string Class = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: GatewayClass
        metadata: {name: cloud}
        spec:
          controllerName: gwctl.dev/aws
          parametersRef: {group: gwctl.dev, kind: ProviderConfig, name: main}
        ---

        """;

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
          - {addresses: [10.0.1.2], conditions: {ready: true}}
          - {addresses: [10.0.1.1], conditions: {ready: true}}
          - {addresses: [10.0.1.3], conditions: {ready: false}}
          - {addresses: [10.0.1.4], conditions: {ready: true, terminating: true}}
        """;

    /// <summary>A Gateway shop/web with one HTTP listener and a route of the given rules.</summary>
    /// <param name="rules">YAML of <c>spec.rules</c>, a list at column 0.</param>
    public static Projected Rules(string rules, string hostnames = "[shop.example.com]", string aws = "",
        string more = "") =>
        All($"""
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
            """, aws);

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

    /// <summary>Specs with the class, a ProviderConfig and the Services a and b of namespace shop; a has
    /// endpoints.</summary>
    /// <param name="aws">Further fields of <c>spec.aws</c>, at column 0.</param>
    /// <param name="config">Further fields of the ProviderConfig's spec, at column 0.</param>
    public static Projected All(string specs, string aws = "", string config = "")
    {
        var text = $"""
            {Class}{specs}
            {Services}
            ---
            apiVersion: gwctl.dev/v1alpha1
            kind: ProviderConfig
            metadata: {"{name: main}"}
            spec:
              provider: aws
              owner: tests
            {Indent(config, 2)}
              aws:
                region: us-east-1
            {Indent(aws, 4)}
            """;
        var read = SpecReader.Read([new SpecSource("specs.yaml", text)]);
        Assert.True(read.Succeeded, string.Join('\n', read.Diagnostics));
        var topology = TopologyResolver.Resolve(read.Value, new TopologyOptions());
        Assert.NotNull(topology.Value);
        var routing = RoutingCompiler.Lower(topology.Value);
        Assert.NotNull(routing.Value);
        var settings = SettingsDecoder.Decode(Assert.Single(read.Value.ProviderConfigs));
        Assert.True(settings.Succeeded, string.Join('\n', settings.Diagnostics));
        var projected = AwsProjection.Project(routing.Value, settings.Value, Scope);
        Assert.NotNull(projected.Value);
        return new Projected(projected.Value, projected.Diagnostics);
    }

    public IEnumerable<ResourceNode> Of(string kind) => Graph.Nodes.Where(node => node.Address.Kind == kind);

    public ResourceNode Only(string kind) => Assert.Single(Of(kind));

    /// <summary>Rules of a port in order, as <c>conditions → action</c>.</summary>
    public IReadOnlyList<string> RuleTexts(int port = 80) => [.. Of(Kinds.Rule)
        .Where(node => node.Address.Key.StartsWith($"{port}/", StringComparison.Ordinal))
        .OrderBy(node => ((AttributeValue.Number?)node.Attributes["order"])?.Value)
        .Select(node => $"{Text(node.Attributes["conditions"])} -> {Text(node.Attributes["actions"])}")];

    /// <summary>The codes of the diagnostics, but for notes; each once.</summary>
    public IReadOnlyList<string> Codes => [.. Diagnostics.Where(diagnostic => diagnostic.Severity is not Severity.Note)
        .Select(diagnostic => diagnostic.Code).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>A value for people who read tests.</summary>
    public static string Text(AttributeValue? value) => value switch
    {
        null => "",
        AttributeValue.Text(var text) => text,
        AttributeValue.Number(var number) => number.ToString(),
        AttributeValue.Flag(var flag) => flag ? "true" : "false",
        AttributeValue.List(var items) => $"[{string.Join(", ", items.Select(Text))}]",
        AttributeValue.Map(var fields) =>
            $"{{{string.Join(", ", fields.Fields.Select(field => $"{field.Name}: {Text(field.Value)}"))}}}",
        AttributeValue.Reference(var source, _) => $"<{source.Kind} {source.Key}>".Replace(" >", ">"),
        AttributeValue.Lookup(var kind, var query) => $"?{kind}({query})",
        _ => "(sensitive)",
    };

    private static string Indent(string text, int columns) => string.Join('\n', text.Split('\n')
        .Where(line => line.Trim() is not "").Select(line => new string(' ', columns) + line));
}
