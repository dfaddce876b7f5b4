using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Engine.Resources;
using Gwctl.Verification.Comparison;
using Gwctl.Verification.Router;

namespace Gwctl.Cli.Views.Proving;

/// <summary>Requests and what becomes of them, in words.</summary>
public static class RequestText
{
    /// <summary>As a command for curl's users: method, URL, and each header.</summary>
    public static string Of(Request request)
    {
        var headers = string.Concat(request.Headers.Select(header => $" -H '{header}'"));
        var sni = request.Scheme is "https" && request.Sni != HostOf(request) ? $" --sni '{request.Sni}'" : "";
        return $"{request}{headers}{sni}";
    }

    /// <summary><c>HTTPRoute shop/web rule 0 match 1</c>.</summary>
    public static string Of(RuleOrigin origin) => $"{KindOf(origin.Kind)} {origin}";

    /// <summary>Where the specification sends a request.</summary>
    public static string Of(Answer answer) => answer.Outcome switch
    {
        Outcome.Forward forward => string.Join(", ", forward.Shares.Select(ShareText)),
        Outcome.Redirect redirect => $"{redirect.Status} to {redirect.Location}",
        Outcome.Respond respond => $"status {respond.Status}",
        Outcome.Preflight preflight => preflight.Allowed ? "CORS preflight, allowed" : "CORS preflight, not allowed",
        Outcome.Stream stream => stream.Answer.Why,
        Outcome.Refused refused => $"refused: {refused.Reason}",
        var other => throw new System.Diagnostics.UnreachableException($"{other}"),
    };

    /// <summary>What came back.</summary>
    public static string Of(Observed observed) => observed switch
    {
        { IsRefused: true } => "no connection or no answer",
        { BackendId: { } backend } => backend,
        { Location: { } location } => $"{observed.Status} to {location}",
        _ => $"status {observed.Status}",
    };

    /// <summary>The cloud's rule; its default where it is none of ours.</summary>
    public static string Of(ResourceNode? rule) =>
        rule is null ? "no rule of ours" : $"{rule.Address.Kind} {rule.Address.Key}";

    private static string ShareText(BackendShare share)
    {
        var what = share.Status is { } status ? $"status {status}" : $"{share.BackendId}";
        return share.Fraction < 1 ? $"{what} ({share.Fraction * 100:0.##}%)" : what;
    }

    private static string HostOf(Request request)
    {
        var colon = request.Host.LastIndexOf(':');
        return colon < 0 || request.Host.EndsWith(']') ? request.Host : request.Host[..colon];
    }

    private static string KindOf(RouteKind kind) => kind switch
    {
        RouteKind.Http => "HTTPRoute",
        RouteKind.Grpc => "GRPCRoute",
        RouteKind.Tls => "TLSRoute",
        RouteKind.Tcp => "TCPRoute",
        _ => "UDPRoute",
    };
}
