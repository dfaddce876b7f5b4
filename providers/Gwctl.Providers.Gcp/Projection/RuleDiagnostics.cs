using Gwctl.Compiler.Routing;
using Gwctl.Core;
using Gwctl.Engine.Projecting;
using static Gwctl.Engine.Projecting.RuleFindings;

namespace Gwctl.Providers.Gcp.Projection;

/// <summary>What there is to say about a rule's matches, filters and backends. All belong to the route.</summary>
internal static class RuleDiagnostics
{
    public static readonly RuleFindings Common =
        new("a URL map", "Google", GcpLimits.WeightMax, Capabilities.Text)
        {
            MatchCode = "GW3230",
            FilterCode = "GW3231",
            RedirectCode = "GW3232",
            RewriteCode = "GW3234",
            WeightLossCode = "GW3235",
        };

    public static Diagnostic RedirectToItself(RuleOrigin origin, SourceSpan place, string hostname) =>
        RuleFindings.RedirectToItself("GW3233", "Redirect that leads clients back to it", origin, place, hostname);

    public static Diagnostic MirrorHost(RuleOrigin origin, SourceSpan place) =>
        Note("GW3236", "Mirrored requests with another host", origin, place) with
        {
            Detail = $"{RuleOf(origin)}: {Capabilities.Text(Capabilities.Mirror)}",
            Help = "Have the mirror's backend accept the host with that ending.",
        };

    public static Diagnostic RetriesMore(RuleOrigin origin, SourceSpan place, string wanted, string got) =>
        Note("GW3237", "Retries of more answers than asked for", origin, place) with
        {
            Detail = $"{RuleOf(origin)} retries answers of {wanted}; Google retries {got}.",
            Help = "Name 502, 503 and 504, all of 5xx, or 409: these Google tells apart.",
        };

    public static Diagnostic RetryBackoff(RuleOrigin origin, SourceSpan place) =>
        Note("GW3238", "Pause between retries that Google chooses", origin, place) with
        {
            Detail = $"{RuleOf(origin)}: the pause before a retry is the load balancer's own, and no field sets it.",
            Help = "Remove backoff.",
        };

    public static Diagnostic NoTimeout(RuleOrigin origin, SourceSpan place) =>
        Note("GW3239", "Requests that end after a day", origin, place) with
        {
            Detail = $"{RuleOf(origin)} asks for no timeout; Google's longest is {GcpLimits.TimeoutSecondsMax} "
                + "seconds.",
            Help = "Give a timeout, or accept this one.",
        };

    public static Diagnostic HeaderVariable(RuleOrigin origin, SourceSpan place, string value) =>
        Note("GW3240", "Header value with a variable of Google's", origin, place) with
        {
            Detail = $"{RuleOf(origin)} sets '{value}': Google puts a value of its own in the place of what stands in "
                + "braces.",
            Help = "Leave out the braces, unless that is wanted.",
        };

    public static Diagnostic Session(RuleOrigin origin, SourceSpan place, string why) =>
        Refused("GW3241", "Session persistence that a backend service cannot do", origin, place, why,
            "Use type Cookie with an absoluteTimeout.");

    public static Diagnostic SessionOverBackends(RuleOrigin origin, SourceSpan place) =>
        Note("GW3242", "Sessions that do not choose between backends", origin, place) with
        {
            Detail = $"{RuleOf(origin)}: {Capabilities.Text(Capabilities.SessionPersistence)}",
            Help = "Keep sessions in the application while traffic is split.",
        };

    public static Diagnostic OneServer(RuleOrigin origin, SourceSpan place, string why) =>
        Of("GW3243", Severity.Error, "Connections that a proxy cannot tell apart", origin, place) with
        {
            Detail = $"{RuleOf(origin)}: {why}",
            Help = "Use a listener of its own for each backend.",
        };

    public static Diagnostic ServerNameUnseen(RuleOrigin origin, SourceSpan place, string hostname) =>
        Note("GW3244", "Server name that nobody looks at", origin, place) with
        {
            Detail = $"{RuleOf(origin)} is for {hostname}. {Capabilities.Text(Capabilities.TlsServerName)}",
            Help = "Have the backend refuse other names.",
        };

    public static Diagnostic QueryUndecoded(RuleOrigin origin, SourceSpan place, string written) =>
        Note("GW3245", "Query parameter with characters that URLs encode", origin, place) with
        {
            Detail = $"{origin} matches query parameter {written}. Google compares the query as it was sent; a client "
                + "that percent-encodes it is not matched.",
            Help = "Use letters, digits and -._~ in names and values that are matched.",
        };
}
