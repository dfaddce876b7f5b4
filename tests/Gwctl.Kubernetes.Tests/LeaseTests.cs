using Gwctl.Core;
using Gwctl.Kubernetes.Leases;
using Gwctl.Kubernetes.Objects;
using Gwctl.Sandbox.Kubernetes;
using Gwctl.Testing;

namespace Gwctl.Kubernetes.Tests;

public sealed class LeaseTests
{
    private static readonly ObjectName s_name = new("default", "leader");
    private static readonly LeaseTimes s_times = LeaseTimes.Default;

    private readonly ManualClock _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_one_takes_a_free_lease_and_it_can_be_handed_over()
    {
        await using var server = await ApiServer.StartAsync();
        var free = new Lease(s_name, "", 0, -1, "");
        await using var first =
            await HeldLease.TakeAsync(server.Client, free with { Holder = "a" }, s_times, _clock, Stop);
        Assert.NotNull(first);
        Assert.Null(await HeldLease.TakeAsync(server.Client, free with { Holder = "b" }, s_times, _clock, Stop));
        Assert.True(await first.RenewAsync(Stop));
        await first.ReleaseAsync(Stop);
        Assert.True(first.IsLost);

        var released = Lease.From(await server.Client.GetAsync(KubeResource.Lease, s_name, Stop));
        Assert.Equal("", released.Holder);
        await using var second =
            await HeldLease.TakeAsync(server.Client, released with { Holder = "b" }, s_times, _clock, Stop);
        Assert.Equal(1, second?.Lease.Transitions);
    }

    [Fact]
    public async Task A_lease_that_cannot_be_renewed_stops_its_work_before_another_may_begin()
    {
        await using var server = await ApiServer.StartAsync();
        await using var held = await HeldLease.TakeAsync(
            server.Client, new Lease(s_name, "a", 0, -1, ""), s_times, _clock, Stop);
        Assert.NotNull(held);
        var others = new LeaseObservations(_clock);
        var seen = Lease.From(await server.Client.GetAsync(KubeResource.Lease, s_name, Stop));
        Assert.False(others.IsFree(seen));

        _clock.Advance(s_times.StopAfter - TimeSpan.FromSeconds(1));
        Assert.False(held.Stopping.IsCancellationRequested);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(held.Stopping.IsCancellationRequested);
        Assert.False(held.GivenUp.IsCancellationRequested);
        _clock.Advance(s_times.GiveUpAfter - s_times.StopAfter);
        Assert.True(held.GivenUp.IsCancellationRequested);
        Assert.False(others.IsFree(seen));
        _clock.Advance(s_times.Duration - s_times.GiveUpAfter);
        Assert.True(others.IsFree(seen));
    }

    [Fact]
    public async Task A_renewal_whose_answer_was_lost_is_not_taken_for_a_loss()
    {
        await using var server = await ApiServer.StartAsync();
        await using var held = await HeldLease.TakeAsync(
            server.Client, new Lease(s_name, "a", 0, -1, ""), s_times, TimeProvider.System, Stop);
        Assert.NotNull(held);
        server.Api.Faults = call => call.Verb is "update" ? new KubernetesFault.LoseConnection() : null;
        await Assert.ThrowsAsync<Http.KubeException>(() => held.RenewAsync(Stop));
        server.Api.Faults = null;
        Assert.True(await held.RenewAsync(Stop));
        Assert.True(await held.RenewAsync(Stop));
        Assert.False(held.IsLost);
    }

    [Fact]
    public async Task A_lease_that_another_took_is_lost_at_once()
    {
        await using var server = await ApiServer.StartAsync();
        await using var held = await HeldLease.TakeAsync(
            server.Client, new Lease(s_name, "a", 0, -1, ""), s_times, _clock, Stop);
        Assert.NotNull(held);
        var current = Lease.From(await server.Client.GetAsync(KubeResource.Lease, s_name, Stop));
        await server.Client.ReplaceAsync(KubeResource.Lease, (current with { Holder = "b" }).ToBody(), Stop);
        Assert.False(await held.RenewAsync(Stop));
        Assert.True(held.GivenUp.IsCancellationRequested);
    }

    [Fact]
    public void A_lease_is_free_only_when_it_was_seen_unchanged_for_its_own_time()
    {
        var seen = new LeaseObservations(_clock);
        var lease = new Lease(s_name, "a", 10, 0, "1");
        Assert.False(seen.IsFree(lease));
        _clock.Advance(TimeSpan.FromSeconds(9));
        Assert.False(seen.IsFree(lease with { ResourceVersion = "2" }));
        _clock.Advance(TimeSpan.FromSeconds(9));
        Assert.False(seen.IsFree(lease with { ResourceVersion = "2" }));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(seen.IsFree(lease with { ResourceVersion = "2" }));
        Assert.True(seen.IsFree(lease with { Holder = "" }));
    }
}
