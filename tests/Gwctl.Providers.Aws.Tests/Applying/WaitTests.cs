using Gwctl.Engine.Planning;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Sandbox.Aws;

namespace Gwctl.Providers.Aws.Tests.Applying;

/// <summary>Goal: waits end when there is nothing to wait for, say what they wait for, and give up with the
/// reason.</summary>
public sealed class WaitTests
{
    [Fact]
    public async Task Targets_that_do_not_become_healthy_are_named_with_their_reason()
    {
        await using var bench = await Bench.StartAsync(new AwsOptions
        {
            HostedZones = ["example.com"],
            Delays = AwsDelays.None,
            UnhealthyTargets = ["172.31.2.10", "172.31.1.10"],
        });
        bench.Want(Shop.Http());
        var events = await bench.TryApplyAsync(await bench.PlanAsync());
        Assert.Contains(events, happened => happened is Engine.Apply.ApplyEvent.StepFailed
        {
            Step: { Action: StepAction.AwaitReady, Address.Kind: Kinds.TargetGroup },
        });
        var group = await GroupAsync(bench, "frontend");

        var failure = await Assert.ThrowsAsync<ProviderException>(
            () => bench.StepAsync(StepAction.AwaitReady, group.Address, group, null));

        Assert.Contains("172.31.2.10", failure.Diagnostic.Detail);
        Assert.Contains("0 of 2 targets healthy", failure.Diagnostic.Detail);
    }

    /// <summary>A broken endpoint among good ones is told, and holds nothing up.</summary>
    [Fact]
    public async Task One_healthy_target_is_enough()
    {
        await using var bench = await Bench.StartAsync(new AwsOptions
        {
            HostedZones = ["example.com"],
            Delays = AwsDelays.None,
            UnhealthyTargets = ["172.31.2.10"],
        });
        bench.Want(Shop.Http());

        var events = await bench.TryApplyAsync(await bench.PlanAsync());

        Assert.DoesNotContain(events, happened => happened is Engine.Apply.ApplyEvent.StepFailed);
        var warned = Assert.Single(events.OfType<Engine.Apply.ApplyEvent.StepWarned>());
        Assert.Equal((Kinds.TargetGroup, "GW6157"), (warned.Step.Address.Kind, warned.Diagnostic.Code));
        Assert.Contains("1 of 2 targets healthy (172.31.2.10", warned.Diagnostic.Detail);
        await bench.AssertNoChangesAsync();
    }

    [Fact]
    public async Task A_group_whose_targets_are_healthy_is_ready()
    {
        await using var bench = await Bench.StartAsync();
        bench.Want(Shop.Http());
        await bench.ApplyAsync();
        var group = await GroupAsync(bench, "frontend");

        Assert.Equal(StepOutcome.None, await bench.StepAsync(StepAction.AwaitReady, group.Address, group, null));
    }

    /// <summary>All endpoints change at once: the old ones go only when the new ones are healthy.</summary>
    [Fact]
    public async Task Old_targets_stay_while_no_new_one_is_healthy()
    {
        await using var bench = await Bench.StartAsync(new AwsOptions
        {
            HostedZones = ["example.com"],
            Delays = AwsDelays.None,
            UnhealthyTargets = ["172.31.1.99"],
        });
        bench.Want(Shop.Http(target: "172.31.1.20"));
        await bench.ApplyAsync();
        bench.Want(Shop.Http(target: "172.31.1.99"));
        var failed = (await bench.TryApplyAsync(await bench.PlanAsync())).OfType<Engine.Apply.ApplyEvent.StepFailed>();
        Assert.Equal(Kinds.Targets, Assert.Single(failed).Step.Address.Kind);
        var group = await GroupAsync(bench, "api");
        var health = await bench.Api.Elbv2.DescribeTargetHealthAsync(
            new() { TargetGroupArn = group.Id }, TestContext.Current.CancellationToken);

        Assert.Contains(health.TargetHealthDescriptions, found => found is
        { Target.Id: "172.31.1.20", TargetHealth.State: "healthy" });
    }

    private static async Task<LiveResource> GroupAsync(Bench bench, string service) =>
        (await bench.ReadAsync()).Resources.Single(found =>
            found.Address.Kind is Kinds.TargetGroup && found.Address.Key.Contains(service, StringComparison.Ordinal));
}
