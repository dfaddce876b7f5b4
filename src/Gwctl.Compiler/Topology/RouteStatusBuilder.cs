using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Compiler.Topology;

/// <summary>A route's status, with what later stages could not do of it.</summary>
internal static class RouteStatusBuilder
{
    public static RouteStatus Build(RouteTopology route, List<Diagnostic> errors)
    {
        if (errors.Count is 0)
        {
            return new RouteStatus(route.Spec.Kind, route.Spec.Name, route.Parents);
        }

        var dropped = route.Spec.Rules.Select(rule => new bool[rule.MatchCount]).ToArray();
        foreach (var error in errors)
        {
            Mark(route.Spec, error, dropped);
        }

        return new RouteStatus(
            route.Spec.Kind,
            route.Spec.Name,
            [.. route.Parents.Select(parent => Tell(parent, route.Spec, errors, dropped))]);
    }

    private static void Mark(RouteSpec route, Diagnostic error, bool[][] dropped)
    {
        var (rule, match) = StatusSubject.PartOf(route, error);
        for (var position = 0; position < dropped.Length; position++)
        {
            if (rule is { } one && one != position)
            {
                continue;
            }

            for (var index = 0; index < dropped[position].Length; index++)
            {
                dropped[position][index] |= match is null || match == index;
            }
        }
    }

    /// <summary>A parent that had refused the route anyway keeps its own reason.</summary>
    private static RouteParent Tell(RouteParent parent, RouteSpec route, List<Diagnostic> errors, bool[][] dropped)
    {
        if (parent.Conditions.Any(condition => condition is { Type: ConditionTypes.Accepted, Status: false }))
        {
            return parent;
        }

        if (dropped.All(rule => rule.All(isDropped => isDropped)))
        {
            var reason = errors[0].Reason is "" ? ConditionReasons.UnsupportedValue : errors[0].Reason;
            var refused = new Condition(ConditionTypes.Accepted, false, reason, DetailsOf(errors));
            return parent with { Conditions = Replace(parent.Conditions, refused) };
        }

        var partly = new Condition(
            ConditionTypes.PartiallyInvalid,
            true,
            errors[0].Reason is "" ? ConditionReasons.UnsupportedValue : errors[0].Reason,
            $"Dropped Rule {string.Join(", ", NamesOf(route, dropped))}: {DetailsOf(errors)}");
        return parent with { Conditions = [.. parent.Conditions, partly] };
    }

    private static EquatableList<Condition> Replace(EquatableList<Condition> conditions, Condition other) =>
        [.. conditions.Select(condition => condition.Type == other.Type ? other : condition)];

    /// <summary>Rules by name or position; where some of a rule's matches are left, the matches.</summary>
    private static IEnumerable<string> NamesOf(RouteSpec route, bool[][] dropped)
    {
        for (var position = 0; position < dropped.Length; position++)
        {
            var ofRule = dropped[position];
            var matches = Enumerable.Range(0, ofRule.Length).Where(index => ofRule[index]).ToList();
            if (matches.Count is 0)
            {
                continue;
            }

            var name = route.Rules[position].Name?.Value ?? position.ToString();
            yield return matches.Count == ofRule.Length ? name : $"{name} match {string.Join(" and ", matches)}";
        }
    }

    private static string DetailsOf(List<Diagnostic> errors) =>
        string.Join(' ', errors.Select(error => error.Detail).Distinct(StringComparer.Ordinal));
}
