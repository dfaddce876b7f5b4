namespace Gwctl.Providers.Aws.Tests.Projection;

public sealed class TargetGroupTests
{
    private const string Forward = "- backendRefs: [{name: a, port: 80}]";

    [Fact]
    public void Ready_endpoints_are_the_targets()
    {
        var projected = Projected.Rules(Forward);

        Assert.Equal(
            "[{id: 10.0.1.1, port: 8080}, {id: 10.0.1.2, port: 8080}]",
            Projected.Text(projected.Only(Kinds.Targets).Attributes["targets"]));
        var group = projected.Only(Kinds.TargetGroup).Attributes;
        Assert.Equal(("ip", "HTTP", "HTTP1", "8080", "ipv4"), (
            Projected.Text(group["targetType"]), Projected.Text(group["protocol"]),
            Projected.Text(group["protocolVersion"]), Projected.Text(group["port"]),
            Projected.Text(group["ipAddressType"])));
        Assert.Matches("^shop-a-80-[0-9a-f]{10}$", Projected.Text(group["name"]));
    }

    [Fact]
    public void Targets_are_left_to_others_where_no_endpoints_are_known()
    {
        var projected = Projected.Rules("- backendRefs: [{name: b, port: 80}]");

        Assert.Single(projected.Of(Kinds.TargetGroup));
        Assert.Empty(projected.Of(Kinds.Targets));
    }

    [Fact]
    public void Each_service_port_has_a_group_of_its_own()
    {
        var projected = Projected.Rules("- backendRefs: [{name: a, port: 80}, {name: m, port: 1}, "
            + "{name: m, port: 2}]", more: """
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: m, namespace: shop}
            spec: {ports: [{name: one, port: 1}, {name: two, port: 2}]}
            """);

        Assert.Equal(["shop/a:80", "shop/m:1", "shop/m:2"],
            projected.Of(Kinds.TargetGroup).Select(node => node.Address.Key));
    }

    [Theory]
    [InlineData("https", "HTTPS", "HTTP1")]
    [InlineData("kubernetes.io/wss", "HTTPS", "HTTP1")]
    [InlineData("kubernetes.io/ws", "HTTP", "HTTP1")]
    public void App_protocols_choose_protocol_and_version(string appProtocol, string protocol, string version)
    {
        var group = Service($"[{{port: 1, appProtocol: {appProtocol}}}]").Only(Kinds.TargetGroup).Attributes;

        Assert.Equal((protocol, version),
            (Projected.Text(group["protocol"]), Projected.Text(group["protocolVersion"])));
    }

    [Theory]
    [InlineData("kubernetes.io/h2c")]
    [InlineData("grpc")]
    public void Http2_and_grpc_need_an_https_listener(string appProtocol)
    {
        var projected = Service($"[{{port: 1, appProtocol: {appProtocol}}}]");

        Assert.Equal(["GW3143"], projected.Codes);
        Assert.Contains("statusCode: 500", Assert.Single(projected.RuleTexts()));
    }

    [Fact]
    public void A_policy_sets_health_check_and_attributes()
    {
        var projected = Policy("""
            healthCheck: {path: /healthz, interval: 10s, timeout: 3s, healthyThreshold: 3, successCodes: "200-299"}
            sessionAffinity: {duration: 1h}
            drainTimeout: 2m
            slowStart: 45s
            """);

        var group = projected.Only(Kinds.TargetGroup).Attributes;
        Assert.Empty(projected.Codes);
        Assert.Equal(
            "{healthyThreshold: 3, intervalSeconds: 10, matcher: 200-299, path: /healthz, port: traffic-port, "
                + "protocol: HTTP, timeoutSeconds: 3, unhealthyThreshold: 2}",
            Projected.Text(group["healthCheck"]));
        Assert.Equal(
            "{deregistration_delay.timeout_seconds: 120, slow_start.duration_seconds: 45, stickiness.enabled: true, "
                + "stickiness.lb_cookie.duration_seconds: 3600, stickiness.type: lb_cookie}",
            Projected.Text(group["attributes"]));
    }

    [Fact]
    public void Attributes_that_a_policy_can_set_are_there_without_one() => Assert.Equal(
        "{deregistration_delay.timeout_seconds: 30, slow_start.duration_seconds: 0, stickiness.enabled: false}",
        Projected.Text(Projected.Rules(Forward).Only(Kinds.TargetGroup).Attributes["attributes"]));

    [Theory]
    [InlineData("healthCheck: {interval: 1s}", "GW3154")]
    [InlineData("healthCheck: {interval: 5s, timeout: 10s}", "GW3155")]
    [InlineData("healthCheck: {protocol: TCP}", "GW3155")]
    [InlineData("healthCheck: {successCodes: \"500\"}", "GW3155")]
    [InlineData("slowStart: 10s", "GW3154")]
    public void Values_out_of_bounds_are_errors_at_the_policy(string field, string code)
    {
        var projected = Policy(field);

        var error = Assert.Single(projected.Diagnostics);
        Assert.Equal((code, "BackendPolicy/shop/p"), (error.Code, error.Object));
    }

    [Fact]
    public void Targets_may_be_left_to_a_controller() =>
        Assert.Empty(Policy("externalTargets: true").Of(Kinds.Targets));

    [Fact]
    public void Instances_need_node_ports()
    {
        Assert.Equal(["GW3150"], Policy("targetType: instance").Codes);

        var projected = Service("[{port: 1, nodePort: 30001}]", "type: NodePort, ", """
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: m-1, namespace: shop, labels: {kubernetes.io/service-name: m}}
            addressType: IPv4
            ports: [{name: "", port: 1}]
            endpoints: [{addresses: [10.0.1.9], nodeName: node-1}, {addresses: [10.0.1.8], nodeName: node-1}]
            """, aws: "targetType: instance");
        Assert.Equal(
            "[{id: ?instance(node=node-1), port: 30001}]",
            Projected.Text(projected.Only(Kinds.Targets).Attributes["targets"]));
    }

    [Fact]
    public void Session_persistence_is_a_group_of_its_own()
    {
        var projected = Projected.Rules("""
            - matches: [{path: {value: /app}}]
              backendRefs: [{name: a, port: 80}]
              sessionPersistence: {type: Cookie, absoluteTimeout: 1h}
            - backendRefs: [{name: a, port: 80}]
            """);

        Assert.Equal(["GW3141"], projected.Codes);
        var keys = projected.Of(Kinds.TargetGroup).Select(node => node.Address.Key).ToList();
        Assert.Equal(2, keys.Count);
        Assert.StartsWith("shop/a:80~", keys[1]);
        Assert.Contains(
            "stickiness.lb_cookie.duration_seconds: 3600",
            Projected.Text(projected.Of(Kinds.TargetGroup).Last().Attributes["attributes"]));
    }

    private static Projected Policy(string spec) => Projected.Rules(Forward, more: $$"""
        ---
        apiVersion: gwctl.dev/v1alpha1
        kind: BackendPolicy
        metadata: {name: p, namespace: shop}
        spec:
          targetRefs: [{kind: Service, name: a}]
        {{string.Join('\n', spec.Split('\n').Select(line => $"  {line}"))}}
        """);

    private static Projected Service(string ports, string type = "", string more = "", string aws = "") =>
        Projected.Rules(
        "- backendRefs: [{name: m, port: 1}]",
        aws: aws,
        more: $$"""
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: m, namespace: shop}
            spec: { {{type}} ports: {{ports}} }
            {{more}}
            """);
}
