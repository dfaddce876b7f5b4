using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Testing.Specs;
using Gwctl.Verification.Comparison;
using Gwctl.Verification.Router;
using static Gwctl.Testing.Routing.MakeRouting;
using static Gwctl.Testing.Specs.MakeRoute;

namespace Gwctl.Verification.Tests.Comparison;

public sealed class ComparisonTests
{
    private static readonly Request s_request = new()
    {
        Scheme = "http",
        Host = "a.com",
        Port = 80,
        Path = "/old/x",
        Query = "q=1",
        Headers = [new("X-Gone", "1"), new("X-Kept", "a"), new("x-kept", "b"), new("Connection", "close")],
    };

    [Theory]
    [InlineData("t/a:80", 200, "")]
    [InlineData("t/b:80", 404, "")]
    [InlineData(null, 500, "")]
    [InlineData("t/off:80", 200, "backend: t/a:80 or t/b:80 or status 500, t/off:80")]
    [InlineData(null, 404, "backend: t/a:80 or t/b:80 or status 500, status 404 of its own")]
    public void Any_share_above_zero_is_right(string? backend, int status, string expected)
    {
        var forward = Forward(("t/a:80", 1), ("t/b:80", 99), (null, 1), ("t/off:80", 0));
        Assert.Equal(expected, Compare(Rule("t/r", Prefix("/"), forward), Own(status) with { BackendId = backend }));
    }

    [Fact]
    public void The_request_behind_the_gateway_is_compared()
    {
        var rewrite = new HttpFilterSpec.UrlRewrite(
            Make.Value("inner.com"), new PathRewriteSpec(true, "/new", Make.At(1)), Make.At(1));
        var edit = new HeaderEditSpec([new HeaderValueSpec("X-Set", "1", Make.At(1))], [], ["x-gone"]);
        var rule = Rule(
            "t/r", Prefix("/old"), filters: [rewrite, new HttpFilterSpec.RequestHeaderModifier(edit, Make.At(1))]);
        EquatableList<HeaderField> headers = [new("x-kept", "a, b"), new("x-set", "1"), new("X-Forwarded-For", "1")];
        var seen = new ForwardedRequest("GET", "INNER.com", "/new/x", "q=1", headers);
        Assert.Equal("", Compare(rule, Backend(seen)));
        Assert.Equal(
            "host: inner.com, a.com; path: /new/x, /old/x; query: ?q=1, (none); "
                + "header X-Gone: (none), 1; header X-Kept: a,b, a; header X-Set: 1, (none)",
            Compare(rule, Backend(new ForwardedRequest(
                "GET", "a.com", "/old/x", null, [new("X-Gone", "1"), new("X-Kept", "a")]))));
    }

    [Theory]
    [InlineData("https://a.com/old/x?q=1", "")]
    [InlineData("https://A.com:443/old/x?q=1", "")]
    [InlineData("https://a.com:80/old/x?q=1", "location: https://a.com/old/x?q=1, https://a.com:80/old/x?q=1")]
    [InlineData(null, "location: https://a.com/old/x?q=1, (none)")]
    public void A_location_may_name_the_port_that_goes_without_saying(string? location, string expected) =>
        Assert.Equal(expected, Compare(
            Rule("t/r", Prefix("/"), new RoutingAction.Redirect(Redirect("https"))),
            Own(302) with { Location = location }));

    [Theory]
    [InlineData("http://a.com/#{path}", "http://A.com:80/#{path}", true)]
    [InlineData("http://a.com/#x", "http://a.com/#X", false)]
    [InlineData("http://a.com/#x", "http://a.com/", false)]
    public void A_location_may_have_a_fragment(string left, string right, bool expected) =>
        Assert.Equal(expected, AnswerComparison.AreOneLocation(left, right));

    [Fact]
    public void Response_headers_are_compared_where_they_are_known()
    {
        var edit = new HeaderEditSpec(
            [new HeaderValueSpec("A", "1", Make.At(1))], [new HeaderValueSpec("B", "2", Make.At(1))], ["C"]);
        var rule = Rule("t/r", Prefix("/"), filters: new HttpFilterSpec.ResponseHeaderModifier(edit, Make.At(1)));
        var answered = Own(200) with { BackendId = "t/r:80" };
        Assert.Equal("", Compare(rule, answered));
        Assert.Equal("", Compare(rule, answered with { Headers = [new("a", "1"), new("b", "0, 2")] }));
        Assert.Equal(
            "response header A: 1, 1,9; response header B: 2, (none); response header C: (none), 3",
            Compare(rule, answered with { Headers = [new("a", "1"), new("a", "9"), new("c", "3")] }));
    }

    [Fact]
    public void A_preflight_may_be_echoed_or_starred()
    {
        var filter = new HttpFilterSpec.Cors(Make.At(1))
        {
            AllowOrigins = ["*"],
            AllowMethods = ["*"],
            MaxAgeSeconds = 5,
        };
        var router = CompiledRouter.Create(Gateway(Rule("t/r", Prefix("/"), filters: filter)));
        var request = s_request with
        {
            Method = "OPTIONS",
            Headers = [new("Origin", "http://b"), new("Access-Control-Request-Method", "PUT")],
        };
        Assert.Equal("", Compared("http://b", "PUT"));
        Assert.Equal("", Compared("*", "*"));
        Assert.Equal("response header Access-Control-Allow-Methods: *, GET", Compared("*", "GET"));

        string Compared(string origin, string methods) => Shown(AnswerComparison.Compare(
            request,
            router.Route(request),
            Own(204) with
            {
                Headers =
                [
                    new("access-control-allow-origin", origin), new("Access-Control-Allow-Methods", methods),
                    new("Access-Control-Max-Age", "5"),
                ],
            }));
    }

    [Fact]
    public void Refusals_are_compared()
    {
        var rule = Rule("t/r", Prefix("/other"));
        Assert.Equal("connection: accepted, refused", Compare(rule, Observed.Refused));
        Assert.Equal("", Compare(rule, Own(404)));
        var forwarded = Own(200) with { BackendId = "t/r:80" };
        Assert.Equal("backend: (none), t/r:80; status: 404, 200", Compare(rule, forwarded));
        var nowhere = s_request with { Port = 81 };
        var answer = CompiledRouter.Create(Gateway(rule)).Route(nowhere);
        Assert.Empty(AnswerComparison.Compare(nowhere, answer, Observed.Refused));
        Assert.Single(AnswerComparison.Compare(nowhere, answer, Own(404)));
    }

    [Fact]
    public void Streams_are_compared_by_backend()
    {
        var router = CompiledRouter.Create(Gateway(Port(
            9000, RoutingProtocol.Tcp,
            StreamListener("tcp", "", Stream("t/r", "", ("t/a:1", 1), (null, 1), ("t/b:1", 1))))));
        var answer = router.RouteStream(9000, Transport.Tcp, null);
        Assert.Empty(AnswerComparison.CompareStream(answer, new Observed { BackendId = "t/b:1" }));
        Assert.Empty(AnswerComparison.CompareStream(answer, Observed.Refused));
        Assert.Equal(
            "backend: t/a:1 or t/b:1, t/c:1",
            Shown(AnswerComparison.CompareStream(answer, new Observed { BackendId = "t/c:1" })));
    }

    private static Observed Own(int status) => new() { Status = status };

    private static Observed Backend(ForwardedRequest seen) =>
        new() { Status = 200, BackendId = "t/r:80", Seen = seen };

    private static string Compare(RoutingRule rule, Observed observed) => Shown(AnswerComparison.Compare(
        s_request, CompiledRouter.Create(Gateway(rule)).Route(s_request), observed));

    private static string Shown(EquatableList<Difference> differences) =>
        string.Join("; ", differences.Select(item => $"{item.Field}: {item.BySpec}, {item.ByCloud}"));
}
