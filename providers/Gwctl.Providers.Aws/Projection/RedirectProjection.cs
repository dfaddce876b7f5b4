using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>RequestRedirect as a redirect action. What the redirect keeps has the request's placeholder.</summary>
internal static class RedirectProjection
{
    private const string SameProtocol = "#{protocol}";
    private const string SameHost = "#{host}";
    private const string SamePort = "#{port}";
    private const string SamePath = "/#{path}";
    private const string SameQuery = "#{query}";

    /// <summary>Null where an ALB cannot, which has been reported then.</summary>
    public static AttributeValue? Action(
        RoutingRule rule, HttpFilterSpec.RequestRedirect redirect, RoutingPort port, Action<Diagnostic> report)
    {
        var findings = new List<Diagnostic>();
        CheckStatus(rule.Origin, redirect, findings);
        var protocol = ProtocolOf(rule.Origin, redirect, port, findings);
        var path = PathOf(rule, redirect, findings);
        var host = redirect.Hostname?.Value.ToLowerInvariant() ?? SameHost;
        var target = PortOf(redirect, port);
        var portText = target == port.Port ? SamePort : target.ToString();
        if (host.Length > AlbLimits.RedirectPartCharactersMax || path.Length > AlbLimits.RedirectPartCharactersMax)
        {
            findings.Add(RuleDiagnostics.Common.Redirect(
                rule.Origin, redirect.Span, "an ALB redirects to hosts and paths of "
                    + $"{AlbLimits.RedirectPartCharactersMax} characters at most.", "Redirect to a shorter one."));
        }

        if (protocol is SameProtocol && host is SameHost && portText is SamePort && path is SamePath)
        {
            findings.Add(RuleDiagnostics.Common.Redirect(
                rule.Origin, redirect.Span, "the redirect leads to the very request it answers: it changes neither "
                    + "scheme, hostname, port nor "
                    + "path.", "Change one of them, or attach the route to the other listener "
                    + "only."));
        }

        findings.ForEach(report);
        return findings.Count > 0 ? null : Shape.Map(
            Shape.Text("type", "redirect"),
            Shape.Text("protocol", protocol),
            Shape.Text("host", host),
            Shape.Text("port", portText),
            Shape.Text("path", path),
            Shape.Text("query", SameQuery),
            Shape.Text("statusCode", $"HTTP_{redirect.StatusCode.Value}"));
    }

    /// <summary>An ALB takes a redirect that names its own host, and clients go round in a circle.</summary>
    public static void WarnOfCircle(
        RuleOrigin origin,
        HttpFilterSpec.RequestRedirect redirect,
        RoutingPort port,
        HostPattern host,
        Action<Diagnostic> report)
    {
        if (redirect is { Path: null, Hostname: { } hostname } && host.IsExact && host.Matches(hostname.Value)
            && SchemeOf(redirect, port) == port.Protocol && PortOf(redirect, port) == port.Port)
        {
            report(RuleDiagnostics.RedirectToItself(origin, redirect.Span, host.Text));
        }
    }

    /// <summary>The port as written, else the scheme's, else the listener's (Gateway API,
    /// HTTPRequestRedirectFilter.port).
    /// </summary>
    private static int PortOf(HttpFilterSpec.RequestRedirect redirect, RoutingPort port) =>
        redirect.Port?.Value ?? redirect.Scheme?.Value.ToLowerInvariant() switch
        {
            "http" => 80,
            "https" => 443,
            _ => port.Port,
        };

    private static RoutingProtocol SchemeOf(HttpFilterSpec.RequestRedirect redirect, RoutingPort port) =>
        redirect.Scheme?.Value.ToLowerInvariant() switch
        {
            "http" => RoutingProtocol.Http,
            "https" => RoutingProtocol.Https,
            _ => port.Protocol,
        };

    private static string ProtocolOf(
        RuleOrigin origin, HttpFilterSpec.RequestRedirect redirect, RoutingPort port, List<Diagnostic> findings)
    {
        var scheme = SchemeOf(redirect, port);
        if (scheme == port.Protocol)
        {
            return SameProtocol;
        }

        if (scheme is RoutingProtocol.Http)
        {
            findings.Add(RuleDiagnostics.Common.Redirect(
                origin, redirect.Scheme?.Span ?? redirect.Span, "an ALB does not redirect from HTTPS to HTTP.",
                "Redirect to https, or attach the route to an HTTP listener only."));
        }

        return scheme is RoutingProtocol.Https ? "HTTPS" : "HTTP";
    }

    private static void CheckStatus(
        RuleOrigin origin, HttpFilterSpec.RequestRedirect redirect, List<Diagnostic> findings)
    {
        var feature = redirect.StatusCode.Value switch
        {
            301 or 302 => null,
            303 => Capabilities.Redirect303,
            307 => Capabilities.Redirect307,
            _ => Capabilities.Redirect308,
        };
        if (feature is not null)
        {
            findings.Add(RuleDiagnostics.Common.Redirect(
                origin, redirect.StatusCode.Span, $"{Capabilities.Text(feature)} The rule asks for "
                    + $"{redirect.StatusCode}.",
                "Use 301 or 302; both keep the method of GET and HEAD only."));
        }
    }

    private static string PathOf(RoutingRule rule, HttpFilterSpec.RequestRedirect redirect, List<Diagnostic> findings)
    {
        if (redirect.Path is not { } path)
        {
            return SamePath;
        }

        if (path.Value.Contains("#{"))
        {
            findings.Add(RuleDiagnostics.Common.Redirect(
                rule.Origin, path.Span, $"the path {path.Value} holds what an ALB takes for a placeholder.",
                "Redirect to another path."));
        }

        if (!path.ReplacesPrefix)
        {
            return path.Value.StartsWith('/') ? path.Value : $"/{path.Value}";
        }

        // Nothing can be cut off the path, so the matched prefix must be the end of what replaces it: /foo by /v2/foo.
        var change = RewriteProjection.PrefixChange.Of(rule.Match.Path.Value, path.Value);
        if (rule.Match.Path.Type is PathMatchType.PathPrefix
            && change.Replacement.EndsWith(change.Prefix, StringComparison.Ordinal)
            && (!change.KeepsSlash || change.Prefix is ""))
        {
            return $"{change.Replacement[..^change.Prefix.Length]}{SamePath}";
        }

        findings.Add(RuleDiagnostics.Common.Redirect(
            rule.Origin, path.Span, $"{Capabilities.Text(Capabilities.PathRedirect)} Here {rule.Match.Path.Value} "
                + "would become "
                + $"{path.Value}.", "Redirect each path by an Exact match with ReplaceFullPath, or let the backend "
                + "redirect."));
        return SamePath;
    }
}
