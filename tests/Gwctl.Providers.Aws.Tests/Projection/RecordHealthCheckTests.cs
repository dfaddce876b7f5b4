using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Tests.Projection;

/// <summary>Goal: a DnsPolicy's health check is one that Route 53 can make and that its weighted records name; all
/// else is said.</summary>
public sealed class RecordHealthCheckTests
{
    private const string AnyHost = "{name: http, port: 80, protocol: HTTP}";
    private const string Shop = "{name: http, port: 80, protocol: HTTP, hostname: shop.example.com}";

    [Fact]
    public void The_load_balancers_own_name_is_checked()
    {
        var projected = With("{protocol: HTTP}", AnyHost, aws: "ipAddressType: dualstack", hostnames: "");

        Assert.Empty(projected.Codes);
        var check = projected.Only(Kinds.HealthCheck);
        Assert.Equal("blue", check.Address.Key);
        Assert.Equal(
            "disabled false, failureThreshold 3, hostname <load-balancer>, intervalSeconds 30, inverted false, "
                + "owner tests, path /, port 80, type HTTP",
            Text(check));
        Assert.Equal(["DnsPolicy/shop/blue", "Gateway/shop/web"], check.OriginObjects);
    }

    [Fact]
    public void Records_name_the_check_in_both_families()
    {
        var record = With("{protocol: TCP, port: 80}", Shop, aws: "ipAddressType: dualstack")
            .Only(Kinds.DnsRecord);

        foreach (var family in new[] { "a", "aaaa" })
        {
            Assert.Contains(
                "healthCheck: <health-check blue>",
                Projected.Text(record.Attributes[family]),
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_field_says_how_it_is_checked()
    {
        var projected = With(
            "{protocol: HTTPS, port: 80, path: /up, hostname: a.example.com, interval: 10s, failureThreshold: 7}",
            $"{Shop}, {{name: a, port: 80, protocol: HTTP, hostname: a.example.com}}",
            "hostnames: [shop.example.com], ");

        Assert.Equal(
            "disabled false, failureThreshold 7, hostname a.example.com, intervalSeconds 10, inverted false, "
                + "owner tests, path /up, port 80, sni true, type HTTPS",
            Text(projected.Only(Kinds.HealthCheck)));
        Assert.DoesNotContain("GW3118", projected.Codes);
    }

    [Theory]
    [InlineData("{protocol: TCP, port: 80}", "", "GW3115", false)]
    [InlineData("{protocol: TCP, port: 80, interval: 20s}", "", "GW3119", true)]
    [InlineData("{protocol: TCP, port: 80, hostname: shop.example.com}", "", "GW3118", true)]
    [InlineData("{protocol: TCP, port: 80}", "scheme: internal", "GW3116", true)]
    [InlineData("{protocol: TCP, port: 80}", "ipAddressType: dualstack-without-public-ipv4", "GW3116", true)]
    public void What_route53_could_not_judge_by_has_no_check(string check, string aws, string code, bool isWeighted)
    {
        var projected = With(check, Shop, aws: aws, isWeighted: isWeighted);

        Assert.Equal([code], projected.Codes);
        Assert.Empty(projected.Of(Kinds.HealthCheck));
        Assert.DoesNotContain(
            "healthCheck", Text(projected.Only(Kinds.DnsRecord)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{protocol: TCP, port: 81}", Shop, "", "no listener")]
    [InlineData("{protocol: HTTP}", Shop, "", "own name")]
    [InlineData("{protocol: HTTP, hostname: b.example.com}", Shop, "", "b.example.com")]
    [InlineData("{protocol: TCP, port: 80}", Shop, "allowedCidrs: [10.0.0.0/8]", "allowedCidrs")]
    [InlineData("{protocol: HTTP}", AnyHost, "", null)]
    [InlineData("{protocol: HTTP, hostname: b.example.net}", AnyHost, "", null)]
    [InlineData("{protocol: TCP, port: 80}", Shop, "allowedCidrs: [0.0.0.0/0]", null)]
    public void A_check_that_may_never_succeed_is_made_and_announced(
        string check, string listener, string aws, string? why)
    {
        var projected = With(check, listener, aws: aws);

        Assert.Single(projected.Of(Kinds.HealthCheck));
        var found = projected.Diagnostics.SingleOrDefault(diagnostic => diagnostic.Code is "GW3117");
        Assert.Equal(why is null, found is null);
        Assert.Contains(why ?? "", found?.Detail ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_below_a_weighted_wildcard_is_weighted_too()
    {
        const string listener = "{name: http, port: 80, protocol: HTTP, hostname: '*.example.com'}";

        Assert.Equal(
            ["GW3118"],
            With("{protocol: HTTP, hostname: a.example.com}", listener, routeHost: "*.example.com").Codes);
    }

    private static Projected With(
        string check, string listener, string hostnames = "", string aws = "", bool isWeighted = true,
        string routeHost = "shop.example.com") => Projected.All(
        $$"""
        {{Projected.Gateway(listener)}}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: r, namespace: shop}
        spec:
          parentRefs: [{name: web}]
          hostnames: ['{{routeHost}}']
          rules: [{backendRefs: [{name: a, port: 80}]}]
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: all, namespace: shop}
        spec:
          parentRefs: [{name: web}]
          rules: [{backendRefs: [{name: a, port: 80}]}]
        ---
        apiVersion: gwctl.dev/v1alpha1
        kind: DnsPolicy
        metadata: {name: blue, namespace: shop}
        spec:
          { {{hostnames}}targetRef: {name: web},{{(isWeighted ? " weight: 10, setIdentifier: blue," : "")}}
            healthCheck: {{check}} }
        """,
        aws,
        "dns: {zones: [{name: example.com}]}");

    private static string Text(ResourceNode node) => string.Join(
        ", ", node.Attributes.Fields.Select(field => $"{field.Name} {Projected.Text(field.Value)}"));
}
