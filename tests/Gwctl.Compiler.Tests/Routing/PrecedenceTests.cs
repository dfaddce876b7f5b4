using Gwctl.Compiler.Specs;
using Gwctl.Testing.Specs;
using static Gwctl.Compiler.Tests.Routing.RoutingTestExtensions;
using static Gwctl.Testing.Specs.MakeGateway;
using static Gwctl.Testing.Specs.MakeRoute;

namespace Gwctl.Compiler.Tests.Routing;

public sealed class PrecedenceTests
{
    private static readonly ServiceSpec Service = MakeService.Service("infra/s", 80);

    [Fact]
    public void MatchesAreOrderedByTheSpecification()
    {
        var matches = new[]
        {
            Prefix("/"),
            Prefix("/a").Headers("x=1"),
            Prefix("/a", "GET"),
            Prefix("/a").Headers("x=1", "y=2"),
            Prefix("/a").Query("q=1"),
            Prefix("/a").Query("q=1", "r=2"),
            Prefix("/a").Headers("x=1").Query("q=1"),
            Prefix("/a"),
            Prefix("/aa"),
            Exact("/a"),
            Exact("/a", "GET"),
            Regex("/a.*"),
            Regex("/a.*b"),
        };
        var lowered = Lower(
            Gateway("infra/gw", Http()), Service, Route("infra/r", [Parent("gw")], [Rule(matches, [Backend("s")])]));
        Assert.Equal(
            [
                "=/a GET", "=/a", "~/a.*b", "~/a.*", "/aa", "/a GET", "/a x=1 y=2", "/a x=1 q=1", "/a x=1",
                "/a q=1 r=2", "/a q=1", "/a", "/",
            ],
            lowered.Listener("http").Shown());
    }

    [Fact]
    public void WhereAListenerMakesHostnamesEqualTheOnesAsWrittenDecide()
    {
        string[] hostnames = ["", "*.example.com", "a.example.com", "*.a.example.com"];
        var routes = hostnames.Select((hostname, index) => Route(
            $"infra/r{index}", [Parent("gw")], [Rule([Prefix($"/{index}"), Exact("/x")], [Backend("s")])],
            hostname is "" ? [] : [hostname]));
        var lowered = Lower([Gateway("infra/gw", Http(hostname: "a.example.com")), Service, .. routes]);
        Assert.Equal(
            ["infra/r2", "infra/r2", "infra/r1", "infra/r0"],
            lowered.Listener("http").Rules.Select(rule => $"{rule.Origin.Route}"));
    }

    [Fact]
    public void HostnamesComeBeforeMatches()
    {
        var hostnames = new[] { "*.example.com", "a.example.com", "*.b.example.com", "b.org", "" };
        var routes = hostnames.Select((hostname, index) => Route(
            $"infra/r{index}",
            [Parent("gw")],
            [Rule([Prefix("/"), Exact("/x")], [Backend("s")])],
            hostname is "" ? [] : [hostname]));
        var lowered = Lower([Gateway("infra/gw", Http()), Service, .. routes]);
        Assert.Equal(
            [
                "a.example.com =/x", "a.example.com /", "b.org =/x", "b.org /",
                "*.b.example.com =/x", "*.b.example.com /",
                "*.example.com =/x", "*.example.com /", "=/x", "/",
            ],
            lowered.Listener("http").Shown());
    }

    [Fact]
    public void OldestRouteThenNameThenRuleThenMatchDecide()
    {
        RouteSpec Make(string name, int? age) => Route(
            name,
            [Parent("infra/gw")],
            [
                Rule([Prefix("/a").Headers("h=1"), Prefix("/a").Headers("h=2")], [Backend("infra/s")]),
                Rule([Prefix("/a").Headers("h=3")], [Backend("infra/s")]),
            ],
            age: age);
        var lowered = Lower(
            Gateway("infra/gw", Http() with { AllowedRoutes = Allow("All") }),
            Service,
            Make("infra/a", null),
            Make("infra/b", 1),
            Make("apps/c", 5),
            Make("apps/d", 1));
        // Predicates repeat, so only the winner's are left: the oldest route has them all.
        Assert.Equal(
            ["apps/c rule 0 match 0", "apps/c rule 0 match 1", "apps/c rule 1 match 0"],
            lowered.Listener("http").Rules.Select(rule => rule.Origin.ToString()));
    }

    [Theory]
    [InlineData(null, null, "infra/a")]
    [InlineData(1, null, "infra/a")]
    [InlineData(null, 1, "infra/b")]
    [InlineData(1, 2, "infra/b")]
    [InlineData(2, 1, "infra/a")]
    [InlineData(3, 3, "infra/a")]
    public void AgeDecidesBeforeName(int? ageOfA, int? ageOfB, string winner)
    {
        var lowered = Lower(
            Gateway("infra/gw", Http()),
            Service,
            Route("infra/a", [Parent("gw")], [Rule([Prefix("/a").Headers("x=a")], [Backend("s")])], age: ageOfA),
            Route("infra/b", [Parent("gw")], [Rule([Prefix("/a").Headers("y=b")], [Backend("s")])], age: ageOfB));
        Assert.Equal(winner, lowered.Listener("http").Rules[0].Origin.Route.ToString());
        Assert.Equal(2, lowered.Listener("http").Rules.Count);
    }

    [Fact]
    public void TrailingSlashOfAPrefixCountsForNothing()
    {
        var lowered = Lower(
            Gateway("infra/gw", Http()),
            Service,
            Route("infra/r", [Parent("gw")],
            [
                Rule([Prefix("/foo/"), Prefix("/foo", "GET"), Exact("/bar/")], [Backend("s")]),
            ]));
        Assert.Equal(["=/bar/", "/foo GET", "/foo"], lowered.Listener("http").Shown());
    }

    [Fact]
    public void RepeatedNamesCountOnce()
    {
        var lowered = Lower(
            Gateway("infra/gw", Http()),
            Service,
            Route("infra/r", [Parent("gw")],
            [
                Rule([Prefix("/").Headers("X=1", "x=2", "x=3").Query("q=1", "q=2", "Q=3")], [Backend("s")]),
                Rule([Prefix("/").Headers("a=1", "b=2")], [Backend("s")]),
            ]));
        Assert.Equal(["/ a=1 b=2", "/ X=1 q=1 Q=3"], lowered.Listener("http").Shown());
    }

    [Fact]
    public void SamePredicateIsToldOnceAndLeftOut()
    {
        var lowered = Lower(
            Gateway("infra/gw", Http(), Http("alt", 8080)),
            Service,
            Route("infra/a", [Parent("gw")], [Rule([Prefix("/a/").Headers("X=1", "y=2")], [Backend("s")], line: 3)]),
            Route("infra/b", [Parent("gw")], [Rule([Prefix("/a", line: 7).Headers("y=2", "x=1")], [Backend("s")])]));
        Assert.Equal(["/a X=1 y=2"], lowered.Listener("http").Shown());
        Assert.Equal(["/a X=1 y=2"], lowered.Listener("alt").Shown());
        var warning = Assert.Single(lowered.Diagnostics);
        Assert.Equal(
            ("GW2102", Gwctl.Core.Severity.Warning, Make.At(7)), (warning.Code, warning.Severity, warning.Subject));
        Assert.Equal("HTTPRoute/infra/b", warning.Object);
        Assert.Contains("infra/a rule 0 match 0", warning.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x=1", "x~1")]
    [InlineData("x=1", "x=2")]
    [InlineData("x=1", "y=1")]
    public void DifferentTermsAreDifferentPredicates(string first, string second)
    {
        var lowered = Lower(
            Gateway("infra/gw", Http()),
            Service,
            Route("infra/r", [Parent("gw")],
            [
                Rule([Prefix("/").Headers(first), Prefix("/").Headers(second)], [Backend("s")]),
                Rule([Prefix("/").Query(first)], [Backend("s")]),
            ]));
        Assert.Equal(3, lowered.Listener("http").Rules.Count);
        Assert.Empty(lowered.Diagnostics);
    }

    [Fact]
    public void HostnameThatAMoreSpecificListenerTakesIsLeftOut()
    {
        ListenerSpec For(string name, string? hostname) => Http(name, 80, hostname);
        RouteSpec On(string section) => Route(
            $"infra/{section}",
            [Parent("gw", section)],
            [Rule([Prefix($"/{section}")], [Backend("s")])],
            ["bar.com", "*.example.com", "*.foo.example.com", "abc.foo.example.com"]);
        var lowered = Lower(
            Gateway(
                "infra/gw",
                For("empty", null),
                For("wildcard", "*.example.com"),
                For("foo", "*.foo.example.com"),
                For("abc", "abc.foo.example.com")),
            Service,
            On("empty"),
            On("wildcard"),
            On("foo"),
            On("abc"));
        Assert.Equal(
            ["abc", "foo", "wildcard", "empty"], lowered.OnlyGateway().Ports[0].Listeners.Select(item => item.Name));
        Assert.Equal(["bar.com /empty"], lowered.Listener("empty").Shown());
        Assert.Equal(["*.example.com /wildcard"], lowered.Listener("wildcard").Shown());
        Assert.Equal(["*.foo.example.com /foo"], lowered.Listener("foo").Shown());
        Assert.Equal(["abc.foo.example.com /abc"], lowered.Listener("abc").Shown());
        Assert.All(lowered.Diagnostics, item => Assert.Equal("GW2103", item.Code));
    }
}
