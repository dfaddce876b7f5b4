using Gwctl.Engine.Planning;
using Gwctl.Engine.Providers;

namespace Gwctl.Providers.Conformance.Aws;

/// <summary>What every provider must do, told as the life of one Gateway, from the basic to the particular. Each test
/// starts from an empty owner and ends with one.</summary>
public sealed class AwsConformanceTests : IAsyncLifetime
{
    private AwsTarget? _target;

    public async ValueTask InitializeAsync() => _target = await AwsTarget.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_target is not null)
        {
            await _target.DisposeAsync();
        }
    }

    /// <summary>A Gateway with one route: made, unchanged when looked at again either way, and gone without a
    /// trace.</summary>
    [Fact]
    public async Task A_gateway_is_made_stays_and_goes()
    {
        var harness = NewHarness();
        harness.Want(Specs.Gateway(Target, Specs.Forward("/", "web")));
        await harness.ApplyAsync();
        try
        {
            await harness.AssertNoChangesAsync();
            await harness.AssertNoChangesAsync(ReadDepth.Shallow);
        }
        finally
        {
            await harness.ApplyAsync(PlanPurpose.Destroy);
        }

        Assert.Empty((await harness.PlanAsync(PlanPurpose.Destroy)).Changes);
    }

    /// <summary>A canary: weights move, then the new backend takes all; then everything is as in the
    /// beginning.</summary>
    [Fact]
    public async Task Weights_move_and_return()
    {
        var harness = NewHarness();
        try
        {
            foreach (var weights in new[] { (100, 0), (90, 10), (0, 100), (100, 0) })
            {
                harness.Want(Specs.Gateway(Target, Specs.Split(weights.Item1, weights.Item2)));
                await harness.ApplyAsync();
                await harness.AssertNoChangesAsync();
            }
        }
        finally
        {
            await harness.ApplyAsync(PlanPurpose.Destroy);
        }
    }

    /// <summary>More and more routes, in an order of precedence that keeps inserting before what is there.</summary>
    [Fact]
    public async Task Rules_are_inserted_before_what_is_there()
    {
        var harness = NewHarness();
        try
        {
            var routes = new List<string>();
            foreach (var path in new[] { "/", "/a", "/a/b", "/a/b/c", "/z" })
            {
                routes.Add(Specs.Forward(path, "web"));
                harness.Want(Specs.Gateway(Target, [.. routes]));
                await harness.ApplyAsync();
                await harness.AssertNoChangesAsync();
            }
        }
        finally
        {
            await harness.ApplyAsync(PlanPurpose.Destroy);
        }
    }

    /// <summary>Redirects, rewrites, header, method and query matches.</summary>
    [Fact]
    public async Task Every_match_and_filter_that_it_can_do_is_read_back()
    {
        var harness = NewHarness();
        harness.Want(Specs.Gateway(Target, Specs.Matches(), Specs.Redirect(), Specs.Rewrite()));
        await harness.ApplyAsync();
        try
        {
            await harness.AssertNoChangesAsync();
            await harness.AssertNoChangesAsync(ReadDepth.Shallow);
        }
        finally
        {
            await harness.ApplyAsync(PlanPurpose.Destroy);
        }
    }

    /// <summary>TLS from a Secret, rotated without a change of the listener.</summary>
    [Fact]
    public async Task A_certificate_is_imported_and_rotated()
    {
        var harness = NewHarness();
        try
        {
            harness.Want(Specs.Tls(Target, Specs.FirstCertificate));
            await harness.ApplyAsync();
            await harness.AssertNoChangesAsync();
            harness.Want(Specs.Tls(Target, Specs.SecondCertificate));
            var plan = await harness.PlanAsync();
            Assert.Equal("imported-certificate", Assert.Single(plan.Changes).Address.Kind);
            await harness.ApplyAsync();
            await harness.AssertNoChangesAsync();
        }
        finally
        {
            await harness.ApplyAsync(PlanPurpose.Destroy);
        }
    }

    private AwsTarget Target => _target ?? throw new InvalidOperationException("not started");

    private Harness NewHarness() => new(Target.Config, Target.NewProvider);
}
