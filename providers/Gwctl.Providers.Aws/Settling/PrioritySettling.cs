using Gwctl.Core;
using Gwctl.Engine.Diff;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Projection;

namespace Gwctl.Providers.Aws.Settling;

/// <summary>Chooses rule priorities: in the order of precedence, keeping as many of the living ones as can
/// stay.</summary>
internal sealed class PrioritySettling(LiveIndex live, List<Diagnostic> diagnostics)
{
    private readonly LiveIndex _live = live;
    private readonly List<Diagnostic> _diagnostics = diagnostics;

    /// <summary>Priorities by rule. Rules of a listener that has no room are not in it; that is an error
    /// then.</summary>
    public Dictionary<ResourceAddress, int> Assign(IReadOnlyList<ResourceNode> nodes)
    {
        var wanted = nodes.Where(node => node.Address.Kind is Kinds.Rule).Select(node => node.Address).ToHashSet();
        var liveRules = _live.Resources.Where(resource => resource.Address.Kind is Kinds.Rule)
            .ToLookup(resource => TextOf(resource.Attributes["listener"]), StringComparer.Ordinal);
        var listeners = nodes.Where(node => node.Address.Kind is Kinds.Listener).ToDictionary(node => node.Address);
        var priorities = new Dictionary<ResourceAddress, int>();
        foreach (var group in nodes.Where(node => node.Address.Kind is Kinds.Rule).GroupBy(ListenerOf))
        {
            AssignOne(listeners[group.Key], [.. group.OrderBy(OrderOf)], liveRules, wanted, priorities);
        }

        return priorities;
    }

    private void AssignOne(
        ResourceNode listener,
        IReadOnlyList<ResourceNode> rules,
        ILookup<string, LiveResource> liveRules,
        HashSet<ResourceAddress> wanted,
        Dictionary<ResourceAddress, int> priorities)
    {
        var current = new Dictionary<ResourceAddress, int>();
        var taken = new HashSet<int>();
        var arn = _live[listener.Address]?.Outputs["arn"] is AttributeValue.Text(var text) ? text : null;
        foreach (var rule in arn is null ? [] : liveRules[arn])
        {
            // A rule that is to go still holds its number while new ones are made.
            if (rule.Attributes["priority"] is AttributeValue.Number(var priority)
                && !(rule.Ownership is Ownership.Ours && wanted.Contains(rule.Address)
                    && current.TryAdd(rule.Address, (int)priority)))
            {
                taken.Add((int)priority);
            }
        }

        if (rules.Count > AlbLimits.PriorityMax - taken.Count)
        {
            _diagnostics.Add(SettlingDiagnostics.NoPriorities(listener, rules.Count, taken.Count));
            return;
        }

        var ranks = Ranks.Assign(
            [.. rules.Select(rule => current.TryGetValue(rule.Address, out var number) ? number : (int?)null)],
            taken, AlbLimits.PriorityMin, AlbLimits.PriorityMax);
        for (var index = 0; index < rules.Count; index++)
        {
            priorities.Add(rules[index].Address, ranks[index]);
        }
    }

    private static ResourceAddress ListenerOf(ResourceNode rule)
    {
        Invariant.Holds(rule.Attributes["listener"] is AttributeValue.Reference);
        return rule.Attributes["listener"] is AttributeValue.Reference(var source, _) ? source : default;
    }

    private static long OrderOf(ResourceNode rule) =>
        rule.Attributes["order"] is AttributeValue.Number(var order) ? order : long.MaxValue;

    private static string TextOf(AttributeValue? value) => value is AttributeValue.Text(var text) ? text : "";
}
