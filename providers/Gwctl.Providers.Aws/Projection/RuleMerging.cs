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
        if (drafts.Count < 2)
        {
            return drafts;
        }

        var byPath = Pass(drafts, draft => Key(draft, HostsOf(draft)), JoinPaths);
        return Pass(byPath, draft => Key(draft, PathsOf(draft)), JoinHosts);
    }

    private static List<RuleDraft> Pass(
        List<RuleDraft> drafts, Func<RuleDraft, string> keyOf, Func<RuleDraft, RuleDraft, bool> join)
    {
        var last = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var index = 0; index < drafts.Count; index++)
        {
            var draft = drafts[index];
            if (draft.Origin is null)
            {
                continue;
            }

            var key = keyOf(draft);
            if (last.TryGetValue(key, out var earlier) && index - earlier <= WindowMax
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
            if (!passed.IsMerged && passed.Treatment.Identity != moving.Treatment.Identity
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

    /// <summary>Equal for drafts of one route rule with equal treatment, equal other terms, and equal <paramref
    /// name="fixedPart"/>.
    /// </summary>
    private static string Key(RuleDraft draft, string fixedPart)
    {
        var terms = draft.Terms;
        var headers = string.Join('\n', terms.Headers.Select(term => $"{term.Name}\t{term.Value}\t{term.Regex}"));
        var queries = string.Join('\n', terms.Queries.Select(term => $"{term.Name}\t{term.Value}"));
        return $"{draft.Origin?.Route}\f{draft.Origin?.RuleIndex}\f{terms.Method}\f{headers}\f{queries}\f{fixedPart}\f"
            + draft.Treatment.Identity;
    }

    private static string HostsOf(RuleDraft draft) =>
        string.Join(',', draft.Hosts.Select(host => host.Text).Order(StringComparer.Ordinal));

    private static string PathsOf(RuleDraft draft) =>
        string.Join('\n', draft.Paths.Select(path => $"{path.Kind}{path.Value}").Order(StringComparer.Ordinal));
}
