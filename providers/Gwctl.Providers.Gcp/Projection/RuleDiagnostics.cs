using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Providers.Gcp.Projection;

/// <summary>What there is to say about a rule's matches, filters and backends. All belong to the route.</summary>
internal static class RuleDiagnostics
{
    private const string UnsupportedValue = "UnsupportedValue";

    private const string LeftOut = "The match is left out; its requests go to the next rule that matches.";

    private const string Answers500 = "Until then its requests are answered with 500.";

    public static Diagnostic Match(RuleOrigin origin, SourceSpan place, string why, string remedy) =>
        Of("GW3230", Severity.Error, "Match that a URL map cannot make", origin, place) with
        {
            Detail = $"{origin} {why}. {LeftOut}",
            Help = remedy,
        };

    public static Diagnostic Feature(RuleOrigin origin, SourceSpan place, string feature, string remedy) =>
        Match(origin, place, "cannot match so", remedy) with
        {
            Detail = $"{origin}: {Capabilities.Text(feature)} {LeftOut}",
        };

    public static Diagnostic Filter(RuleOrigin origin, SourceSpan place, string feature, string remedy) =>
        FilterBecause(origin, place, Capabilities.Text(feature), remedy);

    public static Diagnostic FilterBecause(RuleOrigin origin, SourceSpan place, string why, string remedy) =>
        Of("GW3231", Severity.Error, "Filter or field that a URL map cannot do", origin, place) with
        {
            Detail = $"{RuleOf(origin)}: {why}",
            Help = $"{remedy} {Answers500}",
        };

    public static Diagnostic Redirect(RuleOrigin origin, SourceSpan place, string why, string remedy) =>
        Of("GW3232", Severity.Error, "Redirect that a URL map cannot do", origin, place) with
        {
            Detail = $"{RuleOf(origin)}: {why}",
            Help = $"{remedy} {Answers500}",
        };

    public static Diagnostic RedirectToItself(RuleOrigin origin, SourceSpan place, string hostname) =>
        Of("GW3233", Severity.Warning, "Redirect that leads clients back to it", origin, place) with
        {
            Reason = "",
            Detail = $"{RuleOf(origin)} redirects requests for {hostname} to {hostname}, and changes nothing else: "
                + "clients go round in a circle.",
            Help = "Leave that hostname out of the route, or attach it to the other listener only.",
        };

    public static Diagnostic Rewrite(RuleOrigin origin, SourceSpan place, string why, string remedy) =>
        Of("GW3234", Severity.Error, "Rewrite that a URL map cannot do", origin, place) with
        {
            Detail = $"{RuleOf(origin)}: {why}",
            Help = $"{remedy} {Answers500}",
        };

    public static Diagnostic WeightLoss(RuleOrigin origin, SourceSpan place, string wanted, string got) =>
        Of("GW3235", Severity.Warning, "Weights that Google cannot express exactly", origin, place) with
        {
            Reason = "",
            Detail = $"{RuleOf(origin)} gives this backend {wanted} of the traffic; with Google's weights of 0 to "
                + $"{GcpLimits.WeightMax} it gets {got}.",
            Help = "Use weights whose ratios need no more than three digits.",
        };

    public static Diagnostic MirrorHost(RuleOrigin origin, SourceSpan place) =>
        Of("GW3236", Severity.Warning, "Mirrored requests with another host", origin, place) with
        {
            Reason = "",
            Detail = $"{RuleOf(origin)}: {Capabilities.Text(Capabilities.Mirror)}",
            Help = "Have the mirror's backend accept the host with that ending.",
        };

    public static Diagnostic RetriesMore(RuleOrigin origin, SourceSpan place, string wanted, string got) =>
        Of("GW3237", Severity.Warning, "Retries of more answers than asked for", origin, place) with
        {
            Reason = "",
            Detail = $"{RuleOf(origin)} retries answers of {wanted}; Google retries {got}.",
            Help = "Name 502, 503 and 504, all of 5xx, or 409: these Google tells apart.",
        };

    public static Diagnostic RetryBackoff(RuleOrigin origin, SourceSpan place) =>
        Of("GW3238", Severity.Warning, "Pause between retries that Google chooses", origin, place) with
        {
            Reason = "",
            Detail = $"{RuleOf(origin)}: the pause before a retry is the load balancer's own, and no field sets it.",
            Help = "Remove backoff.",
        };

    public static Diagnostic NoTimeout(RuleOrigin origin, SourceSpan place) =>
        Of("GW3239", Severity.Warning, "Requests that end after a day", origin, place) with
        {
            Reason = "",
            Detail = $"{RuleOf(origin)} asks for no timeout; Google's longest is {GcpLimits.TimeoutSecondsMax} "
                + "seconds.",
            Help = "Give a timeout, or accept this one.",
        };

    public static Diagnostic HeaderVariable(RuleOrigin origin, SourceSpan place, string value) =>
        Of("GW3240", Severity.Warning, "Header value with a variable of Google's", origin, place) with
        {
            Reason = "",
            Detail = $"{RuleOf(origin)} sets '{value}': Google puts a value of its own in the place of what stands in "
                + "braces.",
            Help = "Leave out the braces, unless that is wanted.",
        };

    public static Diagnostic Session(RuleOrigin origin, SourceSpan place, string why) =>
        Of("GW3241", Severity.Error, "Session persistence that a backend service cannot do", origin, place) with
        {
            Detail = $"{RuleOf(origin)}: {why}",
            Help = $"Use type Cookie with an absoluteTimeout. {Answers500}",
        };

    public static Diagnostic SessionOverBackends(RuleOrigin origin, SourceSpan place) =>
        Of("GW3242", Severity.Warning, "Sessions that do not choose between backends", origin, place) with
        {
            Reason = "",
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
        Of("GW3244", Severity.Warning, "Server name that nobody looks at", origin, place) with
        {
            Reason = "",
            Detail = $"{RuleOf(origin)} is for {hostname}. {Capabilities.Text(Capabilities.TlsServerName)}",
            Help = "Have the backend refuse other names.",
        };

    public static Diagnostic QueryUndecoded(RuleOrigin origin, SourceSpan place, string written) =>
        Of("GW3245", Severity.Warning, "Query parameter with characters that URLs encode", origin, place) with
        {
            Reason = "",
            Detail = $"{origin} matches query parameter {written}. Google compares the query as it was sent; a client "
                + "that percent-encodes it is not matched.",
            Help = "Use letters, digits and -._~ in names and values that are matched.",
        };

    /// <summary><c>HTTPRoute namespace/route rule 0</c>, or with the rule's name.</summary>
    public static string RuleOf(RuleOrigin origin) =>
        $"{origin.Kind.ObjectKind()} {origin.Route} rule {origin.RuleName ?? origin.RuleIndex.ToString()}";

    private static Diagnostic Of(string code, Severity severity, string summary, RuleOrigin origin, SourceSpan place) =>
        new(code, severity, summary)
        {
            Subject = place.IsNone ? origin.RuleSpan : place,
            Object = origin.RouteId.ToString(),
            Reason = UnsupportedValue,
        };
}
