using Gwctl.Core;
using Gwctl.Engine.Planning;
using Gwctl.Providers.Aws.Api.Route53;

namespace Gwctl.Providers.Aws.Tests.Applying;

// Goal: one Gateway's weighted records live beside others of the name, and a cutover's records are no plan's.
public sealed class DnsPolicyTests
{
    private const string Host = "shop.example.com";

    [Fact]
    public async Task Weighted_records_of_two_gateways_stand_beside_each_other()
    {
        await using var bench = await Bench.StartAsync();
        await CreateAsync(bench, Green(30));
        bench.Want(Specs(Policy(10)));
        await bench.ApplyAsync();
        await bench.AssertNoChangesAsync();
        bench.Restart();

        bench.Want(Specs(Policy(20)));
        var plan = await bench.PlanAsync();
        Assert.Single(plan.Changes);
        await bench.ApplyAsync(plan);

        await bench.AssertNoChangesAsync();
        var records = await RecordsAsync(bench);
        Assert.Equal(
            ["blue 20 True", "green 30 False"],
            records.Select(record =>
                $"{record.SetIdentifier} {record.Weight} {record.AliasTarget?.EvaluateTargetHealth is true}").Order());

        bench.Want("");
        await bench.ApplyAsync(await bench.PlanAsync(purpose: PlanPurpose.Destroy));
        Assert.Equal("green", Assert.Single(await RecordsAsync(bench)).SetIdentifier);
    }

    [Fact]
    public async Task A_simple_record_of_ours_becomes_weighted_and_simple_again()
    {
        await using var bench = await Bench.StartAsync();
        bench.Want(Specs(""));
        await bench.ApplyAsync();
        bench.Want(Specs(Policy(10)));
        await bench.ApplyAsync();
        await bench.AssertNoChangesAsync();
        Assert.Equal(10, Assert.Single(await RecordsAsync(bench)).Weight);
        bench.Want(Specs(""));
        await bench.ApplyAsync();
        await bench.AssertNoChangesAsync();
        Assert.Null(Assert.Single(await RecordsAsync(bench)).Weight);
    }

    [Fact]
    public async Task Apply_leaves_a_record_alone_that_a_cutover_leads_here()
    {
        await using var bench = await Bench.StartAsync();
        var old = new ResourceRecordSet
        {
            Name = Host,
            Type = RRType.A,
            TTL = 60,
            ResourceRecords = [new ResourceRecord { Value = "192.0.2.1" }],
        };
        await CreateAsync(bench, old);
        bench.Want(Specs(Cutover));

        await bench.ApplyAsync();

        await bench.AssertNoChangesAsync();
        Assert.Equal("192.0.2.1", Assert.Single(Assert.Single(await RecordsAsync(bench)).ResourceRecords).Value);
        Assert.NotNull(bench.Provider.Balancers);
        Assert.NotNull(await bench.Provider.Balancers.FindOfGatewayAsync(
            new ObjectName("shop", "web"), TestContext.Current.CancellationToken));
    }

    private const string Cutover = """
        ---
        apiVersion: gwctl.dev/v1alpha1
        kind: Cutover
        metadata: {name: shop, namespace: shop}
        spec:
          hostnames: [shop.example.com]
          to: {gatewayRef: {name: web}}
          steps: [{weight: 10}, {weight: 100, allowJump: true}]
        """;

    private static string Policy(int weight) => $$$"""
        ---
        apiVersion: gwctl.dev/v1alpha1
        kind: DnsPolicy
        metadata: {name: blue, namespace: shop}
        spec: {targetRef: {name: web}, weight: {{{weight}}}, setIdentifier: blue, evaluateTargetHealth: true}
        """;

    private static string Specs(string more) => $"""
        apiVersion: gateway.networking.k8s.io/v1
        kind: GatewayClass
        metadata: {"{"}name: cloud{"}"}
        spec: {"{"}controllerName: gwctl.dev/aws{"}"}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {"{"}name: web, namespace: shop{"}"}
        spec:
          gatewayClassName: cloud
          listeners:
            - {"{"}name: http, protocol: HTTP, port: 80, hostname: {Host}{"}"}
        {more}
        """;

    private static ResourceRecordSet Green(long weight) => new()
    {
        Name = Host,
        Type = RRType.A,
        SetIdentifier = "green",
        Weight = weight,
        TTL = 60,
        ResourceRecords = [new ResourceRecord { Value = "192.0.2.9" }],
    };

    private static async Task CreateAsync(Bench bench, ResourceRecordSet record) =>
        await bench.Api.Route53.ChangeResourceRecordSetsAsync(
            new()
            {
                HostedZoneId = await ZoneAsync(bench),
                ChangeBatch = new ChangeBatch
                {
                    Changes = [new Change { Action = ChangeAction.CREATE, ResourceRecordSet = record }],
                },
            },
            TestContext.Current.CancellationToken);

    private static async Task<List<ResourceRecordSet>> RecordsAsync(Bench bench) =>
        await bench.Api.Route53.ListAllResourceRecordSetsAsync(
                new() { HostedZoneId = await ZoneAsync(bench), StartRecordName = Host },
                TestContext.Current.CancellationToken)
            .Where(record => record.Name == $"{Host}." && record.Type is RRType.A)
            .ToListAsync(TestContext.Current.CancellationToken);

    private static async Task<string> ZoneAsync(Bench bench) =>
        (await bench.Api.Route53.ListHostedZonesAsync(new(), TestContext.Current.CancellationToken))
        .HostedZones.Single().Id;
}
