using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Traffic;

namespace Gwctl.Providers.Aws.Tests.Projection;

public sealed class TrafficTests
{
    [Fact]
    public void Rows_say_host_match_and_destination()
    {
        var projected = Projected.Rules("""
            - matches: [{path: {value: /api}, method: GET, headers: [{name: x-n, value: "1"}]}]
              backendRefs: [{name: a, port: 80, weight: 9}, {name: b, port: 80}]
            - filters: [{type: RequestRedirect, requestRedirect: {scheme: https, statusCode: 301}}]
            """);

        Assert.Equal(
            [
                "80 HTTP * anything else: status 404",
                "80 HTTP shop.example.com /api|/api/* method GET header x-n=1: shop/a:80 90%, shop/b:80 10%",
                "80 HTTP shop.example.com everything: redirect 301 https://{host}:443/{path}",
            ],
            AwsTraffic.Describe(projected.Graph.Nodes).Rows
                .Select(row => $"{row.Port} {row.Protocol} {row.Host} {row.Match}: {row.Destination}"));
    }

    [Fact]
    public void Live_attributes_read_alike()
    {
        var graph = Projected.Rules("- backendRefs: [{name: a, port: 80}]").Graph;
        var group = graph.Nodes.Single(node => node.Address.Kind is Kinds.TargetGroup);
        var name = Projected.Text(group.Attributes["name"]);
        var live = graph.Nodes.Select(node => node.Address.Kind is not Kinds.Rule ? node : node with
        {
            Attributes = node.Attributes.Without("order").With("priority", new AttributeValue.Number(7)).With(
                "actions", Forward(($"arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/{name}/0", null))),
        }).ToList();

        Assert.Equal(AwsTraffic.Describe(graph.Nodes), AwsTraffic.Describe(live));
    }

    [Fact]
    public void A_bridge_keeps_traffic_and_adds_the_new_group_at_0()
    {
        var rule = new ResourceAddress("main", Kinds.Rule, new ObjectName("shop", "web"), "80/x");
        var source = new ResourceAddress("main", Kinds.TargetGroup, new ObjectName("shop", "web"), "new");
        var before = Rule(Forward(("arn:old", null)));
        var after = Rule(new AttributeValue.List([Map(
            ("type", new AttributeValue.Text("forward")),
            ("targetGroups", new AttributeValue.List([
                Map(("targetGroup", new AttributeValue.Reference(source, "arn")))])))]));

        Assert.Equal(
            "[{targetGroups: [{targetGroup: arn:old, weight: 1}, {targetGroup: <target-group new>, weight: 0}], "
                + "type: forward}]",
            Projected.Text(AwsBridge.Bridge(rule, before, after)?["actions"]));
        Assert.Null(AwsBridge.Bridge(rule, before, before));
        var half = Rule(Forward(("arn:new", 0), ("arn:old", 1)));
        Assert.Equal(half, AwsBridge.Bridge(rule, half, Rule(Forward(("arn:new", null)))));
        Assert.Null(AwsBridge.Bridge(rule, Rule(new AttributeValue.List([])), after));
    }

    [Fact]
    public void Ports_of_a_network_load_balancer_are_rows_too()
    {
        var projected = MakeRouting.Project(MakeRouting.Gateway(
            MakeRouting.Http(80, MakeRouting.Rule(RouteKind.Http, "h", "/", "shop/a:80")),
            MakeRouting.Tcp(53, MakeRouting.Stream(RouteKind.Tcp, "t", "", "shop/a:80=3", "?=1"))));

        Assert.Contains(
            "53 TCP * every connection: nothing (no answer) 25%, shop/a:80 75%",
            AwsTraffic.Describe(projected.Graph.Nodes).Rows
                .Select(row => $"{row.Port} {row.Protocol} {row.Host} {row.Match}: {row.Destination}"));
    }

    [Fact]
    public void A_listener_is_bridged_unless_its_protocol_changes()
    {
        static AttributeMap Listener(string protocol, string arn) => new([
            new AttributeField("protocol", new AttributeValue.Text(protocol)),
            new AttributeField("defaultActions", Forward((arn, null)))]);
        var listener = new ResourceAddress("main", Kinds.Listener, new ObjectName("shop", "web"), "network/53");

        Assert.Equal(
            "[{targetGroups: [{targetGroup: arn:old, weight: 1}, {targetGroup: arn:new, weight: 0}], type: forward}]",
            Projected.Text(AwsBridge.Bridge(listener, Listener("TCP", "arn:old"), Listener("TCP", "arn:new"))
                ?["defaultActions"]));
        Assert.Null(AwsBridge.Bridge(listener, Listener("TCP", "arn:old"), Listener("UDP", "arn:new")));
    }

    private static AttributeMap Rule(AttributeValue actions) => new([new AttributeField("actions", actions)]);

    private static AttributeValue.List Forward(params (string Arn, long? Weight)[] groups) => new([Map(
        ("type", new AttributeValue.Text("forward")),
        ("targetGroups", new AttributeValue.List(
            [
                .. groups.Select(group => group.Weight is { } weight
                    ? Map(
                        ("targetGroup", new AttributeValue.Text(group.Arn)),
                        ("weight", new AttributeValue.Number(weight)))
                    : Map(("targetGroup", new AttributeValue.Text(group.Arn)))),
            ])))]);

    private static AttributeValue.Map Map(params (string Name, AttributeValue Value)[] fields) =>
        new(new AttributeMap(fields.Select(field => new AttributeField(field.Name, field.Value))));
}
