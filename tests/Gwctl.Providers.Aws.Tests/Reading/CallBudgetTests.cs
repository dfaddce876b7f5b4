using System.Text;
using Gwctl.Engine.Providers;
using Gwctl.Providers.Aws.Tests.Applying;
using Gwctl.Sandbox.Aws;

namespace Gwctl.Providers.Aws.Tests.Reading;

/// <summary>Goal: a plan that finds nothing to do costs few calls, whatever the number of rules and target
/// groups.</summary>
public sealed class CallBudgetTests
{
    private const int ShallowCallsMax = 16;
    private const int CallsPerTargetGroup = 2;

    [Fact]
    public async Task A_plan_without_changes_for_100_rules_and_100_target_groups_stays_within_its_budget()
    {
        const int groups = 100;
        await using var bench = await Bench.StartAsync(new AwsOptions
        {
            Delays = AwsDelays.None,
            HostedZones = ["example.com"],
            Quotas = new AwsQuotas { RulesPerLoadBalancer = 200, TargetGroupsPerLoadBalancer = 200 },
        });
        bench.Want(Specs(groups));
        await bench.ApplyAsync();

        bench.ForgetCalls();
        await bench.AssertNoChangesAsync(ReadDepth.Shallow);
        Assert.True(bench.Operations.Count <= ShallowCallsMax, Count(bench));

        bench.Restart();
        bench.ForgetCalls();
        await bench.AssertNoChangesAsync(ReadDepth.Shallow);
        Assert.True(bench.Operations.Count <= ShallowCallsMax, Count(bench));

        TestContext.Current.TestOutputHelper?.WriteLine(Count(bench));
        bench.ForgetCalls();
        await bench.AssertNoChangesAsync(ReadDepth.Deep);
        TestContext.Current.TestOutputHelper?.WriteLine(Count(bench));
        Assert.True(bench.Operations.Count <= ShallowCallsMax + (groups * CallsPerTargetGroup), Count(bench));
    }

    [Fact]
    public async Task A_rule_at_the_top_of_100_costs_two_writes()
    {
        await using var bench = await Bench.StartAsync(new AwsOptions
        {
            Delays = AwsDelays.None,
            HostedZones = ["example.com"],
            Quotas = new AwsQuotas { RulesPerLoadBalancer = 200, TargetGroupsPerLoadBalancer = 200 },
        });
        bench.Want(Specs(100));
        await bench.ApplyAsync();
        bench.Want(Specs(100, extra: "/svc-000/a/long/path"));
        var before = bench.Cloud.Aws.MutatingCalls;
        await bench.ApplyAsync();

        Assert.True(bench.Cloud.Aws.MutatingCalls - before <= 2, $"{bench.Cloud.Aws.MutatingCalls - before} writes");
        await bench.AssertNoChangesAsync();
    }

    private static string Count(Bench bench) => string.Join(
        ", ", bench.Operations.CountBy(operation => operation).Select(pair => $"{pair.Key} {pair.Value}"));

    /// <summary>One HTTP listener; for each Service one route of one rule, and one target group.</summary>
    private static string Specs(int services, string extra = "")
    {
        var text = new StringBuilder("""
            apiVersion: gateway.networking.k8s.io/v1
            kind: GatewayClass
            metadata: {name: cloud}
            spec: {controllerName: gwctl.dev/aws}
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: web, namespace: shop}
            spec:
              gatewayClassName: cloud
              listeners: [{name: http, protocol: HTTP, port: 80, hostname: shop.example.com}]

            """);
        for (var index = 0; index < services; index++)
        {
            text.Append($$"""
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: svc-{{index:000}}, namespace: shop}
                spec: {ports: [{name: http, port: 80, targetPort: 8000}]}
                ---
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata:
                  name: svc-{{index:000}}-1
                  namespace: shop
                  labels: {kubernetes.io/service-name: svc-{{index:000}}}
                addressType: IPv4
                ports: [{name: http, port: 8000, protocol: TCP}]
                endpoints: [{addresses: [172.31.1.{{index + 1}}]}]
                {{Route($"r{index:000}", $"/svc-{index:000}", index)}}

                """);
        }

        return extra is "" ? text.ToString() : text.Append(Route("extra", extra, 0)).ToString();
    }

    private static string Route(string name, string path, int service) => $$"""
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: {{name}}, namespace: shop}
        spec:
          parentRefs: [{name: web}]
          rules:
            - matches: [{path: {type: PathPrefix, value: {{path}} } }]
              backendRefs: [{name: svc-{{service:000}}, port: 80}]
        """;
}
