using System.Diagnostics;
using Gwctl.Compiler.Routing;
using Gwctl.Core;
using Gwctl.Testing.Routing;
using Gwctl.Verification.Router;
using static Gwctl.Testing.Specs.MakeRoute;

namespace Gwctl.Benchmarks;

/// <summary>How many requests the router decides in a second on one core.</summary>
internal static class RouterBenchmark
{
    private const int Rules = 1_000;
    private const int Rounds = 2_000;

    /// <summary>A listener of 1,000 rules on 50 hosts, then one of 1,000 on a single path that differ by
    /// header.</summary>
    public static string Run() => string.Join('\n', [
        Measure("hosts and paths", ByPath(), PathRequests()),
        Measure("headers", ByHeader(), HeaderRequests()),
    ]);

    private static string Measure(string name, GatewayRouting gateway, Request[] requests)
    {
        var router = CompiledRouter.Create(gateway);
        Repeat(router, requests, Rounds / 10);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        var matched = Repeat(router, requests, Rounds);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var bytes = GC.GetAllocatedBytesForCurrentThread() - allocated;
        var count = (long)requests.Length * Rounds;
        return $"{Rules} rules by {name}: {count / seconds:N0} decisions/s, {matched * 100 / count} % matched, "
            + $"{bytes / count} bytes each";
    }

    private static long Repeat(CompiledRouter router, Request[] requests, int rounds)
    {
        var matched = 0L;
        for (var round = 0; round < rounds; round++)
        {
            foreach (var request in requests)
            {
                matched += router.Decide(request).Kind is DecisionKind.Matched ? 1 : 0;
            }
        }

        return matched;
    }

    private static GatewayRouting ByPath() => MakeRouting.Gateway(
        [.. Enumerable.Range(0, Rules).Select(index => MakeRouting.Rule(
            $"t/r{index}",
            (index % 4) switch
            {
                0 => Exact($"/api/v1/items/{index}"),
                1 => Prefix($"/api/v1/s{index}", "GET"),
                2 => Prefix($"/api/v2/s{index}").Headers("x-tenant=blue"),
                _ => Prefix($"/static/{index}"),
            },
            hostname: index % 50 is 0 ? "*.example.com" : $"h{index % 50}.example.com"))]);

    private static Request[] PathRequests() =>
        [.. Enumerable.Range(0, Rules).Select(index => RequestTo(
            index % 50 is 0 ? $"w{index}.example.com" : $"h{index % 50}.example.com:80",
            (index % 4) switch
            {
                0 => $"/api/v1/items/{index}",
                1 => $"/api/v1/s{index}/more/elements",
                2 => $"/api/v2/s{index}",
                _ => $"/static/{(index % 8 < 4 ? index : -index)}/x.css",
            },
            "blue"))];

    private static GatewayRouting ByHeader() => MakeRouting.Gateway(
        [.. Enumerable.Range(0, Rules).Select(index => MakeRouting.Rule(
            $"t/r{index}", Prefix("/").Headers($"x-tenant=t{index}")))]);

    private static Request[] HeaderRequests() =>
        [.. Enumerable.Range(0, Rules).Select(index => RequestTo("a.com", $"/p{index}", $"t{index}"))];

    private static Request RequestTo(string host, string path, string tenant) => new()
    {
        Scheme = "http",
        Host = host,
        Port = 80,
        Path = path,
        Headers = EquatableList.Create<HeaderField>(
            [new("accept", "*/*"), new("user-agent", "benchmark"), new("X-Tenant", tenant)]),
    };
}
