using Gwctl.Core;
using Gwctl.Trials;
using Gwctl.Verification.Comparison;
using Gwctl.Verification.Router;
using Gwctl.Verification.RouteTests;

namespace Gwctl.Conformance.Tests.Judging;

/// <summary>What became of a case's request in the cloud.</summary>
/// <param name="Tries">At least one.</param>
/// <param name="Differences">From the specification, over all tries.</param>
internal sealed record CloudTries(
    CompiledRouter Router, Request Request, Answer BySpec,
    IReadOnlyList<TrialAnswer> Tries, EquatableList<string> Differences)
{
    /// <summary>What says that the cloud need not do as the specification says; null where nothing does.</summary>
    public Diagnostic? AnnouncedBy(Announcements announcements) => Tries
        .Select(tried => announcements.Find(Router, Request, BySpec, tried))
        .FirstOrDefault(found => found is not null);
}

/// <summary>Sends requests to a cloud: once, or so often that shares show where several things may become of
/// one.</summary>
internal sealed class CloudSource(TrialCloud cloud, IReadOnlyList<CompiledRouter> routers)
{
    /// <summary>With <see cref="Tolerance"/> a right share is taken for wrong once in a million.</summary>
    public const int TriesForShares = 400;

    /// <summary>Five standard deviations of a share of one half.</summary>
    public const double Tolerance = 0.125;

    private readonly Dictionary<(ObjectName Gateway, Request Request), CloudTries> _asked = [];

    public CloudTries Of(ObjectName gateway, Request request) => _asked[(gateway, request)];

    public async Task<EquatableList<ObservedShare>> AskAsync(
        ObjectName gateway, Request request, CancellationToken cancellationToken)
    {
        var router = routers.Single(item => item.Gateway.Name == gateway);
        var bySpec = router.Route(request);
        var possible = SpecificationSource.Possible(bySpec);
        var tries = new List<TrialAnswer>();
        for (var count = possible.Count > 1 ? TriesForShares : 1; count > 0; count--)
        {
            tries.Add(await cloud.AskAsync(gateway, request, cancellationToken));
        }

        var differences = tries
            .SelectMany(tried => AnswerComparison.Compare(request, bySpec, tried.Observed))
            .Select(difference => difference.ToString())
            .Concat(SharesAmiss(possible, tries))
            .Distinct();
        _asked[(gateway, request)] = new CloudTries(router, request, bySpec, tries, [.. differences]);
        return [.. tries.DistinctBy(WhatCame).Select(tried => new ObservedShare(tried.Observed, null))];
    }

    private static IEnumerable<string> SharesAmiss(
        EquatableList<ObservedShare> possible, List<TrialAnswer> tries)
    {
        foreach (var outcome in possible.Count > 1 ? possible.GroupBy(share => WhatCame(share.Observed)) : [])
        {
            var wanted = outcome.Sum(share => share.Share ?? 0);
            var got = (double)tries.Count(tried => WhatCame(tried) == outcome.Key) / tries.Count;
            if (Math.Abs(wanted - got) > Tolerance || (wanted is 0) != (got is 0))
            {
                yield return $"share of {outcome.Key}: {wanted:P0} by the specification, {got:P0} by the cloud";
            }
        }
    }

    private static string WhatCame(TrialAnswer tried) => WhatCame(tried.Observed);

    private static string WhatCame(Observed observed) =>
        observed.IsRefused ? "refused" : observed.BackendId ?? $"status {observed.Status}";
}
