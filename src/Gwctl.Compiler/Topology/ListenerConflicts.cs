using Gwctl.Core;

namespace Gwctl.Compiler.Topology;

/// <summary>Finds listeners of one Gateway or ListenerSet that are not distinct. None of them wins: all are
/// refused.</summary>
/// <remarks>Gateway API, GatewaySpec.listeners, "Distinct Listeners".</remarks>
internal static class ListenerConflicts
{
    public static void Mark(ParentDraft gateway, List<Diagnostic> diagnostics)
    {
        foreach (var port in gateway.Listeners.GroupBy(listener => listener.Spec.Port.Value))
        {
            var overUdp = port.Where(listener => listener.Protocol is ListenerProtocol.Udp).ToList();
            if (overUdp.Count > 1)
            {
                MarkAll(gateway, overUdp, ConditionReasons.ProtocolConflict, diagnostics);
            }

            var overTcp = port
                .Where(listener => listener.Protocol is not (ListenerProtocol.Udp or ListenerProtocol.Unknown))
                .ToList();
            MarkTcp(gateway, overTcp, diagnostics);
        }
    }

    /// <summary>HTTPS and TLS share a port, told apart by server name; plain HTTP and raw TCP share with no other
    /// protocol.</summary>
    private static void MarkTcp(ParentDraft gateway, List<ListenerDraft> listeners, List<Diagnostic> diagnostics)
    {
        var raw = listeners.Count(listener => listener.Protocol is ListenerProtocol.Tcp);
        var plain = listeners.Count(listener => listener.Protocol is ListenerProtocol.Http);
        var mixesPlain = plain > 0 && plain < listeners.Count;
        if ((raw > 0 && listeners.Count > 1) || mixesPlain)
        {
            MarkAll(gateway, listeners, ConditionReasons.ProtocolConflict, diagnostics);
            return;
        }

        foreach (var sameHost in listeners.GroupBy(listener => listener.Hostname).Where(group => group.Skip(1).Any()))
        {
            var rivals = sameHost.ToList();
            var reason = rivals.TrueForAll(listener => listener.Protocol == rivals[0].Protocol)
                ? ConditionReasons.HostnameConflict
                : ConditionReasons.ProtocolConflict;
            MarkAll(gateway, rivals, reason, diagnostics);
        }
    }

    private static void MarkAll(
        ParentDraft gateway, List<ListenerDraft> rivals, string reason, List<Diagnostic> diagnostics)
    {
        foreach (var listener in rivals)
        {
            var others = rivals.Where(other => other != listener).Select(other => other.Spec.Name.Value);
            var diagnostic = ListenerDiagnostics.Conflict(gateway, listener, reason, [.. others]);
            listener.Conflict = new Problem(reason, diagnostic.Detail);
            diagnostics.Add(diagnostic);
        }
    }
}
