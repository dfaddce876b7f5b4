using System.Globalization;
using System.Text;

namespace Gwctl.Simulation.Tests;

/// <summary>Random specs that every provider can serve, from a seed. Two worlds of the same seed and
/// different
/// editions share names, so that going from one to the other creates, changes, replaces and deletes.</summary>
internal sealed class SpecGenerator(int seed, int edition)
{
    // A name leads to one Gateway, so each Gateway has names of its own.
    private static readonly string[] s_hosts =
        ["shop.{0}.example.com", "{0}.example.com", "*.apps.{0}.example.com", "a.apps.{0}.example.com"];

    private static readonly string[] s_prefixes = ["/", "/api", "/api/v2", "/cart", "/static", "/a/b/c"];
    private static readonly string[] s_methods = ["GET", "POST", "DELETE"];

    // A string's own hash differs between processes: a seed must not.
    private readonly Random _random = new((seed * 7919) + edition);

    // What came later draws from its own, so that the seeds' other parts stay what they were.
    private readonly Random _extras = new((seed * 104_729) + edition);
    private readonly StringBuilder _text = new();

    /// <summary>The specs as YAML.</summary>
    public string Generate()
    {
        var services = 1 + _random.Next(5);
        GatewayClass();
        var gateways = 1 + _random.Next(2);
        for (var index = 0; index < gateways; index++)
        {
            Gateway($"gw-{index}");
        }

        var routes = _random.Next(5);
        for (var index = 0; index < routes; index++)
        {
            Route($"route-{index}", $"gw-{_random.Next(gateways)}", services);
        }

        for (var index = 0; index < services; index++)
        {
            Service(ServiceName(index));
        }

        return _text.ToString();
    }

    private void GatewayClass() => Document(
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: GatewayClass
        metadata: {name: cloud}
        spec: {controllerName: gwctl.dev/CLASS}
        """);

    private void Gateway(string name)
    {
        var listeners = new StringBuilder("    - {name: http, protocol: HTTP, port: 80}\n");
        if (Chance(40))
        {
            listeners.Append("    - {name: alt, protocol: HTTP, port: 8080}\n");
        }

        if (Chance(40))
        {
            listeners.Append("    - {name: apps, protocol: HTTP, port: 80, hostname: \"*.apps.")
                .Append(name).Append(".example.com\"}\n");
        }

        if (Chance(40))
        {
            listeners.Append("    - name: tls\n      protocol: HTTPS\n      port: 443\n      tls:\n")
                .Append("        certificateRefs: [")
                .Append(Chance(50) ? "{name: cert-0}" : "{name: cert-1}")
                .Append(Chance(30) ? ", {name: cert-2}]\n" : "]\n");
        }

        Document(
            $"""
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {"{"}name: {name}, namespace: team{"}"}
            spec:
              gatewayClassName: cloud
            {Infrastructure()}  listeners:
            {listeners}
            """);
    }

    private string Infrastructure()
    {
        var labels = new[] { "team: web", "stage: test", "cost: c1" }.Where(_ => _extras.Next(3) is 0).ToList();
        return labels.Count is 0 ? "" : $"  infrastructure: {{labels: {{{string.Join(", ", labels)}}}}}\n";
    }

    private void Route(string name, string gateway, int services)
    {
        var hosts = Chance(25) ? "" : $"  hostnames: [{string.Join(", ", Hosts(gateway))}]\n";
        var rules = new StringBuilder();
        var count = 1 + _random.Next(4);
        for (var index = 0; index < count; index++)
        {
            rules.Append(Rule(services));
        }

        Document(
            $"""
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {"{"}name: {name}, namespace: team{"}"}
            spec:
              parentRefs: [{"{"}name: {gateway}{"}"}]
            {hosts}  rules:
            {rules}
            """);
    }

    private IEnumerable<string> Hosts(string gateway) =>
        Some(s_hosts, 2).Select(host => Quote(host.Replace("{0}", gateway, StringComparison.Ordinal)));

    private string Rule(int services)
    {
        var text = new StringBuilder("    - matches:\n");
        var exact = Chance(20);
        var path = Pick(s_prefixes);
        var type = exact ? "Exact" : "PathPrefix";
        text.Append(CultureInfo.InvariantCulture, $"        - path: {{type: {type}, value: {path}}}\n");
        if (Chance(20))
        {
            text.Append(CultureInfo.InvariantCulture, $"          method: {Pick(s_methods)}\n");
        }

        if (Chance(20))
        {
            text.Append("          headers: [{name: x-version, value: v").Append(_random.Next(3)).Append("}]\n");
        }

        if (Chance(15))
        {
            text.Append("          queryParams: [{name: q, value: v").Append(_random.Next(3)).Append("}]\n");
        }

        return text.Append(Treatment(services, exact)).ToString();
    }

    private string Treatment(int services, bool exact) => _random.Next(10) switch
    {
        0 => "      filters: [{type: RequestRedirect, requestRedirect: {scheme: https, hostname: www.example.com, "
            + "statusCode: 301}}]\n",
        1 when !exact => "      filters: [{type: URLRewrite, urlRewrite: {path: {type: ReplacePrefixMatch, "
            + $"replacePrefixMatch: /v{_random.Next(3)}}}}}}}]\n{Backends(services)}",
        2 => "      filters: [{type: URLRewrite, urlRewrite: {path: {type: ReplaceFullPath, replaceFullPath: /one}}}]\n"
            + Backends(services),
        _ => Backends(services),
    };

    private string Backends(int services)
    {
        var names = Some([.. Enumerable.Range(0, services)], 3)
            .Select(index => $"{{name: {ServiceName(index)}, port: 80, weight: {1 + _random.Next(100)}}}");
        return $"      backendRefs: [{string.Join(", ", names)}]\n";
    }

    // Names that begin alike: where they are sorted, what follows them must not count.
    private static string ServiceName(int index) =>
        index % 2 is 0 ? $"svc-{index / 2}" : $"svc-{index / 2}-canary";

    private void Service(string name)
    {
        var endpoints = string.Join(", ", Enumerable.Range(0, _random.Next(4))
            .Select(_ => $"10.0.{1 + _random.Next(3)}.{10 + _random.Next(200)}")
            .Select(address => $"{{addresses: [{address}], conditions: {{ready: true}}}}")
            .Distinct(StringComparer.Ordinal));
        Document(
            $"""
            apiVersion: v1
            kind: Service
            metadata: {"{"}name: {name}, namespace: team{"}"}
            spec: {"{"}ports: [{"{"}name: http, port: 80, targetPort: 8000{"}"}]{"}"}
            """);
        Document(
            $"""
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {"{"}name: {name}-x, namespace: team, labels: {"{"}kubernetes.io/service-name: {name}{"}}"}
            addressType: IPv4
            ports: [{"{"}name: http, port: 8000{"}"}]
            endpoints: [{endpoints}]
            """);
        if (Chance(30))
        {
            Document(
                $"""
                apiVersion: gwctl.dev/v1alpha1
                kind: BackendPolicy
                metadata: {"{"}name: {name}, namespace: team{"}"}
                spec:
                  targetRefs: [{"{"}kind: Service, name: {name}{"}"}]
                  healthCheck: {"{"}path: /h{_random.Next(3)}, interval: {10 + _random.Next(3)}s{"}"}
                  slowStart: {30 * _random.Next(3)}s
                {More()}
                """);
        }
    }

    private string More() => _extras.Next(4) switch
    {
        0 => "  drainTimeout: 20s",
        1 => "  sessionAffinity: {duration: 1h}",
        _ => "",
    };

    private void Document(string text) => _text.Append(text).Append("\n---\n");

    private bool Chance(int percent) => _random.Next(100) < percent;

    private T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    private List<T> Some<T>(IReadOnlyList<T> items, int most)
    {
        var left = items.ToList();
        var taken = new List<T>();
        for (var count = 1 + _random.Next(Math.Min(most, left.Count)); count > 0; count--)
        {
            var index = _random.Next(left.Count);
            taken.Add(left[index]);
            left.RemoveAt(index);
        }

        return taken;
    }

    private static string Quote(string text) => $"\"{text}\"";
}
