using Gwctl.Core;
using Gwctl.Verification.Router;

namespace Gwctl.Verification.Comparison;

/// <summary>Holds what happened to a request against what must happen to it.</summary>
public static class AnswerComparison
{
    private const string Nothing = "(none)";

    /// <summary>Every difference; none where the observation is one of those that the answer allows. One observation
    /// says nothing about weights: each backend with a share is right.</summary>
    public static EquatableList<Difference> Compare(Request request, Answer answer, Observed observed)
    {
        var differences = CompareOutcome(request, answer, observed);
        return differences.Count > 0 && answer.ByHostAlone is { } tolerated
            && CompareOutcome(request, tolerated, observed).Count is 0
            ? []
            : differences;
    }

    private static EquatableList<Difference> CompareOutcome(Request request, Answer answer, Observed observed) =>
        answer.Outcome switch
        {
            Outcome.Refused refused => CompareRefused(refused, observed),
            Outcome.Stream stream => CompareStream(stream.Answer, observed),
            _ when observed.IsRefused => [new Difference("connection", "accepted", "refused")],
            Outcome.Forward forward => ForwardComparison.Compare(request, answer, forward, observed),
            Outcome.Redirect redirect => CompareRedirect(redirect, observed),
            Outcome.Preflight preflight => ComparePreflight(request, preflight, observed),
            Outcome.Respond respond => CompareOwn([respond.Status], observed),
            _ => throw new ArgumentOutOfRangeException(nameof(answer), answer.Outcome, "unknown outcome"),
        };

    /// <summary>The same for a connection that is not read as requests.</summary>
    public static EquatableList<Difference> CompareStream(StreamAnswer answer, Observed observed)
    {
        var possible = answer.Shares.Where(share => share is { BackendId: not null, HasEndpoints: true }).ToList();
        var mayRefuse = possible.Count < Math.Max(1, answer.Shares.Count);
        if (observed.IsRefused)
        {
            return mayRefuse ? [] : [new Difference("connection", "accepted", "refused")];
        }

        if (possible.Count is 0)
        {
            return [new Difference("connection", "refused", "accepted")];
        }

        return possible.Any(share => share.BackendId == observed.BackendId)
            ? []
            : [new Difference(
                "backend", string.Join(" or ", possible.Select(share => share.BackendId)), Shown(observed.BackendId))];
    }

    /// <summary>A status that the load balancer gives itself.</summary>
    internal static EquatableList<Difference> CompareOwn(IReadOnlyList<int> allowed, Observed observed)
    {
        var differences = new List<Difference>();
        if (observed.BackendId is not null)
        {
            differences.Add(new Difference("backend", Nothing, observed.BackendId));
        }

        if (!allowed.Contains(observed.Status))
        {
            differences.Add(new Difference("status", string.Join(" or ", allowed), $"{observed.Status}"));
        }

        return [.. differences];
    }

    /// <summary>True where both lead to one place: a port that goes without saying may be written or not.</summary>
    internal static bool AreOneLocation(string? left, string? right) => Comparable(left) == Comparable(right);

    internal static string Shown(string? text) => text ?? Nothing;

    /// <summary>A client that speaks the wrong protocol may be told so.</summary>
    private static EquatableList<Difference> CompareRefused(Outcome.Refused refused, Observed observed) =>
        observed.IsRefused || (observed.Status is 400 && observed.BackendId is null)
            ? []
            : [new Difference("connection", $"refused: {refused.Reason}", $"accepted, status {observed.Status}")];

    private static EquatableList<Difference> CompareRedirect(Outcome.Redirect redirect, Observed observed)
    {
        var differences = CompareOwn([redirect.Status], observed).ToList();
        if (!AreOneLocation(redirect.Location, observed.Location))
        {
            differences.Add(new Difference("location", redirect.Location, Shown(observed.Location)));
        }

        return [.. differences];
    }

    private static EquatableList<Difference> ComparePreflight(
        Request request, Outcome.Preflight preflight, Observed observed)
    {
        var differences = CompareOwn(preflight.Allowed ? [200, 204] : [200, 204, 403], observed).ToList();
        if (preflight.Allowed)
        {
            differences.AddRange(HeaderComparison.CompareCors(request, preflight.Headers, observed.Headers));
        }
        else if (HeaderComparison.ValueOf(observed.Headers, "Access-Control-Allow-Origin") is { } origin)
        {
            differences.Add(new Difference("response header Access-Control-Allow-Origin", Nothing, origin));
        }

        return [.. differences];
    }

    /// <summary>A location without the port that goes without saying: to leave it out is advice, not a rule. Scheme and
    /// host in lower case.</summary>
    private static string? Comparable(string? location)
    {
        // A request has no fragment, a location may.
        var end = location?.IndexOf('#', StringComparison.Ordinal) is { } at and >= 0 ? at : location?.Length ?? 0;
        if (location is null || Request.ForUrl(location[..end]) is not { } target)
        {
            return location;
        }

        var colon = target.Host.LastIndexOf(':');
        var hasPort = colon >= 0 && !target.Host.EndsWith(']');
        var host = (hasPort ? target.Host[..colon] : target.Host).ToLowerInvariant();
        var query = target.Query is null ? "" : $"?{target.Query}";
        return $"{target.Scheme}://{host}:{target.Port}{target.Path}{query}{location[end..]}";
    }
}
