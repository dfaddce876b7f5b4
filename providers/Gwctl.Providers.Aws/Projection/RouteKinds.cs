using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>Routes as objects.</summary>
internal static class RouteKinds
{
    public static string NameOf(RouteKind kind) => kind switch
    {
        RouteKind.Http => "HTTPRoute",
        RouteKind.Grpc => "GRPCRoute",
        RouteKind.Tls => "TLSRoute",
        RouteKind.Tcp => "TCPRoute",
        RouteKind.Udp => "UDPRoute",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary><c>HTTPRoute/namespace/name</c>.</summary>
    public static string ObjectOf(RuleOrigin origin) => $"{NameOf(origin.Kind)}/{origin.Route}";
}
