using Gwctl.Compiler.Specs.Decoding;
using Gwctl.Core;

namespace Gwctl.Compiler.Specs.Validation;

/// <summary>Which protocols have tls, and of which mode.</summary>
internal static class ListenerTls
{
    public static void Check(EquatableList<ListenerSpec> listeners, NodeProblems problems)
    {
        foreach (var listener in listeners)
        {
            if (ProblemOf(listener) is { } problem)
            {
                problems.Add(problem);
            }

            if (listener.Tls is { Mode.Value: "Terminate", CertificateRefs.Count: 0, Options.Count: 0 } tls)
            {
                problems.Add(new Diagnostic("GW1235", Severity.Error, "TLS has no certificate")
                {
                    Subject = tls.Span,
                    Detail = $"Listener {listener.Name} terminates TLS, but has neither certificateRefs nor options.",
                    Help = "Name a Secret in certificateRefs, or a certificate of the cloud in options.",
                });
            }

            if (listener is { Protocol.Value: "TLS", Tls.Mode.Value: "Passthrough" }
                && listener.Tls.CertificateRefs is [var first, ..])
            {
                problems.Add(new Diagnostic("GW1241", Severity.Warning, "Passthrough needs no certificate")
                {
                    Subject = first.Span,
                    Detail = $"Listener {listener.Name} hands TLS on as it comes; its certificateRefs are not used.",
                    Help = "Remove certificateRefs, or use mode Terminate.",
                });
            }
        }
    }

    private static Diagnostic? ProblemOf(ListenerSpec listener) => (listener.Protocol.Value, listener.Tls) switch
    {
        ("HTTP" or "TCP" or "UDP", { } tls) => new Diagnostic("GW1232", Severity.Error, "Protocol has no TLS")
        {
            Subject = tls.Span,
            Detail = $"Listener {listener.Name} has protocol {listener.Protocol} and tls.",
            Help = "Remove tls, or use protocol HTTPS or TLS.",
        },
        ("HTTPS", { Mode: { Value: not "Terminate" } mode }) => new Diagnostic(
            "GW1233", Severity.Error, "HTTPS must be terminated")
        {
            Subject = mode.Span,
            Detail = $"Listener {listener.Name} has protocol HTTPS and tls.mode {mode}.",
            Help = "Use mode Terminate, or protocol TLS with a TLSRoute.",
        },
        ("TLS", null) => new Diagnostic("GW1234", Severity.Error, "TLS listener has no tls")
        {
            Subject = listener.Span,
            Detail = $"Listener {listener.Name} has protocol TLS, but does not say how TLS is handled.",
            Help = "Give tls with mode Terminate or Passthrough.",
        },
        _ => null,
    };
}
