using Gwctl.Sandbox.Aws;
using Gwctl.Sandbox.Calls;

namespace Gwctl.Sandbox.Tests.Aws;

public sealed class FaultTests
{
    [Fact]
    public async Task A_failed_call_has_no_effect_and_a_lost_one_has()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var records = new List<CallRecord>();
        sandbox.Cloud.Aws.Called = records.Add;
        sandbox.Cloud.Aws.Faults.Plan = call => (call.Operation, call.MutatingNumber) switch
        {
            ("CreateTargetGroup", 1) => new Fault.Fail("ServiceUnavailable", "no", 503),
            ("CreateTargetGroup", 2) => new Fault.Throttle(),
            ("CreateTargetGroup", 3) => new Fault.LoseResponse(),
            ("CreateTargetGroup", 4) => new Fault.LoseConnection(),
            _ => null,
        };

        Assert.Equal(503, (await sandbox.CreateTargetGroupAsync("a")).Status);
        (await sandbox.CreateTargetGroupAsync("b")).Fails("Throttling");
        Assert.Equal(500, (await sandbox.CreateTargetGroupAsync("c")).Status);
        await Assert.ThrowsAsync<HttpRequestException>(() => sandbox.CreateTargetGroupAsync("d"));

        Assert.Equal(
            ["c", "d"], (await sandbox.Elbv2("DescribeTargetGroups")).Ok().All("TargetGroupName"));
        Assert.Equal(
            [CallOutcome.Failed, CallOutcome.Failed, CallOutcome.Lost, CallOutcome.Lost],
            records.Where(record => record.Call.Mutating).Select(record => record.Outcome));
        Assert.Equal(4, sandbox.Cloud.Aws.MutatingCalls);
    }

    [Fact]
    public async Task A_stale_read_sees_the_past()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        await sandbox.TargetGroupAsync("a");
        await sandbox.TargetGroupAsync("b");
        sandbox.Cloud.Aws.Faults.Plan = _ => new Fault.ReadStale(1);

        Assert.Equal(["a"], (await sandbox.Elbv2("DescribeTargetGroups")).Ok().All("TargetGroupName"));
    }

    [Fact]
    public void Random_faults_are_the_same_for_the_same_seed()
    {
        var plan = FaultInjector.AtRandom(7, 0.3);
        var again = FaultInjector.AtRandom(7, 0.3);
        var calls = Enumerable.Range(1, 1000)
            .Select(number => new CallInfo("elbv2", "CreateRule", "us-east-1", true, number, number)).ToList();

        Assert.Equal(calls.Select(plan), calls.Select(again));
        Assert.InRange(calls.Count(call => plan(call) is not null), 200, 400);
        Assert.Equal(5, calls.Select(plan).OfType<Fault>().Select(fault => fault.ToString()).Distinct().Count());
    }

    [Fact]
    public async Task Buckets_refill_with_the_clouds_time()
    {
        var options = new AwsOptions { Throttling = [new ThrottleRule("elbv2", ["Describe*"], 2, 1)] };
        await using var sandbox = await SandboxFixture.StartAsync(options);

        (await sandbox.Elbv2("DescribeLoadBalancers")).Ok();
        (await sandbox.Elbv2("DescribeTargetGroups")).Ok();
        (await sandbox.Elbv2("DescribeLoadBalancers")).Fails("Throttling");
        sandbox.Clock.Advance(TimeSpan.FromSeconds(1));
        (await sandbox.Elbv2("DescribeLoadBalancers")).Ok();
        (await sandbox.Elbv2("DescribeLoadBalancers")).Fails("Throttling");
    }
}
