using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>The rules of one port in the order of their precedence.</summary>
internal sealed class PortRules
{
    private readonly GatewayBuilder _gateway;
    private readonly RuleTreatments _treatments;
    private readonly RoutingPort _port;
    private readonly List<RuleDraft> _drafts = [];

    /// <summary>A match is one object for all hostnames that it stands under.</summary>
    private readonly Dictionary<HttpMatchSpec, MatchTerms?> _terms = new(ReferenceEqualityComparer.Instance);

    private PortRules(GatewayBuilder gateway, RoutingPort port, TargetGroups groups)
    {
        (_gateway, _port) = (gateway, port);
        _treatments = new RuleTreatments(gateway, port, groups);
    }

    public static List<RuleDraft> Of(GatewayBuilder gateway, RoutingPort port, TargetGroups groups) =>
        new PortRules(gateway, port, groups).Build();

    private List<RuleDraft> Build()
    {
        RouteKindNotes.Report(_port, _gateway.Report);
        for (var index = 0; index < _port.Listeners.Count; index++)
        {
            var listener = _port.Listeners[index];
            var own = HostPattern.Parse(listener.Hostname);
            var servesAll = false;
            foreach (var rule in listener.Rules)
            {
                var host = rule.Hostname is "" ? own : HostPattern.Parse(rule.Hostname);
                servesAll |= TryAdd(rule, host) is { Terms.IsEverything: true, Paths.Count: 0 } && host == own;
            }

            if (!servesAll && IsReachedByLater(index, own))
            {
                _drafts.Add(NotFoundFor(listener, own));
            }
        }

        return RuleMerging.Merge(_drafts);
    }

    private RuleDraft? TryAdd(RoutingRule rule, HostPattern host)
    {
        if (!_terms.TryGetValue(rule.Match, out var terms))
        {
            terms = MatchTranslation.Translate(rule.Match, rule.Origin, _gateway.Report);
            _terms.Add(rule.Match, terms);
        }

        // The treatment too is judged where the match cannot be made: all is reported, not the first.
        var treatment = _treatments.Of(rule, host);
        if (terms is null || !IsPossible(host, rule))
        {
            return null;
        }

        var draft = new RuleDraft
        {
            Hosts = host.IsAny ? [] : [host],
            Paths = terms.Path is { } path ? [path] : [],
            Terms = terms with { Path = null },
            Treatment = treatment,
            Origin = rule.Origin,
            Span = rule.Match.Span.IsNone ? rule.Origin.RuleSpan : rule.Match.Span,
        };
        if (ConditionForms.FormsOf(draft).Count is 0)
        {
            _gateway.Report(RuleDiagnostics.Common.Match(
                rule.Origin, draft.Span, $"matches by more than the {AlbLimits.ValuesPerRuleMax} values or "
                    + $"{AlbLimits.WildcardsPerRuleMax} wildcards that a rule's conditions can hold",
                    "Match by fewer terms."));
            return null;
        }

        _drafts.Add(draft);
        return draft;
    }

    private bool IsPossible(HostPattern host, RoutingRule rule)
    {
        if (WhyRefused(host) is not { } why)
        {
            return true;
        }

        _gateway.Report(RuleDiagnostics.Common.Match(
            rule.Origin, rule.Origin.RuleSpan, $"is for the hostname {host}, {why}",
            "Use a hostname of a public form, as shop.example.com."));
        return false;
    }

    /// <summary>What keeps a hostname out of a host-header condition; null where nothing does.</summary>
    private static string? WhyRefused(HostPattern host)
    {
        var text = host.Text;
        return host.IsAny ? null
            : text.Length > AlbLimits.ValueCharactersMax ? $"longer than {AlbLimits.ValueCharactersMax} characters"
            : !text.Contains('.') ? "which has no dot"
            : !text[(text.LastIndexOf('.') + 1)..].All(char.IsAsciiLetter)
                ? "which has other than letters after its last dot"
            : null;
    }

    /// <summary>True where a rule of a less specific listener would take this one's requests.</summary>
    private bool IsReachedByLater(int index, HostPattern own)
    {
        for (var later = index + 1; later < _port.Listeners.Count; later++)
        {
            var listener = _port.Listeners[later];
            var hostname = HostPattern.Parse(listener.Hostname);
            if (hostname.Intersect(own) is not null && listener.Rules.Any(rule =>
                (rule.Hostname is "" ? hostname : HostPattern.Parse(rule.Hostname)).Intersect(own) is not null))
            {
                return true;
            }
        }

        return false;
    }

    private RuleDraft NotFoundFor(RoutingListener listener, HostPattern own)
    {
        if (WhyRefused(own) is { } why)
        {
            _gateway.Report(AwsDiagnostics.HostnameNotExpressible(_gateway.Gateway, listener, why));
        }

        return new RuleDraft
        {
            Hosts = [own],
            Paths = [],
            Terms = MatchTerms.Everything,
            Treatment = RuleTreatment.NotFound,
            Origin = null,
            Span = listener.Span,
        };
    }
}
