using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Resources;
using Gwctl.Verification.Router;

namespace Gwctl.Trials;

/// <summary>Which differences projection announced: a diagnostic at a match, a rule or a listener says that the cloud
/// treats its requests otherwise, or not at all.</summary>
/// <remarks>A diagnostic excuses what it says and nothing more. An error at a match leaves the match out. A warning at
/// one of its terms makes the cloud compare that term otherwise, so it excuses a request that the two compare
/// differently. What is said at a rule, a backend or a filter is that the cloud answers with a failure of its own or
/// has no such rule. Objects without a place in a file are told apart by name only.</remarks>
public sealed class Announcements
{
    private const int FailureMin = 400;

    private readonly ILookup<SourceSpan, Diagnostic> _atTerms;
    private readonly ILookup<(string Route, SourceSpan Rule), Diagnostic> _atRules;
    private readonly ILookup<string, Diagnostic> _byObject;
    private readonly ILookup<SourceSpan, RoutingRule> _rules;
    private readonly StreamAnnouncements _streams;

    public Announcements(RoutingModel model, IEnumerable<Diagnostic> diagnostics)
    {
        var rules = model.Gateways.SelectMany(gateway => gateway.Ports)
            .SelectMany(port => port.Listeners)
            .SelectMany(listener => listener.Rules)
            .ToList();
        _rules = rules.ToLookup(rule => rule.Origin.RuleSpan);
        var told = diagnostics.Where(diagnostic => diagnostic.Code.StartsWith("GW3", StringComparison.Ordinal)
            && diagnostic.Severity is not Severity.Note).ToList();
        _streams = new StreamAnnouncements(model, told);
        _byObject = told.ToLookup(diagnostic => diagnostic.Object.Split('#')[0], StringComparer.Ordinal);
        var terms = rules.SelectMany(rule => PlacesOf(rule.Match)).Where(place => !place.IsNone).ToHashSet();
        _atTerms = told.Where(diagnostic => terms.Contains(diagnostic.Subject))
            .ToLookup(diagnostic => diagnostic.Subject);
        var places = new RulePlaces(rules);
        _atRules = told.Where(diagnostic => !terms.Contains(diagnostic.Subject))
            .ToLookup(diagnostic =>
            {
                var route = diagnostic.Object.Split('#')[0];
                return (route, places.Find(route, diagnostic.Subject));
            });
    }

    /// <summary>The diagnostic that announced that these two need not agree; null where none did.</summary>
    /// <param name="router">Of the Gateway that was asked.</param>
    public Diagnostic? Find(CompiledRouter router, Request request, Answer bySpec, TrialAnswer byCloud)
    {
        var wanted = bySpec.Rule ?? bySpec.ByHostAlone?.Rule;
        return (wanted is null ? null : OfWanted(wanted, request, byCloud))
            ?? (byCloud.Rule is null ? null : OfTaken(router, request, byCloud.Rule.Origin))
            ?? OfListeners(router.Gateway, request, byCloud);
    }

    /// <summary>The same for a connection to a port that reads no requests.</summary>
    /// <param name="gateway">Whose listener it is.</param>
    /// <param name="bySpec">The rule that should have it; null where none should.</param>
    /// <param name="byCloud">The cloud's rule that took it; null where none did.</param>
    public Diagnostic? FindStream(ObjectName gateway, RuleOrigin? bySpec, ResourceNode? byCloud) =>
        _streams.Find(gateway, bySpec, byCloud);

    /// <summary>Places that a diagnostic about a match stands at.</summary>
    private static IEnumerable<SourceSpan> PlacesOf(HttpMatchSpec match) =>
        match.Headers.Concat(match.QueryParams).Select(term => term.Span)
            .Append(match.Path.Span)
            .Append(match.Span);

    /// <summary>Of the rule that the specification says.</summary>
    private Diagnostic? OfWanted(RoutingRule rule, Request request, TrialAnswer byCloud)
    {
        foreach (var place in PlacesOf(rule.Match))
        {
            foreach (var diagnostic in _atTerms[place])
            {
                if (diagnostic.Severity is Severity.Error || !IsSentAsWritten(rule.Match, place, request))
                {
                    return diagnostic;
                }
            }
        }

        var route = $"{rule.Origin.RouteId}";
        var hasFailed = byCloud.Observed is { BackendId: null, Status: >= FailureMin };
        var hasTaken = byCloud.Rule is { } taken
            && _rules[rule.Origin.RuleSpan].Any(same => IsAt(same, taken.Origin));
        return _atRules[(route, rule.Origin.RuleSpan)].Concat(_atRules[(route, SourceSpan.None)])
            .FirstOrDefault(diagnostic => hasTaken ? hasFailed : diagnostic.Severity is Severity.Error);
    }

    /// <summary>Of the rule that the cloud took: one of its matches fits but for a term that the cloud compares
    /// otherwise. The cloud's rule may stand for several matches of the route's rule.</summary>
    private Diagnostic? OfTaken(CompiledRouter router, Request request, SourceSpan taken)
    {
        foreach (var verdict in router.Explain(request).Rules)
        {
            var match = verdict.Rule.Match;
            var failing = verdict.Kind switch
            {
                RuleVerdictKind.Header => match.Headers,
                RuleVerdictKind.QueryParam => match.QueryParams,
                _ => [],
            };
            if (failing.Count > 0 && _rules[verdict.Rule.Origin.RuleSpan].Any(rule => IsAt(rule, taken)))
            {
                var found = failing
                    .Where(term => term.Name.Equals(verdict.Name, StringComparison.OrdinalIgnoreCase))
                    .SelectMany(term => _atTerms[term.Span])
                    .FirstOrDefault();
                if (found is not null)
                {
                    return found;
                }
            }
        }

        return null;
    }

    /// <summary>Of a listener of the port that was asked; what else is said of a Gateway excuses only that nothing
    /// answers.</summary>
    private Diagnostic? OfListeners(GatewayRouting gateway, Request request, TrialAnswer byCloud)
    {
        var listeners = gateway.Ports.SelectMany(port => port.Listeners.Select(listener => (port.Port, listener)))
            .OrderBy(item => item.listener.Span)
            .ToList();
        foreach (var diagnostic in _byObject[$"Gateway/{gateway.Name}"])
        {
            var at = listeners.LastOrDefault(item => item.listener.Span.File == diagnostic.Subject.File
                && item.listener.Span.CompareTo(diagnostic.Subject) <= 0);
            var isOfPort = at.listener is not null && at.Port == request.Port;
            if (isOfPort || (byCloud.Observed.IsRefused && diagnostic.Severity is Severity.Error))
            {
                return diagnostic;
            }
        }

        return null;
    }

    private static bool IsAt(RoutingRule rule, SourceSpan place) =>
        !place.IsNone && (rule.Match.Span == place || rule.Origin.RuleSpan == place);

    /// <summary>True where the request carries the term letter by letter: then there is no two ways of comparing
    /// it.</summary>
    private static bool IsSentAsWritten(HttpMatchSpec match, SourceSpan place, Request request)
    {
        var header = match.Headers.FirstOrDefault(term => term.Span == place);
        if (header is not null)
        {
            return request.HeaderValue(header.Name) == header.Value;
        }

        var parameter = match.QueryParams.FirstOrDefault(term => term.Span == place);
        return parameter is not null
            && request.Query?.Split('&')
                .Contains($"{parameter.Name}={parameter.Value}", StringComparer.Ordinal) is true;
    }
}
