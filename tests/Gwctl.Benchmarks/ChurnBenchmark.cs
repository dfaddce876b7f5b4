using System.Collections.Concurrent;
using System.Diagnostics;
using Gwctl.Kubernetes.Http;
using Gwctl.Providers.Aws.Api;
using Gwctl.Providers.Aws.Api.Elbv2;

namespace Gwctl.Benchmarks;

/// <summary>Pods that come and go all the time: how many calls it makes, and when the last of them is in the
/// cloud.</summary>
internal sealed class ChurnBenchmark(ControllerScene scene, int gateways, Random random)
{
    private const int ChangesPerSecond = 100;
    private const int PodsMax = 20;

    private static readonly TimeSpan SettledAfterMax = TimeSpan.FromSeconds(30);

    /// <summary>By Service: the addresses of the last change.</summary>
    private readonly Dictionary<(int Gateway, int Service), List<string>> _wanted = [];

    /// <exception cref="InvalidOperationException">Targets are not right in the end, or something else than targets was
    /// written.</exception>
    public static async Task<string> RunAsync(string gwctl, int gateways, int seconds)
    {
        var services = gateways * ControllerScene.ServicesPerGateway;
        await using var scene = await ControllerScene.StartAsync(gateways, services);
        await using var process = await scene.RunAsync(gwctl);
        await Task.Delay(TimeSpan.FromSeconds(3));
        var calls = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        scene.Cloud.Aws.Called = record =>
        {
            if (record.Call.Mutating)
            {
                calls.AddOrUpdate(record.Call.Operation, 1, static (_, count) => count + 1);
            }
        };
        var churn = new ChurnBenchmark(scene, gateways, new Random(1));
        var cpu = process.Cpu;
        var (pods, took) = await churn.ChangeAsync(seconds * ChangesPerSecond);
        var settled = await churn.SettleAsync();
        var others = calls.Keys
            .Where(name => name is not ("RegisterTargets" or "DeregisterTargets" or "AddTags")) // tags: digests
            .ToList();
        if (others.Count > 0)
        {
            throw new InvalidOperationException($"Not targets alone were written: {string.Join(", ", others)}");
        }

        var made = string.Join(", ", calls.OrderBy(pair => pair.Key).Select(pair => $"{pair.Value} {pair.Key}"));
        return $"{seconds * ChangesPerSecond} changes of EndpointSlices ({pods} pods came or went) of {services} "
            + $"Services, {gateways} Gateways, in {took.TotalSeconds:F1} s: {made}, nothing else written; targets "
            + $"right {settled.TotalSeconds:F1} s after the last; {(process.Cpu - cpu).TotalSeconds:F1} s of CPU, "
            + $"{process.Peak / 1e6:F0} MB at most";
    }

    /// <summary>At the pace of the clock; changes of one Service in order.</summary>
    private async Task<(int Pods, TimeSpan Took)> ChangeAsync(int changes)
    {
        var watch = Stopwatch.StartNew();
        var last = new Dictionary<(int Gateway, int Service), Task>();
        var pods = 0;
        for (var change = 0; change < changes; change++)
        {
            var service = (change % gateways, random.Next(ControllerScene.ServicesPerGateway));
            var before = _wanted.GetValueOrDefault(service) ?? [];
            var after = Draw(service);
            pods += before.Except(after).Count() + after.Except(before).Count();
            _wanted[service] = after;
            last[service] = AfterAsync(last.GetValueOrDefault(service, Task.CompletedTask), service, after);
            var pause = TimeSpan.FromSeconds((change + 1.0) / ChangesPerSecond) - watch.Elapsed;
            if (pause > TimeSpan.Zero)
            {
                await Task.Delay(pause);
            }
        }

        await Task.WhenAll(last.Values);
        return (pods, watch.Elapsed);
    }

    private List<string> Draw((int Gateway, int Service) service) =>
    [
        .. Enumerable.Range(1, PodsMax).Where(_ => random.Next(2) is 0)
            .Select(pod => BenchObjects.Address(service.Gateway, service.Service, pod)),
    ];

    private async Task AfterAsync(Task before, (int Gateway, int Service) service, List<string> addresses)
    {
        await before;
        await scene.Client.ApplyAsync(
            BenchObjects.Slices, BenchObjects.Slice(service.Gateway, service.Service, addresses),
            new FieldOwner("bench", Force: true), CancellationToken.None);
    }

    private async Task<TimeSpan> SettleAsync()
    {
        var watch = Stopwatch.StartNew();
        var wanted = _wanted.Values.Select(Joined).Where(text => text is not "").ToHashSet(StringComparer.Ordinal);
        using var api = Api();
        while (true)
        {
            var found = await TargetsAsync(api);
            if (wanted.IsSubsetOf(found))
            {
                return watch.Elapsed;
            }

            if (watch.Elapsed > SettledAfterMax)
            {
                throw new InvalidOperationException(
                    $"{wanted.Except(found).Count()} of {wanted.Count} Services do not have their targets.");
            }

            await Task.Delay(100);
        }
    }

    private static string Joined(IEnumerable<string> addresses) =>
        string.Join(' ', addresses.Order(StringComparer.Ordinal));

    /// <summary>What is registered, one text for each target group.</summary>
    private static async Task<HashSet<string>> TargetsAsync(AwsApi api)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var marker = (string?)null;
        do
        {
            var page = await api.Elbv2.DescribeTargetGroupsAsync(new() { Marker = marker }, CancellationToken.None);
            foreach (var group in page.TargetGroups)
            {
                var health = await api.Elbv2.DescribeTargetHealthAsync(
                    new() { TargetGroupArn = group.TargetGroupArn ?? "" }, CancellationToken.None);
                found.Add(Joined(health.TargetHealthDescriptions
                    .Where(item => item.TargetHealth.State is not TargetHealthStateEnum.Draining)
                    .Select(item => item.Target.Id)));
            }

            marker = page.NextMarker;
        }
        while (marker is { Length: > 0 });
        return found;
    }

    private AwsApi Api() => new(new AwsApiOptions
    {
        Region = "us-east-1",
        Clock = TimeProvider.System,
        Random = random.NextDouble,
        Handler = scene.Cloud.CreateHandler(),
        EndpointUrl = scene.Cloud.Endpoint,
        LimitsRate = false,
        Credentials = new AwsCredentialsSource.Static("test", "test"),
    });
}
