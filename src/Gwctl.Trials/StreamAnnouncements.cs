using Gwctl.Compiler.Routing;
using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Trials;

/// <summary>Which differences of connections projection announced. A port that reads no requests has few rules, and
/// what is said of one concerns all of its connections.</summary>
internal sealed class StreamAnnouncements
{
    private readonly ILookup<string, Diagnostic> _byObject;
    private readonly ILookup<SourceSpan, RuleOrigin> _byPlace;
    private readonly ILookup<string, (int Rule, SourceSpan Span)> _rules;

    public StreamAnnouncements(RoutingModel model, IEnumerable<Diagnostic> diagnostics)
    {
        _byObject = diagnostics
            .Where(diagnostic => diagnostic.Code.StartsWith("GW3", StringComparison.Ordinal))
            .Where(diagnostic => diagnostic.Severity is not Severity.Note)
            .ToLookup(diagnostic => diagnostic.Object.Split('#')[0], StringComparer.Ordinal);
        var ports = model.Gateways.SelectMany(gateway => gateway.Ports).ToList();
        var rules = ports.SelectMany(port => port.Listeners).SelectMany(listener => listener.Rules).ToList();
        _rules = rules.Select(rule => rule.Origin)
            .Where(origin => !origin.RuleSpan.IsNone)
            .Distinct()
            .ToLookup(ObjectOf, origin => (origin.RuleIndex, origin.RuleSpan), StringComparer.Ordinal);
        _byPlace = rules.Select(rule => (Place: rule.Match.Span, rule.Origin))
            .Concat(rules.Select(rule => (Place: rule.Origin.RuleSpan, rule.Origin)))
            .Concat(ports.SelectMany(StreamsOf))
            .Where(pair => !pair.Place.IsNone)
            .Distinct()
            .ToLookup(pair => pair.Place, pair => pair.Origin);
    }

    /// <summary>The diagnostic that announced that these two need not agree; null where none did.</summary>
    /// <param name="gateway">Whose listener it is.</param>
    /// <param name="bySpec">The rule that should have the request; null where none should.</param>
    /// <param name="byCloud">The cloud's rule that took it; null where none did.</param>
    public Diagnostic? Find(ObjectName gateway, RuleOrigin? bySpec, ResourceNode? byCloud) =>
        (bySpec is null ? null : OfRule(bySpec, wholeRule: false))
        ?? (byCloud is null ? null : _byPlace[byCloud.Origin]
            .Select(origin => OfRule(origin, wholeRule: true))
            .FirstOrDefault(found => found is not null))
        ?? _byObject[$"Gateway/{gateway}"].FirstOrDefault();

    /// <summary>A network load balancer's port has one way for all: what is announced of any rule there is about the
    /// whole port.</summary>
    private static IEnumerable<(SourceSpan Place, RuleOrigin Origin)> StreamsOf(RoutingPort port) =>
        port.Listeners.SelectMany(listener => port.Listeners
            .SelectMany(other => other.Streams)
            .Select(stream => (listener.Span, stream.Origin)));

    private Diagnostic? OfRule(RuleOrigin origin, bool wholeRule)
    {
        foreach (var diagnostic in _byObject[ObjectOf(origin)])
        {
            var part = diagnostic.Object.Split('#', 2);
            var rule = $"rule={origin.RuleIndex}";
            var isMeant = part.Length is 1
                ? IsAbout(diagnostic, origin)
                : part[1] == rule || part[1] == $"{rule},match={origin.MatchIndex}"
                    || (wholeRule && part[1].StartsWith($"{rule},", StringComparison.Ordinal));
            if (isMeant)
            {
                return diagnostic;
            }
        }

        return null;
    }

    /// <summary>What names no rule is about the rule that it is written in; without places, about the whole
    /// route.</summary>
    private bool IsAbout(Diagnostic diagnostic, RuleOrigin origin)
    {
        var before = _rules[ObjectOf(origin)]
            .Where(rule => rule.Span.File == diagnostic.Subject.File && rule.Span.CompareTo(diagnostic.Subject) <= 0)
            .OrderBy(rule => rule.Span)
            .ToList();
        return before is not [.., var last] || last.Rule == origin.RuleIndex;
    }

    private static string ObjectOf(RuleOrigin origin) => origin.RouteId.ToString();
}
