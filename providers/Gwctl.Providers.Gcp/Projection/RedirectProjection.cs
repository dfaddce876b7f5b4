using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Gcp.Projection;

/// <summary>RequestRedirect as a <c>urlRedirect</c>, which has no port: the request's host stays with its port, and a
/// host that is named has none.</summary>
internal static class RedirectProjection
{
    /// <summary>Null where Google cannot, which has been reported then.</summary>
    public static EquatableList<RoutePart>? Of(
        RoutingRule rule, HttpFilterSpec.RequestRedirect redirect, RoutingPort port, Action<Diagnostic> report)
    {
        var findings = new List<Diagnostic>();
        var isHttps = IsHttps(redirect, port);
        CheckScheme(rule.Origin, redirect, port, isHttps, findings);
        CheckPort(rule.Origin, redirect, port, isHttps, findings);
        var parts = PathParts.ForRedirect(rule.Match.Path, redirect.Path);
        if (parts is null || redirect.Path is { Value.Length: >= GcpLimits.PathCharactersMax }
            || redirect.Hostname is { Value.Length: > GcpLimits.HostCharactersMax })
        {
            findings.Add(RuleDiagnostics.Common.Redirect(
                rule.Origin, redirect.Path?.Span ?? redirect.Span,
                "Google replaces a prefix only where a PathPrefix is "
                    + $"matched, by paths of less than {GcpLimits.PathCharactersMax} characters.",
                "Redirect to another path."));
        }

        var changesScheme = isHttps && port.Protocol is RoutingProtocol.Http;
        if (!changesScheme && redirect is { Hostname: null, Path: null } && findings.Count is 0)
        {
            findings.Add(RuleDiagnostics.Common.Redirect(
                rule.Origin, redirect.Span, "the redirect leads to the very request it answers: it changes neither "
                    + "scheme, hostname nor path.",
                "Change one of them, or attach the route to the other listener only."));
        }

        WarnOfCircle(rule, redirect, changesScheme, report);
        findings.ForEach(report);
        if (findings.Count > 0 || parts is null)
        {
            return null;
        }

        return [.. parts.Select(part => new RoutePart(part.Terms, [Shape.Field("urlRedirect", Shape.Map(
            changesScheme ? Shape.Flag("httpsRedirect", true) : null,
            Shape.Text("hostRedirect", redirect.Hostname?.Value.ToLowerInvariant()),
            part.Edit,
            Shape.Text("redirectResponseCode", CodeOf(redirect.StatusCode.Value))))]))];
    }

    private static string CodeOf(int status) => status switch
    {
        301 => "MOVED_PERMANENTLY_DEFAULT",
        303 => "SEE_OTHER",
        307 => "TEMPORARY_REDIRECT",
        308 => "PERMANENT_REDIRECT",
        _ => "FOUND",
    };

    private static bool IsHttps(HttpFilterSpec.RequestRedirect redirect, RoutingPort port) =>
        redirect.Scheme?.Value.ToLowerInvariant() switch
        {
            "http" => false,
            "https" => true,
            _ => port.Protocol is RoutingProtocol.Https,
        };

    private static void CheckScheme(
        RuleOrigin origin,
        HttpFilterSpec.RequestRedirect redirect,
        RoutingPort port,
        bool isHttps,
        List<Diagnostic> findings)
    {
        if (!isHttps && port.Protocol is RoutingProtocol.Https)
        {
            findings.Add(RuleDiagnostics.Common.Redirect(
                origin, redirect.Scheme?.Span ?? redirect.Span,
                Capabilities.Text(Capabilities.SchemeRedirect),
                "Redirect to https, or attach the route to an HTTP listener only."));
        }
    }

    /// <summary>The port as written, else the scheme's, else the listener's (Gateway API,
    /// HTTPRequestRedirectFilter.port).</summary>
    private static void CheckPort(
        RuleOrigin origin,
        HttpFilterSpec.RequestRedirect redirect,
        RoutingPort port,
        bool isHttps,
        List<Diagnostic> findings)
    {
        var usual = isHttps ? 443 : 80;
        var wanted = redirect.Port?.Value ?? (redirect.Scheme is null ? port.Port : usual);
        var wasUsual = port.Port == (port.Protocol is RoutingProtocol.Https ? 443 : 80);

        // The port that the redirect will have: that of the request's Host header, or none.
        var kept = redirect.Hostname is null && !wasUsual ? port.Port : usual;
        if (wanted != kept)
        {
            findings.Add(RuleDiagnostics.Common.Redirect(
                origin, redirect.Port?.Span ?? redirect.Span,
                $"{Capabilities.Text(Capabilities.PortRedirect)} It would lead to port {kept} instead of {wanted}.",
                "Use the scheme's own port."));
        }
    }

    /// <summary>Google takes a redirect that names its own host, and clients go round in a circle.</summary>
    private static void WarnOfCircle(
        RoutingRule rule, HttpFilterSpec.RequestRedirect redirect, bool changesScheme, Action<Diagnostic> report)
    {
        if (!changesScheme && redirect is { Path: null, Hostname: { } hostname }
            && HostPattern.Parse(rule.Hostname) is { IsExact: true } host && host.Matches(hostname.Value))
        {
            report(RuleDiagnostics.RedirectToItself(rule.Origin, redirect.Span, host.Text));
        }
    }
}
