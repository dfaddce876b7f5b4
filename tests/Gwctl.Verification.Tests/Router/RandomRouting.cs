using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Testing.Routing;
using Gwctl.Verification.Router;
using static Gwctl.Testing.Specs.MakeRoute;

namespace Gwctl.Verification.Tests.Router;

/// <summary>Random models and requests out of few words, so that they meet often. Rules are in any order: the router
/// must keep it.</summary>
internal sealed class RandomRouting(int seed)
{
    private static readonly string[] s_hosts =
    [
        "a.com", "b.com", "x.a.com", "y.x.a.com", "c.org", "A.com", "a.com:8080", "X.A.COM:80", "a.com.", "", "com",
    ];

    private static readonly string[] s_patterns = ["", "a.com", "x.a.com", "*.a.com", "*.x.a.com", "*.com", "c.org"];

    private static readonly string[] s_paths =
    [
        "/", "/a", "/a/", "/a/b", "/ab", "/b", "/a/b/c", "/b/a", "//a", "/a//b", "/A", "/%61", "/a/b/", "*", "",
    ];

    private static readonly string[] s_prefixes = ["/", "/a", "/a/", "/a/b", "/ab", "/b", "/a/b/c"];
    private static readonly string[] s_expressions = ["/a.*", "/.", "/[ab]/b", "/.*b", "/a|/b", "/(a|b)+"];
    private static readonly string[] s_methods = ["GET", "POST", "get"];
    private static readonly string[] s_names = ["x", "y", "X", "host"];
    private static readonly string[] s_values = ["1", "2", "12", "", "1,2", "A", "a"];

    private static readonly string[] s_queries =
    [
        "", "x=1", "x=2", "X=1", "x=1&x=2", "x=2&x=1", "y=1&x=1", "x", "x=", "x=%31", "%78=1", "&&x=1&", "x=1=2", "x=a",
    ];

    private readonly Random _random = new(seed);

    public GatewayRouting Gateway() => MakeRouting.Gateway(
        Port(80, RoutingProtocol.Http), Port(443, RoutingProtocol.Https), Port(8443, RoutingProtocol.Tls));

    public Request Request()
    {
        var (scheme, port) = Pick([("http", 80), ("https", 443), ("https", 8443), ("https", 80), ("http", 81)]);
        var host = Pick(s_hosts);
        return new Request
        {
            Method = Pick(s_methods),
            Scheme = scheme,
            Host = host,
            Port = port,
            Path = Pick(s_paths),
            Query = _random.Next(3) is 0 ? null : Pick(s_queries),
            Headers = [.. Many(3, () => new HeaderField(Pick(s_names[..3]), Pick(s_values)))],
            Sni = _random.Next(4) is 0 ? Pick([null, "a.com", "x.a.com", "c.org"]) : host.Split(':')[0],
        };
    }

    private RoutingPort Port(int port, RoutingProtocol protocol)
    {
        var hostnames = Many(4, () => Pick(s_patterns)).Append("a.com").Distinct()
            .OrderBy(HostPattern.Parse);
        return MakeRouting.Port(
            port, protocol, [.. hostnames.Select((name, index) => Listener(index, name, protocol))]);
    }

    private RoutingListener Listener(int index, string hostname, RoutingProtocol protocol) =>
        protocol is RoutingProtocol.Tls && _random.Next(2) is 0
            ? MakeRouting.StreamListener($"l{index}", hostname, MakeRouting.Stream("t/s", "", ("t/s:80", 1)))
            : MakeRouting.Listener($"l{index}", hostname, Many(_random.Next(2) is 0 ? 4 : 40, () => 0).Select(Rule));

    private RoutingRule Rule(int zero, int index) => MakeRouting.Rule(
        $"t/r{index}", Match(), hostname: _random.Next(3) is 0 ? Pick(s_patterns) : "", index: index + zero);

    private HttpMatchSpec Match()
    {
        var method = _random.Next(4) is 0 ? Pick(s_methods) : null;
        var match = _random.Next(5) switch
        {
            0 => Exact(Pick(s_paths), method),
            1 => Regex(Pick(s_expressions), method),
            _ => Prefix(Pick(s_prefixes), method),
        };
        return match.Headers(Terms(s_names)).Query(Terms(s_names[..3]));
    }

    private string[] Terms(string[] names) => _random.Next(3) is 0
        ? [.. Many(2, () => $"{Pick(names)}{(_random.Next(3) is 0 ? "~[12]*" : $"={Pick(s_values)}")}")]
        : [];

    private List<T> Many<T>(int max, Func<T> make) =>
        [.. Enumerable.Range(0, _random.Next(max + 1)).Select(_ => make())];

    private T Pick<T>(T[] items) => items[_random.Next(items.Length)];
}
