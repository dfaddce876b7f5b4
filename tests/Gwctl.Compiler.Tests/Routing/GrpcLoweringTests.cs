using Gwctl.Compiler.Specs;
using Gwctl.Testing.Specs;
using static Gwctl.Compiler.Tests.Routing.RoutingTestExtensions;
using static Gwctl.Testing.Specs.MakeGateway;
using static Gwctl.Testing.Specs.MakeRoute;
using static Gwctl.Testing.Specs.MakeService;
using static Gwctl.Testing.Specs.MakeStream;

namespace Gwctl.Compiler.Tests.Routing;

/// <summary>Goal: a GRPCRoute's rules are rules on <c>/service/method</c>, in GRPCRoute's own order.</summary>
public sealed class GrpcLoweringTests
{
    private static readonly GatewaySpec Plain = Gateway("infra/gw", Http());

    /// <summary>Matches as <c>service/method</c>, <c>*</c> for none and a leading <c>~</c> for expressions; lowered
    /// paths with <c>=</c> for exact and <c>~</c> for expressions.</summary>
    [Theory]
    [InlineData("shop.Cart/Add", "=/shop.Cart/Add")]
    [InlineData("shop.Cart/*", "/shop.Cart")]
    [InlineData("*/Add", "~/[^/]+/Add")]
    [InlineData("*/*", "/")]
    [InlineData("~shop.(Cart|Till)/Add|Get", "~/(shop.(Cart|Till))/(Add|Get)")]
    [InlineData("~shop|till/*", "~/(shop|till)/[^/]+")]
    [InlineData("~*/Get.+", "~/[^/]+/(Get.+)")]
    public void MethodsBecomePaths(string match, string expected)
    {
        var lowered = Lower(Plain, Service("infra/s", 80), Route(Parse(match)));
        Assert.Equal([expected], lowered.Listener("http").Shown());
        Assert.Equal(RouteKind.Grpc, lowered.OnlyRule().Origin.Kind);
        Assert.Equal("GRPCRoute/infra/r", lowered.OnlyRule().Origin.RouteId.ToString());
    }

    /// <summary>Matches in the order in which they are tried, whatever order they are written in.</summary>
    [Theory]
    [InlineData("shop.Cart/Add shop.Cart/*")]
    [InlineData("shop.Cart/* shop/Add */Add")]
    [InlineData("shop.Cart/Add shop.Cart/Add/a=1", "shop.Cart/Add/a=1 shop.Cart/Add")]
    [InlineData("*/AddAll */Add */*/a=1 */*")]
    [InlineData("shop.Cart/Add ~shop.+/Add ~*/Add.+ */*")]
    [InlineData("shop.Cart/Add ~shop[.]Cart/Add ~shop.+/Add ~shop.+/* */Add ~*/Add */*")]
    [InlineData("*/*/a=1 */*/a=1/b=2 */*", "*/*/a=1/b=2 */*/a=1 */*")]
    public void ServiceThenMethodThenHeadersDecide(string matches, string? expected = null)
    {
        var wanted = (expected ?? matches).Split(' ');
        var written = matches.Split(' ').Reverse().ToArray();
        var lowered = Lower(Plain, Service("infra/s", 80), Route([.. written.Select(text => Parse(text)[0])]));
        var order = lowered.Listener("http").Rules.Select(rule => written[rule.Origin.MatchIndex]);
        Assert.Equal(wanted, order);
    }

    [Fact]
    public void HostnamesThenAgeThenNameDecideBetweenRoutes()
    {
        var lowered = Lower(
            Plain,
            Service("infra/s", 80),
            Route("infra/a", ["*.a.com"], 1),
            Route("infra/b", ["*.a.com"], 2),
            Route("infra/c", ["x.a.com"], 1),
            Route("infra/d", ["*.a.com"], 2));
        Assert.Equal(
            ["infra/c", "infra/b"], lowered.Listener("http").Rules.Select(rule => rule.Origin.Route.ToString()));
        Assert.Equal(2, lowered.Diagnostics.Count(item => item.Code is "GW2102"));
    }

    [Fact]
    public void EqualCallsAreShadowedByTheFirst()
    {
        var lowered = Lower(Plain, Service("infra/s", 80), Route([Call("s", "m", "A=1"), Call("s", "m", "a=1")]));
        Assert.Equal(0, lowered.OnlyRule().Origin.MatchIndex);
        Assert.Equal(["GW2102"], lowered.Diagnostics.Select(item => item.Code));
    }

    [Theory]
    [InlineData("none", "503")]
    [InlineData("missing", "503")]
    [InlineData("s", "infra/s:80*1")]
    [InlineData("s missing", "infra/s:80*1 invalid*1")]
    public void CallsWithoutABackendAreUnavailable(string services, string expected)
    {
        var backends = services is "none" ? [] : services.Split(' ').Select(name => Backend(name));
        var route = Grpc("infra/r", [Parent("gw")], [Calls(backends: backends)]);
        Assert.Equal(expected, Lower(Plain, Service("infra/s", 80), route).OnlyRule().Action.Shown());
    }

    [Fact]
    public void FiltersAndMirrorsAreKept()
    {
        var rule = Calls(backends: [Backend("s")], filters: [SetHeader("a", "b"), Mirror("t")]);
        var lowered = Lower(
            Plain, Service("infra/s", 80), Service("infra/t", 80), Grpc("infra/r", [Parent("gw")], [rule]));
        Assert.Equal(2, lowered.OnlyRule().Filters.Count);
        Assert.Equal(["infra/s:80", "infra/t:80"], lowered.OnlyGateway().Backends.Select(item => item.Id));
    }

    [Fact]
    public void UnknownFilterFailsTheCalls()
    {
        var rule = Calls(backends: [Backend("s")], filters: [Extension("Limit", "slow")]);
        var lowered = Lower(Plain, Service("infra/s", 80), Grpc("infra/r", [Parent("gw")], [rule]));
        Assert.Equal("503", lowered.OnlyRule().Action.Shown());
    }

    [Fact]
    public void BothKindsStandOnOneListenerForTheirOwnHosts()
    {
        var lowered = Lower(
            Plain,
            Service("infra/s", 80),
            MakeRoute.Route("infra/r", [Parent("gw")], [To("s")], ["a.com"]),
            Grpc("infra/r", [Parent("gw")], [Calls([Call("s", "m")], [Backend("s")])], ["b.com"]));
        Assert.Equal(["a.com /", "b.com =/s/m"], lowered.Listener("http").Shown());
        Assert.Equal([RouteKind.Http, RouteKind.Grpc], lowered.Listener("http").Rules.Select(rule => rule.Origin.Kind));
    }

    private static RouteSpec Route(IEnumerable<GrpcMatchSpec> matches) =>
        Grpc("infra/r", [Parent("gw")], [Calls(matches, [Backend("s")])]);

    private static RouteSpec Route(string name, string[] hostnames, int age) =>
        Grpc(name, [Parent("gw")], [Calls(backends: [Backend("s")])], hostnames, age);

    private static GrpcMatchSpec[] Parse(string text)
    {
        var isRegex = text.StartsWith('~');
        var parts = text.TrimStart('~').Split('/');
        var (service, method) = (parts[0] is "*" ? null : parts[0], parts[1] is "*" ? null : parts[1]);
        return [isRegex ? CallLike(service, method, parts[2..]) : Call(service, method, parts[2..])];
    }
}
