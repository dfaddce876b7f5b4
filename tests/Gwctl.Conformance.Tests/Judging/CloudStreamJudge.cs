using Gwctl.Conformance.Tests.Reading;
using Gwctl.Trials;
using Gwctl.Verification.Comparison;
using Gwctl.Verification.Requests;
using Gwctl.Verification.Router;

namespace Gwctl.Conformance.Tests.Judging;

/// <summary>Opens a behaviour's connections in a cloud: once, or so often that shares show.</summary>
internal static class CloudStreamJudge
{
    /// <summary>What does not hold and was not announced, in sentences.</summary>
    public static async Task<List<string>> JudgeAsync(
        Behaviour behaviour, SpecificationSide side, TrialCloud cloud, Announcements announcements,
        CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        foreach (var way in behaviour.Streams.DistinctBy(item => (item.Gateway, item.Transport, item.Port, item.Sni)))
        {
            if (side.RouterOf(way.Gateway) is { } router)
            {
                var found = await JudgeAsync(way, router, cloud, announcements, cancellationToken);
                problems.AddRange(found.Select(problem => $"line {way.Line}: {problem}"));
            }
        }

        return problems;
    }

    private static async Task<IEnumerable<string>> JudgeAsync(
        ExpectedStream way, CompiledRouter router, TrialCloud cloud, Announcements announcements,
        CancellationToken cancellationToken)
    {
        var gateway = router.Gateway.Name;
        var bySpec = router.RouteStream(way.Port, way.Transport, way.Sni);
        var connection = new DerivedConnection(way.Port, way.Transport, way.Sni, "the behaviour's", null);
        var tries = new List<TrialAnswer>();
        for (var count = bySpec.Shares.Count > 1 ? CloudSource.TriesForShares : 1; count > 0; count--)
        {
            tries.Add(await cloud.ConnectAsync(gateway, connection, cancellationToken));
            if (AnswerComparison.CompareStream(bySpec, tries[^1].Observed).Count > 0
                && announcements.FindStream(router, way.Port, bySpec, tries[^1]) is not null)
            {
                return [];
            }
        }

        return tries.SelectMany(tried => AnswerComparison.CompareStream(bySpec, tried.Observed))
            .Select(difference => difference.ToString())
            .Concat(SharesAmiss(bySpec, tries))
            .Distinct();
    }

    private static IEnumerable<string> SharesAmiss(StreamAnswer bySpec, List<TrialAnswer> tries)
    {
        foreach (var share in bySpec.Shares)
        {
            var isServed = share is { BackendId: not null, HasEndpoints: true };
            var got = (double)tries.Count(tried =>
                isServed ? tried.Observed.BackendId == share.BackendId : tried.Observed.IsRefused) / tries.Count;
            if (Math.Abs(share.Fraction - got) > CloudSource.Tolerance || got is 0)
            {
                yield return $"share of {share.BackendId}: {share.Fraction:P0} by the specification, {got:P0} by the "
                    + "cloud";
            }
        }
    }
}
