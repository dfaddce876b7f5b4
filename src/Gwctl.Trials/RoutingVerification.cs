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

    // Requests of one place go over one connection, one after the other; of very many several times so many.
    private const int RequestsInLineMax = 64;

    private delegate Task<Disagreement?> Ask(CancellationToken cancellationToken);

    /// <param name="Place">Where a connection leads; null for a question that needs one of its own.</param>
    /// <param name="Index">Its place among the questions.</param>
    private readonly record struct Question(string? Place, int Index, Ask Ask);

    /// <param name="cloud">Holds what the model compiles to.</param>
    /// <param name="asked">Told now and then how many requests and connections were tried, and of how many.</param>
    public static async Task<VerificationReport> RunAsync(
        TrialCloud cloud, Action<int, int>? asked, CancellationToken cancellationToken)
    {
        var announcements = new Announcements(cloud.Model, cloud.Diagnostics, cloud.Effects);
        var questions = new List<Question>();
        var unreached = new List<UnreachedRule>();
        var (requests, connections) = (0, 0);
        foreach (var gateway in cloud.Model.Gateways)
        {
            var router = CompiledRouter.Create(gateway);
            var derived = RequestDerivation.Derive(router);
            foreach (var request in derived.Requests)
            {
                var place = $"{gateway.Name} {request.Request.Port} {request.Request.Sni}";
                questions.Add(new Question(
                    place, questions.Count, token => AskBothAsync(cloud, router, request, announcements, token)));
            }

            foreach (var connection in derived.Connections)
            {
                questions.Add(new Question(
                    null, questions.Count,
                    token => ConnectBothAsync(cloud, router, connection, announcements, token)));
            }

            unreached.AddRange(derived.Unreached);
            requests += derived.Requests.Count;
            connections += derived.Connections.Count;
        }

        var found = new Disagreement?[questions.Count];
        var done = 0;
        await Parallel.ForEachAsync(
            Lines(questions),
            new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken },
            async (line, token) =>
            {
                foreach (var question in line)
                {
                    found[question.Index] = await question.Ask(token);
                    asked?.Invoke(Interlocked.Increment(ref done), questions.Count);
                }
            });
        var rules = cloud.Model.Gateways.SelectMany(gateway => gateway.Ports)
            .SelectMany(port => port.Listeners)
            .Sum(listener => listener.Rules.Count + listener.Streams.Count);
        return new VerificationReport(
            rules, requests, connections, [.. found.OfType<Disagreement>()], [.. unreached]);
    }

    // A handshake costs more than many requests.
    private static IEnumerable<Question[]> Lines(List<Question> questions) => questions
        .GroupBy(question => question.Place)
        .SelectMany(place => place.Chunk(place.Key is null ? 1 : RequestsInLineMax));

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
                announcements.FindStream(router, question.Port, bySpec, byCloud));
    }
}
