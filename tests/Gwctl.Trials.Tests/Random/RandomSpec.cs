using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Gwctl.Trials.Tests.Random;

/// <summary>One random set of specs, as the YAML of a Gateway, its routes, Services and endpoints, in a namespace of
/// its own. The same seed gives the same text.</summary>
internal sealed class RandomSpec
{
    /// <summary>What all random specs share.</summary>
    public const string Platform =
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: GatewayClass
        metadata: {name: cloud}
        spec:
          controllerName: gwctl.dev/aws
          parametersRef: {group: gwctl.dev, kind: ProviderConfig, name: random}
        ---
        apiVersion: gwctl.dev/v1alpha1
        kind: ProviderConfig
        metadata: {name: random}
        spec:
          provider: aws
          owner: random
          aws: {region: us-east-1}
        """;

    private static readonly string[] s_services = ["a", "b", "c", "idle"];

    private readonly System.Random _random;
    private readonly StringBuilder _text = new();
    private readonly List<string> _listeners = [];
    private bool _hasHttps;

    private RandomSpec(int seed)
    {
        _random = new System.Random(seed);
        Namespace = NamespaceOf(seed);
    }

    private string Namespace { get; }

    public static string NamespaceOf(int seed) => $"s{seed.ToString(CultureInfo.InvariantCulture)}";

    public static string TextOf(int seed)
    {
        var spec = new RandomSpec(seed);
        spec.AddGateway();
        foreach (var service in s_services)
        {
            spec.AddService(service);
        }

        var routes = spec._random.Next(1, 5);
        for (var route = 0; route < routes; route++)
        {
            spec.AddRoute(route);
        }

        return spec._text.ToString();
    }

    private void AddGateway()
    {
        Line("apiVersion: gateway.networking.k8s.io/v1");
        Line("kind: Gateway");
        Line($"metadata: {{name: web, namespace: {Namespace}}}");
        Line("spec:");
        Line("  gatewayClassName: cloud");
        Line("  listeners:");
        AddListeners("HTTP", 80);
        _hasHttps = OneOf(2);
        if (_hasHttps)
        {
            AddListeners("HTTPS", 443);
        }

        if (OneOf(6))
        {
            AddListeners("HTTP", 8080);
        }
    }

    private void AddListeners(string protocol, int port)
    {
        var hosts = Pools.ListenerHosts.OrderBy(_ => _random.Next()).Take(_random.Next(1, 4));
        foreach (var host in hosts)
        {
            var name = $"l{_listeners.Count}";
            _listeners.Add(name);
            Line($"  - name: {name}");
            Line($"    protocol: {protocol}");
            Line($"    port: {port}");
            if (host is not "")
            {
                Line($"    hostname: {Quoted(host)}");
            }

            if (protocol is "HTTPS")
            {
                Line("    tls:");
                Line("      mode: Terminate");
                Line("      options:");
                Line("        gwctl.dev/certificate: arn:aws:acm:us-east-1:123456789012:certificate/one");
            }
        }
    }

    private void AddService(string name)
    {
        Line("---");
        Line("apiVersion: v1");
        Line("kind: Service");
        Line($"metadata: {{name: {name}, namespace: {Namespace}}}");
        var app = OneOf(8) ? ", appProtocol: kubernetes.io/h2c" : "";
        Line($"spec: {{ports: [{{name: http, port: 80, targetPort: 8000{app}}}]}}");
        Line("---");
        Line("apiVersion: discovery.k8s.io/v1");
        Line("kind: EndpointSlice");
        Line($"metadata: {{name: {name}-1, namespace: {Namespace}, labels: {{kubernetes.io/service-name: {name}}}}}");
        Line("addressType: IPv4");
        Line("ports: [{name: http, port: 8000, protocol: TCP}]");
        Line(name is "idle" ? "endpoints: []" : "endpoints: [{addresses: [10.0.0.1], conditions: {ready: true}}]");
    }

    private void AddRoute(int index)
    {
        var isGrpc = _hasHttps && OneOf(6);
        Line("---");
        Line("apiVersion: gateway.networking.k8s.io/v1");
        Line($"kind: {(isGrpc ? "GRPCRoute" : "HTTPRoute")}");
        Line($"metadata: {{name: r{index}, namespace: {Namespace}}}");
        Line("spec:");
        var section = OneOf(3) ? $", sectionName: {Pick([.. _listeners])}" : "";
        Line($"  parentRefs: [{{name: web{section}}}]");
        var hosts = Pools.RouteHosts.OrderBy(_ => _random.Next()).Take(_random.Next(0, 4)).ToList();
        if (hosts.Count > 0)
        {
            Line($"  hostnames: [{string.Join(", ", hosts.Select(Quoted))}]");
        }

        Line("  rules:");
        var rules = _random.Next(1, 4);
        var parts = new RandomRule(_random, isGrpc);
        for (var rule = 0; rule < rules; rule++)
        {
            foreach (var line in parts.Lines())
            {
                Line($"  {line}");
            }
        }
    }

    public static string Quoted(string text) => JsonSerializer.Serialize(text);

    private bool OneOf(int many) => _random.Next(many) is 0;

    private T Pick<T>(T[] items) => items[_random.Next(items.Length)];

    private void Line(string line) => _text.Append(line).Append('\n');
}
