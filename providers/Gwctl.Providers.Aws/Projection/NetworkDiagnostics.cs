using Gwctl.Compiler.Routing;
using Gwctl.Core;
using Gwctl.Engine.Projecting;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>What there is to say about TLS, TCP and UDP listeners and their routes.</summary>
internal static class NetworkDiagnostics
{
    private const string UnsupportedValue = "UnsupportedValue";

    public static Diagnostic MixedProtocols(GatewayRouting gateway, RoutingListener listener, int port) =>
        OfListener("GW3180", "HTTPS and TLS listeners on one port", gateway, listener, "ProtocolConflict") with
        {
            Detail = $"Listener '{listener.Name}' of Gateway {gateway.Name} is for TLS on port {port}, which has HTTPS "
                + "listeners: HTTPS is an ALB's and TLS an NLB's, and a port is not divided between them. The "
                + "listener is left out.",
            Help = "Give the TLS listener another port, or a Gateway of its own.",
        };

    public static Diagnostic MixedModes(
        GatewayRouting gateway, RoutingListener listener, RoutingListener first, int port) =>
        OfListener("GW3181", "TLS passed through and terminated on one port", gateway, listener, UnsupportedValue) with
        {
            Detail = $"Listener '{listener.Name}' of Gateway {gateway.Name} {ModeOf(listener)} TLS on port {port}, and "
                + $"listener '{first.Name}' {ModeOf(first)} it: an NLB does not look at the server name first. The "
                + "listener is left out.",
            Help = "Give it another port, or the same mode.",
        };

    public static Diagnostic PortShared(GatewayRouting gateway, RoutingListener listener, int port) =>
        OfListener("GW3182", "UDP beside other traffic on one port", gateway, listener, UnsupportedValue) with
        {
            Detail = $"Listener '{listener.Name}' of Gateway {gateway.Name} is for UDP on port {port}, which another "
                + "protocol has too. An NLB serves both only where TCP is not terminated and both go to the same "
                + "backends with the same weights. The listener is left out.",
            Help = "Use the same backendRefs in the TCPRoute and the UDPRoute, or another port.",
        };

    public static Diagnostic NameLost(RuleOrigin origin, string hostname, int port, RuleOrigin winner) =>
        OfRule("GW3183", Severity.Error, "Server name that an NLB cannot route by", origin, UnsupportedValue) with
        {
            Detail = $"{RuleFindings.RuleOf(origin)} is for {NameOf(hostname)} on port {port}, all of whose "
                + $"connections go where {RuleFindings.RuleOf(winner)} says: an NLB does not look at the server "
                + "name. The rule is left out.",
            Help = "Use a port for each backend, or routes with the same backendRefs.",
        };

    public static Diagnostic OtherNames(RuleOrigin origin, string hostname, int port) =>
        OfRule("GW3184", Severity.Warning, "Connections for other server names come too", origin, "") with
        {
            Detail = $"{RuleFindings.RuleOf(origin)} is for {NameOf(hostname)}. "
                + $"{Capabilities.Text(Capabilities.TlsServerName)} Connections to port {port} for other names reach "
                + "its backends too.",
            Help = "Have the backend refuse names that are not its own.",
        };

    public static Diagnostic NoBackend(RuleOrigin origin, int port) =>
        OfRule("GW3185", Severity.Warning, "Port without a backend", origin, "") with
        {
            Detail = $"{RuleFindings.RuleOf(origin)} has no valid backend with a weight. An NLB has no listener "
                + $"without one: connections to port {port} are not answered.",
            Help = "Make a backendRef valid.",
        };

    public static Diagnostic NoRoute(GatewayRouting gateway, RoutingPort port) =>
        OfListener("GW3186", "Listener without a route", gateway, port.Listeners[0], "") with
        {
            Severity = Severity.Note,
            Detail = $"No route is attached to port {port.Port} ({port.Protocol}) of Gateway {gateway.Name}. An NLB "
                + "has no listener without a backend: connections are not answered until then.",
            Help = "Attach a route.",
        };

    public static Diagnostic InvalidShare(RuleOrigin origin, SourceSpan place) =>
        OfRule("GW3187", Severity.Warning, "Share of an invalid backend that is reset or times out", origin, "") with
        {
            Subject = place.IsNone ? origin.RuleSpan : place,
            Detail = $"{RuleFindings.RuleOf(origin)}: an NLB cannot refuse a share of the connections itself. An "
                + "empty target group gets it: such connections are reset or time out.",
            Help = "Make the reference valid, or remove it.",
        };

    public static Diagnostic ClientValidation(GatewayRouting gateway, int port, ClientValidation validation) =>
        new("GW3188", Severity.Error, "Client certificates that an NLB does not verify")
        {
            Subject = validation.Span,
            Object = $"Gateway/{gateway.Name}",
            Reason = UnsupportedValue,
            Detail = $"TLS connections to port {port} of Gateway {gateway.Name} must show a certificate, and an NLB "
                + "asks for none. The port is left out.",
            Help = "Verify clients in the backend and pass TLS through, or use an HTTPS listener.",
        };

    private static string ModeOf(RoutingListener listener) => listener.IsPassthrough ? "passes on" : "terminates";

    private static string NameOf(string hostname) => hostname is "" ? "any server name" : hostname;

    private static Diagnostic OfListener(
        string code, string summary, GatewayRouting gateway, RoutingListener listener, string reason) =>
        new(code, Severity.Error, summary)
        {
            Subject = listener.Span,
            Object = $"Gateway/{gateway.Name}",
            Reason = reason,
        };

    private static Diagnostic OfRule(
        string code, Severity severity, string summary, RuleOrigin origin, string reason) =>
        new(code, severity, summary)
        {
            Subject = origin.RuleSpan,
            Object = origin.RouteId.ToString(),
            Reason = reason,
        };
}
