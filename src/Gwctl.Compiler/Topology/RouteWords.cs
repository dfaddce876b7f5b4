using Gwctl.Compiler.Specs;

namespace Gwctl.Compiler.Topology;

/// <summary>How sentences speak of the traffic of each kind of route.</summary>
internal static class RouteWords
{
    public static string Traffic(RouteSpec route) => route.Kind switch
    {
        RouteKind.Http => "requests",
        RouteKind.Grpc => "calls",
        RouteKind.Udp => "packets",
        _ => "connections",
    };

    /// <summary>What becomes of traffic without a backend: behind "its requests" or "its share of the
    /// requests".</summary>
    public static string Fate(RouteSpec route) => route.Kind switch
    {
        RouteKind.Http => "answered with 500",
        RouteKind.Grpc => "answered with UNAVAILABLE",
        RouteKind.Udp => "dropped",
        _ => "refused",
    };

    public static string ShareFails(RouteSpec route) => $"Its share of the {Traffic(route)} is {Fate(route)}.";
}
