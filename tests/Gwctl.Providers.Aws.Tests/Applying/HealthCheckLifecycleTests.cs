using System.Globalization;
using Gwctl.Core;
using Gwctl.Engine.Apply;
using Gwctl.Engine.Planning;
using Gwctl.Providers.Aws.Api.Route53;
using Gwctl.Sandbox.Calls;
using Change = Gwctl.Engine.Diff.Change;

namespace Gwctl.Providers.Aws.Tests.Applying;

/// <summary>Goal: a DnsPolicy's health check is made, changed and removed with its record, whatever happens in
/// between, and nobody else's is touched.</summary>
public sealed class HealthCheckLifecycleTests
{
    private const string Host = "shop.example.com";
    private const string Http = "{protocol: HTTP, path: /up}";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_check_is_made_changed_in_place_replaced_and_removed()
    {
        await using var bench = await Bench.StartAsync();
        bench.Want(Specs(Http));
        await bench.ApplyAsync();
        await bench.AssertNoChangesAsync();
        var made = Assert.Single(await ChecksAsync(bench));
        Assert.Equal(
            (HealthCheckType.HTTP, 80, "/up", 30, 3), (made.HealthCheckConfig.Type, made.HealthCheckConfig.Port,
                made.HealthCheckConfig.ResourcePath, made.HealthCheckConfig.RequestInterval,
                made.HealthCheckConfig.FailureThreshold));
        var balancer = (await bench.Api.Elbv2.DescribeLoadBalancersAsync(new(), Stop)).LoadBalancers.Single();
        Assert.Equal(balancer.DNSName, made.HealthCheckConfig.FullyQualifiedDomainName);
        Assert.Equal(made.Id, (await RecordAsync(bench)).HealthCheckId);
        Assert.Equal(
            ["gwctl.dev/gateway=shop/web", "gwctl.dev/key=blue", "gwctl.dev/owner=tests"],
            (await TagsAsync(bench, made.Id)).Select(tag => $"{tag.Key}={tag.Value}").Order());

        bench.Restart();
        bench.Want(Specs("{protocol: HTTP, path: /ready, failureThreshold: 5, port: 80}"));
        Assert.Equal(
            ["~ health-check failureThreshold, path"],
            (await bench.PlanAsync()).Changes.OfType<Change.Update>().Select(change =>
                $"~ {change.Address.Kind} {string.Join(", ", change.Attributes.Select(at => at.Path).Order())}"));
        await bench.ApplyAsync();
        await bench.AssertNoChangesAsync();
        var changed = Assert.Single(await ChecksAsync(bench));
        Assert.Equal((made.Id, "/ready"), (changed.Id, changed.HealthCheckConfig.ResourcePath));

        bench.Want(Specs("{protocol: TCP, port: 80, interval: 10s}"));
        await bench.ApplyAsync();
        await bench.AssertNoChangesAsync();
        var replaced = Assert.Single(await ChecksAsync(bench));
        Assert.NotEqual(made.Id, replaced.Id);
        Assert.Equal((HealthCheckType.TCP, null), (replaced.HealthCheckConfig.Type,
            replaced.HealthCheckConfig.ResourcePath));
        Assert.Equal(replaced.Id, (await RecordAsync(bench)).HealthCheckId);

        bench.Want(Specs(""));
        await bench.ApplyAsync();
        await bench.AssertNoChangesAsync();
        Assert.Empty(await ChecksAsync(bench));
        Assert.Null((await RecordAsync(bench)).HealthCheckId);

        // Route 53 keeps a deleted check's reference for days: another one must be used.
        bench.Want(Specs("{protocol: TCP, port: 80, interval: 10s}"));
        await bench.ApplyAsync();
        await bench.AssertNoChangesAsync();
        Assert.Single(await ChecksAsync(bench));
    }

    [Fact]
    public async Task The_record_leaves_the_check_before_it_is_deleted()
    {
        await using var bench = await Bench.StartAsync();
        bench.Parallelism = 1;
        foreach (var next in new[] { Specs("{protocol: TCP, port: 80}"), Specs(""), Specs(null) })
        {
            bench.Want(Specs(Http));
            await bench.ApplyAsync();
            bench.ForgetCalls();
            bench.Want(next);
            await bench.ApplyAsync();
            await bench.AssertNoChangesAsync();

            var calls = bench.Operations.ToList();
            Assert.InRange(
                calls.IndexOf("ChangeResourceRecordSets"), 0, calls.IndexOf("DeleteHealthCheck") - 1);
        }

        bench.Want(Specs(Http));
        await bench.ApplyAsync();
        bench.ForgetCalls();
        bench.Want("");
        await bench.ApplyAsync(await bench.PlanAsync(purpose: PlanPurpose.Destroy));
        var last = bench.Operations.ToList();
        Assert.InRange(last.IndexOf("ChangeResourceRecordSets"), 0, last.IndexOf("DeleteHealthCheck") - 1);
        Assert.Empty(await ChecksAsync(bench));
    }

    [Fact]
    public async Task A_weighted_record_becomes_simple_again()
    {
        await using var bench = await Bench.StartAsync();
        bench.Want(Specs(""));
        await bench.ApplyAsync();
        Assert.Equal(10, (await RecordAsync(bench)).Weight);

        bench.Want(Specs(null));
        await bench.ApplyAsync();

        Assert.Null((await RecordAsync(bench)).Weight);
        await bench.AssertNoChangesAsync();
    }

    [Fact]
    public async Task Drift_is_found_and_put_right()
    {
        await using var bench = await Bench.StartAsync();
        bench.Want(Specs(Http));
        await bench.ApplyAsync();
        var id = Assert.Single(await ChecksAsync(bench)).Id;
        await bench.Api.Route53.UpdateHealthCheckAsync(
            new() { HealthCheckId = id, Disabled = true, Port = 81 }, Stop);

        var plan = await bench.PlanAsync();
        Assert.Equal(["disabled", "port"], Assert.IsType<Change.Update>(Assert.Single(plan.Changes))
            .Attributes.Select(attribute => attribute.Path).Order());
        await bench.ApplyAsync(plan);
        await bench.AssertNoChangesAsync();

        await bench.Api.Route53.DeleteHealthCheckAsync(new() { HealthCheckId = id }, Stop);
        await bench.ApplyAsync();
        await bench.AssertNoChangesAsync();
        var anew = Assert.Single(await ChecksAsync(bench)).Id;
        Assert.Equal(anew, (await RecordAsync(bench)).HealthCheckId);
    }

    [Fact]
    public async Task A_change_since_the_plan_is_not_overwritten()
    {
        await using var bench = await Bench.StartAsync();
        bench.Want(Specs(Http));
        await bench.ApplyAsync();
        bench.Want(Specs("{protocol: HTTP, path: /ready}"));
        var plan = await bench.PlanAsync();
        var id = Assert.Single(await ChecksAsync(bench)).Id;
        await bench.Api.Route53.UpdateHealthCheckAsync(
            new() { HealthCheckId = id, FailureThreshold = 9 }, Stop);

        var failed = (await bench.TryApplyAsync(plan)).OfType<ApplyEvent.StepFailed>();

        Assert.Equal("GW6150", Assert.Single(failed).Diagnostic.Code);
        Assert.Equal(9, Assert.Single(await ChecksAsync(bench)).HealthCheckConfig.FailureThreshold);
    }

    [Fact]
    public async Task Others_checks_are_left_alone()
    {
        await using var bench = await Bench.StartAsync();
        var foreign = (await bench.Api.Route53.CreateHealthCheckAsync(
            new()
            {
                CallerReference = "mine",
                HealthCheckConfig = new HealthCheckConfig
                {
                    Type = HealthCheckType.TCP,
                    FullyQualifiedDomainName = "www.example.net",
                    Port = 443,
                    RequestInterval = 30,
                    FailureThreshold = 3,
                },
            },
            Stop)).HealthCheck.Id;
        bench.Want(Specs(Http));
        await bench.ApplyAsync();
        var ours = Assert.Single(await ChecksAsync(bench), check => check.Id != foreign).Id;
        await bench.Api.Route53.ChangeTagsForResourceAsync(
            new()
            {
                ResourceType = TagResourceType.Healthcheck,
                ResourceId = ours,
                AddTags = [new Tag { Key = "gwctl.dev/owner", Value = "somebody" }],
            },
            Stop);

        bench.Want("");
        await bench.ApplyAsync(await bench.PlanAsync(purpose: PlanPurpose.Destroy));

        Assert.Equal(
            new[] { foreign, ours }.Order(), (await ChecksAsync(bench)).Select(check => check.Id).Order());
    }

    [Theory]
    [InlineData(null, Http)]
    [InlineData(Http, "{protocol: TCP, port: 80, interval: 10s}")]
    [InlineData(Http, "{protocol: HTTP, path: /ready}")]
    [InlineData(Http, "")]
    [InlineData(Http, null)]
    public async Task An_apply_killed_after_any_call_is_finished_by_the_next(string? before, string? after)
    {
        var calls = await RunAsync(before, after, kill: null);
        Assert.InRange(calls, 1, 20);
        for (var kill = 1; kill <= calls; kill++)
        {
            await RunAsync(before, after, kill);
        }
    }

    /// <summary>A check that was made and never marked is nobody's wish any more: it goes.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("{protocol: TCP, port: 80}")]
    public async Task A_check_without_marks_is_found_by_its_reference(string? instead)
    {
        await using var bench = await Bench.StartAsync();
        bench.Want(Specs(null));
        await bench.ApplyAsync();
        bench.Want(Specs(Http));
        bench.Parallelism = 1;
        bench.Cloud.Aws.Faults.Plan = call =>
            call.Operation is "ChangeTagsForResource" ? new Fault.Fail("AccessDenied", "dead", 403) : null;
        await bench.TryApplyAsync(await bench.PlanAsync());
        bench.Cloud.Aws.Faults.Plan = null;
        bench.Restart();
        var unmarked = Assert.Single(await ChecksAsync(bench));
        Assert.Empty(await TagsAsync(bench, unmarked.Id));

        bench.Want(Specs(instead));
        await bench.ApplyAsync();

        await bench.AssertNoChangesAsync();
        Assert.DoesNotContain(await ChecksAsync(bench), check => check.Id == unmarked.Id);
        Assert.Equal(instead is null ? 0 : 1, (await ChecksAsync(bench)).Count);
    }

    /// <summary>Who has no health checks needs no permission for them; who wants one does.</summary>
    [Theory]
    [InlineData("AccessDenied", 403)]
    [InlineData("NotImplemented", 501)]
    public async Task Without_the_permission_to_list_only_those_who_want_a_check_are_refused(string code, int status)
    {
        await using var bench = await Bench.StartAsync();
        bench.Cloud.Aws.Faults.Plan = call =>
            call.Operation is "ListHealthChecks" ? new Fault.Fail(code, "no", status) : null;
        bench.Want(Specs(""));
        await bench.ApplyAsync();
        var live = await bench.ReadAsync();
        Assert.Equal("GW4165", Assert.Single(live.Diagnostics).Code);

        bench.Want(Specs(Http));
        var planned = await bench.Session.PlanAsync(bench.Request(), TestContext.Current.CancellationToken);
        Assert.Null(planned.Value);
        Assert.Contains(planned.Diagnostics, diagnostic => diagnostic.Detail.Contains("ListHealthChecks"));
    }

    /// <summary>The answer of every second writing call is lost after it took effect.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Lost_answers_double_nothing(int which)
    {
        await using var bench = await Bench.StartAsync();
        bench.Parallelism = 1;
        foreach (var specs in new[] { Specs(Http), Specs("{protocol: HTTP, path: /ready}"), Specs("") })
        {
            bench.Want(specs);
            bench.Cloud.Aws.Faults.Plan = call =>
                call.Mutating && call.MutatingNumber % 2 == which ? new Fault.LoseResponse() : null;
            await bench.ApplyAsync();
            bench.Cloud.Aws.Faults.Plan = null;
            await bench.AssertNoChangesAsync();
            Assert.InRange((await ChecksAsync(bench)).Count, 0, 1);
        }

        Assert.Empty(await ChecksAsync(bench));
    }

    /// <summary>The writing calls of the change; with a kill, the process dies with that call, and another one
    /// finishes.</summary>
    private static async Task<int> RunAsync(string? before, string? after, int? kill)
    {
        await using var bench = await Bench.StartAsync();
        bench.Want(Specs(before));
        await bench.ApplyAsync();
        bench.Want(Specs(after));
        var first = bench.Cloud.Aws.MutatingCalls;
        var isDead = false;
        bench.Cloud.Aws.Faults.Plan = call =>
        {
            if (kill is null || (call.MutatingNumber < first + kill && !isDead))
            {
                return null;
            }

            var dies = !isDead && call.MutatingNumber == first + kill;
            isDead = true;
            return dies ? new Fault.LoseResponse() : new Fault.Fail("AccessDenied", "dead", 403);
        };
        await bench.TryApplyAsync(await bench.PlanAsync());
        bench.Cloud.Aws.Faults.Plan = null;
        var calls = (int)(bench.Cloud.Aws.MutatingCalls - first);
        if (kill is not null)
        {
            bench.Restart();
            await bench.ApplyAsync();
        }

        await bench.AssertNoChangesAsync();
        var checks = await ChecksAsync(bench);
        Assert.Equal(string.IsNullOrEmpty(after) ? 0 : 1, checks.Count);
        Assert.Equal(checks.FirstOrDefault()?.Id, (await RecordAsync(bench)).HealthCheckId);
        return calls;
    }

    /// <param name="check">Empty for a policy without one; null for no policy.</param>
    private static string Specs(string? check)
    {
        var policy = check is null ? "" : string.Create(CultureInfo.InvariantCulture, $$"""
            ---
            apiVersion: gwctl.dev/v1alpha1
            kind: DnsPolicy
            metadata: {name: blue, namespace: shop}
            spec:
              targetRef: {name: web}
              weight: 10
              setIdentifier: blue
            {{(check is "" ? "" : $"  healthCheck: {check}")}}
            """);
        return $$"""
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
              listeners: [{name: http, protocol: HTTP, port: 80, hostname: {{Host}}}]
            {{policy}}
            """;
    }

    private static async Task<List<HealthCheck>> ChecksAsync(Bench bench) =>
        await bench.Api.Route53.ListAllHealthChecksAsync(new(), Stop).ToListAsync(Stop);

    private static async Task<EquatableList<Tag>> TagsAsync(Bench bench, string id) =>
        (await bench.Api.Route53.ListTagsForResourceAsync(
            new() { ResourceType = TagResourceType.Healthcheck, ResourceId = id }, Stop)).ResourceTagSet.Tags;

    private static async Task<ResourceRecordSet> RecordAsync(Bench bench)
    {
        var zone = (await bench.Api.Route53.ListHostedZonesAsync(new(), Stop)).HostedZones.Single().Id;
        return await bench.Api.Route53.ListAllResourceRecordSetsAsync(
                new() { HostedZoneId = zone, StartRecordName = Host }, Stop)
            .SingleAsync(record => record.Name == $"{Host}." && record.Type is RRType.A, Stop);
    }
}
