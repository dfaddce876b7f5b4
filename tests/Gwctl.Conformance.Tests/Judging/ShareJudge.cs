using Gwctl.Conformance.Tests.Reading;
using Gwctl.Trials;
using Gwctl.Verification.Comparison;
using Gwctl.Verification.RouteTests;

namespace Gwctl.Conformance.Tests.Judging;

/// <summary>What may become of requests that several things may become of, the load balancer's own answers
/// among them.</summary>
internal static class ShareJudge
{
    public static IEnumerable<string> Judge(Behaviour behaviour, SpecificationSide side)
    {
        foreach (var group in behaviour.Shares.GroupBy(share => share.Request))
        {
            var possible = side.RouterOf(null) is { } router
                ? SpecificationSource.Possible(router.Route(group.Key))
                : [new ObservedShare(Observed.Refused, 1)];
            var wanted = Shown(group.Select(share => (share.Target, (double)share.Percent)));
            var got = Shown(possible.Select(share => (TargetOf(share.Observed), 100 * (share.Share ?? 0))));
            if (got != wanted)
            {
                yield return $"line {group.First().Line}: {group.Key} goes to {got}, expected {wanted}.";
            }
        }
    }

    /// <summary>The cloud against the specification, which <see cref="Judge"/> holds against the behaviour.</summary>
    public static async Task<List<string>> JudgeCloudAsync(
        Behaviour behaviour, SpecificationSide side, TrialCloud cloud, Announcements announcements,
        CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        var source = new CloudSource(cloud, side.Routers);
        foreach (var request in behaviour.Shares.Select(share => share.Request).Distinct())
        {
            if (side.RouterOf(null) is { } router)
            {
                await source.AskAsync(router.Gateway.Name, request, cancellationToken);
                var tries = source.Of(router.Gateway.Name, request);
                problems.AddRange(tries.AnnouncedBy(announcements) is not null
                    ? []
                    : tries.Differences.Select(difference => $"{request}: {difference}"));
            }
        }

        return problems;
    }

    private static string TargetOf(Observed observed) =>
        observed.IsRefused ? "refused" : observed.BackendId ?? $"{observed.Status}";

    private static string Shown(IEnumerable<(string Target, double Percent)> shares) => string.Join(
        ", ",
        shares.GroupBy(share => share.Target)
            .Select(group => $"{group.Key} ({Math.Round(group.Sum(share => share.Percent))}%)")
            .Order(StringComparer.Ordinal));
}
