using Gwctl.Engine.Providers;
using Gwctl.Testing;

namespace Gwctl.Providers.Aws.Tests.Api;

public sealed class BucketTests
{
    private readonly TestClock _clock = new();

    [Fact]
    public async Task The_burst_is_free_and_then_the_rate_holds()
    {
        var bucket = new AdaptiveBucket(new BucketRate(3, 2), _clock);

        var waits = await TakeAsync(bucket, 6);

        Assert.Equal([0, 0, 0, 500, 500, 500], waits);
    }

    [Fact]
    public async Task Time_refills_up_to_the_burst_and_no_further()
    {
        var bucket = new AdaptiveBucket(new BucketRate(2, 1), _clock);
        await TakeAsync(bucket, 2);
        _clock.Advance(TimeSpan.FromHours(1));

        var waits = await TakeAsync(bucket, 3);

        Assert.Equal([0, 0, 1000], waits);
    }

    [Fact]
    public async Task A_throttle_empties_the_bucket_and_halves_the_rate_once_per_second()
    {
        var bucket = new AdaptiveBucket(new BucketRate(10, 8), _clock);

        bucket.Throttled();
        bucket.Throttled();
        bucket.Throttled();

        Assert.Equal(4, bucket.PerSecond);
        Assert.Equal([250], await TakeAsync(bucket, 1));
        _clock.Advance(TimeSpan.FromSeconds(1));
        bucket.Throttled();
        Assert.InRange(bucket.PerSecond, 2, 2.2);
    }

    [Fact]
    public void The_rate_comes_back_slowly_and_never_falls_to_nothing()
    {
        var bucket = new AdaptiveBucket(new BucketRate(10, 8), _clock);
        for (var throttle = 0; throttle < 20; throttle++)
        {
            bucket.Throttled();
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(bucket.PerSecond, 0.5, 0.8);
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.InRange(bucket.PerSecond, 2, 3);
        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(8, bucket.PerSecond);
    }

    [Fact]
    public async Task A_cancelled_wait_gives_its_token_back()
    {
        var bucket = new AdaptiveBucket(new BucketRate(1, 0.001), _clock);
        await TakeAsync(bucket, 1);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await bucket.TakeAsync(cancelled.Token));

        _clock.Advance(TimeSpan.FromSeconds(1000));
        Assert.Equal([0], await TakeAsync(bucket, 1));
    }

    private static async Task<List<double>> TakeAsync(AdaptiveBucket bucket, int count)
    {
        List<double> waits = [];
        for (var taken = 0; taken < count; taken++)
        {
            var waited = await bucket.TakeAsync(TestContext.Current.CancellationToken);
            waits.Add(Math.Round(waited.TotalMilliseconds));
        }

        return waits;
    }
}
