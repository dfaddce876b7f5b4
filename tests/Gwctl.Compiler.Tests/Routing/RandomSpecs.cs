using Gwctl.Compiler.Specs;
using Gwctl.Testing.Specs;
using static Gwctl.Testing.Specs.MakeGateway;
using static Gwctl.Testing.Specs.MakeRoute;

namespace Gwctl.Compiler.Tests.Routing;

/// <summary>Random specs and requests out of few words, so that they meet often.</summary>
internal sealed class RandomSpecs(int seed)
{
    private static readonly string[] Hosts = ["a.com", "b.com", "x.a.com", "y.x.a.com", "c.org"];
    private static readonly string[] Patterns =
        ["a.com", "b.com", "x.a.com", "*.a.com", "*.x.a.com", "*.com", "y.x.a.com", "c.org"];
    private static readonly string[] Paths = ["/", "/a", "/a/", "/a/b", "/ab", "/b", "/a/b/c", "/b/a"];
    private static readonly string[] Expressions = ["/a.*", "/.", "/[ab]/b", "/.*b"];
    private static readonly string[] Methods = ["GET", "POST"];
    private static readonly string[] Names = ["x", "y", "X"];
    private static readonly int[] Ports = [80, 80, 80, 8080];

    private readonly Random _random = new(seed);

    public GatewaySpec Gateway()
    {
        var wanted = Enumerable.Range(0, _random.Next(1, 6))
            .Select(_ => (Port: Pick(Ports), Hostname: _random.Next(2) is 0 ? null : Pick(Patterns)))
            .Distinct();
        return MakeGateway.Gateway(
            "infra/gw", [.. wanted.Select((item, index) => Http($"l{index}", item.Port, item.Hostname))]);
    }

    public List<RouteSpec> Routes() => [.. Enumerable.Range(0, _random.Next(2, 9)).Select(Route)];

    public Request Request() => new(
        Pick(Ports),
        Pick(Hosts),
        Pick(Paths),
        Pick(Methods),
        Values(StringComparer.OrdinalIgnoreCase),
        Values(StringComparer.Ordinal));

    public T[] Shuffle<T>(IEnumerable<T> items)
    {
        var shuffled = items.ToArray();
        _random.Shuffle(shuffled);
        return shuffled;
    }

    private RouteSpec Route(int index)
    {
        var parent = _random.Next(4) switch
        {
            0 => Parent("gw", $"l{_random.Next(3)}"),
            1 => Parent("gw", port: Pick(Ports)),
            _ => Parent("gw"),
        };
        var rules = Enumerable.Range(0, _random.Next(1, 4))
            .Select(_ => Rule(Enumerable.Range(0, _random.Next(1, 3)).Select(_ => Match()).ToList(), [Backend("s")]));
        var hostnames = Enumerable.Range(0, _random.Next(3)).Select(_ => Pick(Patterns));
        var age = _random.Next(3) is var days and > 0 ? days : (int?)null;
        return MakeRoute.Route($"infra/r{index}", [parent], [.. rules], [.. hostnames], age);
    }

    private HttpMatchSpec Match()
    {
        var method = _random.Next(4) is 0 ? Pick(Methods) : null;
        var match = _random.Next(5) switch
        {
            0 => Exact(Pick(Paths), method),
            1 => Regex(Pick(Expressions), method),
            _ => Prefix(Pick(Paths), method),
        };
        return match.Headers(Terms()).Query(Terms());
    }

    private string[] Terms() => _random.Next(3) > 0
        ? []
        : [.. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => $"{Pick(Names)}{Pick(["=1", "=2", "~[12]"])}")];

    private Dictionary<string, string> Values(StringComparer comparer)
    {
        var values = new Dictionary<string, string>(comparer);
        foreach (var name in Names.Where(_ => _random.Next(4) > 0))
        {
            values[name] = Pick(["1", "1", "2", "3"]);
        }

        return values;
    }

    private T Pick<T>(T[] items) => items[_random.Next(items.Length)];
}
