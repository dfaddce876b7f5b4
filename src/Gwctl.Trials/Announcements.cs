using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Verification.Router;

namespace Gwctl.Trials;

/// <summary>Which differences projection announced: a diagnostic at a match, a rule, a backend or a listener says that
/// the cloud treats its requests otherwise, or not at all.</summary>
/// <remarks>A diagnostic excuses what its code says (<see cref="IProvider.Effects"/>) of what it stands at, and nothing
/// more: that a rule's requests are answered with 500 excuses no other status, and not that another rule has
/// them.</remarks>
public sealed class Announcements
{
    private readonly AnnouncedPlaces _places;
    private readonly ILookup<SourceSpan, RoutingRule> _rules;

    /// <param name="model">What was projected.</param>
    /// <param name="diagnostics">What projection had to say.</param>
    /// <param name="effects">What its codes mean for requests.</param>
    public Announcements(
        RoutingModel model, IEnumerable<Diagnostic> diagnostics, IReadOnlyDictionary<string, TrafficEffect> effects)
    {
        _places = new AnnouncedPlaces(model, diagnostics, effects);
        _rules = model.Gateways.SelectMany(gateway => gateway.Ports)
            .SelectMany(port => port.Listeners)
            .SelectMany(listener => listener.Rules)
            .ToLookup(rule => rule.Origin.RuleSpan);
    }

    /// <summary>The diagnostic that announced that these two need not agree; null where none did.</summary>
    /// <param name="router">Of the Gateway that was asked.</param>
    public Diagnostic? Find(CompiledRouter router, Request request, Answer bySpec, TrialAnswer byCloud)
    {
        if (byCloud.Observed.IsRefused)
        {
            return First(_places.AtListeners(router.Gateway, request.Port), TrafficDivergence.Unanswered);
        }

        var wanted = bySpec.Rule ?? bySpec.ByHostAlone?.Rule;
        return (wanted is null ? null : OfWanted(wanted, request, byCloud))
            ?? (byCloud.Rule is null ? null : OfTaken(router, request, byCloud.Rule.Origin))
            ?? First(_places.AtListeners(router.Gateway, request.Port), TrafficDivergence.LeftOut);
    }

    /// <summary>The same for a connection to a port that reads no requests: a load balancer's port has one way for
    /// all, so what is announced of any rule there may be of the whole port.</summary>
    public Diagnostic? FindStream(CompiledRouter router, int port, StreamAnswer bySpec, TrialAnswer byCloud)
    {
        var wanted = bySpec.Rule is { } rule
            ? _places.AtRule(rule.Origin).Concat(_places.AtBackends(rule.Backends))
            : [];
        var listeners = _places.AtListeners(router.Gateway, port);
        if (byCloud.Observed.IsRefused)
        {
            return First(wanted.Concat(listeners), TrafficDivergence.Unanswered);
        }

        var ofPort = router.Gateway.Ports.Where(item => item.Port == port)
            .SelectMany(item => item.Listeners)
            .SelectMany(listener => listener.Streams)
            .SelectMany(stream => _places.AtRule(stream.Origin));
        return First(wanted.Concat(listeners), TrafficDivergence.LeftOut)
            ?? (bySpec.Rule is null ? First(ofPort, TrafficDivergence.TakesMore) : null);
    }

    private static Diagnostic? First(IEnumerable<Announcement> among, TrafficDivergence divergence) =>
        among.FirstOrDefault(found => found.Says(divergence))?.Diagnostic;

    private bool HasTaken(RoutingRule wanted, TrialAnswer byCloud) =>
        byCloud.Rule is { } taken && _rules[wanted.Origin.RuleSpan].Any(same => IsAt(same, taken.Origin));

    private IEnumerable<Announcement> OfWholeRule(RoutingRule rule) =>
        AnnouncedPlaces.PlacesOf(rule.Match).SelectMany(_places.AtTerm).Concat(_places.AtRule(rule.Origin));

    /// <summary>Of the rule that the specification says.</summary>
    private Diagnostic? OfWanted(RoutingRule rule, Request request, TrialAnswer byCloud) =>
        OfOwnAnswer(rule, byCloud)
        ?? (HasTaken(rule, byCloud) ? null : First(OfWholeRule(rule), TrafficDivergence.LeftOut))
        ?? OfTerms(rule, request);

    /// <summary>A rule of the cloud answers as announced. It may be another one that treats its requests alike: the
    /// order of those is free.</summary>
    private Diagnostic? OfOwnAnswer(RoutingRule rule, TrialAnswer byCloud)
    {
        if (byCloud.Observed.BackendId is not null || byCloud.Rule is null)
        {
            return null;
        }

        var backends = rule.Action is RoutingAction.Forward forward ? forward.Backends : [];
        return OfWholeRule(rule).Concat(_places.AtBackends(backends))
            .FirstOrDefault(found => found.SaysStatus(byCloud.Observed.Status))?.Diagnostic;
    }

    /// <summary>A term that the request carries in another writing.</summary>
    private Diagnostic? OfTerms(RoutingRule rule, Request request) => First(
        AnnouncedPlaces.PlacesOf(rule.Match)
            .Where(place => !IsSentAsWritten(rule.Match, place, request))
            .SelectMany(_places.AtTerm),
        TrafficDivergence.ComparedOtherwise);

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
            if (failing.Count is 0 || !_rules[verdict.Rule.Origin.RuleSpan].Any(rule => IsAt(rule, taken)))
            {
                continue;
            }

            var terms = failing
                .Where(term => term.Name.Equals(verdict.Name, StringComparison.OrdinalIgnoreCase))
                .SelectMany(term => _places.AtTerm(term.Span));
            if (First(terms, TrafficDivergence.ComparedOtherwise) is { } found)
            {
                return found;
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
