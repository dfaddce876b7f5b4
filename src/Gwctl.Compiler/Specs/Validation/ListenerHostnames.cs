using Gwctl.Compiler.Specs.Decoding;
using Gwctl.Core;

namespace Gwctl.Compiler.Specs.Validation;

/// <summary>TCP and UDP know no hostnames.</summary>
internal static class ListenerHostnames
{
    public static void Check(EquatableList<ListenerSpec> listeners, NodeProblems problems)
    {
        foreach (var listener in listeners)
        {
            if (listener is { Protocol.Value: "TCP" or "UDP", Hostname: { } hostname })
            {
                problems.Add(new Diagnostic("GW1236", Severity.Error, "Protocol has no hostnames")
                {
                    Subject = hostname.Span,
                    Detail = $"Listener {listener.Name} has protocol {listener.Protocol} and a hostname.",
                    Help = "Remove the hostname.",
                });
            }
        }
    }
}
