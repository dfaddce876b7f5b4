using Gwctl.Core;
using Gwctl.Engine.Diff;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Providers;

namespace Gwctl.Providers.Aws.Tests.Applying;

/// <summary>Goal: what is applied is read back as wanted, whatever is changed is seen and repaired, and nothing is left
/// behind.</summary>
public sealed class LifecycleTests
{
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
