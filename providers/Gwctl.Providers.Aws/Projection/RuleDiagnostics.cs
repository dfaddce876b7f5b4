using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Projecting;
using static Gwctl.Engine.Projecting.RuleFindings;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>What there is to say about a rule's matches, filters and backends. All belong to the route.</summary>
internal static class RuleDiagnostics
{
    public static readonly RuleFindings Common =
        new("an ALB", "AWS", AlbLimits.WeightMax, Capabilities.Text)
        {
            MatchCode = "GW3130",
            FilterCode = "GW3133",
            RedirectCode = "GW3135",
            RewriteCode = "GW3137",
            WeightLossCode = "GW3139",
        };

    public static Diagnostic CaseIgnored(RuleOrigin origin, SourceSpan place, string feature, string written) =>
        Note("GW3131", "Comparison without regard to case", origin, place) with
        {
            Detail = $"{origin} matches {written}, and so will the same text in other letter case. "
                + $"{Capabilities.Text(feature)}",
            Help = "Make sure that no two routes differ in letter case alone.",
        };

    public static Diagnostic QueryUndecoded(RuleOrigin origin, SourceSpan place, string written) =>
        Note("GW3132", "Query parameter with characters that URLs encode", origin, place) with
        {
            Detail = $"{origin} matches {written}. An ALB compares the query as it was sent; a client that "
                + "percent-encodes it is not matched.",
            Help = "Use letters, digits and -._~ in values that are matched.",
        };

    public static Diagnostic RedirectToItself(RuleOrigin origin, SourceSpan place, string hostname) =>
        RuleFindings.RedirectToItself("GW3136", "Redirect that leads to itself", origin, place, hostname);

    public static Diagnostic TooManyBackends(RuleOrigin origin, int count) =>
        Of("GW3138", Severity.Error, "More backends than a forward action takes", origin, origin.RuleSpan) with
        {
            Detail = $"{RuleOf(origin)} has {count} backends with a weight; a forward action takes "
                + $"{AlbLimits.TargetGroupsPerActionMax} target groups.",
            Help = $"Use fewer backends, or put several behind one Service. {Answers500}",
        };

    public static Diagnostic InvalidShare(RuleOrigin origin, SourceSpan place) =>
        Note("GW3140", "Share of an invalid backend answered with 503", origin, place) with
        {
            Detail = $"{RuleOf(origin)}: {Capabilities.Text(Capabilities.InvalidBackendShare)}",
            Help = "Make the reference valid, or remove it.",
        };

    public static Diagnostic SessionDivergence(RuleOrigin origin, SourceSpan place) =>
        Note("GW3141", "Session persistence with a cookie of the load balancer's own", origin,
            place) with
        {
            Detail = $"{RuleOf(origin)}: {Capabilities.Text(Capabilities.SessionPersistence)}",
            Help = "Where the application has a session cookie, follow it by a BackendPolicy's "
                + "sessionAffinity.cookieName.",
        };

    public static Diagnostic Session(RuleOrigin origin, SourceSpan place, string why) =>
        Refused("GW3142", "Session persistence that an ALB cannot do", origin, place, why,
            "Use type Cookie with an absoluteTimeout alone.");

    public static Diagnostic Http2Only(RuleOrigin origin, SourceSpan place, string backend) =>
        Note("GW3144", "Backend that clients of HTTP/1.1 do not reach", origin, place) with
        {
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
}
