using Gwctl.Core;
using Gwctl.Engine.Diff;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Providers;
using Gwctl.Providers.Aws.Api.Elbv2;

namespace Gwctl.Providers.Aws.Tests.Applying;

/// <summary>Goal: what is applied is read back as wanted, whatever is changed is seen and repaired, and nothing is left
/// behind.</summary>
public sealed class LifecycleTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_applied_is_read_back_without_differences()
    {
        await using var bench = await Bench.StartAsync();
        bench.Want(Shop.Http());
        await bench.ApplyAsync();

        await bench.AssertNoChangesAsync();
        await bench.AssertNoChangesAsync(ReadDepth.Shallow);
        bench.Restart();
        await bench.AssertNoChangesAsync(ReadDepth.Shallow);
    }

    [Fact]
    public async Task Https_with_imported_and_requested_certificates_is_read_back()
    {
        await using var bench = await Bench.StartAsync();
        bench.Want(Shop.Https());
        await bench.ApplyAsync();

        await bench.AssertNoChangesAsync();
        await bench.AssertNoChangesAsync(ReadDepth.Shallow);
    }

    [Fact]
    public async Task A_changed_spec_changes_what_it_must_and_back_again()
    {
        await using var bench = await Bench.StartAsync();
        bench.Want(Shop.Http());
        await bench.ApplyAsync();
        bench.Want(Shop.Http(route: "/v2", target: "10.0.1.21"));
        Assert.True((await bench.PlanAsync(ReadDepth.Shallow)).HasChanges);
        await bench.ApplyAsync();
        await bench.AssertNoChangesAsync();
        bench.Want(Shop.Http());
        await bench.ApplyAsync();
        await bench.AssertNoChangesAsync();
        await bench.AssertNoChangesAsync(ReadDepth.Shallow);
    }

    [Fact]
    public async Task What_the_specs_drop_goes_and_what_others_added_stays()
    {
        await using var bench = await Bench.StartAsync(config: Bench.DefaultConfig + """

                targetGroupAttributes: {load_balancing.algorithm.type: least_outstanding_requests}
                tags: {cost: a1}
            """);
        bench.Want(Shop.Http());
        await bench.ApplyAsync();
        var balancer = (await bench.ReadAsync()).Resources.Single(found => found.Address.Kind is Kinds.LoadBalancer).Id;
        await bench.Api.Elbv2.AddTagsAsync(
            new() { ResourceArns = [balancer], Tags = [new Tag { Key = "audit", Value = "yes" }] }, Token);

        bench.Configure(Bench.DefaultConfig.Replace(
            "loadBalancerAttributes: {idle_timeout.timeout_seconds: \"61\"}", "tags: {}", StringComparison.Ordinal));
        bench.Want(Shop.Http().Replace("infrastructure: {labels: {team: shop}}", "", StringComparison.Ordinal));
        var plan = await bench.PlanAsync(ReadDepth.Shallow);
        Assert.All(plan.Changes, change => Assert.IsType<Change.Update>(change));
        await bench.ApplyAsync(plan);

        await bench.AssertNoChangesAsync();
        await bench.AssertNoChangesAsync(ReadDepth.Shallow);
        var attributes = await bench.Api.Elbv2.DescribeLoadBalancerAttributesAsync(
            new() { LoadBalancerArn = balancer }, Token);
        Assert.Equal(
            "60", attributes.Attributes.Single(attribute => attribute.Key is "idle_timeout.timeout_seconds").Value);
        var group = (await bench.ReadAsync()).Resources.First(found => found.Address.Kind is Kinds.TargetGroup).Id;
        var ofGroup = await bench.Api.Elbv2.DescribeTargetGroupAttributesAsync(new() { TargetGroupArn = group }, Token);
        Assert.Equal(
            "round_robin",
            ofGroup.Attributes.Single(attribute => attribute.Key is "load_balancing.algorithm.type").Value);
        var tags = await bench.Api.Elbv2.DescribeTagsAsync(new() { ResourceArns = [balancer] }, Token);
        Assert.Equal(
            ["audit", "gwctl.dev/digest", "gwctl.dev/gateway", "gwctl.dev/key", "gwctl.dev/owner"],
            tags.TagDescriptions.Single().Tags.Select(tag => tag.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_left_behind()
    {
        await using var bench = await Bench.StartAsync();
        var before = Objects(bench);
        bench.Want(Shop.Https());
        await bench.ApplyAsync();
        bench.Want("");
        var plan = await bench.PlanAsync(purpose: PlanPurpose.Destroy);
        Assert.All(plan.Changes, change => Assert.IsType<Change.Delete>(change));
        await bench.ApplyAsync(plan);

        Assert.Equal(before, Objects(bench));
    }

    /// <summary>What the account does not have is said once, with what to do about it.</summary>
    [Fact]
    public async Task A_missing_certificate_is_told_once()
    {
        await using var bench = await Bench.StartAsync();
        bench.Want(Shop.Https().Replace("gwctl.dev/certificate: request", "gwctl.dev/certificate: discover"));

        var planned = await bench.Session.PlanAsync(bench.Request(), TestContext.Current.CancellationToken);

        Assert.Equal(
            ["GW3170"],
            planned.Diagnostics.Where(diagnostic => diagnostic.Severity is Severity.Error)
                .Select(diagnostic => diagnostic.Code));
    }

    /// <summary>Without Route 53's memory of its change batches.</summary>
    private static string Objects(Bench bench) => string.Join("\n", bench.Cloud.Aws.Snapshot().Split('\n')
        .Where(line => !line.Contains("/change ", StringComparison.Ordinal)));
}
