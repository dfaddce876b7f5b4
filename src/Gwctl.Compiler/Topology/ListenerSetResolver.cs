using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Compiler.Topology;

/// <summary>Adds ListenerSets to the Gateways that they name, in precedence order: the Gateway's own listeners, then
/// the oldest ListenerSet's, then the first by namespace and name.</summary>
internal sealed class ListenerSetResolver(
    SpecIndex index, NamespaceAccess access, ListenerResolver listeners, List<Diagnostic> diagnostics)
{
    /// <summary>Finds each ListenerSet's Gateway; those of others' Gateways are left alone.</summary>
    public void Attach(Dictionary<ObjectName, GatewayDraft> gateways)
    {
        var inOrder = index.ListenerSets.Values
            .OrderBy(set => set.Meta.CreatedAt ?? DateTimeOffset.MaxValue)
            .ThenBy(set => set.Name);
        foreach (var set in inOrder)
        {
            var parent = set.ParentRef;
            if (parent is not { Group: ApiGroups.Gateway, Kind: "Gateway" })
            {
                diagnostics.Add(ListenerSetDiagnostics.ParentKind(set));
                continue;
            }

            var name = new ObjectName(parent.Namespace ?? set.Name.Namespace, parent.Name);
            if (gateways.TryGetValue(name, out var gateway))
            {
                gateway.Sets.Add(new ListenerSetDraft(set, gateway));
            }
            else if (!index.Gateways.ContainsKey(name))
            {
                var names = index.Gateways.Keys.Select(key => key.ToString());
                diagnostics.Add(ListenerSetDiagnostics.ParentUnknown(
                    set, name, index.Hints.For("Gateway", name.ToString(), names)));
            }
        }
    }

    /// <summary>Judges the ListenerSets of a Gateway whose own listeners are already judged.</summary>
    public void Resolve(GatewayDraft gateway)
    {
        foreach (var set in gateway.Sets)
        {
            if (RefusalOf(set) is { } refusal)
            {
                diagnostics.Add(refusal);
                set.Refusal = new Problem(refusal.Reason, refusal.Detail);
                continue;
            }

            listeners.Resolve(set);
        }

        MarkConflicts(gateway);
    }

    private Diagnostic? RefusalOf(ListenerSetDraft set)
    {
        if (!access.Allows(set.Gateway, set.Name.Namespace))
        {
            return ListenerSetDiagnostics.NotAllowed(set);
        }

        return set.Gateway.IsAccepted ? null : ListenerSetDiagnostics.ParentNotAccepted(set);
    }

    /// <summary>A listener that lost holds nothing: only what is served stands in another's way. The Gateway's own
    /// stand in the way in any case, so that correcting them takes nothing away again.</summary>
    private void MarkConflicts(GatewayDraft gateway)
    {
        var held = gateway.Listeners.ToLookup(listener => listener.Spec.Port.Value);
        var heldBySets = new List<ListenerDraft>();
        foreach (var set in gateway.Sets.Where(set => set.Refusal is null))
        {
            foreach (var listener in set.Listeners.Where(listener => listener.Conflict is null))
            {
                Mark(set, listener, held[listener.Spec.Port.Value], withGateway: true);
                if (listener.Conflict is null)
                {
                    Mark(
                        set,
                        listener,
                        heldBySets.Where(other => other.Spec.Port.Value == listener.Spec.Port.Value),
                        withGateway: false);
                }
            }

            heldBySets.AddRange(set.Listeners.Where(listener => listener.Conflict is null));
        }
    }

    /// <summary>Against a listener of the same protocol and hostname and another of a different protocol, neither
    /// reason alone would do.</summary>
    private void Mark(
        ListenerSetDraft set, ListenerDraft listener, IEnumerable<ListenerDraft> earlier, bool withGateway)
    {
        var reasons = earlier
            .Select(other => ReasonOf(listener, other))
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .ToList();
        if (reasons.Count is 0)
        {
            return;
        }

        var reason = reasons.Count is 1 ? reasons[0] : ConditionReasons.ListenerConflict;
        var diagnostic = ListenerSetDiagnostics.Conflict(set, listener, reason, withGateway);
        listener.Conflict = new Problem(reason, diagnostic.Detail);
        diagnostics.Add(diagnostic);
    }

    /// <summary>By the rules of <see cref="ListenerConflicts"/>, for two listeners of one port.</summary>
    private static string? ReasonOf(ListenerDraft left, ListenerDraft right)
    {
        if (left.Protocol is ListenerProtocol.Unknown || right.Protocol is ListenerProtocol.Unknown)
        {
            return null;
        }

        if (left.Protocol is ListenerProtocol.Udp || right.Protocol is ListenerProtocol.Udp)
        {
            return left.Protocol == right.Protocol ? ConditionReasons.ProtocolConflict : null;
        }

        var isRaw = left.Protocol is ListenerProtocol.Tcp || right.Protocol is ListenerProtocol.Tcp;
        var isPlain = left.Protocol is ListenerProtocol.Http != right.Protocol is ListenerProtocol.Http;
        if (isRaw || isPlain)
        {
            return ConditionReasons.ProtocolConflict;
        }

        if (left.Hostname != right.Hostname)
        {
            return null;
        }

        return left.Protocol == right.Protocol ? ConditionReasons.HostnameConflict : ConditionReasons.ProtocolConflict;
    }
}
