using Gwctl.Compiler.Routing;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>Saves rules: drafts of one route rule that differ in host or path alone become one.</summary>
/// <remarks>Why it changes nothing: a draft is moved up to join an earlier one. Between two neighbours the order
/// matters only for requests that both match and treat differently. So the move is allowed past each draft in between
/// that is disjoint from it or treats requests alike, and past no other. Joining two neighbours of equal treatment
/// matches what either matched, as they differ in one condition only.</remarks>
internal static class RuleMerging
{
    /// <summary>How far up a draft may move, so that the work stays linear in the number of rules.</summary>
    private const int WindowMax = 256;

    /// <summary>The drafts that remain, in order.</summary>
    public static List<RuleDraft> Merge(List<RuleDraft> drafts)
    {
        if (drafts.Count < 2 || !HaveSharedRules(drafts))
        {
            return drafts;
        }

        var byPath = Pass(drafts, draft => KeyOf(draft, HostsOf(draft)), JoinPaths);
        return Pass(byPath, draft => KeyOf(draft, PathsOf(draft)), JoinHosts);
    }

    /// <summary>Where every route rule has one match and one hostname, there is nothing to join.</summary>
    private static bool HaveSharedRules(List<RuleDraft> drafts)
    {
        var seen = new HashSet<(Core.ObjectName Route, int RuleIndex)>(drafts.Count);
        return drafts.Exists(draft => draft.Origin is { } origin && !seen.Add((origin.Route, origin.RuleIndex)));
    }

    private static List<RuleDraft> Pass(
        List<RuleDraft> drafts, Func<RuleDraft, Key> keyOf, Func<RuleDraft, RuleDraft, bool> join)
    {
        var last = new Dictionary<Key, int>();
        for (var index = 0; index < drafts.Count; index++)
        {
            var draft = drafts[index];
            if (draft.Origin is null)
            {
                continue;
            }

            var key = keyOf(draft);
            if (last.TryGetValue(key, out var earlier) && index - earlier <= WindowMax
                && drafts[earlier].Treatment.IsSameAs(draft.Treatment)
                && CanMoveUp(drafts, index, earlier) && join(drafts[earlier], draft))
            {
                draft.IsMerged = true;
            }
            else
            {
                last[key] = index;
            }
        }

        return drafts.FindAll(draft => !draft.IsMerged);
    }

    private static bool CanMoveUp(List<RuleDraft> drafts, int from, int to)
    {
        var moving = drafts[from];
        for (var index = from - 1; index > to; index--)
        {
            var passed = drafts[index];
            if (!passed.IsMerged && !passed.Treatment.IsSameAs(moving.Treatment)
                && !passed.IsDisjointFrom(moving))
            {
                return false;
            }
        }

        return true;
    }

    private static bool JoinPaths(RuleDraft into, RuleDraft draft)
    {
        // A draft for any path holds the other already.
        List<PathTerm> paths = into.Paths.Count is 0 || draft.Paths.Count is 0 ? [] : [.. into.Paths, .. draft.Paths];
        if (ConditionForms.PathsInOne(into.Hosts, paths, into.Terms) is null)
        {
            return false;
        }

        into.Paths.Clear();
        into.Paths.AddRange(paths);
        return true;
    }

    private static bool JoinHosts(RuleDraft into, RuleDraft draft)
    {
        List<HostPattern> hosts = into.Hosts.Count is 0 || draft.Hosts.Count is 0
            ? []
            : [.. into.Hosts, .. draft.Hosts];
        if (ConditionForms.PathsInOne(hosts, into.Paths, into.Terms) is null)
        {
            return false;
        }

        into.Hosts.Clear();
        into.Hosts.AddRange(hosts);
        return true;
    }

    private static Key KeyOf(RuleDraft draft, string fixedPart)
    {
        var terms = draft.Terms;
        var headers = terms.Headers.Count is 0
            ? ""
            : string.Join('\n', terms.Headers.Select(term => $"{term.Name}\t{term.Value}\t{term.Regex}"));
        var queries = terms.Queries.Count is 0
            ? ""
            : string.Join('\n', terms.Queries.Select(term => $"{term.Name}\t{term.Value}"));
        return new Key(draft.Origin?.Route, draft.Origin?.RuleIndex, terms.Method, headers, queries, fixedPart);
    }

    private static string HostsOf(RuleDraft draft) => draft.Hosts switch
    {
        [] => "",
        [var only] => only.Text,
        var several => string.Join(',', several.Select(host => host.Text).Order(StringComparer.Ordinal)),
    };

    private static string PathsOf(RuleDraft draft) => draft.Paths.Count is 0
        ? ""
        : string.Join('\n', draft.Paths.Select(path => $"{path.Kind}{path.Value}").Order(StringComparer.Ordinal));

    /// <summary>Equal for drafts of one route rule with equal other terms, and equal hosts or equal paths.</summary>
    private readonly record struct Key(
        Core.ObjectName? Route, int? RuleIndex, string? Method, string Headers, string Queries, string Fixed);
}
