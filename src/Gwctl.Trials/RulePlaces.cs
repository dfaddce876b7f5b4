using Gwctl.Compiler.Routing;
using Gwctl.Core;

namespace Gwctl.Trials;

/// <summary>Finds the rule that something was written in.</summary>
internal sealed class RulePlaces
{
    private readonly List<(SourceSpan Start, string Route)> _starts;

    public RulePlaces(IEnumerable<RoutingRule> rules) => _starts =
    [
        .. rules.Where(rule => !rule.Origin.RuleSpan.IsNone)
            .Select(rule => (Start: rule.Origin.RuleSpan, Route: $"{rule.Origin.RouteId}"))
            .Distinct()
            .OrderBy(found => found.Start),
    ];

    /// <summary>Where the rule of that route begins; none where the place is outside the route's rules, as a policy
    /// is.</summary>
    public SourceSpan Find(string route, SourceSpan place)
    {
        var (from, to) = (0, _starts.Count);
        while (from < to)
        {
            var middle = (from + to) / 2;
            (from, to) = _starts[middle].Start.CompareTo(place) <= 0 ? (middle + 1, to) : (from, middle);
        }

        return from > 0 && _starts[from - 1] is var found && found.Route == route && found.Start.File == place.File
            ? found.Start
            : SourceSpan.None;
    }
}
