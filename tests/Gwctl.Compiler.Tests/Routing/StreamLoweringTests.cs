using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Testing.Specs;
using static Gwctl.Compiler.Tests.Routing.RoutingTestExtensions;
using static Gwctl.Testing.Specs.MakeGateway;
using static Gwctl.Testing.Specs.MakeRoute;
using static Gwctl.Testing.Specs.MakeService;
using static Gwctl.Testing.Specs.MakeStream;

namespace Gwctl.Compiler.Tests.Routing;

/// <summary>Goal: TLSRoutes, TCPRoutes and UDPRoutes become streams on ports of their transport.</summary>
public sealed class StreamLoweringTests
{
    private static readonly SpecObject[] Services =
    [
        Service("infra/s", 80), Service("infra/t", 80), Service("infra/dns", Port(53), Port(53, "u", protocol: "UDP")),
    ];

    [Fact]
    public void PortsAreApartByTransport()
    {
        var lowered = Lower(
        [
            Gateway(
                "infra/gw",
                Listener("udp", 53, "UDP"),
                Listener("tcp", 53, "tcp"),
                Http("web", 443) with { Protocol = Make.Value("UDP") },
                Passthrough(hostname: "a.com"),
                Https("https", 443, "b.com") with { Tls = TlsByOption() },
                Https("plain", 8443) with { Tls = TlsByOption() }),
            .. Services,
        ]);
        Assert.Equal(
            [
                "53 Tcp: tcp Tcp", "53 Udp: udp Udp", "443 Tls: tls Tls, https Https", "443 Udp: web Udp",
                "8443 Https: plain Https",
            ],
            lowered.OnlyGateway().Ports.Select(Show));
    }

    [Theory]
    [InlineData(RouteKind.Tcp, "infra/dns:53")]
    [InlineData(RouteKind.Udp, "infra/dns:53/udp")]
    public void AStreamGoesToThePortOfItsTransport(RouteKind kind, string backend)
    {
        var lowered = Lower(
        [
            Gateway("infra/gw", Listener("TCP", 53, "TCP"), Listener("UDP", 53, "UDP")),
            .. Services,
            Stream(kind, "infra/r", [Parent("gw")], [Backend("dns", 53)]),
        ]);
        var listener = lowered.Listener(kind.Transport());
        var stream = Assert.Single(listener.Streams);
        Assert.Equal((backend, 1), (stream.Backends[0].BackendId, stream.Backends[0].Weight));
        Assert.Equal(("", kind), (stream.Hostname, stream.Origin.Kind));
        Assert.Equal([backend], lowered.OnlyGateway().Backends.Select(item => item.Id));
        Assert.Equal(kind.Transport(), lowered.OnlyGateway().Backends[0].Service.ServicePort.Protocol);
        Assert.Empty(listener.Rules);
        Assert.Empty(lowered.Diagnostics);
    }

    [Fact]
    public void BothTransportsOfOneServicePortAreTwoBackends()
    {
        var lowered = Lower(
        [
            Gateway("infra/gw", Listener("TCP", 53, "TCP"), Listener("UDP", 53, "UDP")),
            .. Services,
            Stream(RouteKind.Tcp, "infra/dns", [Parent("gw")], [Backend("dns", 53)]),
            Stream(RouteKind.Udp, "infra/dns", [Parent("gw")], [Backend("dns", 53)]),
        ]);
        Assert.Equal(
            ["infra/dns:53", "infra/dns:53/udp"], lowered.OnlyGateway().Backends.Select(item => item.Id));
    }

    [Theory]
    [InlineData(RouteKind.Tcp, 2, 1, "infra/one")]
    [InlineData(RouteKind.Udp, 1, 2, "infra/two")]
    [InlineData(RouteKind.Tcp, null, null, "infra/one")]
    public void TheFirstRouteOfAListenerTakesEverything(RouteKind kind, int? oneAge, int? twoAge, string winner)
    {
        var lowered = Lower(
        [
            Gateway("infra/gw", Listener("l", 53, kind.Transport())),
            .. Services,
            Stream(kind, "infra/one", [Parent("gw")], [Backend("dns", 53)], age: oneAge),
            Stream(kind, "infra/two", [Parent("gw")], [Backend("dns", 53)], age: twoAge),
        ]);
        Assert.Equal(winner, Assert.Single(lowered.Listener("l").Streams).Origin.Route.ToString());
        var diagnostic = Assert.Single(lowered.Diagnostics);
        Assert.Equal(("GW2102", Severity.Warning), (diagnostic.Code, diagnostic.Severity));
        Assert.NotEqual($"{kind.ObjectKind()}/{winner}", diagnostic.Object);
        Assert.Contains(winner, diagnostic.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void ServerNamesAreInPrecedenceOrder()
    {
        var lowered = Lower(
        [
            Gateway("infra/gw", Passthrough()),
            .. Services,
            Tls("infra/a", "*.a.com", "*.b.a.com"),
            Tls("infra/b", "x.b.a.com", "*.a.com"),
        ]);
        Assert.Equal(
            ["x.b.a.com infra/b", "*.b.a.com infra/a", "*.a.com infra/a"],
            lowered.Listener("tls").Streams.Select(stream => $"{stream.Hostname} {stream.Origin.Route}"));
        Assert.Equal("TLSRoute/infra/b", Assert.Single(lowered.Diagnostics).Object);
    }

    [Fact]
    public void MoreSpecificListenerIsolatesOnASharedPort()
    {
        var lowered = Lower(
        [
            Gateway(
                "infra/gw",
                Passthrough(hostname: "*.a.com"),
                Https("https", 443, "x.a.com") with { Tls = TlsByOption() }),
            .. Services,
            Tls("infra/r", "x.a.com", "y.a.com"),
        ]);
        Assert.Equal(["y.a.com"], lowered.Listener("tls").Streams.Select(stream => stream.Hostname));
        Assert.Equal("GW2103", Assert.Single(lowered.Diagnostics).Code);
    }

    [Fact]
    public void ModesTellPassthroughFromTermination()
    {
        var secret = Secret("infra/cert", TestCertificate.For("b.com"));
        var tls = MakeGateway.Tls(Make.Ref("Secret", "cert"));
        var terminating = Listener("term", 443, "TLS", "b.com") with { Tls = tls };
        var lowered = Lower(
        [
            Gateway("infra/gw", Passthrough(hostname: "a.com"), terminating), secret, .. Services,
            Tls("infra/r", "a.com", "b.com"),
        ]);
        Assert.True(lowered.Listener("tls").IsPassthrough);
        Assert.Empty(lowered.Listener("tls").Certificates);
        Assert.False(lowered.Listener("term").IsPassthrough);
        Assert.Equal(secret.Name, Assert.Single(lowered.Listener("term").Certificates).Secret);
        Assert.Single(lowered.Listener("term").Streams);
    }

    /// <summary>BackendRefs as <c>service*weight</c>; Service <c>no</c> is invalid.</summary>
    [Theory]
    [InlineData("s*1", "infra/s:80*1", null)]
    [InlineData("s*80 no*20", "infra/s:80*80 invalid*20", null)]
    [InlineData("s*1 t*2 s*3", "infra/s:80*4 infra/t:80*2", null)]
    [InlineData("no*1", "", null)]
    [InlineData("s*0", "", "GW2105")]
    public void SharesOfInvalidBackendsAreKept(string backends, string expected, string? code)
    {
        var refs = backends.Split(' ').Select(text => text.Split('*'))
            .Select(parts => Backend(parts[0], weight: int.Parse(parts[1])));
        var lowered = Lower(
        [
            Gateway("infra/gw", Listener("l", 80, "TCP")), .. Services,
            Stream(RouteKind.Tcp, "infra/r", [Parent("gw")], refs),
        ]);
        var members = Assert.Single(lowered.Listener("l").Streams).Backends;
        Assert.Equal(
            expected, string.Join(' ', members.Select(member => $"{member.BackendId ?? "invalid"}*{member.Weight}")));
        Assert.Equal(code is null ? [] : [code], lowered.Diagnostics.Select(item => item.Code));
    }

    private static RouteSpec Tls(string name, params string[] hostnames) =>
        Stream(RouteKind.Tls, name, [Parent("gw")], [Backend("s")], hostnames);

    private static string Show(RoutingPort port) => $"{port.Port} {port.Protocol}: "
        + string.Join(", ", port.Listeners.Select(listener => $"{listener.Name} {listener.Protocol}"));
}
