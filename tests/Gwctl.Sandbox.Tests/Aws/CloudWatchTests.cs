using Gwctl.Sandbox.Tests.DataPlane;

namespace Gwctl.Sandbox.Tests.Aws;

// Goal: what GetMetricData says is what the load balancer's clients have seen.
public sealed class CloudWatchTests
{
    [Fact]
    public async Task Requests_that_were_served_are_counted_by_minute()
    {
        var clock = new ManualClock();
        await using var live = await LiveWorld.StartAsync(time: clock);
        var group = await live.GroupAsync("shop", ["172.31.0.10"]);
        var listener = await live.ForwardingListenerAsync(group);
        var address = await live.AddressAsync(listener);
        var from = clock.GetUtcNow().AddMinutes(-1);
        for (var index = 0; index < 5; index++)
        {
            Assert.Equal(200, (await live.Sandbox.FetchAsync($"http://{address}/")).Status);
        }

        live.Plane.SetHealth("172.31.0.10", healthy: false);
        Assert.Equal(200, (await live.Sandbox.FetchAsync($"http://{address}/")).Status);
        clock.Advance(TimeSpan.FromMinutes(1));
        await live.Sandbox.Elbv2("DeregisterTargets", LiveWorld.Targets(group, ["172.31.0.10"]));
        await live.Plane.SettleAsync(SandboxFixture.Cancellation);
        Assert.Equal(503, (await live.Sandbox.FetchAsync($"http://{address}/")).Status);

        var to = clock.GetUtcNow().AddMinutes(2);
        Assert.Equal(["6", "1"], await ValuesAsync("RequestCount", "Sum"));
        Assert.Equal(["6"], await ValuesAsync("HTTPCode_Target_2XX_Count", "Sum"));
        Assert.Equal(["1"], await ValuesAsync("HTTPCode_ELB_5XX_Count", "Sum"));
        Assert.Equal(["6"], await ValuesAsync("TargetResponseTime", "SampleCount"));
        Assert.Empty(await ValuesAsync("HTTPCode_Target_5XX_Count", "Sum"));

        async Task<IReadOnlyList<string>> ValuesAsync(string metric, string stat)
        {
            var answer = (await live.Sandbox.CloudWatch("GetMetricData", Query(live.LoadBalancer, metric, stat)
                .Append(("StartTime", from.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'")))
                .Append(("EndTime", to.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'")))
                .Append(("ScanBy", "TimestampAscending")).ToArray())).Ok();
            Assert.Equal("Complete", answer["StatusCode"]);
            return answer.MembersOf("Values");
        }
    }

    [Theory]
    [InlineData("Period", "45", "Period")]
    [InlineData("Id", "Upper", "pattern")]
    [InlineData("Stat", "p99", "statistic")]
    public async Task What_it_does_not_understand_is_refused(string field, string value, string words)
    {
        await using var live = await LiveWorld.StartAsync();
        var group = await live.GroupAsync("shop", ["172.31.0.10"]);
        var address = await live.AddressAsync(await live.ForwardingListenerAsync(group));
        Assert.Equal(200, (await live.Sandbox.FetchAsync($"http://{address}/")).Status);
        var now = live.Sandbox.Clock.GetUtcNow();
        var fields = Query(live.LoadBalancer, "RequestCount", "Sum")
            .Select(pair => pair.Name.EndsWith($".{field}", StringComparison.Ordinal) ? (pair.Name, value) : pair)
            .Append(("StartTime", now.AddHours(-1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'")))
            .Append(("EndTime", now.AddHours(1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'")));

        var answer = await live.Sandbox.CloudWatch("GetMetricData", [.. fields]);

        Assert.Equal((400, "ValidationError"), (answer.Status, answer.Code));
        Assert.Contains(words, answer.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<(string Name, string Value)> Query(string balancer, string metric, string stat)
    {
        const string query = "MetricDataQueries.member.1";
        return
        [
            ($"{query}.Id", "m1"),
            ($"{query}.MetricStat.Metric.Namespace", "AWS/ApplicationELB"),
            ($"{query}.MetricStat.Metric.MetricName", metric),
            ($"{query}.MetricStat.Metric.Dimensions.member.1.Name", "LoadBalancer"),
            ($"{query}.MetricStat.Metric.Dimensions.member.1.Value", balancer.Split(":loadbalancer/")[1]),
            ($"{query}.MetricStat.Period", "60"),
            ($"{query}.MetricStat.Stat", stat),
        ];
    }
}
