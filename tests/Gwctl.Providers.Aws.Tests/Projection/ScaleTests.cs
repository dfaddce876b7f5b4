using System.Diagnostics;
using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Providers.Aws.Projection;
using Gwctl.Testing.Specs;

namespace Gwctl.Providers.Aws.Tests.Projection;

// Goal: a platform of 500 Gateways with 100 rules each projects completely, without a finding. The time is printed, not
// judged: machines differ.
public sealed class ScaleTests(ITestOutputHelper output)
{
    private const int RulesPerGateway = 100;

    [Theory]
    [InlineData(50)]
    [InlineData(500)]
    public void Many_gateways_project_completely(int gateways)
    {
        var model = new RoutingModel([.. Enumerable.Range(0, gateways).Select(Gateway)]);
        var settings = new AwsSettings
        {
            Config = MakeGateway.Config().Name,
            Owner = "tests",
            Region = Make.Value("us-east-1"),
        };
        var (watch, cpu) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        var projected = AwsProjection.Project(model, settings, Projected.Scope);
        output.WriteLine(
            $"{gateways} Gateways with {RulesPerGateway} rules each: {watch.Elapsed.TotalMilliseconds:0} ms, "
                + $"{(Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds:0} ms of processors");

        Assert.Empty(projected.Diagnostics);
        Assert.Equal(
            gateways * RulesPerGateway, projected.Value?.Nodes.Count(node => node.Address.Kind is Kinds.Rule));
    }

    private static GatewayRouting Gateway(int number)
    {
        var rules = new List<RoutingRule>();
        for (var index = 0; index < RulesPerGateway; index++)
        {
            var span = Make.At(index + 1);
            rules.Add(new RoutingRule
            {
                Origin = new RuleOrigin(new ObjectName($"ns{number}", $"route{index / 5}"), index % 5, 0, null, span),
                Hostname = $"h{index / 5}.example.com",
                Match = new HttpMatchSpec
                {
                    Path = new PathMatchSpec(PathMatchType.PathPrefix, $"/p{index % 5}", span),
                    Span = span,
                },
                Action = new RoutingAction.Forward([new WeightedBackend($"ns/s{index}:80", 1, [], span)]),
            });
        }

        return new GatewayRouting
        {
            Name = new ObjectName($"ns{number}", "web"),
            ControllerName = "gwctl.dev/aws",
            Config = MakeGateway.Config(),
            Ports = [new RoutingPort(80, RoutingProtocol.Http, [new RoutingListener
            {
                Name = "http",
                Protocol = RoutingProtocol.Http,
                Hostname = "",
                Rules = [.. rules],
                Span = Make.At(1),
            }])],
            Backends = [.. Enumerable.Range(0, RulesPerGateway).Select(index => $"ns/s{index}:80")
                .Order(StringComparer.Ordinal).Select(RandomRouting.Backend)],
            Span = Make.At(1),
        };
    }
}
