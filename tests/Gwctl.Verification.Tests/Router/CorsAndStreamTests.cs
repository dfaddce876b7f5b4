using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Testing.Routing;
using Gwctl.Testing.Specs;
using Gwctl.Verification.Router;
using static Gwctl.Testing.Routing.MakeRouting;
using static Gwctl.Testing.Specs.MakeRoute;

namespace Gwctl.Verification.Tests.Router;

public sealed class CorsAndStreamTests
{
    [Theory]
    [InlineData("https://app.com", "https://app.com", true)]
    [InlineData("https://app.com", "https://app.com:443", true)]
    [InlineData("https://app.com", "http://app.com", false)]
    [InlineData("https://app.com", "https://app.com:8443", false)]
    [InlineData("https://*.app.com", "https://x.y.app.com", true)]
    [InlineData("https://*.app.com", "https://app.com", false)]
    [InlineData("https://*", "https://anything", true)]
    [InlineData("https://*", "http://anything", false)]
    public void Origins_are_compared_with_their_ports(string allowed, string origin, bool isAllowed)
    {
        var router = RouterOf(new HttpFilterSpec.Cors(Make.At(1)) { AllowOrigins = [allowed], MaxAgeSeconds = 5 });
        var preflight = Assert.IsType<Outcome.Preflight>(router.Route(PreflightOf(origin)).Outcome);
        Assert.Equal(isAllowed, preflight.Allowed);
        Assert.Equal(isAllowed ? [$"Access-Control-Allow-Origin: {origin}", "Access-Control-Max-Age: 5"] : [],
            preflight.Headers.Select(header => $"{header}"));
    }

    [Fact]
    public void Wildcards_are_echoed_where_credentials_are_allowed()
    {
        var filter = new HttpFilterSpec.Cors(Make.At(1))
        {
            AllowOrigins = ["*"],
            AllowMethods = ["*"],
            AllowHeaders = ["*"],
            ExposeHeaders = ["*"],
            MaxAgeSeconds = 9,
        };
        var open = Assert.IsType<Outcome.Preflight>(RouterOf(filter).Route(PreflightOf("http://b")).Outcome);
        Assert.Equal(["*", "*", "*", "9"], open.Headers.Select(header => header.Value));

        var withCredentials = RouterOf(filter with { AllowCredentials = true });
        var closed = Assert.IsType<Outcome.Preflight>(withCredentials.Route(PreflightOf("http://b")).Outcome);
        Assert.Equal(["http://b", "true", "PUT", "9"], closed.Headers.Select(header => header.Value));
        var plain = withCredentials.Route(PreflightOf("http://b") with { Method = "GET" }).Outcome;
        Assert.Equal(
            ["http://b", "true"], Assert.IsType<Outcome.Forward>(plain).CorsHeaders.Select(header => header.Value));
    }

    [Theory]
    [InlineData(443, Transport.Tls, "a.com", "t/a:1")]
    [InlineData(443, Transport.Tls, "A.COM", "t/a:1")]
    [InlineData(443, Transport.Tls, "x.a.com", "t/any:1")]
    [InlineData(443, Transport.Tls, null, null)]
    [InlineData(443, Transport.Tcp, null, null)]
    [InlineData(9000, Transport.Tcp, null, "t/tcp:1")]
    [InlineData(9000, Transport.Tls, "whatever", "t/tcp:1")]
    [InlineData(9000, Transport.Udp, null, "t/udp:1")]
    [InlineData(9001, Transport.Udp, null, null)]
    public void Connections_go_by_server_name(int port, Transport transport, string? sni, string? expected)
    {
        var router = CompiledRouter.Create(MakeRouting.Gateway(
            Port(443, RoutingProtocol.Tls,
                StreamListener("a", "a.com", Stream("t/a", "a.com", ("t/a:1", 1))),
                StreamListener("w", "*.com", Stream("t/any", "*.com", ("t/any:1", 2), ("t/off:1", 0)))),
            Port(9000, RoutingProtocol.Tcp, StreamListener("tcp", "", Stream("t/tcp", "", ("t/tcp:1", 1)))),
            Port(9000, RoutingProtocol.Udp, StreamListener("udp", "", Stream("t/udp", "", ("t/udp:1", 1))))));
        var answer = router.RouteStream(port, transport, sni);
        Assert.Equal(expected, answer.Shares.SingleOrDefault()?.BackendId);
        Assert.Equal(expected is null, answer.Rule is null);
    }

    private static CompiledRouter RouterOf(HttpFilterSpec filter) =>
        CompiledRouter.Create(Gateway(Rule("t/r", Prefix("/"), filters: filter)));

    private static Request PreflightOf(string origin) => new()
    {
        Method = "OPTIONS",
        Scheme = "http",
        Host = "a.com",
        Port = 80,
        Headers = [new("Origin", origin), new("Access-Control-Request-Method", "PUT")],
    };
}
