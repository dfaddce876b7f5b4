using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Verification.Comparison;
using Gwctl.Verification.Router;
using Gwctl.Verification.RouteTests;

namespace Gwctl.Trials;

/// <summary>Runs RouteTests against the specification's semantics and against a cloud.</summary>
public sealed class RouteTestTrial
{
    /// <summary>How often a cloud is asked where the answers are shares: the draw of a 1 % share is then missed once in
    /// 20,000 runs.</summary>
    public const int Tries = 1000;

    /// <summary>How far a counted share may be from the expected one, in percentage points: nearly four standard
    /// deviations of <see cref="Tries"/> draws at the worst share, 50 %.</summary>
    public const int Tolerance = 6;

    private const int Concurrency = 16;

    private readonly List<(TestSide Side, IReadOnlyList<CompiledRouter> Routers)> _sides = [];
    private readonly TrialCloud? _cloud;
    private readonly Announcements? _announcements;
    private readonly TimeProvider _clock;

    /// <param name="spec">For the specification's side; null leaves it out.</param>
    /// <param name="cloud">For the cloud's side; null leaves it out.</param>
    public RouteTestTrial(RoutingModel? spec, TrialCloud? cloud, TimeProvider clock)
    {
        (_cloud, _clock) = (cloud, clock);
        if (spec is not null)
        {
            _sides.Add((TestSide.Spec, RoutersOf(spec)));
        }

        if (cloud is not null)
        {
            _sides.Add((TestSide.Cloud, RoutersOf(cloud.Model)));
            _announcements = new Announcements(cloud.Model, cloud.Diagnostics, cloud.Effects);
        }
    }

    /// <summary>One result for each case, in the tests' order.</summary>
    public async Task<EquatableList<TestedCase>> RunAsync(
        IEnumerable<RouteTestSpec> tests, CancellationToken cancellationToken)
    {
        var results = new List<TestedCase>();
        foreach (var (test, item) in tests.SelectMany(test => test.Cases.Select(item => (test, item))))
        {
            var since = _clock.GetTimestamp();
            var sides = new List<SideResult>();
            foreach (var (side, routers) in _sides)
            {
                var alone = test with { Cases = [item] };
                sides.Add(side is TestSide.Cloud && _cloud is { } cloud
                    ? await AskCloudAsync(cloud, alone, routers, cancellationToken)
                    : new SideResult(side, await AskSpecAsync(alone, routers, cancellationToken), null));
            }

            results.Add(new TestedCase(test, item, [.. sides], _clock.GetElapsedTime(since)));
        }

        return [.. results];
    }

    private static List<CompiledRouter> RoutersOf(RoutingModel model) =>
        [.. model.Gateways.Select(gateway => CompiledRouter.Create(gateway))];

    private static async Task<CaseResult> AskSpecAsync(
        RouteTestSpec test, IReadOnlyList<CompiledRouter> routers, CancellationToken cancellationToken) =>
        (await RouteTestRunner.OfSpecification(routers).RunAsync(test, cancellationToken))[0];

    private async Task<SideResult> AskCloudAsync(
        TrialCloud cloud, RouteTestSpec test, IReadOnlyList<CompiledRouter> routers,
        CancellationToken cancellationToken)
    {
        EquatableList<TrialAnswer> answers = [];
        var runner = new RouteTestRunner(routers, async (gateway, request, token) =>
        {
            var router = routers.First(router => router.Gateway.Name == gateway);
            var tries = WantsShares(test.Cases[0].Expect, router.Route(request)) ? Tries : 1;
            answers = await AskAsync(cloud, gateway, request, tries, token);
            return SharesOf(answers);
        });
        var result = (await runner.RunAsync(test, cancellationToken))[0];
        var announced = result is { Passed: false, Gateway: { } gateway, Explanation: { } explanation }
            ? AnnouncementOf(routers.First(router => router.Gateway.Name == gateway), explanation, answers)
            : null;
        return new SideResult(TestSide.Cloud, result, announced);
    }

    /// <summary>A case may also fail because it expects what neither side does: nobody announced that.</summary>
    private Diagnostic? AnnouncementOf(
        CompiledRouter router, Explanation explanation, EquatableList<TrialAnswer> answers)
    {
        var bySpec = explanation.Answer;
        var differing = answers.Where(answer =>
            AnswerComparison.Compare(explanation.Request, bySpec, answer.Observed).Count > 0).ToList();
        if (differing.Count is 0 && bySpec.Outcome is Outcome.Forward forward && answers.Count > 1
            && forward.Shares.Any(share => IsOff(share, answers)))
        {
            differing = [.. answers];
        }

        return differing.DistinctBy(answer => (answer.Observed.Status, answer.Observed.BackendId, answer.Rule))
            .Select(answer => _announcements?.Find(router, explanation.Request, bySpec, answer))
            .FirstOrDefault(found => found is not null);
    }

    private static bool IsOff(BackendShare share, EquatableList<TrialAnswer> answers)
    {
        var took = answers.Count(answer => answer.Observed.BackendId == share.BackendId);
        return Math.Abs(((double)took / answers.Count) - share.Fraction) * 100 > Tolerance;
    }

    /// <summary>One try tells all unless somebody, the case or the specification, speaks of shares.</summary>
    private static bool WantsShares(RouteTestExpectSpec expect, Answer answer) =>
        expect.Backends.Count > 1
        || expect.Backends.Any(backend => backend.SharePercent is not null)
        || answer.Outcome is Outcome.Forward { Shares.Count: > 1 };

    private static async Task<EquatableList<TrialAnswer>> AskAsync(
        TrialCloud cloud, ObjectName gateway, Request request, int tries, CancellationToken cancellationToken)
    {
        var answers = new TrialAnswer[tries];
        await Parallel.ForAsync(
            0, tries,
            new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken },
            async (index, token) => answers[index] = await cloud.AskAsync(gateway, request, token));
        return [.. answers];
    }

    /// <summary>Answers that come to the same are one share. What the backend saw is the first try's: only the trace id
    /// differs.</summary>
    private static EquatableList<ObservedShare> SharesOf(EquatableList<TrialAnswer> answers)
    {
        if (answers is [var only])
        {
            return [new ObservedShare(only.Observed, null)];
        }

        var groups = answers.Select(answer => answer.Observed)
            .GroupBy(seen => (seen.IsRefused, seen.Status, seen.Location, seen.BackendId))
            .OrderBy(group => group.Key.BackendId, StringComparer.Ordinal)
            .ThenBy(group => group.Key.Status);
        return
        [
            .. groups.Select(group =>
                new ObservedShare(group.First(), (double)group.Count() / answers.Count) { Tolerance = Tolerance }),
        ];
    }
}
