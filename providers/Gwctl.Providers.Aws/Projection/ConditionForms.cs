using Gwctl.Compiler.Routing;
using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>Writes a rule's conditions within the limits on values and wildcards. Plain values come first, for people
/// read them more easily; a regular expression where it saves what does not fit; two rules where neither
/// does.</summary>
internal static class ConditionForms
{
    /// <summary>The conditions of one rule, or of several that together match the same; empty where there is no
    /// way.</summary>
    public static EquatableList<AttributeValue.List> Write(RuleDraft draft) =>
        [.. FormsOf(draft).Select(form => Conditions(draft, form))];

    /// <summary>One form of the path condition for each rule that is needed.</summary>
    public static EquatableList<PathForm> FormsOf(RuleDraft draft)
    {
        if (PathsInOne(draft.Hosts, draft.Paths, draft.Terms) is { } form)
        {
            return [form];
        }

        // A prefix in two values, each in a rule of its own.
        if (draft.Paths is [{ Values: { Count: 2 } values } path])
        {
            var halves = values.Select(value => path with { Values = [value], Regex = null }).ToList();
            if (halves.TrueForAll(half => PathsInOne(draft.Hosts, [half], draft.Terms) is not null))
            {
                return [.. halves.Select(half => new PathForm(half.Values ?? [], IsRegex: false))];
            }
        }

        return [];
    }

    /// <summary>How one condition holds the paths; null where it cannot.</summary>
    public static PathForm? PathsInOne(
        IReadOnlyList<HostPattern> hosts, IReadOnlyList<PathTerm> paths, MatchTerms terms)
    {
        if (hosts.Count > AlbLimits.ValuesPerConditionMax)
        {
            return null;
        }

        var values = hosts.Count + (terms.Method is null ? 0 : 1) + terms.Headers.Count + terms.Queries.Count;
        var wildcards = 0;
        for (var index = 0; index < hosts.Count; index++)
        {
            wildcards += hosts[index].IsWildcard ? 1 : 0;
        }

        foreach (var query in terms.Queries)
        {
            wildcards += WildcardsIn(query.Name) + WildcardsIn(query.Value);
        }

        return AsValues(paths, values, wildcards) ?? AsRegexes(paths, values, wildcards);
    }

    private static PathForm? AsValues(IReadOnlyList<PathTerm> paths, int values, int wildcards)
    {
        var texts = 0;
        for (var index = 0; index < paths.Count; index++)
        {
            if (paths[index].Values is not { } own)
            {
                return null;
            }

            texts += own.Count;
            foreach (var text in own)
            {
                wildcards += WildcardsIn(text);
            }
        }

        var fits = texts <= AlbLimits.ValuesPerConditionMax
            && values + texts <= AlbLimits.ValuesPerRuleMax
            && wildcards <= AlbLimits.WildcardsPerRuleMax;
        return !fits ? null
            : paths is [{ Values: { } only }] ? new PathForm(only, IsRegex: false)
            : new PathForm([.. paths.SelectMany(path => path.Values ?? [])], IsRegex: false);
    }

    private static PathForm? AsRegexes(IReadOnlyList<PathTerm> paths, int values, int wildcards)
    {
        var fits = paths.Count <= AlbLimits.ValuesPerConditionMax
            && values + paths.Count <= AlbLimits.ValuesPerRuleMax
            && wildcards <= AlbLimits.WildcardsPerRuleMax
            && paths.All(path => path.Regex is not null);
        return fits ? new PathForm([.. paths.Select(path => path.Regex).OfType<string>()], IsRegex: true) : null;
    }

    /// <summary>Escaped ones too: whether AWS counts them is not documented.</summary>
    private static int WildcardsIn(string text) => text.AsSpan().Count('*') + text.AsSpan().Count('?');

    private static AttributeValue.List Conditions(RuleDraft draft, PathForm form)
    {
        var conditions = new List<AttributeValue>();
        if (draft.Hosts.Count > 0)
        {
            conditions.Add(Condition("host-header", "values", draft.Hosts.Select(host => host.Text)));
        }

        if (form.Texts.Count > 0)
        {
            conditions.Add(Condition("path-pattern", form.IsRegex ? "regexValues" : "values", form.Texts));
        }

        if (draft.Terms.Method is { } method)
        {
            conditions.Add(Condition("http-request-method", "values", [method]));
        }

        conditions.AddRange(draft.Terms.Headers.Select(header => Shape.Map(
            Shape.Text("field", "http-header"),
            Shape.Text("httpHeaderName", header.Name),
            header.Regex is { } regex
                ? Shape.Field("regexValues", Shape.Texts([regex]))
                : Shape.Field("values", Shape.Texts([header.Value ?? ""])))));
        conditions.AddRange(draft.Terms.Queries.Select(query => Shape.Map(
            Shape.Text("field", "query-string"),
            Shape.Field("values", new AttributeValue.List(
                [Shape.Map(Shape.Text("key", query.Name), Shape.Text("value", query.Value))])))));

        // A rule needs a condition, and every path begins with a slash.
        return conditions.Count > 0
            ? AttributeOrder.Sorted(conditions)
            : new AttributeValue.List([Condition("path-pattern", "values", ["/*"])]);
    }

    private static AttributeValue.Map Condition(string field, string form, IEnumerable<string> values) =>
        Shape.Map(Shape.Text("field", field), Shape.Field(form, Shape.Texts(values)));
}

/// <summary>The texts of a path condition; none is no condition.</summary>
internal sealed record PathForm(EquatableList<string> Texts, bool IsRegex);
