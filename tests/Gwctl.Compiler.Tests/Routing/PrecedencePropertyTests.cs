using System.Text.RegularExpressions;
using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Tests.Topology;
using Gwctl.Testing.Specs;
using static Gwctl.Compiler.Tests.Routing.RoutingTestExtensions;

namespace Gwctl.Compiler.Tests.Routing;

public sealed class PrecedencePropertyTests
{
    private const int Rounds = 800;
    private const int RequestsOfARound = 12;
    private static readonly ServiceSpec Service = MakeService.Service("infra/s", 80);

    // Goal: whatever the specs and the request, the first lowered rule that matches is the one that the specification's
    // comparisons choose. 9,600 requests; at least 2,000 of them must have been served for the test to mean anything.
    [Fact]
    public void FirstLoweredRuleIsTheOneThatTheSpecificationChooses()
    {
        var served = 0;
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new RandomSpecs(seed);
            var gateway = random.Gateway();
            var routes = random.Routes();
            var lowered = Lower([gateway, Service, .. routes]).OnlyGateway();
            for (var index = 0; index < RequestsOfARound; index++)
            {
                var request = random.Request();
                var expected = PrecedenceOracle.Serve(gateway, routes, request);
                var actual = Serve(lowered, request);
                Assert.True(expected == actual, $"seed {seed}: {request} goes to '{actual}' instead of '{expected}'");
                served += expected is null ? 0 : 1;
            }
        }

        Assert.InRange(served, 2_000, Rounds * RequestsOfARound);
    }

    // Goal: the order in which specs were read is nowhere in the result.
    [Fact]
    public void OrderOfInputDoesNotMatter()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new RandomSpecs(seed);
            var gateway = random.Gateway();
            var routes = random.Routes();
            var sorted = Make.Set([.. MakeGateway.ClassAndConfig(), gateway, Service, .. routes]);
            var shuffled = sorted with { Routes = [.. random.Shuffle(routes)] };
            var first = TopologyResolverResult(sorted);
            var second = TopologyResolverResult(shuffled);
            Assert.True(first.Equals(second), $"seed {seed}");
        }
    }

    private static (object?, object?, string) TopologyResolverResult(SpecSet specs)
    {
        var topology = Compiler.Topology.TopologyResolver.Resolve(specs, new Compiler.Topology.TopologyOptions());
        var model = RoutingCompiler.Lower(topology.Topology());
        var told = topology.Diagnostics
            .Concat(model.Diagnostics)
            .Select(item => $"{item.Code} {item.Object} {item.Detail}");
        return (topology.Value, model.Value, string.Join('\n', told));
    }

    /// <summary>Reads the routing model as its documentation says: first listener, then first rule.</summary>
    private static string? Serve(GatewayRouting gateway, Request request)
    {
        var listener = gateway.Ports.FirstOrDefault(port => port.Port == request.Port)?.Listeners
            .FirstOrDefault(item => HostPattern.Parse(item.Hostname).Matches(request.Host));
        var rule = listener?.Rules.FirstOrDefault(item =>
            HostPattern.Parse(item.Hostname).Matches(request.Host) && Holds(item.Match, request));
        return rule is null ? null : $"{rule.Origin.Route} {rule.Origin.RuleIndex} {rule.Origin.MatchIndex}";
    }

    private static bool Holds(HttpMatchSpec match, Request request)
    {
        var value = match.Path.Value;
        var isPathRight = match.Path.Type switch
        {
            PathMatchType.Exact => request.Path == value,
            PathMatchType.PathPrefix => value is "/" || request.Path == value || request.Path.StartsWith($"{value}/"),
            _ => Regex.IsMatch(request.Path, $"^{value}$"),
        };
        return isPathRight
            && (match.Method is null || match.Method.Value.Value == request.Method)
            && match.Headers.All(term => Holds(term, request.Headers))
            && match.QueryParams.All(term => Holds(term, request.Query));
    }

    private static bool Holds(NamedMatchSpec term, IReadOnlyDictionary<string, string> values) =>
        values.TryGetValue(term.Name, out var value)
        && (term.IsRegex ? Regex.IsMatch(value, $"^{term.Value}$") : value == term.Value);
}
