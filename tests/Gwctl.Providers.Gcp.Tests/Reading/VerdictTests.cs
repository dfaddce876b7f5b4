using Gwctl.Core;
using Gwctl.Providers.Gcp.Tests.Applying;

namespace Gwctl.Providers.Gcp.Tests.Reading;

/// <summary>Goal: what Google will say of a URL map is in the plan, wherever Google can be asked.</summary>
public sealed class VerdictTests
{
    [Fact]
    public async Task A_map_that_will_pass_is_told_with_the_number_of_its_tests()
    {
        await using var bench = await StartAsync();
        bench.Desired = new Shop { CanaryWeight = 30 }.Graph();

        var verdict = Assert.Single((await bench.PlanAsync()).Diagnostics);

        Assert.Equal("GW4264", verdict.Code);
        Assert.Contains("its 1 tests pass", verdict.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_map_that_will_be_refused_makes_no_plan_to_apply()
    {
        await using var bench = await StartAsync();
        bench.Desired = new Shop { TestedPath = "/old/x" }.Graph();

        var planned = await bench.TryPlanAsync();

        Assert.False(planned.Succeeded);
        var verdict = Assert.Single(planned.Diagnostics, diagnostic => diagnostic.Severity is Severity.Error);
        Assert.Equal("GW4265", verdict.Code);
        Assert.Contains("www.example.com/old/x", verdict.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_map_that_stays_is_not_asked_about()
    {
        await using var bench = await StartAsync();
        bench.ForgetCalls();

        await bench.AssertNoChangesAsync();

        Assert.DoesNotContain("urlMaps.validate", bench.Operations);
    }

    private static async Task<GraphBench> StartAsync()
    {
        var bench = await GraphBench.StartAsync();
        bench.Desired = new Shop().Graph();
        await bench.ApplyAsync();
        return bench;
    }
}
