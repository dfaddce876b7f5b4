using Gwctl.Compiler.Routing;
using Gwctl.Verification.Requests;
using Gwctl.Verification.Router;
using Gwctl.Verification.Tests.Router;
using static Gwctl.Testing.Routing.MakeRouting;
using static Gwctl.Testing.Specs.MakeRoute;

namespace Gwctl.Verification.Tests.Requests;

public sealed class DerivationTests
{
    [Fact]
    public void A_rule_is_reached_and_its_borders_are_tried()
    {
        var match = Prefix("/foo", "GET").Headers("X-Tenant=Blue").Query("v=a b");
        var derived = Derive(Gateway(Port(
            443, RoutingProtocol.Https, Listener("https", "", Rule("t/r", match, hostname: "*.a.com")))));
        var first = derived.Requests[0];
        Assert.Equal("GET https://gwctl.a.com/foo?v=a%20b", first.Request.ToString());
        Assert.Equal(("X-Tenant: Blue", "gwctl.a.com"), ($"{first.Request.Headers[0]}", first.Request.Sni));
        var shown = derived.Requests.Select(Show).ToList();
        Assert.Superset(
            new HashSet<string>(StringComparer.Ordinal)
            {
                "gwctl.a.com /foo/", "gwctl.a.com /foo/x", "gwctl.a.com /foox", "gwctl.a.com /FOO",
                "gwctl.a.com //foo", "gwctl.a.com /fo%6F", "gwctl.a.com:443 /foo", "GWCTL.A.COM /foo", "a.com /foo",
                "x.gwctl.a.com /foo", "gwctl.invalid /foo",
            },
            shown.ToHashSet(StringComparer.Ordinal));
        Assert.Contains(derived.Requests, item => item.Request.Sni is null);
        Assert.Contains(derived.Requests, item => item.Request.Headers.Count is 2);
        Assert.Contains(derived.Requests, item => item.Request.Headers is [{ Value: "" }]);
        Assert.Contains(derived.Requests, item => item.Request.Query is "v=a%20b&v=gwctl");
        Assert.Empty(derived.Unreached);
    }

    /// <summary>What the specification does not settle is asked, but no difference there is a fault.</summary>
    [Fact]
    public void Repeated_and_encoded_values_are_open()
    {
        var derived = Derive(Gateway(Port(80, RoutingProtocol.Http, Listener(
            "http", "",
            Rule("t/a", Prefix("/foo").Query("v=1")),
            Rule("t/b", Prefix("/bar").Headers("X-Tenant=Blue"))))));
        var open = derived.Requests.Where(item => item.IsOpen).Select(item => item.Request).ToList();
        Assert.Superset(
            new HashSet<string?>(StringComparer.Ordinal) { "v=1&v=gwctl", "v=gwctl&v=1", "v=%31" },
            open.Select(request => request.Query).ToHashSet(StringComparer.Ordinal));
        Assert.Equal(2, open.Count(request => request.Headers.Count is 2));
        Assert.False(derived.Requests[0].IsOpen);
    }

    // Goal: for whatever model, each rule is reached by a request or named as not reached and then truly covered by
    // rules before it for that request; nothing is asked twice; the number grows with the rules.
    [Fact]
    public void Every_rule_is_reached_or_named()
    {
        var reachedRules = 0;
        var namedRules = 0;
        for (var seed = 0; seed < 60; seed++)
        {
            var gateway = new RandomRouting(seed).Gateway();
            var router = CompiledRouter.Create(gateway);
            var derived = RequestDerivation.Derive(router);
            var listeners = gateway.Ports.SelectMany(port => port.Listeners);
            var rules = listeners.SelectMany(listener => listener.Rules).ToList();
            var reached = derived.Requests.Select(item => router.Decide(item.Request).Rule).OfType<RoutingRule>()
                .ToHashSet(ReferenceEqualityComparer.Instance);
            var named = derived.Unreached.Count;
            var missed = rules.Count(rule => !reached.Contains(rule));
            Assert.True(missed == named, $"seed {seed}: {missed} rules are not reached, {named} are named");
            Assert.Equal(derived.Requests.Count, derived.Requests.DistinctBy(item => item.Request).Count());
            var max = rules.Count * (RequestDerivation.RequestsOfRuleMax + RequestDerivation.RequestsOfHostnameMax);
            Assert.InRange(derived.Requests.Count, rules.Count is 0 ? 0 : 1, max);
            reachedRules += reached.Count;
            namedRules += named;
        }

        Assert.True(reachedRules > 500 && namedRules > 100, $"{reachedRules} reached, {namedRules} named");
    }

    [Fact]
    public void The_same_model_gives_the_same_requests()
    {
        var gateway = new RandomRouting(7).Gateway();
        Assert.Equal(Derive(gateway), Derive(gateway));
    }

    [Fact]
    public void A_request_finds_its_way_around_rules_that_come_first()
    {
        var derived = Derive(Gateway(
            Rule("t/exact", Exact("/a")), Rule("t/longer", Prefix("/a/gwctl")), Rule("t/get", Prefix("/a", "GET")),
            Rule("t/last", Prefix("/a")), Rule("t/never", Prefix("/a").Headers("x=1"))));
        Assert.Equal("t/never rule 0 match 0", Assert.Single(derived.Unreached).Rule.ToString());
        Assert.Contains(derived.Requests, item => Show(item) is "gwctl.example /a/" && item.Request.Method is "POST");
    }

    [Theory]
    [InlineData("/v[0-9]+/items", "/v0/items")]
    [InlineData("/(foo|ba[rz])(/.*)?", "/foo")]
    [InlineData(@"^/users/\d{2,}$", "/users/00")]
    [InlineData(@"/(?P<id>[^/]+)\.json", "/a.json")]
    [InlineData("(?i)/abc", "/abc")]
    [InlineData(".*", "/x")]
    public void A_text_is_found_for_an_expression(string pattern, string expected)
    {
        var paths = PatternText.Paths(pattern);
        Assert.Contains(expected, paths);
        Assert.All(paths, path => Assert.True(new CompiledPattern(pattern).Fits(path), path));
    }

    [Theory]
    [InlineData("/(?=a)b")]
    [InlineData(@"/(a)\1")]
    [InlineData("/a(")]
    [InlineData("/[a")]
    [InlineData(@"/\pL")]
    [InlineData("a{900}")]
    [InlineData("x")]
    public void Where_no_text_is_found_the_rule_is_named(string pattern)
    {
        var derived = Derive(Gateway(Rule("t/r", Regex(pattern))));
        Assert.Empty(derived.Requests);
        Assert.Contains("No text", Assert.Single(derived.Unreached).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Predicates_from_elsewhere_are_tried_too()
    {
        var router = CompiledRouter.Create(Gateway(Rule("t/r", Prefix("/"))));
        var extra = new ExtraPredicate(80, "b.com", Exact("/cloud"), "rule 7 of the cloud");
        var derived = RequestDerivation.Derive(router, extra);
        Assert.Contains(derived.Requests, item => item.Aims is null && Show(item) is "b.com /cloud"
            && item.Why.StartsWith("rule 7 of the cloud: ", StringComparison.Ordinal));
    }

    [Fact]
    public void Connections_are_tried_by_server_name()
    {
        var derived = Derive(Gateway(
            Port(443, RoutingProtocol.Tls, StreamListener("tls", "", Stream("t/r", "*.a.com", ("t/r:1", 1)))),
            Port(9000, RoutingProtocol.Udp, StreamListener("udp", "", Stream("t/u", "", ("t/u:1", 1))))));
        Assert.Equal(
            [null, "gwctl.a.com", "GWCTL.A.COM", "gwctl.invalid", "a.com", "x.gwctl.a.com", "xa.com", null],
            derived.Connections.Select(item => item.Sni));
        Assert.Equal(Transport.Udp, derived.Connections[^1].Transport);
    }

    private static DerivedRequests Derive(GatewayRouting gateway) =>
        RequestDerivation.Derive(CompiledRouter.Create(gateway));

    private static string Show(DerivedRequest derived) => $"{derived.Request.Host} {derived.Request.Path}";
}
