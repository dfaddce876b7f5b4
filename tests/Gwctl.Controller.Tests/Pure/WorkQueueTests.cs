using Gwctl.Controller.Reconciliation;
using Gwctl.Controller.Watching;
using Gwctl.Core;
using Gwctl.Testing;

namespace Gwctl.Controller.Tests.Pure;

public sealed class WorkQueueTests
{
    private static readonly ObjectId s_web = ClusterStore.GatewayId(new ObjectName("shop", "web"));
    private static readonly ObjectId s_other = ClusterStore.GatewayId(new ObjectName("shop", "other"));

    private readonly ManualClock _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly WorkQueue _queue;

    public WorkQueueTests() => _queue = new WorkQueue(_clock, () => 1, new WorkQueueOptions { KeysMax = 2 });

    [Fact]
    public async Task Many_reasons_for_one_Gateway_are_one_piece_of_work()
    {
        _queue.Add(s_web, TouchReasons.Endpoints);
        _queue.Add(s_web, TouchReasons.Specs);
        _queue.Add(s_web, TouchReasons.Specs);
        Assert.Equal(1, _queue.Depth);
        var item = await TakeAsync(TimeSpan.FromMilliseconds(20));
        Assert.Equal(TouchReasons.Endpoints | TouchReasons.Specs, item?.Reasons);
        Assert.Null(await TakeAsync(TimeSpan.FromMinutes(5)));
    }

    [Fact]
    public async Task Endpoints_settle_longer_than_specs_and_a_steady_stream_does_not_put_them_off()
    {
        _queue.Add(s_web, TouchReasons.Endpoints);
        Assert.Null(await TakeAsync(TimeSpan.FromMilliseconds(400)));
        _queue.Add(s_web, TouchReasons.Endpoints);
        Assert.NotNull(await TakeAsync(TimeSpan.FromMilliseconds(100)));
    }

    [Fact]
    public async Task A_Gateway_is_never_worked_on_twice_at_once_and_what_is_new_supersedes()
    {
        _queue.Add(s_web, TouchReasons.Specs);
        var first = await TakeAsync(TimeSpan.FromMilliseconds(20));
        Assert.NotNull(first);
        Assert.False(first.Superseded.IsCancellationRequested);
        _queue.Add(s_web, TouchReasons.Specs);
        Assert.True(first.Superseded.IsCancellationRequested);
        Assert.Null(await TakeAsync(TimeSpan.FromSeconds(1)));
        _queue.Done(first, null);
        Assert.NotNull(await TakeAsync(TimeSpan.Zero));
    }

    [Fact]
    public async Task Failures_are_spaced_out_and_a_success_forgets_them()
    {
        _queue.Add(s_web, TouchReasons.Specs);
        foreach (var pause in new[] { 1, 2, 4 })
        {
            var item = await TakeAsync(TimeSpan.FromSeconds(pause));
            Assert.NotNull(item);
            _queue.Done(item, TimeSpan.Zero);
            Assert.Null(await TakeAsync(TimeSpan.FromSeconds(pause) - TimeSpan.FromMilliseconds(1)));
            _clock.Advance(TimeSpan.FromMilliseconds(1) - TimeSpan.FromSeconds(0));
        }

        var last = await TakeAsync(TimeSpan.Zero);
        Assert.Equal(TouchReasons.Retry, last?.Reasons);
    }

    [Fact]
    public async Task What_is_new_does_not_wait_for_the_pause_of_a_failure()
    {
        _queue.Add(s_web, TouchReasons.Specs);
        var item = await TakeAsync(TimeSpan.FromMilliseconds(20));
        Assert.NotNull(item);
        _queue.Done(item, TimeSpan.FromHours(1));
        _queue.Add(s_web, TouchReasons.Specs);
        Assert.NotNull(await TakeAsync(TimeSpan.FromMilliseconds(20)));
    }

    [Fact]
    public void It_holds_no_more_than_its_bound()
    {
        Assert.True(_queue.Add(s_web, TouchReasons.Specs));
        Assert.True(_queue.Add(s_other, TouchReasons.Specs));
        Assert.False(_queue.Add(ClusterStore.GatewayId(new ObjectName("shop", "third")), TouchReasons.Specs));
        Assert.True(_queue.Add(s_web, TouchReasons.Specs));
    }

    /// <summary>What is due after so long; null where nothing is.</summary>
    private async Task<WorkItem?> TakeAsync(TimeSpan after)
    {
        _clock.Advance(after);
        using var stop = new CancellationTokenSource();
        var taken = _queue.TakeAsync(stop.Token);
        if (!taken.IsCompleted)
        {
            await stop.CancelAsync();
            return await Record.ExceptionAsync(() => taken) is OperationCanceledException ? null : await taken;
        }

        return await taken;
    }
}
