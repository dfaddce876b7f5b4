using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Testing.Routing;
using Gwctl.Testing.Specs;
using Gwctl.Verification.Router;
using static Gwctl.Testing.Routing.MakeRouting;
using static Gwctl.Testing.Specs.MakeRoute;

namespace Gwctl.Verification.Tests.Router;

public sealed class AnswerTests
{
    // The table of HTTPPathModifier.replacePrefixMatch, and the root prefix, which follows from it.
    [Theory]
    [InlineData("/foo/bar", "/foo", "/xyz", "/xyz/bar")]
    [InlineData("/foo/bar", "/foo", "/xyz/", "/xyz/bar")]
    [InlineData("/foo/bar", "/foo/", "/xyz", "/xyz/bar")]
    [InlineData("/foo/bar", "/foo/", "/xyz/", "/xyz/bar")]
    [InlineData("/foo", "/foo", "/xyz", "/xyz")]
    [InlineData("/foo/", "/foo", "/xyz", "/xyz/")]
    [InlineData("/foo/bar", "/foo", "", "/bar")]
    [InlineData("/foo/", "/foo", "", "/")]
    [InlineData("/foo", "/foo", "", "/")]
    [InlineData("/foo/", "/foo", "/", "/")]
    [InlineData("/foo", "/foo", "/", "/")]
    [InlineData("/bar", "/", "/xyz", "/xyz/bar")]
    [InlineData("/", "/", "/xyz", "/xyz/")]
    [InlineData("/foo//b%2Fr/", "/foo", "/xyz", "/xyz//b%2Fr/")]
    public void A_prefix_is_replaced_as_the_table_says(string path, string prefix, string replacement, string expected)
    {
        var rewrite = new HttpFilterSpec.UrlRewrite(
            null, new PathRewriteSpec(true, replacement, Make.At(1)), Make.At(1));
        var router = CompiledRouter.Create(Gateway(Rule("t/r", Prefix(prefix), filters: rewrite)));
        var share = Assert.Single(ForwardOf(router.Route(To($"http://a.com{path}?q=1"))).Shares);
        Assert.Equal((expected, "q=1", "a.com"), (share.Request.Path, share.Request.Query, share.Request.Host));
    }

    [Theory]
    [InlineData("http://a.com/p", "https", null, null, "https://a.com/p")]
    [InlineData("http://a.com:8080/p?q=%20", "https", null, null, "https://a.com/p?q=%20")]
    [InlineData("http://a.com:8080/p", null, "b.com", null, "http://b.com:8080/p")]
    [InlineData("http://a.com/p", null, "b.com", null, "http://b.com/p")]
    [InlineData("http://a.com:8080/p?", "http", null, null, "http://a.com/p?")]
    [InlineData("http://a.com/p", null, null, 8443, "http://a.com:8443/p")]
    [InlineData("http://a.com/p", "https", null, 443, "https://a.com/p")]
    [InlineData("https://a.com/p", "http", null, 443, "http://a.com:443/p")]
    public void A_redirect_names_scheme_host_and_port(
        string url, string? scheme, string? hostname, int? port, string expected)
    {
        var filter = Redirect(scheme, hostname, 301) with { Port = port is { } number ? Make.Value(number) : null };
        RoutingRule[] rules = [Rule("t/r", Prefix("/"), new RoutingAction.Redirect(filter))];
        var router = CompiledRouter.Create(MakeRouting.Gateway(
            Port(80, RoutingProtocol.Http, Listener("http", "", rules)),
            Port(8080, RoutingProtocol.Http, Listener("alt", "", rules)),
            Port(443, RoutingProtocol.Https, Listener("https", "", rules))));
        var redirect = Assert.IsType<Outcome.Redirect>(router.Route(To(url)).Outcome);
        Assert.Equal((301, expected), (redirect.Status, redirect.Location));
    }

    [Fact]
    public void A_redirect_replaces_the_path_and_keeps_the_query()
    {
        var filter = Redirect() with { Path = new PathRewriteSpec(false, "/new", Make.At(1)) };
        var router = CompiledRouter.Create(
            Gateway(Rule("t/r", Prefix("/old"), new RoutingAction.Redirect(filter))));
        var redirect = Assert.IsType<Outcome.Redirect>(router.Route(To("http://a.com/old/x?a=1")).Outcome);
        Assert.Equal((302, "http://a.com/new?a=1"), (redirect.Status, redirect.Location));
    }

    [Fact]
    public void Shares_of_invalid_and_empty_backends_answer_themselves()
    {
        var forward = Forward(("t/a:80", 6), (null, 3), ("t/b:80", 1), ("t/c:80", 0));
        var gateway = Gateway(Rule("t/r", Prefix("/"), forward));
        gateway = gateway with { Backends = [Backend("t/a:80", true, false), Backend("t/b:80", false)] };
        var shares = ForwardOf(CompiledRouter.Create(gateway).Route(To("http://a.com/"))).Shares;
        Assert.Equal(
            [("t/a:80", 0.6, null), (null, 0.3, 500), ("t/b:80", 0.1, 503)],
            shares.Select(share => (share.BackendId, share.Fraction, share.Status)));
    }

    [Fact]
    public void Headers_are_set_added_and_removed()
    {
        var edit = new HeaderEditSpec(
            [new HeaderValueSpec("X-Set", "new", Make.At(1))],
            [new HeaderValueSpec("x-add", "bar,baz", Make.At(1)), new HeaderValueSpec("Y", "1", Make.At(1))],
            ["X-GONE"]);
        var filter = new HttpFilterSpec.RequestHeaderModifier(edit, Make.At(1));
        var router = CompiledRouter.Create(Gateway(Rule("t/r", Prefix("/"), filters: filter)));
        var request = To("http://a.com/") with
        {
            Headers = [new("x-set", "old"), new("X-Add", "foo"), new("x-set", "older"), new("x-gone", "1")],
        };
        var share = Assert.Single(ForwardOf(router.Route(request)).Shares);
        Assert.Equal(["X-Set: new", "X-Add: foo,bar,baz", "Y: 1"], share.Request.Headers.Select(item => $"{item}"));
    }

    [Fact]
    public void Mirrors_are_named_with_their_share()
    {
        HttpFilterSpec[] filters =
        [
            Mirror("copy", 81), Mirror("other/half") with { Share = new MirrorShareSpec(50, 100) },
            Mirror("none") with { Share = new MirrorShareSpec(0, 100) },
        ];
        var router = CompiledRouter.Create(Gateway(Rule("t/r", Prefix("/"), filters: filters)));
        var share = Assert.Single(ForwardOf(router.Route(To("http://a.com/"))).Shares);
        Assert.Equal(
            [new MirrorShare("t/copy:81", new(1, 1)), new MirrorShare("other/half:80", new(50, 100))], share.Mirrors);
    }

    // Goal: a host of another listener on the same port is misdirected, one of no listener is not found.
    [Theory]
    [InlineData("a.com", "a.com", "Matched")]
    [InlineData("x.a.com", "x.a.com", "Matched")]
    [InlineData("y.a.com", "x.a.com", "Matched")]
    [InlineData("x.a.com", "a.com", "Misdirected")]
    [InlineData("a.com", "x.a.com", "Misdirected")]
    [InlineData("b.com", "a.com", "NoListenerForHost")]
    [InlineData("a.com", "b.com", "NoListenerForServerName")]
    [InlineData("a.com", null, "NoListenerForServerName")]
    public void Server_name_and_host_must_be_one_listeners(string host, string? sni, string expected)
    {
        var router = CompiledRouter.Create(MakeRouting.Gateway(Port(
            443, RoutingProtocol.Https,
            Listener("apex", "a.com", Rule("t/apex", Prefix("/"))),
            Listener("below", "*.a.com", Rule("t/below", Prefix("/"))))));
        var request = To("https://a.com/") with { Host = host, Sni = sni };
        Assert.Equal(expected, router.Decide(request).Kind.ToString());
        var status = (router.Route(request).Outcome as Outcome.Respond)?.Status;
        Assert.Equal(
            expected switch { "Misdirected" => 421, "NoListenerForHost" => 404, _ => null }, status);
    }

    [Fact]
    public void Grpc_clients_get_their_own_status()
    {
        var router = CompiledRouter.Create(Gateway(
            Rule("t/r", Exact("/s/m"), Forward((null, 1))),
            Rule("t/r", Exact("/s/n"), new RoutingAction.Status(500, "no backend"))));
        EquatableList<HeaderField> headers = [new("Content-Type", "application/grpc+proto")];
        Assert.Equal(
            new Outcome.Respond(404, 12), router.Route(To("http://a.com/s/x") with { Headers = headers }).Outcome);
        Assert.Equal(
            new Outcome.Respond(500, 14), router.Route(To("http://a.com/s/n") with { Headers = headers }).Outcome);
        Assert.Equal(new Outcome.Respond(404, null), router.Route(To("http://a.com/s/x")).Outcome);
        var share = Assert.Single(ForwardOf(router.Route(To("http://a.com/s/m") with { Headers = headers })).Shares);
        Assert.Equal((500, 14), (share.Status, share.GrpcStatus));
    }

    [Fact]
    public void Losers_say_why()
    {
        var router = CompiledRouter.Create(MakeRouting.Gateway(Port(
            80, RoutingProtocol.Http,
            Listener("other", "b.com", Rule("t/other", Prefix("/"))),
            Listener(
                "http", "",
                Rule("t/host", Prefix("/"), hostname: "c.com"),
                Rule("t/path", Prefix("/foo")),
                Rule("t/method", Prefix("/", "POST")),
                Rule("t/header", Prefix("/").Headers("x=1")),
                Rule("t/query", Prefix("/").Query("q~[0-9]+")),
                Rule("t/broken", Regex("/(?=a)")),
                Rule("t/won", Prefix("/a")),
                Rule("t/late", Prefix("/"))))));
        var explanation = router.Explain(
            To("http://a.com/a?q=one") with { Headers = [new("X", "1"), new("x", "2")] });
        Assert.Equal(
            [
                "t/other OtherListener", "t/host Hostname", "t/path Path", "t/method Method", "t/header Header",
                "t/query QueryParam", "t/broken Path", "t/won Won", "t/late LowerPrecedence",
            ],
            explanation.Rules.Select(verdict => $"{verdict.Rule.Origin.Route} {verdict.Kind}"));
        Assert.Equal("header x must be \"1\" and is \"1,2\"", explanation.Rules[4].Why);
        Assert.Contains("cannot be read", explanation.Rules[6].Why, StringComparison.Ordinal);
    }

    private static Outcome.Forward ForwardOf(Answer answer) => Assert.IsType<Outcome.Forward>(answer.Outcome);

    private static Request To(string url) => Request.ForUrl(url) ?? throw new ArgumentException(url, nameof(url));
}
