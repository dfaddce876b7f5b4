using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Topology;
using Gwctl.Core;
using Gwctl.Testing.Specs;

namespace Gwctl.Providers.Aws.Tests.Projection;

/// <summary>Random routing models and requests near their borders. Every rule is on a line of its own, so that a
/// diagnostic tells which rule it is about.</summary>
internal sealed class RandomRouting(int seed)
{
    private static readonly string[] ListenerHosts = ["", "*.example.com", "*.a.example.com", "x.a.example.com",
        "shop.test"];
    private static readonly string[] Hosts =
        ["example.com", "b.example.com", "a.example.com", "x.a.example.com", "y.a.example.com", "shop.test",
            "other.test"];
    private static readonly string[] Paths = ["/", "/a", "/a/b", "/ab", "/a/b/c", "/b", "/a*", "/a.b", "/c(1)", "/a/"];
    private static readonly string[] Regexes = ["/a|/b", "/[ab]/.*", "/a.*", "/.+/c"];
    private static readonly string[] Methods = ["GET", "POST", "PUT"];
    private static readonly string[] HeaderNames = ["x-one", "X-Two", "x-three"];
    private static readonly string[] Values = ["1", "2", "3*", "4?", "beta"];
    private static readonly string[] QueryNames = ["1q", "2q"];
    private static readonly string[] Replacements = ["", "/", "/new", "/new/", "/v2/a", "/x/y"];

    private readonly Random _random = new(seed);
    private int _line = 10;

    public RoutingModel Model()
    {
        var ports = new List<RoutingPort> { Port(80, RoutingProtocol.Http) };
        if (_random.Next(3) is 0)
        {
            ports.Add(Port(443, RoutingProtocol.Https));
        }

        var used = ports.SelectMany(port => port.Listeners).SelectMany(listener => listener.Rules)
            .Select(rule => rule.Action).OfType<RoutingAction.Forward>().SelectMany(forward => forward.Backends)
            .Select(backend => backend.BackendId).OfType<string>().Distinct().Order(StringComparer.Ordinal);
        return new RoutingModel([new GatewayRouting
        {
            Name = new ObjectName("shop", "web"),
            ControllerName = "gwctl.dev/aws",
            Config = MakeGateway.Config(),
            Ports = [.. ports],
            Backends = [.. used.Select(Backend)],
            Span = Make.At(1),
        }]);
    }

    public OracleRequest Request(RoutingModel model)
    {
        var port = Pick([.. model.Gateways[0].Ports]);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in HeaderNames.Where(_ => _random.Next(2) is 0))
        {
            headers[name] = Pick(["1", "2", "3*", "3x", "4?", "4y", "beta", "BETA"]);
        }

        var query = QueryNames.Where(_ => _random.Next(2) is 0)
            .Select(name => KeyValuePair.Create(name, Pick(["1", "2", "3*", "3x", "beta", "BETA"]))).ToList();
        return new OracleRequest(
            port.Port, port.Protocol is RoutingProtocol.Https, Pick(Hosts), Pick(Methods),
            Pick(["/", "/a", "/a/", "/a/b", "/a/b/", "/ab", "/a/b/c", "/b", "/b/c", "/a*", "/ax", "/a.b", "/axb",
                "/c(1)",
                "/a/x/c", "/z"]),
            headers, query);
    }

    private RoutingPort Port(int port, RoutingProtocol protocol)
    {
        var listeners = ListenerHosts.OrderBy(_ => _random.Next()).Take(_random.Next(1, 4))
            .OrderBy(HostPattern.Parse).Select((host, index) => Listener($"l{port}-{index}", host, protocol));
        return new RoutingPort(port, protocol, [.. listeners.ToList()]);
    }

    private RoutingListener Listener(string name, string host, RoutingProtocol protocol) => new()
    {
        Name = name,
        Protocol = protocol,
        Hostname = host,
        Rules = [.. Enumerable.Range(0, _random.Next(5)).SelectMany(index => RouteRule(name, index, host, protocol))
            .OrderBy(_ => _random.Next())],
        TlsOptions = protocol is RoutingProtocol.Https
            ? Make.Labels("gwctl.dev/certificate=arn:aws:acm:us-east-1:123456789012:certificate/one")
            : [],
        Span = Make.At(_line++),
    };

    /// <summary>One rule of a route: the product of its hostnames and matches.</summary>
    private List<RoutingRule> RouteRule(string listener, int index, string host, RoutingProtocol protocol)
    {
        var hosts = Hosts.Append("*.example.com").Where(item =>
                host is "" || HostPattern.Parse(host).Covers(HostPattern.Parse(item)))
            .OrderBy(_ => _random.Next()).Take(_random.Next(1, 4)).ToList();
        if (hosts.Count is 0 || _random.Next(4) is 0)
        {
            hosts = [host];
        }

        var filters = Filters();
        var action = Action(protocol);
        var onlyPrefixes = filters.Count > 0
            || action is RoutingAction.Redirect { Filter.Path.ReplacesPrefix: true };
        var matches = Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Match(onlyPrefixes)).ToList();
        var rules = new List<RoutingRule>();
        foreach (var (match, matchIndex) in matches.Select((match, matchIndex) => (match, matchIndex)))
        {
            rules.AddRange(hosts.Select(hostname => new RoutingRule
            {
                Origin = new RuleOrigin(new ObjectName("shop", listener), index, matchIndex, null, match.Span),
                Hostname = hostname,
                Match = match,
                Filters = action is RoutingAction.Forward ? filters : [],
                Action = action,
            }));
        }

        return rules;
    }

    private HttpMatchSpec Match(bool isPrefix)
    {
        var span = Make.At(_line++);
        var type = isPrefix ? 1 : _random.Next(8);
        var path = type switch
        {
            < 3 => new PathMatchSpec(PathMatchType.PathPrefix, Pick(Paths), span),
            < 7 => new PathMatchSpec(PathMatchType.Exact, Pick(Paths), span),
            _ => new PathMatchSpec(PathMatchType.RegularExpression, Pick(Regexes), span),
        };
        return new HttpMatchSpec
        {
            Path = path,
            Method = _random.Next(4) is 0 ? new Located<string>(Pick(Methods), span) : null,
            Headers = [.. HeaderNames.Where(_ => _random.Next(5) is 0)
                .Select(name => _random.Next(8) is 0
                    ? new NamedMatchSpec(name, Pick(["[12]", "3.*"]), true, span)
                    : new NamedMatchSpec(name, Pick(Values), false, span))],
            QueryParams = [.. QueryNames.Where(_ => _random.Next(6) is 0)
                .Select(name => new NamedMatchSpec(name, Pick(Values), false, span))],
            Span = span,
        };
    }

    private EquatableList<HttpFilterSpec> Filters()
    {
        var span = Make.At(_line++);
        return _random.Next(5) switch
        {
            0 => [new HttpFilterSpec.UrlRewrite(
                _random.Next(2) is 0 ? new Located<string>("in.example.com", span) : null,
                new PathRewriteSpec(true, Pick(Replacements), span), span)],
            1 => [new HttpFilterSpec.UrlRewrite(null, new PathRewriteSpec(false, "/whole", span), span)],
            _ => [],
        };
    }

    private RoutingAction Action(RoutingProtocol protocol)
    {
        var span = Make.At(_line++);
        switch (_random.Next(6))
        {
            case 0:
                return new RoutingAction.Status(500, "test");
            case 1:
                return new RoutingAction.Redirect(new HttpFilterSpec.RequestRedirect(span)
                {
                    Scheme = _random.Next(2) is 0 ? new Located<string>("https", span) : null,
                    Hostname = _random.Next(2) is 0 ? new Located<string>("to.example.com", span) : null,
                    Port = protocol is RoutingProtocol.Http && _random.Next(3) is 0
                        ? new Located<int>(8443, span)
                        : null,
                    Path = _random.Next(3) switch
                    {
                        0 => new PathRewriteSpec(true, Pick(Replacements), span),
                        1 => new PathRewriteSpec(false, "/moved", span),
                        _ => null,
                    },
                    StatusCode = new Located<int>(_random.Next(8) is 0 ? 308 : 301, span),
                });
            default:
                var ids = new[] { "shop/a:80", "shop/b:80", "shop/c:80" }.Where(_ => _random.Next(2) is 0).ToList();
                ids = ids.Count is 0 ? ["shop/a:80"] : ids;
                return new RoutingAction.Forward(
                    [.. ids.Select(id => new WeightedBackend(id, _random.Next(1, 999), [], span))]);
        }
    }

    public static RoutingBackend Backend(string id)
    {
        var name = Make.Name(id.Split(':')[0]);
        var port = int.Parse(id.Split(':')[1]);
        return new RoutingBackend
        {
            Id = id,
            Service = new ServiceBackend
            {
                Service = name,
                Port = port,
                ServicePort = new ServicePortSpec
                {
                    Name = "",
                    Port = port,
                    Protocol = "TCP",
                    TargetPort = "8080",
                    Span = Make.At(2),
                },
                Endpoints = [new Endpoint("10.0.0.1", 8080, Ready: true, Terminating: false, null, null)],
            },
        };
    }

    private T Pick<T>(T[] items) => items[_random.Next(items.Length)];
}
