using Gwctl.Core;
using Gwctl.Verification.Comparison;
using Gwctl.Verification.Requests;
using Gwctl.Verification.Router;

namespace Gwctl.Trials;

/// <summary>What the specification and the cloud treat differently.</summary>
/// <param name="AnnouncedBy">The diagnostic that said so beforehand; null is a bug in the translation.</param>
public abstract record Disagreement(
    ObjectName Gateway, TrialAnswer ByCloud, EquatableList<Difference> Differences, Diagnostic? AnnouncedBy)
{
    /// <summary>A request.</summary>
    public sealed record OfRequest(
        ObjectName Gateway,
        DerivedRequest Asked,
        Answer BySpec,
        TrialAnswer ByCloud,
        EquatableList<Difference> Differences,
        Diagnostic? AnnouncedBy) : Disagreement(Gateway, ByCloud, Differences, AnnouncedBy);

    /// <summary>A connection to a port that reads no requests.</summary>
    public sealed record OfConnection(
        ObjectName Gateway,
        DerivedConnection Asked,
        StreamAnswer BySpec,
        TrialAnswer ByCloud,
        EquatableList<Difference> Differences,
        Diagnostic? AnnouncedBy) : Disagreement(Gateway, ByCloud, Differences, AnnouncedBy);
}

/// <summary>What came of asking both sides.</summary>
/// <param name="Rules">How many rules the specs have.</param>
/// <param name="Requests">How many requests were asked of both.</param>
/// <param name="Connections">How many connections were opened besides.</param>
/// <param name="Disagreements">In the order of the requests and then the connections of each Gateway.</param>
/// <param name="Unreached">Rules that no request was found for.</param>
public sealed record VerificationReport(
    int Rules,
    int Requests,
    int Connections,
    EquatableList<Disagreement> Disagreements,
    EquatableList<UnreachedRule> Unreached)
{
    public IEnumerable<Disagreement> Unannounced => Disagreements.Where(found => found.AnnouncedBy is null);
}

/// <summary>Asks the Gateway API's semantics and a cloud for every request and connection that tells rules
/// apart.</summary>
public static class RoutingVerification
{
    private const int Concurrency = 16;

    private delegate Task<Disagreement?> Question(CancellationToken cancellationToken);

    /// <param name="cloud">Holds what the model compiles to.</param>
    /// <param name="asked">Told now and then how many requests and connections were tried, and of how many.</param>
    public static async Task<VerificationReport> RunAsync(
        TrialCloud cloud, Action<int, int>? asked, CancellationToken cancellationToken)
    {
        var announcements = new Announcements(cloud.Model, cloud.Diagnostics);
        var questions = new List<Question>();
        var unreached = new List<UnreachedRule>();
        var (requests, connections) = (0, 0);
        foreach (var gateway in cloud.Model.Gateways)
        {
            var router = CompiledRouter.Create(gateway);
            var derived = RequestDerivation.Derive(router);
            questions.AddRange(derived.Requests.Select<DerivedRequest, Question>(
                request => token => AskBothAsync(cloud, router, request, announcements, token)));
            questions.AddRange(derived.Connections.Select<DerivedConnection, Question>(
                connection => token => ConnectBothAsync(cloud, router, connection, announcements, token)));
            unreached.AddRange(derived.Unreached);
            requests += derived.Requests.Count;
            connections += derived.Connections.Count;
        }

        var found = new Disagreement?[questions.Count];
        var done = 0;
        await Parallel.ForAsync(
            0, questions.Count,
            new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken },
            async (index, token) =>
            {
                found[index] = await questions[index](token);
                asked?.Invoke(Interlocked.Increment(ref done), questions.Count);
            });
        var rules = cloud.Model.Gateways.SelectMany(gateway => gateway.Ports)
            .SelectMany(port => port.Listeners)
            .Sum(listener => listener.Rules.Count + listener.Streams.Count);
        return new VerificationReport(
            rules, requests, connections, [.. found.OfType<Disagreement>()], [.. unreached]);
    }

    private static async Task<Disagreement?> AskBothAsync(
        TrialCloud cloud, CompiledRouter router, DerivedRequest question, Announcements announcements,
        CancellationToken cancellationToken)
    {
        var gateway = router.Gateway.Name;
        var bySpec = router.Route(question.Request);
        var byCloud = await cloud.AskAsync(gateway, question.Request, cancellationToken);
        var differences = AnswerComparison.Compare(question.Request, bySpec, byCloud.Observed);
        if (differences.Count is 0)
        {
            return null;
        }

        var announcedBy = announcements.Find(router, question.Request, bySpec, byCloud);
        return question.IsOpen && announcedBy is null
            ? null
            : new Disagreement.OfRequest(gateway, question, bySpec, byCloud, differences, announcedBy);
    }

    private static async Task<Disagreement?> ConnectBothAsync(
        TrialCloud cloud, CompiledRouter router, DerivedConnection question, Announcements announcements,
        CancellationToken cancellationToken)
    {
        var gateway = router.Gateway.Name;
        var bySpec = router.RouteStream(question.Port, question.Transport, question.Sni);
        var byCloud = await cloud.ConnectAsync(gateway, question, cancellationToken);
        var differences = AnswerComparison.CompareStream(bySpec, byCloud.Observed);
        return differences.Count is 0
            ? null
            : new Disagreement.OfConnection(
                gateway, question, bySpec, byCloud, differences,
                announcements.FindStream(gateway, bySpec.Rule?.Origin, byCloud.Rule));
    }
}
