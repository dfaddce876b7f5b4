using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>What there is to say about a rule's matches, filters and backends. All belong to the route.</summary>
internal static class RuleDiagnostics
{
    private const string UnsupportedValue = "UnsupportedValue";

    private const string LeftOut = "The match is left out; its requests go to the next rule that matches.";

    private const string Answers500 = "Until then its requests are answered with 500.";

    public static Diagnostic Match(RuleOrigin origin, SourceSpan place, string why, string remedy) =>
        Of("GW3130", Severity.Error, "Match that an ALB cannot make", origin, place) with
        {
            Detail = $"{origin} {why}. {LeftOut}",
            Help = remedy,
        };

    public static Diagnostic Feature(RuleOrigin origin, SourceSpan place, string feature, string remedy) =>
        Match(origin, place, "cannot match so", remedy) with
        {
            Detail = $"{origin}: {Capabilities.Text(feature)} {LeftOut}",
        };

    public static Diagnostic CaseIgnored(RuleOrigin origin, SourceSpan place, string feature, string written) =>
        Of("GW3131", Severity.Warning, "Comparison without regard to case", origin, place) with
        {
            Reason = "",
            Detail = $"{origin} matches {written}, and so will the same text in other letter case. "
                + $"{Capabilities.Text(feature)}",
            Help = "Make sure that no two routes differ in letter case alone.",
        };

    public static Diagnostic QueryUndecoded(RuleOrigin origin, SourceSpan place, string written) =>
        Of("GW3132", Severity.Warning, "Query parameter with characters that URLs encode", origin, place) with
        {
            Reason = "",
            Detail = $"{origin} matches {written}. An ALB compares the query as it was sent; a client that "
                + "percent-encodes it is not matched.",
            Help = "Use letters, digits and -._~ in values that are matched.",
        };

    public static Diagnostic Filter(RuleOrigin origin, SourceSpan place, string feature, string remedy) =>
        Of("GW3133", Severity.Error, "Filter or field that an ALB cannot do", origin, place) with
        {
            Detail = $"{RuleOf(origin)}: {Capabilities.Text(feature)}",
            Help = $"{remedy} {Answers500}",
        };

    public static Diagnostic Redirect(RuleOrigin origin, SourceSpan place, string why, string remedy) =>
        Of("GW3135", Severity.Error, "Redirect that an ALB cannot do", origin, place) with
        {
            Detail = $"{RuleOf(origin)}: {why}",
            Help = $"{remedy} {Answers500}",
        };

    public static Diagnostic RedirectToItself(RuleOrigin origin, SourceSpan place, string hostname) =>
        Of("GW3136", Severity.Warning, "Redirect that leads to itself", origin, place) with
        {
            Reason = "",
            Detail = $"{RuleOf(origin)} redirects requests for {hostname} to {hostname}, and changes nothing else: "
                + "clients go round in a circle.",
            Help = "Leave that hostname out of the route, or attach it to the other listener only.",
        };

    public static Diagnostic Rewrite(RuleOrigin origin, SourceSpan place, string why, string remedy) =>
        Of("GW3137", Severity.Error, "Rewrite that an ALB cannot do", origin, place) with
        {
            Detail = $"{RuleOf(origin)}: {why}",
            Help = $"{remedy} {Answers500}",
        };

    public static Diagnostic TooManyBackends(RuleOrigin origin, int count) =>
        Of("GW3138", Severity.Error, "More backends than a forward action takes", origin, origin.RuleSpan) with
        {
            Detail = $"{RuleOf(origin)} has {count} backends with a weight; a forward action takes "
                + $"{AlbLimits.TargetGroupsPerActionMax} target groups.",
            Help = $"Use fewer backends, or put several behind one Service. {Answers500}",
        };

    public static Diagnostic WeightLoss(RuleOrigin origin, SourceSpan place, string wanted, string got) =>
        Of("GW3139", Severity.Warning, "Weights that AWS cannot express exactly", origin, place) with
        {
            Reason = "",
            Detail = $"{RuleOf(origin)} gives this backend {wanted} of the traffic; with AWS's weights of 0 to "
                + $"{AlbLimits.WeightMax} it gets {got}.",
            Help = "Use weights whose ratios need no more than three digits.",
        };

    public static Diagnostic InvalidShare(RuleOrigin origin, SourceSpan place) =>
        Of("GW3140", Severity.Warning, "Share of an invalid backend answered with 503", origin, place) with
        {
            Reason = "",
            Detail = $"{RuleOf(origin)}: {Capabilities.Text(Capabilities.InvalidBackendShare)}",
            Help = "Make the reference valid, or remove it.",
        };

    public static Diagnostic SessionDivergence(RuleOrigin origin, SourceSpan place) =>
        Of("GW3141", Severity.Warning, "Session persistence with a cookie of the load balancer's own", origin,
            place) with
        {
            Reason = "",
            Detail = $"{RuleOf(origin)}: {Capabilities.Text(Capabilities.SessionPersistence)}",
            Help = "Where the application has a session cookie, follow it by a BackendPolicy's "
                + "sessionAffinity.cookieName.",
        };

    public static Diagnostic Session(RuleOrigin origin, SourceSpan place, string why) =>
        Of("GW3142", Severity.Error, "Session persistence that an ALB cannot do", origin, place) with
        {
            Detail = $"{RuleOf(origin)}: {why}",
            Help = $"Use type Cookie with an absoluteTimeout alone. {Answers500}",
        };

    public static Diagnostic Http2Only(RuleOrigin origin, SourceSpan place, string backend) =>
        Of("GW3144", Severity.Warning, "Backend that clients of HTTP/1.1 do not reach", origin, place) with
        {
            Reason = "",
            Detail = $"{RuleOf(origin)} reaches {backend} by HTTP2. An ALB answers requests of HTTP/1.1 with 464 then, "
                + "instead of translating them.",
            Help = "Set the BackendPolicy's protocolVersion to HTTP1, unless every client speaks HTTP/2.",
        };

    public static Diagnostic BackendProtocol(RuleOrigin origin, SourceSpan place, string backend, string version) =>
        Of("GW3143", Severity.Error, "Backend protocol that needs an HTTPS listener", origin, place) with
        {
            Reason = "UnsupportedProtocol",
            Detail = $"{RuleOf(origin)} reaches {backend} by {version}. {Capabilities.Text(Capabilities.H2c)}",
            Help = (origin.Kind is RouteKind.Grpc
                ? "Attach the route to an HTTPS listener; its certificate may come from ACM. "
                : "Attach the route to an HTTPS listener, or set the BackendPolicy's protocolVersion to HTTP1. ")
                + Answers500,
        };

    public static Diagnostic OtherKind(RuleOrigin origin) =>
        Of("GW3145", Severity.Note, "Requests of the other protocol are not sent on", origin, origin.RuleSpan) with
        {
            Reason = "",
            Detail = origin.Kind is RouteKind.Grpc
                ? $"{RuleOf(origin)} is for gRPC. An ALB answers what is not sent by HTTP/2 and POST with 464, where "
                    + "the Gateway API has the rule take all that matches it."
                : $"{RuleOf(origin)} is on a port that gRPC clients use. An ALB answers gRPC calls that match it with "
                    + "464 where the backend speaks HTTP/1.1.",
            Help = "Keep gRPC and other traffic apart by hostnames.",
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
