using Gwctl.Core;
using Gwctl.Verification.Comparison;
using Gwctl.Verification.Requests;
using Gwctl.Verification.Router;

namespace Gwctl.Trials;

/// <summary>A request that the specification and the cloud treat differently.</summary>
/// <param name="AnnouncedBy">The diagnostic that said so beforehand; null is a bug in the translation.</param>
public sealed record Disagreement(
    ObjectName Gateway,
    DerivedRequest Asked,
    Answer BySpec,
    TrialAnswer ByCloud,
    EquatableList<Difference> Differences,
    Diagnostic? AnnouncedBy);

/// <summary>What came of asking both sides.</summary>
/// <param name="Rules">How many rules the specs have.</param>
/// <param name="Requests">How many requests were asked of both.</param>
/// <param name="Disagreements">In the order of the requests.</param>
/// <param name="Unreached">Rules that no request was found for.</param>
public sealed record VerificationReport(
    int Rules, int Requests, EquatableList<Disagreement> Disagreements, EquatableList<UnreachedRule> Unreached)
{
    public IEnumerable<Disagreement> Unannounced => Disagreements.Where(found => found.AnnouncedBy is null);
}

/// <summary>Asks the Gateway API's semantics and a cloud for every request that tells rules apart.</summary>
public static class RoutingVerification
{
    private const int Concurrency = 16;

    /// <param name="cloud">Holds what the model compiles to.</param>
    /// <param name="asked">Told now and then how many requests were asked, and of how many.</param>
    public static async Task<VerificationReport> RunAsync(
        TrialCloud cloud, Action<int, int>? asked, CancellationToken cancellationToken)
    {
        var announcements = new Announcements(cloud.Model, cloud.Diagnostics);
        var questions = new List<(CompiledRouter Router, DerivedRequest Asked)>();
        var unreached = new List<UnreachedRule>();
        foreach (var gateway in cloud.Model.Gateways)
        {
            var router = CompiledRouter.Create(gateway);
            var derived = RequestDerivation.Derive(router);
            questions.AddRange(derived.Requests.Select(request => (router, request)));
            unreached.AddRange(derived.Unreached);
        }

        var found = new Disagreement?[questions.Count];
        var done = 0;
        await Parallel.ForAsync(
            0, questions.Count,
            new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken },
            async (index, token) =>
            {
                var (router, question) = questions[index];
                found[index] = await AskBothAsync(cloud, router, question, announcements, token);
                asked?.Invoke(Interlocked.Increment(ref done), questions.Count);
            });
        var rules = cloud.Model.Gateways.SelectMany(gateway => gateway.Ports)
            .SelectMany(port => port.Listeners)
            .Sum(listener => listener.Rules.Count);
        return new VerificationReport(
            rules, questions.Count, [.. found.OfType<Disagreement>()], [.. unreached]);
    }

    private static async Task<Disagreement?> AskBothAsync(
        TrialCloud cloud, CompiledRouter router, DerivedRequest question, Announcements announcements,
        CancellationToken cancellationToken)
    {
        var gateway = router.Gateway.Name;
        var bySpec = router.Route(question.Request);
        var byCloud = await cloud.AskAsync(gateway, question.Request, cancellationToken);
        var differences = AnswerComparison.Compare(question.Request, bySpec, byCloud.Observed);
        return differences.Count is 0
            ? null
            : new Disagreement(
                gateway, question, bySpec, byCloud, differences,
                announcements.Find(router, question.Request, bySpec, byCloud));
    }
}
