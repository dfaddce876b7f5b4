using Gwctl.Engine.Providers;
using Gwctl.Providers.Aws.Projection;
using Gwctl.Testing.Specs;

namespace Gwctl.Providers.Aws.Tests.Projection;

// Goal: for every request, the load balancer's rules do what the routing model says, unless a diagnostic announced the
// difference on the rule that the model or the load balancer chose.
public sealed class OracleTests
{
    private const int ModelsCount = 2_500;
    private const int RequestsPerModel = 40;

    private static readonly AwsSettings Settings = new()
    {
        Config = MakeGateway.Config().Name,
        Owner = "tests",
        Region = Make.Value("us-east-1"),
    };

    private static readonly ProviderScope Scope = new("main", "aws", "", "us-east-1", "tests");

    [Fact]
    public void Rules_and_routing_agree_on_every_request()
    {
        var (silent, announced) = (0, 0);
        for (var seed = 0; seed < ModelsCount; seed++)
        {
            var random = new RandomRouting(seed);
            var model = random.Model();
            var projected = AwsProjection.Project(model, Settings, Scope);
            Assert.NotNull(projected.Value);
            var lines = projected.Diagnostics.Select(diagnostic => diagnostic.Subject.Line).ToHashSet();
            Assert.All(projected.Value.Nodes.Where(node => node.Address.Kind is Kinds.Rule), AlbOracle.CheckLimits);
            for (var index = 0; index < RequestsPerModel; index++)
            {
                var request = random.Request(model);
                var (wanted, rule) = RoutingOracle.Answer(model.Gateways[0], request);
                var (got, node) = AlbOracle.Answer(projected.Value.Nodes, request);
                var isAnnounced = (rule is not null && IsAnnounced(rule, lines))
                    || (node is not null && lines.Contains(node.Origin.Line));
                _ = isAnnounced ? announced++ : silent++;
                Assert.True(
                    wanted == got || isAnnounced,
                    $"seed {seed}, {request}: routing says {wanted} by {rule?.Origin}, the load balancer {got}");
            }
        }

        // Most requests must prove something.
        Assert.True(silent > announced, $"{silent} compared, {announced} announced");
    }

    [Fact]
    public void Merging_saves_rules()
    {
        var (rules, nodes) = (0, 0);
        for (var seed = 0; seed < 200; seed++)
        {
            var model = new RandomRouting(seed).Model();
            rules += model.Gateways[0].Ports.Sum(port => port.Listeners.Sum(listener => listener.Rules.Count));
            nodes += AwsProjection.Project(model, Settings,
                Scope).Value?.Nodes.Count(node => node.Address.Kind is Kinds.Rule)
                ?? 0;
        }

        Assert.True(nodes < rules * 0.9, $"{nodes} rules for {rules} hostnames and matches");
    }

    private static bool IsAnnounced(Gwctl.Compiler.Routing.RoutingRule rule, HashSet<int> lines) =>
        lines.Contains(rule.Match.Span.Line)
        || lines.Contains(ActionLine(rule))
        || rule.Filters.Any(filter => lines.Contains(filter.Span.Line));

    private static int ActionLine(Gwctl.Compiler.Routing.RoutingRule rule) => rule.Action switch
    {
        Gwctl.Compiler.Routing.RoutingAction.Redirect redirect => redirect.Filter.Span.Line,
        Gwctl.Compiler.Routing.RoutingAction.Forward forward => forward.Backends[0].Span.Line,
        _ => -1,
    };
}
