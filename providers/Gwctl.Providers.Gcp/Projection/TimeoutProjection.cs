using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Gcp.Projection;

/// <summary>Timeouts and retries. Google's <c>timeout</c> is for all tries together; a timeout of one try belongs to
/// the retry policy, so that without retries the shorter of both counts.</summary>
internal static class TimeoutProjection
{
    private const string ConnectFailure = "connect-failure";

    /// <summary>Members of routeAction.</summary>
    public static IEnumerable<AttributeField?> Of(RoutingRule rule, List<Diagnostic> findings)
    {
        var request = rule.Timeouts?.Request;
        var perTry = rule.Timeouts?.BackendRequest;
        var retry = rule.Retry is { Attempts: not 0 } ? rule.Retry : null;
        if (retry is null && perTry is { Value.Ticks: > 0 })
        {
            request = request is { Value.Ticks: > 0 } given && given.Value < perTry.Value.Value ? given : perTry;
        }

        foreach (var timeout in new[] { request, perTry }.OfType<Located<TimeSpan>>()
            .Where(timeout => timeout.Value.TotalSeconds > GcpLimits.TimeoutSecondsMax))
        {
            findings.Add(RuleDiagnostics.Common.FilterBecause(
                rule.Origin, timeout.Span, $"Google's longest timeout is {GcpLimits.TimeoutSecondsMax} seconds.",
                "Give a shorter one."));
        }

        if (request is { Value.Ticks: 0 } none)
        {
            findings.Add(RuleDiagnostics.NoTimeout(rule.Origin, none.Span));
            request = none with { Value = TimeSpan.FromSeconds(GcpLimits.TimeoutSecondsMax) };
        }

        return
        [
            request is { } total ? Duration("timeout", total.Value) : null,
            retry is null ? null : RetryOf(rule, retry, perTry, findings),
        ];
    }

    private static AttributeField RetryOf(
        RoutingRule rule, RetrySpec retry, Located<TimeSpan>? perTry, List<Diagnostic> findings)
    {
        var conditions = new SortedSet<string>(StringComparer.Ordinal) { ConnectFailure };
        foreach (var code in retry.Codes)
        {
            switch (code)
            {
                case 409:
                    conditions.Add("retriable-4xx");
                    break;
                case 502 or 503 or 504:
                    conditions.Add("gateway-error");
                    break;
                case >= 500:
                    conditions.Add("5xx");
                    break;
                default:
                    findings.Add(RuleDiagnostics.Common.FilterBecause(
                        rule.Origin, retry.Span, $"Google does not retry answers of {code}.",
                        "Retry 409 and codes of 500 and above only."));
                    break;
            }
        }

        var server = retry.Codes.Where(code => code >= 500).Order().ToList();
        if (conditions.Contains("5xx"))
        {
            conditions.Remove("gateway-error");
        }

        if (server.Count > 0 && (conditions.Contains("5xx") || server.Count < 3))
        {
            findings.Add(RuleDiagnostics.RetriesMore(
                rule.Origin, retry.Span, string.Join(", ", server),
                conditions.Contains("5xx") ? "every code of 500 and above" : "502, 503 and 504"));
        }

        if (retry.Backoff is not null)
        {
            findings.Add(RuleDiagnostics.RetryBackoff(rule.Origin, retry.Span));
        }

        return Shape.Field("retryPolicy", Shape.Map(
            Shape.Number("numRetries", retry.Attempts ?? 1),
            Shape.Field("retryConditions", Shape.Texts(conditions)),
            perTry is { Value.Ticks: > 0 } given ? Duration("perTryTimeout", given.Value) : null));
    }

    private static AttributeField Duration(string name, TimeSpan time)
    {
        var nanos = time.Ticks % TimeSpan.TicksPerSecond * 100;
        return Shape.Field(name, Shape.Map(
            Shape.Number("seconds", time.Ticks / TimeSpan.TicksPerSecond),
            nanos is 0 ? null : Shape.Number("nanos", nanos)));
    }
}
