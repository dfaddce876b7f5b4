using Gwctl.Sandbox.Aws;
using Microsoft.AspNetCore.Http;

namespace Gwctl.Sandbox.DataPlane.Metering;

/// <summary>Counts what becomes of the requests of Application Load Balancers, by minute, as they publish it. Kept in
/// memory: a sandbox that is started anew has no past.</summary>
internal sealed class RequestMeter(TimeProvider clock)
{
    /// <summary>How long AWS keeps values of a minute.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(15);

    private static readonly object FromTarget = new();

    private readonly Lock _gate = new();
    private readonly Dictionary<string, SortedDictionary<DateTimeOffset, MinuteOfRequests>> _balancers =
        new(StringComparer.Ordinal);

    /// <summary>Notes that the response is a target's and not the load balancer's own.</summary>
    public static void MarkTargets(HttpContext context) => context.Items[FromTarget] = FromTarget;

    /// <summary>Serves a request and counts it.</summary>
    public async Task MeasureAsync(HttpContext context, string loadBalancerArn, Task served, long startedAt)
    {
        try
        {
            await served;
        }
        finally
        {
            Count(context, loadBalancerArn, clock.GetElapsedTime(startedAt));
        }
    }

    public long Now => clock.GetTimestamp();

    /// <param name="loadBalancerArn">The load balancer.</param>
    /// <param name="from">Included.</param>
    /// <param name="to">Excluded.</param>
    public IReadOnlyList<MinuteOfRequests> Between(string loadBalancerArn, DateTimeOffset from, DateTimeOffset to)
    {
        lock (_gate)
        {
            return _balancers.TryGetValue(loadBalancerArn, out var minutes)
                ? [.. minutes.Values.Where(minute => minute.Minute >= from && minute.Minute < to)]
                : [];
        }
    }

    private void Count(HttpContext context, string loadBalancerArn, TimeSpan elapsed)
    {
        var now = clock.GetUtcNow();
        var minute = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        var status = context.Response.StatusCode / 100;
        var ofTarget = context.Items.ContainsKey(FromTarget);
        lock (_gate)
        {
            if (!_balancers.TryGetValue(loadBalancerArn, out var minutes))
            {
                _balancers[loadBalancerArn] = minutes = [];
            }

            if (!minutes.TryGetValue(minute, out var sums))
            {
                minutes[minute] = sums = new MinuteOfRequests(minute);
                foreach (var old in minutes.Keys.TakeWhile(key => key < now - Kept).ToList())
                {
                    minutes.Remove(old);
                }
            }

            sums.Add(status, ofTarget, elapsed.TotalSeconds);
        }
    }
}
