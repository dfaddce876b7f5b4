using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Gwctl.Compiler.Specs;
using Gwctl.Testing.Clouds;
using Gwctl.Trials.Tests.Random;

namespace Gwctl.Trials.Tests;

/// <summary>The router and the cloud agree on every request that tells random rules apart, wherever projection has not
/// announced that they do not. GWCTL_SPECS says how many specs, GWCTL_SEED the first one's seed.</summary>
public sealed class RandomSpecsTests
{
    /// <summary>How many share one throw-away cloud, each with a Gateway in a namespace of its own.</summary>
    private const int SpecsPerCloud = 40;

    private const int ShownMax = 12;

    /// <summary>All, or those that GWCTL_TEST_PROVIDERS lists.</summary>
    public static TheoryData<string> Providers => [.. ProvidersUnderTest.Names];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task The_cloud_does_what_the_specification_says(string provider)
    {
        var count = Setting("GWCTL_SPECS", 80);
        var seed = Setting("GWCTL_SEED", 1);
        var reports = new ConcurrentBag<VerificationReport>();
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(
            Enumerable.Range(seed, count).Chunk(SpecsPerCloud),
            new ParallelOptions
            {
                MaxDegreeOfParallelism = Environment.ProcessorCount,
                CancellationToken = TestContext.Current.CancellationToken,
            },
            async (seeds, token) => reports.Add(await VerifyAsync(provider, seeds, token)));

        var (rules, requests) = (reports.Sum(report => report.Rules), reports.Sum(report => report.Requests));
        var found = reports.SelectMany(report => report.Unannounced).OfType<Disagreement.OfRequest>().ToList();
        var announced = reports.Sum(report => report.Disagreements.Count) - found.Count;
        var seconds = watch.Elapsed.TotalSeconds;
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{provider}: {count} specs, {rules} rules, {requests} requests, {announced} announced differences in "
                + $"{seconds:F1} s: {count / seconds:F1} specs/s, {requests / seconds:F0} requests/s"));
        Assert.True(requests >= count, $"{requests} requests of {count} specs");
        Assert.True(found.Count is 0, Told(found));
    }

    private static async Task<VerificationReport> VerifyAsync(
        string provider, int[] seeds, CancellationToken cancellationToken)
    {
        var sources = seeds.Select(seed => new SpecSource($"seed-{seed}.yaml", RandomSpec.TextOf(seed)));
        var model = Trial.ModelOf(
            provider, sources.Prepend(new SpecSource("platform.yaml", RandomSpec.Platform)));
        return await Trial.VerifyAsync(model, cancellationToken);
    }

    /// <summary>The shortest request of each kind of difference, with the seed to make its specs again.</summary>
    private static string Told(List<Disagreement.OfRequest> found)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{found.Count} unannounced differences\n");
        var kinds = found.GroupBy(
                item => (item.Differences[0].Field, item.BySpec.Outcome.GetType(), item.ByCloud.Observed.Status))
            .OrderByDescending(kind => kind.Count());
        foreach (var kind in kinds.Take(ShownMax))
        {
            var least = kind.OrderBy(item => item.Asked.Request.Headers.Count)
                .ThenBy(item => $"{item.Asked.Request}".Length)
                .First();
            text.Append(CultureInfo.InvariantCulture, $"{kind.Count()} times, ").Append(Told(least));
        }

        return text.ToString();
    }

    private static string Told(Disagreement.OfRequest found)
    {
        var (request, rule) = (found.Asked.Request, found.ByCloud.Rule);
        return $"""
            GWCTL_SPECS=1 GWCTL_SEED={found.Gateway.Namespace[1..]}: {request} sni={request.Sni}
              headers: {string.Join(", ", request.Headers)}
              asked: {found.Asked.Why}, for {found.Asked.Aims}
              spec: {found.BySpec.Rule?.Origin}: {found.BySpec.Why}
              cloud: {found.ByCloud.Observed.Status} by {rule?.Origin} {rule?.Address}
              {string.Join("\n  ", found.Differences)}

            """;
    }

    private static int Setting(string name, int fallback) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var number)
            ? number
            : fallback;
}
