using Gwctl.Engine.Resources;
using Gwctl.Providers.Gcp.Tests.Projection;
using Gwctl.Providers.Gcp.Traffic;

namespace Gwctl.Providers.Gcp.Tests.Traffic;

public sealed class TrafficTests
{
    private const string Rules = """
        - matches: [{path: {value: /x}, method: GET, headers: [{name: h, value: v}]}]
          backendRefs: [{name: a, port: 80, weight: 3}, {name: b, port: 80, weight: 1}]
        - matches: [{path: {type: Exact, value: /old}}]
          filters: [{type: RequestRedirect, requestRedirect: {scheme: https, hostname: new.example.com}}]
        - matches: [{path: {value: /y}}]
          filters: [{type: URLRewrite, urlRewrite: {hostname: in.example.com}}]
          backendRefs: [{name: a, port: 80}, {name: gone, port: 80}]
        """;

    [Fact]
    public void Rules_are_told_in_the_order_of_evaluation()
    {
        var table = GcpTraffic.Describe(Projected.Rules(Rules).Graph.Nodes);

        Assert.Equal(
            [
                "* anything else: status 404",
                "shop.example.com /old: redirect 302 https://new.example.com/{path}",
                "shop.example.com /x|/x/* method GET header h=v: shop/a:80 75%, shop/b:80 25%",
                "shop.example.com /y|/y/*: shop/a:80, status 500 for 50% (urlRewrite hostRewrite in.example.com)",
                "shop.example.com anything else: status 404",
            ],
            table.Rows.Select(row => $"{row.Host} {row.Match}: {row.Destination}"));
        Assert.All(table.Rows, row => Assert.Equal((80, "HTTP"), (row.Port, row.Protocol)));
    }

    [Fact]
    public void A_new_service_warms_up_at_a_host_of_its_own()
    {
        var (before, after) = (Map("a"), Map("b"));
        var bridge = GcpBridge.Bridge(after.Address, before.Attributes, after.Attributes);

        Assert.NotNull(bridge);
        var rows = GcpTraffic.Describe([before with { Attributes = bridge }]).Rows;
        Assert.Equal(GcpTraffic.Describe([before]).Rows, rows);
        Assert.Contains(
            AttributeWalk.References(bridge), reference => reference.Source.Key is "shop/b:80");
        Assert.Equal(bridge, GcpBridge.Bridge(after.Address, bridge, after.Attributes));
    }

    [Fact]
    public void Nothing_new_needs_no_warming() =>
        Assert.Null(GcpBridge.Bridge(Map("a").Address, Map("a").Attributes, Map("a").Attributes));

    private static ResourceNode Map(string service) =>
        Projected.Rules($"- backendRefs: [{{name: {service}, port: 80}}]").Only(Kinds.UrlMap);
}
