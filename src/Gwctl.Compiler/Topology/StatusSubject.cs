using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Compiler.Topology;

/// <summary>Finds the part of an object that a diagnostic speaks of: by what its <see cref="Diagnostic.Object"/> says
/// after
/// <c>#</c>, else by the place of its subject.</summary>
/// <remarks>Objects read from a cluster have no places. For them a stage says <see cref="OfRule"/>,
/// <see cref="OfMatch"/> or
/// <see cref="OfListener(ObjectName, string)"/>; without it the diagnostic is about the whole object.</remarks>
public static class StatusSubject
{
    /// <summary>A <see cref="Diagnostic.Object"/> for one rule of a route.</summary>
    public static string OfRule(ObjectId route, int rule) => $"{route}#rule={rule}";

    /// <summary>A <see cref="Diagnostic.Object"/> for one match of a rule of a route.</summary>
    public static string OfMatch(ObjectId route, int rule, int match) => $"{route}#rule={rule},match={match}";

    /// <summary>A <see cref="Diagnostic.Object"/> for one listener of a Gateway.</summary>
    public static string OfListener(ObjectName gateway, string listener) => $"Gateway/{gateway}#listener={listener}";

    /// <summary>A <see cref="Diagnostic.Object"/> for a listener, be it the Gateway's own or a ListenerSet's.</summary>
    public static string OfListener(ObjectName gateway, RoutingListener listener) => listener.ListenerSet is { } set
        ? $"ListenerSet/{set}#listener={listener.Name}"
        : OfListener(gateway, listener.Name);

    /// <summary>The object without its part.</summary>
    internal static string ObjectOf(Diagnostic diagnostic) => diagnostic.Object.Split('#', 2)[0];

    /// <summary>The rule and match of a route; nulls are all of them.</summary>
    internal static (int? Rule, int? Match) PartOf(RouteSpec route, Diagnostic diagnostic)
    {
        var part = Part(diagnostic);
        if (part.TryGetValue("rule", out var rule))
        {
            return (int.Parse(rule), part.TryGetValue("match", out var match) ? int.Parse(match) : null);
        }

        var anchor = Before(AnchorsOf(route), diagnostic.Subject);
        return anchor is null ? (null, null) : (anchor.Rule, anchor.Match);
    }

    /// <summary>The position of a listener in its Gateway or ListenerSet; null is the object itself.</summary>
    internal static int? ListenerOf(EquatableList<ListenerSpec> listeners, Diagnostic diagnostic)
    {
        if (Part(diagnostic).TryGetValue("listener", out var name))
        {
            var position = listeners.ToList().FindIndex(listener => listener.Name.Value == name);
            return position < 0 ? null : position;
        }

        var anchors = listeners.Select((listener, position) => new Anchor(listener.Span, position, null));
        return Before(anchors, diagnostic.Subject)?.Rule;
    }

    /// <summary>The ListenerSet that a Gateway's diagnostic is really about, by its place; null is the
    /// Gateway.</summary>
    internal static ListenerSetTopology? ListenerSetOf(GatewayTopology gateway, Diagnostic diagnostic)
    {
        if (gateway.ListenerSets.Count is 0 || Part(diagnostic).ContainsKey("listener"))
        {
            return null;
        }

        var anchors = gateway.ListenerSets
            .SelectMany((set, position) => set.Spec.Listeners
                .Select(listener => new Anchor(listener.Span, position, null))
                .Prepend(new Anchor(set.Spec.Span, position, null)))
            .Concat(gateway.Spec.Listeners.Select(listener => new Anchor(listener.Span, -1, null)))
            .Append(new Anchor(gateway.Spec.Span, -1, null));
        return Before(anchors, diagnostic.Subject) is { Rule: >= 0 } found ? gateway.ListenerSets[found.Rule] : null;
    }

    private static Dictionary<string, string> Part(Diagnostic diagnostic)
    {
        var halves = diagnostic.Object.Split('#', 2);
        return halves.Length is 1
            ? []
            : halves[1].Split(',').Select(text => text.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[^1]);
    }

    /// <summary>Everything of a part is written between its own place and the next part's. Of a rule and its match in
    /// one place the rule is meant: then nobody wrote the match.</summary>
    private static Anchor? Before(IEnumerable<Anchor> anchors, SourceSpan subject) => subject.IsNone
        ? null
        : anchors
            .Where(anchor => anchor.Span.File == subject.File && anchor.Span.CompareTo(subject) <= 0)
            .OrderBy(anchor => anchor.Span)
            .ThenByDescending(anchor => anchor.Match ?? -1)
            .LastOrDefault();

    private static IEnumerable<Anchor> AnchorsOf(RouteSpec route)
    {
        for (var position = 0; position < route.Rules.Count; position++)
        {
            var rule = route.Rules[position];
            yield return new Anchor(rule.Span, position, null);
            for (var match = 0; match < rule.MatchCount; match++)
            {
                yield return new Anchor(rule.PlaceOf(match), position, match);
            }

            var others = rule.Filters.Select(filter => filter.Span)
                .Concat(rule.BackendRefs.Select(backend => backend.Span))
                .Concat(rule.Timeouts is { } timeouts ? [timeouts.Span] : [])
                .Concat(rule.Retry is { } retry ? [retry.Span] : [])
                .Concat(rule.SessionPersistence is { } session ? [session.Span] : []);
            foreach (var span in others)
            {
                yield return new Anchor(span, position, null);
            }
        }
    }

    private sealed record Anchor(SourceSpan Span, int Rule, int? Match);
}
