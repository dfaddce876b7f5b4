using Gwctl.Testing.Specs;

namespace Gwctl.Providers.Gcp.Tests.Projection;

public sealed class HostTests
{
    [Fact]
    public void A_host_has_the_rules_of_less_specific_hostnames_after_its_own()
    {
        var projected = Projected.All(Routes(
            "{name: http, port: 80, protocol: HTTP}",
            ("x", "[a.example.com]", "/a"), ("w", "['*.example.com']", "/b"), ("z", "[]", "/c")));

        Assert.Equal(["/a", "/b", "/c"], Paths(projected, "a.example.com"));
        Assert.Equal(["/b", "/c"], Paths(projected, "*.example.com"));
        Assert.Equal(["/c"], Paths(projected, "*"));
        Assert.Empty(projected.Diagnostics);
    }

    [Fact]
    public void A_less_specific_listener_never_takes_a_more_specific_ones_requests()
    {
        var projected = Projected.All(Routes(
            "{name: x, port: 80, protocol: HTTP, hostname: a.example.com}, {name: any, port: 80, protocol: HTTP}",
            ("x", "[a.example.com]", "/a"), ("z", "[]", "/c")));

        Assert.Equal(["/a", "/c"], Paths(projected, "a.example.com"));
        Assert.Equal(["/c"], Paths(projected, "*"));
        var isolated = Projected.All(Routes(
            "{name: x, port: 80, protocol: HTTP, hostname: a.example.com, "
                + "allowedRoutes: {kinds: [{kind: GRPCRoute}]}}, "
                + "{name: any, port: 80, protocol: HTTP}",
            ("z", "[]", "/c")));
        Assert.Empty(Paths(isolated, "a.example.com"));
        Assert.Contains("a.example.com", isolated.Text(Kinds.UrlMap, "hostRules"));
    }

    [Fact]
    public void Hosts_with_equal_rules_share_a_path_matcher()
    {
        var projected = Projected.All(Routes(
            "{name: http, port: 80, protocol: HTTP}", ("x", "[a.example.com, b.example.com]", "/a")));

        Assert.Matches(
            @"^\[\{hosts: \[a\.example\.com, b\.example\.com\], pathMatcher: host-a-example-com-\w+\}\]$",
            projected.Text(Kinds.UrlMap, "hostRules"));
    }

    [Fact]
    public void Rules_behind_one_that_takes_everything_are_left_out()
    {
        var projected = Projected.All(Routes(
            "{name: http, port: 80, protocol: HTTP}", ("x", "[a.example.com]", "/"), ("z", "[]", "/c")));

        Assert.Equal(["/"], Paths(projected, "a.example.com"));
    }

    [Fact]
    public void Priorities_are_in_order()
    {
        var projected = Projected.All(Routes(
            "{name: http, port: 80, protocol: HTTP}",
            ("x", "[a.example.com]", "/a"), ("w", "[a.example.com]", "/b/c")));

        var matcher = Assert.Single(Projected.Maps(projected.Only(Kinds.UrlMap).Attributes["pathMatchers"]));
        var rules = Projected.Maps(matcher["routeRules"]);
        Assert.Equal(["1", "2"], rules.Select(rule => SpecText.Of(rule["priority"])));
        Assert.Equal(["/b/c", "/a"], Paths(projected, "a.example.com"));
    }

    private static string Routes(string listeners, params (string Name, string Hostnames, string Path)[] routes) =>
        string.Join("\n---\n", routes.Select(route => $$"""
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: {{route.Name}}, namespace: shop}
            spec:
              parentRefs: [{name: web}]
              hostnames: {{route.Hostnames}}
              rules: [{matches: [{path: {value: {{route.Path}} } }], backendRefs: [{name: a, port: 80}]}]
            """).Prepend(SpecText.Gateway(listeners)));

    /// <summary>The prefixes of a host's rules, in order.</summary>
    private static IEnumerable<string> Paths(Projected projected, string host) => projected.Routes(host)
        .Select(route => route.Split(["fullPathMatch: ", "prefixMatch: "], StringSplitOptions.None)[1].Split('}')[0]);
}
