using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Engine.Resources;
using Gwctl.Trials;
using Gwctl.Verification.Comparison;
using Gwctl.Verification.Requests;
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
    public static string Of(RuleOrigin origin) => $"{origin.Kind.ObjectKind()} {origin}";

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

    /// <summary><c>tls 8443 --sni 'a.example'</c>.</summary>
    public static string Of(DerivedConnection connection) =>
        $"{connection.Transport.ToString().ToLowerInvariant()} {connection.Port}"
            + (connection.Sni is null ? "" : $" --sni '{connection.Sni}'");

    /// <summary>Where the specification sends a connection.</summary>
    public static string Of(StreamAnswer answer) => answer.Shares.Count is 0
        ? "refused"
        : string.Join(", ", answer.Shares.Select(ShareText));

    /// <summary>What was asked.</summary>
    public static string Question(Disagreement found) => found switch
    {
        Disagreement.OfRequest request => Of(request.Asked.Request),
        Disagreement.OfConnection connection => Of(connection.Asked),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>What the question tries.</summary>
    public static string WhyAsked(Disagreement found) => found switch
    {
        Disagreement.OfRequest request => request.Asked.Why,
        Disagreement.OfConnection connection => connection.Asked.Why,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The specification's answer, and why it is that.</summary>
    public static (string What, string Why) BySpec(Disagreement found) => found switch
    {
        Disagreement.OfRequest request => (Of(request.BySpec), request.BySpec.Why),
        Disagreement.OfConnection connection => (Of(connection.BySpec), connection.BySpec.Why),
        _ => throw new System.Diagnostics.UnreachableException(),
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

    private static string ShareText(StreamShare share)
    {
        var what = share is { BackendId: { } backend, HasEndpoints: true } ? backend : "refused";
        return share.Fraction < 1 ? $"{what} ({share.Fraction * 100:0.##}%)" : what;
    }

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
}
