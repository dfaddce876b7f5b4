using Gwctl.Core;
using Gwctl.Verification.Router;

namespace Gwctl.Verification.Comparison;

/// <summary>Compares where a request went, and how it looked there.</summary>
internal static class ForwardComparison
{
    public static EquatableList<Difference> Compare(
        Request request, Answer answer, Outcome.Forward forward, Observed observed)
    {
        if (observed.BackendId is null)
        {
            return CompareOwnAnswer(forward, observed);
        }

        var share = forward.Shares.FirstOrDefault(item => item.BackendId == observed.BackendId);
        if (share is null or { Status: not null })
        {
            return [new Difference("backend", Targets(forward), observed.BackendId)];
        }

        var differences = new List<Difference>();
        if (observed.Seen is { } seen)
        {
            differences.AddRange(CompareSeen(request, share.Request, seen));
        }

        differences.AddRange(HeaderComparison.CompareEdits(share.ResponseEdits, observed.Headers));
        differences.AddRange(HeaderComparison.CompareCors(request, forward.CorsHeaders, observed.Headers));
        return [.. differences];
    }

    /// <summary>The load balancer answered itself, which is right for shares that nobody else can answer.</summary>
    private static EquatableList<Difference> CompareOwnAnswer(Outcome.Forward forward, Observed observed)
    {
        var statuses = forward.Shares.Select(share => share.Status).OfType<int>().Distinct().ToList();
        if (statuses.Contains(observed.Status))
        {
            return [];
        }

        return statuses.Count == 0 || forward.Shares.Any(share => share.Status is null)
            ? [new Difference("backend", Targets(forward), $"status {observed.Status} of its own")]
            : [new Difference("status", string.Join(" or ", statuses), $"{observed.Status}")];
    }

    private static string Targets(Outcome.Forward forward) => string.Join(
        " or ",
        forward.Shares.Select(share => share.Status is { } status ? $"status {status}" : share.BackendId).Distinct());

    private static IEnumerable<Difference> CompareSeen(
        Request request, ForwardedRequest expected, ForwardedRequest seen)
    {
        if (expected.Method != seen.Method)
        {
            yield return new Difference("method", expected.Method, seen.Method);
        }

        if (!IsSameAuthority(expected.Host, seen.Host, request.Port))
        {
            yield return new Difference("host", expected.Host, seen.Host);
        }

        if (expected.Path != seen.Path)
        {
            yield return new Difference("path", expected.Path, seen.Path);
        }

        // A question mark with nothing behind it says nothing.
        if ((expected.Query ?? "") != (seen.Query ?? ""))
        {
            yield return new Difference("query", Shown(expected.Query), Shown(seen.Query));
        }

        foreach (var difference in HeaderComparison.CompareSeen(request.Headers, expected.Headers, seen.Headers))
        {
            yield return difference;
        }
    }

    // RFC 9110 4.2.3: the port that the connection goes to anyway may be written or left out.
    private static bool IsSameAuthority(string expected, string seen, int port)
    {
        var suffix = $":{port}";
        return WithoutPort(expected).Equals(WithoutPort(seen), StringComparison.OrdinalIgnoreCase);

        ReadOnlySpan<char> WithoutPort(string authority) =>
            authority.EndsWith(suffix, StringComparison.Ordinal) ? authority.AsSpan()[..^suffix.Length] : authority;
    }

    private static string Shown(string? query) => query is null ? "(none)" : $"?{query}";
}
