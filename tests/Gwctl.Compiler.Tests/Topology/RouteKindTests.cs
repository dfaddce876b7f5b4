using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Testing.Specs;
using static Gwctl.Compiler.Tests.Topology.TopologyTestExtensions;
using static Gwctl.Testing.Specs.MakeGateway;
using static Gwctl.Testing.Specs.MakeRoute;
using static Gwctl.Testing.Specs.MakeService;
using static Gwctl.Testing.Specs.MakeStream;

namespace Gwctl.Compiler.Tests.Topology;

/// <summary>Goal: each kind of route attaches to the protocols that the specification gives it, and an HTTPRoute and a
/// GRPCRoute never share a host.</summary>
public sealed class RouteKindTests
{
    private static readonly ListenerSpec[] OneOfEach =
    [
        Http("http"),
        Https("https") with { Tls = TlsByOption() },
        Passthrough("pass", 8443),
        Listener("term", 9443, "TLS") with { Tls = TlsByOption() },
        Listener("tcp", 5432, "TCP"),
        Listener("udp", 5432, "UDP"),
    ];

    [Theory]
    [InlineData(RouteKind.Http, "http https")]
    [InlineData(RouteKind.Grpc, "http https")]
    [InlineData(RouteKind.Tls, "pass term")]
    [InlineData(RouteKind.Tcp, "tcp")]
    [InlineData(RouteKind.Udp, "udp")]
    public void EachKindAttachesToItsProtocols(RouteKind kind, string expected)
    {
        string[] hostnames = kind is RouteKind.Tls ? ["a.com"] : [];
        var resolved = Resolve(
            Gateway("infra/gw", OneOfEach), Stream(kind, "infra/r", [Parent("gw")], hostnames: hostnames));
        var attached = resolved.Gateway().Listeners.Where(item => item.Routes.Count > 0);
        Assert.Equal(expected, string.Join(' ', attached.Select(item => item.Spec.Name.Value)));
        Assert.Equal("True/Accepted", resolved.Told("infra/r", "Accepted"));
        Assert.All(resolved.Gateway().Listeners, item => Assert.True(item.Programmable));
        Assert.Empty(resolved.Codes());
    }

    [Theory]
    [InlineData("http", "HTTPRoute GRPCRoute")]
    [InlineData("https", "HTTPRoute GRPCRoute")]
    [InlineData("pass", "TLSRoute")]
    [InlineData("term", "TLSRoute")]
    [InlineData("tcp", "TCPRoute")]
    [InlineData("udp", "UDPRoute")]
    public void SupportedKindsFollowTheProtocol(string listener, string expected)
    {
        var kinds = Resolve(Gateway("infra/gw", OneOfEach)).Listener(listener).SupportedKinds;
        Assert.Equal(expected, string.Join(' ', kinds.Select(item => item.Kind)));
    }

    /// <summary>Kinds that a listener names, those that are left, and its ResolvedRefs condition.</summary>
    [Theory]
    [InlineData("HTTP", "GRPCRoute", "GRPCRoute", "True/ResolvedRefs")]
    [InlineData("HTTP", "TCPRoute HTTPRoute", "HTTPRoute", "False/InvalidRouteKinds")]
    [InlineData("TCP", "TLSRoute", "", "False/InvalidRouteKinds")]
    [InlineData("UDP", "UDPRoute TCPRoute", "UDPRoute", "False/InvalidRouteKinds")]
    public void KindsThatTheProtocolCannotServeAreInvalid(
        string protocol, string named, string left, string condition)
    {
        var listener = Listener("l", 80, protocol) with { AllowedRoutes = Allow("Same", null, named.Split(' ')) };
        var resolved = Resolve(Gateway("infra/gw", listener)).Listener("l");
        Assert.Equal(left, string.Join(' ', resolved.SupportedKinds.Select(item => item.Kind)));
        Assert.Equal(condition, resolved.Conditions.Told("ResolvedRefs"));
        Assert.Equal(left is not "", resolved.Programmable);
    }

    [Theory]
    [InlineData(RouteKind.Tcp, "http", "False/NotAllowedByListeners")]
    [InlineData(RouteKind.Udp, "tcp", "False/NotAllowedByListeners")]
    [InlineData(RouteKind.Tcp, "pass", "False/NotAllowedByListeners")]
    [InlineData(RouteKind.Grpc, "pass", "False/NotAllowedByListeners")]
    [InlineData(RouteKind.Tls, "https", "False/UnsupportedValue")]
    [InlineData(RouteKind.Tls, "tcp", "False/UnsupportedValue")]
    public void RouteOfAKindThatTheListenerDoesNotServeIsRefused(RouteKind kind, string section, string expected)
    {
        string[] hostnames = kind is RouteKind.Tls ? ["a.com"] : [];
        var resolved = Resolve(
            Gateway("infra/gw", OneOfEach),
            Stream(kind, "infra/r", [Parent("gw", section, line: 6)], hostnames: hostnames));
        Assert.Equal(expected, resolved.Told("infra/r", "Accepted"));
        var diagnostic = resolved.Only("GW2004");
        Assert.Equal((Make.At(6), $"{kind.ObjectKind()}/infra/r"), (diagnostic.Subject, diagnostic.Object));
        Assert.Contains($"no {kind.ObjectKind()}s", diagnostic.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void RoutesOfDifferentKindsMayHaveOneName()
    {
        var resolved = Resolve(
            Gateway("infra/gw", OneOfEach),
            Route("infra/r", [Parent("gw")]),
            Stream(RouteKind.Tcp, "infra/r", [Parent("gw")]),
            Stream(RouteKind.Udp, "infra/r", [Parent("gw")]));
        Assert.Equal(
            ["HTTPRoute/infra/r", "TCPRoute/infra/r", "UDPRoute/infra/r"],
            resolved.Topology().Routes.Select(item => item.Spec.Id.ToString()));
    }

    [Theory]
    [InlineData("Passthrough", true)]
    [InlineData("Terminate", false)]
    public void OnlyATerminatingTlsListenerNeedsACertificate(string mode, bool isProgrammable)
    {
        var tls = new ListenerTlsSpec { Mode = Make.Value(mode), Span = Make.At(1) };
        var resolved = Resolve(Gateway("infra/gw", Listener("tls", 443, "TLS") with { Tls = tls }));
        Assert.Equal(isProgrammable, resolved.Listener("tls").Programmable);
        Assert.Equal(isProgrammable ? [] : ["GW2025"], resolved.Codes());
    }

    /// <summary>Hostnames and ages in days of an HTTPRoute <c>infra/m</c> and a GRPCRoute, and who is
    /// accepted.</summary>
    [Theory]
    [InlineData("a.com", 2, "infra/r", "a.com", 1, "http")]
    [InlineData("a.com", 1, "infra/r", "a.com", 2, "grpc")]
    [InlineData("a.com", null, "infra/r", "a.com", 1, "grpc")]
    [InlineData("a.com", null, "infra/a", "a.com", null, "grpc")]
    [InlineData("a.com", null, "infra/z", "a.com", null, "http")]
    [InlineData("a.com", null, "infra/m", "a.com", null, "http")]
    [InlineData("a.com", 1, "infra/r", "b.com", 2, "http grpc")]
    [InlineData("*.a.com", 2, "infra/r", "x.y.a.com", 1, "http")]
    [InlineData("x.y.a.com", 2, "infra/r", "*.a.com", 1, "http")]
    [InlineData("*.a.com", 2, "infra/r", "a.com", 1, "http grpc")]
    [InlineData("*.a.com", 2, "infra/r", "*.b.a.com", 1, "http")]
    [InlineData("", 2, "infra/r", "a.com", 1, "http")]
    [InlineData("a.com", 2, "infra/r", "", 1, "http")]
    [InlineData("a.com b.com", 1, "infra/r", "b.com c.com", 2, "grpc")]
    public void OfTheTwoKindsOnlyTheOlderRouteHasAHost(
        string http, int? httpAge, string grpcName, string grpc, int? grpcAge, string accepted)
    {
        var resolved = Resolve(
            Gateway("infra/gw", Http()),
            Route("infra/m", [Parent("gw")], hostnames: Words(http), age: httpAge),
            Grpc(grpcName, [Parent("gw")], hostnames: Words(grpc), age: grpcAge));
        var attached = resolved.Listener("http").Routes.Select(
            item => item.Route.Kind is RouteKind.Http ? "http" : "grpc");
        Assert.Equal(accepted, string.Join(' ', attached));
        var refused = resolved.Topology().Routes
            .Where(item => item.Parents[0].Conditions.Told("Accepted") is "False/Conflicted");
        Assert.Equal(2 - Words(accepted).Length, refused.Count());
        Assert.Equal(refused.Any() ? ["GW2008"] : [], resolved.Codes());
    }

    [Fact]
    public void RouteThatLosesOneOfItsListenersIsAcceptedOnTheOther()
    {
        var resolved = Resolve(
            Gateway("infra/gw", Http("one", 80), Http("two", 81)),
            Route("infra/r", [Parent("gw", "one")], age: 2),
            Grpc("infra/r", [Parent("gw")], age: 1));
        Assert.Equal(Severity.Warning, resolved.Only("GW2008").Severity);
        Assert.Equal(RouteKind.Http, Assert.Single(resolved.Listener("one").Routes).Route.Kind);
        Assert.Equal(RouteKind.Grpc, Assert.Single(resolved.Listener("two").Routes).Route.Kind);
        Assert.All(
            resolved.Topology().Routes,
            item => Assert.Equal("True/Accepted", item.Parents[0].Conditions.Told("Accepted")));
    }

    [Fact]
    public void HostsOfRefusedRoutesAreFree()
    {
        var resolved = Resolve(
            Gateway("infra/gw", Http()),
            Route("infra/oldest", [Parent("gw")], hostnames: ["a.com"], age: 3),
            Grpc("infra/middle", [Parent("gw")], hostnames: ["a.com", "b.com"], age: 2),
            Route("infra/youngest", [Parent("gw")], hostnames: ["b.com"], age: 1));
        Assert.Equal(
            ["infra/oldest", "infra/youngest"],
            resolved.Listener("http").Routes.Select(item => item.Route.Name.ToString()));
    }

    [Theory]
    [InlineData(RouteKind.Grpc)]
    [InlineData(RouteKind.Tls)]
    [InlineData(RouteKind.Tcp)]
    [InlineData(RouteKind.Udp)]
    public void GrantsAreForOneKindOfRoute(RouteKind kind)
    {
        string Told(string granted)
        {
            var service = kind is RouteKind.Udp
                ? Service("apps/s", Port(80, protocol: "UDP"))
                : Service("apps/s", 80);
            var route = Stream(
                kind, "infra/r", [Parent("gw")], [Backend("apps/s")], kind is RouteKind.Tls ? ["a.com"] : []);
            return Resolve(
                Gateway("infra/gw", OneOfEach), service, route, Make.Grant("apps/g", "infra", fromKind: granted))
                .Told("infra/r", "ResolvedRefs");
        }

        Assert.Equal("True/ResolvedRefs", Told(kind.ObjectKind()));
        Assert.Equal("False/RefNotPermitted", Told("HTTPRoute"));
    }

    [Theory]
    [InlineData(RouteKind.Tcp, 53, "True/ResolvedRefs")]
    [InlineData(RouteKind.Udp, 53, "True/ResolvedRefs")]
    [InlineData(RouteKind.Udp, 80, "False/UnsupportedProtocol")]
    [InlineData(RouteKind.Tcp, 69, "False/UnsupportedProtocol")]
    public void BackendPortMustSpeakTheTransport(RouteKind kind, int port, string expected)
    {
        var service = Service(
            "infra/s",
            Port(53, "dns", protocol: "UDP"), Port(53, "dns-tcp"), Port(80, "web"), Port(69, "boot", protocol: "UDP"));
        var resolved = Resolve(
            Gateway("infra/gw", OneOfEach), service, Stream(kind, "infra/r", [Parent("gw")], [Backend("s", port)]));
        Assert.Equal(expected, resolved.Told("infra/r", "ResolvedRefs"));
        var backend = resolved.Route().Rules[0].Backends[0].Backend;
        Assert.Equal(
            expected.StartsWith("True", StringComparison.Ordinal) ? kind.Transport() : null,
            backend?.ServicePort.Protocol);
    }

    [Fact]
    public void TlsHostnamesIntersectWithTheListeners()
    {
        var resolved = Resolve(
            Gateway("infra/gw", Passthrough(hostname: "*.a.com"), Passthrough("other", 444, "b.com")),
            Stream(RouteKind.Tls, "infra/r", [Parent("gw")], hostnames: ["x.a.com", "a.com"]),
            Stream(RouteKind.Tls, "infra/s", [Parent("gw")], hostnames: ["c.com"]));
        Assert.Equal(["x.a.com"], Assert.Single(resolved.Listener("tls").Routes).Hostnames);
        Assert.Empty(resolved.Listener("other").Routes);
        Assert.Equal("False/NoMatchingListenerHostname", resolved.Told("infra/s", "Accepted"));
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
