namespace Gwctl.Compiler.Specs;

/// <summary>The kinds of routes, in the order in which lists of routes hold them.</summary>
public enum RouteKind
{
    Http,
    Grpc,
    Tls,
    Tcp,
    Udp,
}

/// <summary>What follows from a route's kind.</summary>
public static class RouteKinds
{
    /// <summary>The Kubernetes kind: HTTPRoute, GRPCRoute, TLSRoute, TCPRoute or UDPRoute.</summary>
    public static string ObjectKind(this RouteKind kind) => kind switch
    {
        RouteKind.Http => "HTTPRoute",
        RouteKind.Grpc => "GRPCRoute",
        RouteKind.Tls => "TLSRoute",
        RouteKind.Tcp => "TCPRoute",
        _ => "UDPRoute",
    };

    /// <summary>True where single requests are routed, false where whole connections or packets are.</summary>
    public static bool RoutesRequests(this RouteKind kind) => kind is RouteKind.Http or RouteKind.Grpc;

    /// <summary>TCP or UDP: what a Service's port must speak to be a backend.</summary>
    public static string Transport(this RouteKind kind) => kind is RouteKind.Udp ? "UDP" : "TCP";
}
