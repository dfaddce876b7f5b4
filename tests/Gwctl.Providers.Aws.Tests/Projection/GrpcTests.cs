using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Testing.Specs;
using static Gwctl.Providers.Aws.Tests.Projection.MakeRouting;

namespace Gwctl.Providers.Aws.Tests.Projection;

public sealed class GrpcTests
{
    [Fact]
    public void A_grpc_route_makes_grpc_groups_with_the_check_of_aws()
    {
        var projected = Project(Gateway(Https(443, "g.example.com",
            Rule(RouteKind.Grpc, "g", "/shop.Cart/Add", "shop/a:80"),
            Rule(RouteKind.Grpc, "g2", "/shop.Cart/", "shop/b:80"),
            Rule(RouteKind.Grpc, "g3", "/[^/]+/Add", "shop/b:80"))));

        Assert.Empty(projected.Codes);
        Assert.All(projected.Of(Kinds.TargetGroup), group => Assert.Equal(
            ("HTTP", "GRPC", "/AWS.ALB/healthcheck", "12"),
            (Text(group, "protocol"), Text(group, "protocolVersion"), Check(group, "path"), Check(group, "matcher"))));
        Assert.Equal(["shop/a:80~grpc", "shop/b:80~grpc"], Keys(projected));
        Assert.Contains("values: [/shop.Cart/Add]", projected.RuleTexts(443)[0]);
        Assert.Contains("values: [/shop.Cart, /shop.Cart/*]", projected.RuleTexts(443)[1]);
        Assert.Contains("regexValues: [^/[^/]+/Add$]", projected.RuleTexts(443)[2]);
        Assert.Contains("GRPCRoute/shop/g", projected.Of(Kinds.Rule).First().OriginObjects);
        Assert.Contains("404", Text(projected.Only(Kinds.Listener), "defaultActions"));
    }

    [Fact]
    public void A_backend_of_http_and_grpc_routes_has_a_group_for_each()
    {
        var projected = Project(Gateway(Https(443, "g.example.com",
            Rule(RouteKind.Grpc, "g", "/shop.Cart/Add", "shop/a:80"),
            Rule(RouteKind.Http, "h", "/cart", "shop/a:80"))));

        Assert.Equal(["shop/a:80", "shop/a:80~grpc"], Keys(projected));
        Assert.Equal(
            ["HTTP1", "GRPC"], projected.Of(Kinds.TargetGroup).Select(group => Text(group, "protocolVersion")));
        Assert.Equal(2, projected.Of(Kinds.TargetGroup).Select(group => Text(group, "name")).Distinct().Count());
        Assert.Equal(2, projected.Of(Kinds.Targets).Count());
    }

    [Fact]
    public void A_backend_that_speaks_nothing_else_has_one()
    {
        var gateway = Gateway(Https(443, "g.example.com",
            Rule(RouteKind.Grpc, "g", "/shop.Cart/Add", "shop/a:80"),
            Rule(RouteKind.Http, "h", "/cart", "shop/a:80")));

        Assert.Equal(["shop/a:80"], Keys(Project(gateway.With(Backend("shop/a:80", appProtocol: "grpc")))));
    }

    [Fact]
    public void A_backend_over_http2_is_out_of_reach_for_older_clients_and_that_is_said()
    {
        var gateway = Gateway(Https(443, "g.example.com", Rule(RouteKind.Http, "h", "/cart", "shop/a:80")));

        var projected = Project(gateway.With(Backend("shop/a:80", appProtocol: "kubernetes.io/h2c")));

        Assert.Equal(["GW3144"], projected.Diagnostics.Select(diagnostic => diagnostic.Code));
    }

    [Fact]
    public void Grpc_needs_an_https_listener()
    {
        var projected = Project(Gateway(Http(80, Rule(RouteKind.Grpc, "g", "/shop.Cart/Add", "shop/a:80"))));

        var error = Assert.Single(projected.Diagnostics);
        Assert.Equal(("GW3143", "GRPCRoute/shop/g"), (error.Code, error.Object));
        Assert.StartsWith("Attach the route to an HTTPS listener", error.Help);
        Assert.Contains("statusCode: 500", Assert.Single(projected.RuleTexts()));
    }

    [Fact]
    public void No_backend_is_unavailable_to_grpc_clients()
    {
        var projected = Project(Gateway(Https(443, "g.example.com",
            Rule(RouteKind.Grpc, "g", "/shop.Cart/Add"),
            Rule(RouteKind.Grpc, "g2", "/shop.Cart/Remove", "shop/a:80", "?"))));

        Assert.Empty(projected.Codes);
        Assert.Contains("statusCode: 503", projected.RuleTexts(443)[0]);
        Assert.Equal(["shop/a:80~grpc", "unresolved~grpc"], Keys(projected));
        Assert.All(projected.Of(Kinds.TargetGroup), group => Assert.Equal("GRPC", Text(group, "protocolVersion")));
    }

    [Theory]
    [InlineData("HTTP", "/AWS.ALB/healthcheck", "12")]
    [InlineData("GRPC", "/grpc.health.v1.Health/Check", "0")]
    public void A_policy_checks_what_its_protocol_says(string protocol, string path, string matcher)
    {
        var isGrpc = protocol is "GRPC";
        var policy = MakeService.Policy("shop/p", services: "a") with
        {
            HealthCheck = new HealthCheckSpec
            {
                Protocol = Make.Value(protocol),
                Path = Make.Value(isGrpc ? "/grpc.health.v1.Health/Check" : "/healthz"),
                SuccessCodes = Make.Value(isGrpc ? "0" : "200"),
                Interval = Make.Value(TimeSpan.FromSeconds(20)),
                Span = SourceSpan.None,
            },
        };
        var projected = Project(Gateway(Https(443, "g.example.com",
            Rule(RouteKind.Grpc, "g", "/shop.Cart/Add", "shop/a:80"))).With(Backend("shop/a:80", policy)));

        Assert.Empty(projected.Codes);
        var group = projected.Only(Kinds.TargetGroup);
        Assert.Equal((path, matcher, "20"),
            (Check(group, "path"), Check(group, "matcher"), Check(group, "intervalSeconds")));
    }

    private static IEnumerable<string> Keys(Projected projected) =>
        projected.Of(Kinds.TargetGroup).Select(group => group.Address.Key);

    private static string Text(Engine.Resources.ResourceNode node, string name) =>
        Projected.Text(node.Attributes[name]);

    private static string Check(Engine.Resources.ResourceNode group, string name) =>
        Projected.Text(((Engine.Resources.AttributeValue.Map?)group.Attributes["healthCheck"])?.Fields[name]);
}
