using System.Text.RegularExpressions;
using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Gcp.Projection;

/// <summary>A rule's filters, timeouts and retries.</summary>
/// <param name="Host">What the Host header becomes; null where it stays.</param>
/// <param name="Action">Members of routeAction.</param>
internal sealed record RouteFilters(string? Host, EquatableList<AttributeField?> Action);

/// <summary>Filters as members of <c>routeAction</c>; header modifiers are <see cref="HeaderEdits"/>'.</summary>
internal static partial class FilterProjection
{
    /// <summary>Null where Google cannot do one of them: all have been reported then.</summary>
    public static RouteFilters? Of(RoutingRule rule, GatewayBuilder gateway, BackendServices services)
    {
        var findings = new List<Diagnostic>();
        var action = new List<AttributeField?>();
        string? host = null;
        foreach (var filter in rule.Filters)
        {
            switch (filter)
            {
                case HttpFilterSpec.UrlRewrite rewrite:
                    host = rewrite.Hostname?.Value.ToLowerInvariant();
                    break;
                case HttpFilterSpec.RequestMirror mirror when action.Exists(IsMirror):
                    findings.Add(RuleDiagnostics.Common.Filter(
                        rule.Origin, mirror.Span, Capabilities.MultipleMirrors, "Mirror to one backend."));
                    break;
                case HttpFilterSpec.RequestMirror mirror:
                    action.Add(MirrorOf(rule.Origin, mirror, gateway, services, findings));
                    break;
                case HttpFilterSpec.Cors cors:
                    action.Add(CorsProjection.Of(rule.Origin, cors, gateway, findings));
                    break;
                case HttpFilterSpec.ExternalAuth or HttpFilterSpec.ExtensionRef:
                    findings.Add(Refuse(rule.Origin, filter));
                    break;
                default:
                    findings.AddRange(CheckHeaders(rule.Origin, filter));
                    break;
            }
        }

        action.AddRange(TimeoutProjection.Of(rule, findings));
        findings.ForEach(gateway.Report);
        return findings.Exists(finding => finding.Severity is Severity.Error)
            ? null
            : new RouteFilters(host, [.. action]);
    }

    /// <summary>False where a backend's own filters cannot be done: all have been reported then.</summary>
    public static bool CheckBackends(RoutingRule rule, RoutingAction.Forward forward, Action<Diagnostic> report)
    {
        var findings = forward.Backends.SelectMany(backend => backend.Filters).SelectMany(filter =>
            filter is HttpFilterSpec.RequestHeaderModifier or HttpFilterSpec.ResponseHeaderModifier
                ? CheckHeaders(rule.Origin, filter)
                : [RuleDiagnostics.Common.Filter(
                    rule.Origin, filter.Span, Capabilities.BackendFilters, "Give the filter to the whole rule.")])
            .ToList();
        findings.ForEach(report);
        return !findings.Exists(finding => finding.Severity is Severity.Error);
    }

    private static bool IsMirror(AttributeField? field) => field is { Name: "requestMirrorPolicy" };

    private static AttributeField? MirrorOf(
        RuleOrigin origin,
        HttpFilterSpec.RequestMirror mirror,
        GatewayBuilder gateway,
        BackendServices services,
        List<Diagnostic> findings)
    {
        if (mirror.Share.Numerator is 0)
        {
            return null;
        }

        var name = new ObjectName(mirror.Backend.Namespace ?? origin.Route.Namespace, mirror.Backend.Name);
        var id = RoutingBackend.IdOf(name, mirror.Port?.Value ?? 0);
        if (services.Use(id, new ServiceVariant { IsGrpc = origin.Kind is RouteKind.Grpc }, origin) is not { } service)
        {
            findings.Add(RuleDiagnostics.Common.FilterBecause(
                origin, mirror.Span, $"{id} cannot be a backend service.", "Mirror to another backend."));
            return null;
        }

        findings.Add(RuleDiagnostics.MirrorHost(origin, mirror.Span));
        var percent = 100.0 * mirror.Share.Numerator / mirror.Share.Denominator;
        return Shape.Field("requestMirrorPolicy", Shape.Map(
            Shape.Field("backendService", GatewayBuilder.LinkTo(service)),
            Shape.Text("mirrorPercent", Percents.TextOf(percent))));
    }

    private static Diagnostic Refuse(RuleOrigin origin, HttpFilterSpec filter) => filter is HttpFilterSpec.ExternalAuth
        ? RuleDiagnostics.Common.Filter(origin, filter.Span, Capabilities.ExternalAuth, "Authenticate in the backend.")
        : RuleDiagnostics.Common.Filter(origin, filter.Span, Capabilities.ExtensionRef, "Remove the filter.");

    private static IEnumerable<Diagnostic> CheckHeaders(RuleOrigin origin, HttpFilterSpec filter)
    {
        var edit = (filter as HttpFilterSpec.RequestHeaderModifier)?.Edit
            ?? (filter as HttpFilterSpec.ResponseHeaderModifier)?.Edit;
        if (edit is null)
        {
            yield break;
        }

        foreach (var name in edit.Set.Concat(edit.Add).Select(header => header.Name).Concat(edit.Remove))
        {
            if (HeaderEdits.WhyRefused(name) is { } why)
            {
                yield return RuleDiagnostics.Common.FilterBecause(
                    origin, filter.Span, $"the header {name} cannot be changed: {why}.", "Use another header.");
            }
        }

        foreach (var header in edit.Set.Concat(edit.Add).Where(header => VariablePattern().IsMatch(header.Value)))
        {
            yield return RuleDiagnostics.HeaderVariable(origin, header.Span, header.Value);
        }
    }

    [GeneratedRegex(@"\{[a-z0-9_]+\}", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex VariablePattern();
}
