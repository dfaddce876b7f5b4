using Gwctl.Compiler.Specs.Decoding;
using Gwctl.Compiler.Specs.Kinds;
using Gwctl.Core;

namespace Gwctl.Compiler.Specs.Validation;

/// <summary>tls.frontend.perPort names each port once.</summary>
internal static class FrontendPorts
{
    public static void Check(GatewaySpec gateway, NodeProblems problems)
    {
        var seen = new Dictionary<int, SourceSpan>();
        foreach (var port in gateway.Tls?.Frontend?.PerPort ?? [])
        {
            if (!seen.TryAdd(port.Port.Value, port.Port.Span))
            {
                problems.Add(TlsDiagnostics.PortTwice(port.Port.Span, port.Port.ToString(), seen[port.Port.Value]));
            }
        }
    }
}
