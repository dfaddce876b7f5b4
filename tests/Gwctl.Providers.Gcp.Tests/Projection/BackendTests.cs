using Gwctl.Testing.Specs;

namespace Gwctl.Providers.Gcp.Tests.Projection;

public sealed class BackendTests
{
    private const string ToA = "- backendRefs: [{name: a, port: 80}]";

    [Fact]
    public void Each_service_port_is_a_backend_service()
    {
        var projected = Projected.Rules(
            "- backendRefs: [{name: a, port: 80}, {name: c, port: 81}, {name: c, port: 82}]",
            more: Service("ports: [{name: x, port: 81}, {name: z, port: 82}]"));

        Assert.Equal(
            ["none", "shop/a:80", "shop/c:81", "shop/c:82"],
            projected.Of(Kinds.BackendService).Select(node => node.Address.Key));
    }

    [Fact]
    public void Endpoints_are_in_the_groups_of_their_zones()
    {
        var projected = Projected.All(
            SpecText.Rules("- backendRefs: [{name: c, port: 80}]", more: Service("ports: [{port: 80}]") + """

                ---
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: c-1, namespace: shop, labels: {kubernetes.io/service-name: c}}
                addressType: IPv4
                ports: [{name: "", port: 8080}]
                endpoints:
                  - {addresses: [10.0.1.2], nodeName: n2, zone: europe-west1-b}
                  - {addresses: [10.0.1.1], nodeName: n1, zone: europe-west1-c}
                  - {addresses: [10.0.1.3], nodeName: n1, zone: europe-west1-b}
                """),
            zones: "");

        Assert.Equal(
            ["shop/c:80@europe-west1-b", "shop/c:80@europe-west1-c"],
            projected.Of(Kinds.NetworkEndpointGroup).Select(node => node.Address.Key));
        Assert.Equal(
            "[{instance: n1, ipAddress: 10.0.1.3, port: 8080}, {instance: n2, ipAddress: 10.0.1.2, port: 8080}]",
            SpecText.Of(projected.At(Kinds.Endpoints, "shop/c:80@europe-west1-b").Attributes["networkEndpoints"]));
        Assert.Equal(
            "[{balancingMode: RATE, capacityScaler: 1, group: <network-endpoint-group shop/c:80@europe-west1-b>, "
                + "maxRatePerEndpoint: 100000000}, {balancingMode: RATE, capacityScaler: 1, "
                + "group: <network-endpoint-group shop/c:80@europe-west1-c>, maxRatePerEndpoint: 100000000}]",
            SpecText.Of(projected.At(Kinds.BackendService, "shop/c:80").Attributes["backends"]));
    }

    [Fact]
    public void Endpoints_that_are_not_ready_are_left_out() => Assert.Equal(
        "[{instance: node-1, ipAddress: 10.0.1.1, port: 8080}, {instance: node-2, ipAddress: 10.0.1.2, port: 8080}]",
        Projected.Rules(ToA).Text(Kinds.Endpoints, "networkEndpoints"));

    [Fact]
    public void A_zone_must_be_known()
    {
        Assert.Equal(["GW3261"], Projected.All(SpecText.Rules(ToA), zones: "").Codes);
        Assert.Equal(
            ["GW3261"], Projected.All(SpecText.Rules(ToA), zones: "zones: [us-central1-a, us-central1-b]").Codes);
        Assert.Equal(
            ["GW3261"], Projected.All(SpecText.Rules("- backendRefs: [{name: b, port: 80}]"), zones: "").Codes);
    }

    [Fact]
    public void A_group_that_others_fill_has_no_endpoints_of_ours()
    {
        var projected = Projected.Rules("- backendRefs: [{name: b, port: 80}]");

        Assert.Equal("shop/b:80@us-central1-a", projected.Only(Kinds.NetworkEndpointGroup).Address.Key);
        Assert.Empty(projected.Of(Kinds.Endpoints));
    }

    [Fact]
    public void Groups_of_googles_controller_are_taken_as_they_are()
    {
        const string status =
            """{"network_endpoint_groups":{"80":"k8s1-abc"},"zones":["us-central1-b","us-central1-a"]}""";
        var projected = Projected.Rules("- backendRefs: [{name: c, port: 80}]",
            more: Service("ports: [{port: 80}]", $"cloud.google.com/neg-status: '{status}'"));

        Assert.Empty(projected.Of(Kinds.NetworkEndpointGroup));
        var backends = SpecText.Of(projected.At(Kinds.BackendService, "shop/c:80").Attributes["backends"]);
        Assert.Contains("/projects/my-project/zones/us-central1-a/networkEndpointGroups/k8s1-abc", backends);
        Assert.Contains("/projects/my-project/zones/us-central1-b/networkEndpointGroups/k8s1-abc", backends);
        Assert.Equal(
            ["GW3263"],
            Projected.Rules("- backendRefs: [{name: c, port: 81}]",
                more: Service("ports: [{port: 81}]", $"cloud.google.com/neg-status: '{status}'")).Codes);
    }

    [Fact]
    public void Hybrid_groups_take_addresses_without_machines()
    {
        var projected = Projected.Rules(ToA, more: Policy("targetType: hybrid"));

        Assert.Equal("NON_GCP_PRIVATE_IP_PORT", projected.Text(Kinds.NetworkEndpointGroup, "networkEndpointType"));
        Assert.Equal(
            "[{ipAddress: 10.0.1.1, port: 8080}, {ipAddress: 10.0.1.2, port: 8080}]",
            projected.Text(Kinds.Endpoints, "networkEndpoints"));
    }

    [Fact]
    public void A_serverless_group_is_a_service_in_a_region_without_checks()
    {
        const string serverless = "targetType: serverless\nserverless: {service: hello, region: us-east1}";
        var projected = Projected.Rules(ToA, more: Policy(serverless));

        var group = projected.Only(Kinds.NetworkEndpointGroup);
        Assert.Equal("shop/a:80@us-east1", group.Address.Key);
        Assert.Equal("{service: hello}", SpecText.Of(group.Attributes["cloudRun"]));
        Assert.Equal("[{group: <network-endpoint-group shop/a:80@us-east1>}]",
            SpecText.Of(projected.At(Kinds.BackendService, "shop/a:80").Attributes["backends"]));
        Assert.Empty(projected.Of(Kinds.HealthCheck));
    }

    [Theory]
    [InlineData("targetType: instance")]
    [InlineData("targetType: serverless")]
    [InlineData("targetType: serverless\nserverless: {service: hello}")]
    public void Targets_that_cannot_be_are_refused(string policy)
    {
        var projected = Projected.Rules(ToA, more: Policy(policy));

        Assert.Equal(["GW3260"], projected.Codes);
        Assert.Contains("httpStatus: 500", Assert.Single(projected.Routes()));
    }

    [Theory]
    [InlineData("", "HTTP", "30")]
    [InlineData("appProtocol: https", "HTTPS", "30")]
    [InlineData("appProtocol: kubernetes.io/h2c", "H2C", "30")]
    [InlineData("appProtocol: grpc", "H2C", "86400")]
    [InlineData("appProtocol: kubernetes.io/ws", "HTTP", "86400")]
    public void App_protocols_choose_the_protocol(string field, string protocol, string timeout)
    {
        var projected = Projected.Rules("- backendRefs: [{name: c, port: 80}]",
            more: Service($"ports: [{{port: 80{(field is "" ? "" : $", {field}")}}}]"));

        var service = projected.At(Kinds.BackendService, "shop/c:80").Attributes;
        Assert.Equal((protocol, timeout), (SpecText.Of(service["protocol"]), SpecText.Of(service["timeoutSec"])));
    }

    [Fact]
    public void Grpc_is_spoken_by_http2_without_tls()
    {
        var projected = Projected.All($$"""
            {{SpecText.Gateway("{name: http, port: 80, protocol: HTTP}")}}
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: GRPCRoute
            metadata: {name: g, namespace: shop}
            spec:
              parentRefs: [{name: web}]
              rules:
                - name: add
                  matches: [{method: {service: shop.Cart, method: Add} }]
                  backendRefs: [{name: a, port: 80}, {name: gone, port: 80}]
            """);

        Assert.Equal("H2C", SpecText.Of(projected.At(Kinds.BackendService, "shop/a:80~grpc").Attributes["protocol"]));
        var route = Assert.Single(projected.Routes("*"));
        Assert.StartsWith("[{fullPathMatch: /shop.Cart/Add}]", route);
        Assert.Contains("faultInjectionPolicy: {abort: {httpStatus: 503, percentage: 50}}", route);
    }

    [Fact]
    public void Sessions_are_a_service_of_their_own()
    {
        var projected = Projected.Rules("""
            - sessionPersistence: {type: Cookie, sessionName: sid, absoluteTimeout: 1h}
              backendRefs: [{name: a, port: 80}, {name: b, port: 80}]
            - matches: [{path: {value: /x}}]
              sessionPersistence: {type: Cookie, absoluteTimeout: 1h}
              backendRefs: [{name: a, port: 80}]
            """);

        Assert.Equal(["GW3242"], projected.Codes);
        var texts = projected.Of(Kinds.BackendService)
            .Select(node => $"{SpecText.Of(node.Attributes["sessionAffinity"])} "
                + $"{SpecText.Of(node.Attributes["strongSessionAffinityCookie"])}"
                + SpecText.Of(node.Attributes["affinityCookieTtlSec"])).ToList();
        Assert.Contains("STRONG_COOKIE_AFFINITY {name: sid, path: /, ttl: {seconds: 3600}}", texts);
        Assert.Contains("GENERATED_COOKIE 3600", texts);
    }

    [Fact]
    public void A_session_by_header_is_refused() => Assert.Equal(["GW3241"], Projected.Rules("""
        - sessionPersistence: {type: Header, sessionName: sid}
          backendRefs: [{name: a, port: 80}]
        """).Codes);

    [Theory]
    [InlineData("", "GW3269")]
    [InlineData("options: {gwctl.dev/allow-unverified: 'true'}", "GW3270")]
    [InlineData("options: {gwctl.dev/backend-authentication-config: projects/p/locations/global/"
        + "backendAuthenticationConfigs/c}", "")]
    public void A_tls_policy_is_refused_unless_its_chain_is_checked_or_need_not_be(string options, string code)
    {
        var projected = Projected.Rules(ToA, more: $$"""
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: BackendTLSPolicy
            metadata: {name: t, namespace: shop}
            spec:
              targetRefs: [{group: "", kind: Service, name: a}]
              validation:
                hostname: a.internal
                wellKnownCACertificates: System
                subjectAltNames: [{type: Hostname, hostname: x.internal}]
              {{options}}
            """);

        Assert.Equal(code is "" ? [] : [code], projected.Codes);
        if (code is "GW3269")
        {
            Assert.Contains("httpStatus: 500", Assert.Single(projected.Routes()));
            return;
        }

        var service = projected.At(Kinds.BackendService, "shop/a:80").Attributes;
        Assert.Equal("HTTPS", SpecText.Of(service["protocol"]));
        Assert.Contains(
            "sni: a.internal, subjectAltNames: [{dnsName: x.internal}]", SpecText.Of(service["tlsSettings"]));
        Assert.Equal(
            code is "", SpecText.Of(service["tlsSettings"]).Contains("//networksecurity.googleapis.com/projects/p/"));
    }

    [Theory]
    [InlineData("", "TCP", "tcpHealthCheck", "{portSpecification: USE_SERVING_PORT}", "")]
    [InlineData("healthCheck: {path: /healthz, port: 9000}", "HTTP", "httpHealthCheck",
        "{port: 9000, portSpecification: USE_FIXED_PORT, requestPath: /healthz}", "")]
    [InlineData("healthCheck: {path: /, successCodes: 200-399}", "HTTP", "httpHealthCheck",
        "{portSpecification: USE_SERVING_PORT, requestPath: /}", "GW3267")]
    [InlineData("healthCheck: {protocol: GRPC}", "GRPC", "grpcHealthCheck",
        "{portSpecification: USE_SERVING_PORT}", "")]
    [InlineData("healthCheck: {interval: 5s, timeout: 10s}", "TCP", "tcpHealthCheck",
        "{portSpecification: USE_SERVING_PORT}", "GW3266")]
    [InlineData("healthCheck: {unhealthyThreshold: 50}", "TCP", "tcpHealthCheck",
        "{portSpecification: USE_SERVING_PORT}", "GW3265")]
    [InlineData("slowStart: 60s", "TCP", "tcpHealthCheck", "{portSpecification: USE_SERVING_PORT}", "GW3268")]
    public void Health_checks_follow_the_policy(string policy, string type, string member, string expected, string code)
    {
        var projected = Projected.Rules(ToA, more: policy is "" ? "" : Policy(policy));

        var check = projected.Only(Kinds.HealthCheck).Attributes;
        Assert.Equal((type, expected), (SpecText.Of(check["type"]), SpecText.Of(check[member])));
        Assert.Equal(code is "" ? [] : [code], projected.Codes);
    }

    [Fact]
    public void Affinity_of_a_policy_changes_the_services_name()
    {
        var plain = Projected.Rules(ToA).At(Kinds.BackendService, "shop/a:80").Attributes;
        var sticky = Projected.Rules(ToA, more: Policy("sessionAffinity: {cookieName: sid, duration: 60s}"))
            .At(Kinds.BackendService, "shop/a:80").Attributes;

        Assert.NotEqual(plain["name"], sticky["name"]);
        Assert.Equal("HTTP_COOKIE", SpecText.Of(sticky["sessionAffinity"]));
        Assert.Equal("{httpCookie: {name: sid, path: /, ttl: {seconds: 60}}}", SpecText.Of(sticky["consistentHash"]));
    }

    [Theory]
    [InlineData("[{name: a, port: 80, weight: 9}, {name: b, port: 80, weight: 1}]", "9", "1", "")]
    [InlineData("[{name: a, port: 80, weight: 1000000}, {name: b, port: 80, weight: 1}]", "1000", "1", "GW3235")]
    [InlineData("[{name: a, port: 80, weight: 1}, {name: b, port: 80, weight: 0}]", "1", "0", "")]
    public void Weights_are_scaled_and_losses_said(string backends, string first, string second, string code)
    {
        var projected = Projected.Rules($"- backendRefs: {backends}");

        Assert.Contains(
            $"weightedBackendServices: [{{backendService: <backend-service shop/a:80>, weight: {first}}}, "
                + $"{{backendService: <backend-service shop/b:80>, weight: {second}}}]",
            Assert.Single(projected.Routes()));
        Assert.Equal(code is "" ? [] : [code], projected.Codes);
    }

    [Fact]
    public void An_invalid_backends_share_is_aborted_with_500() => Assert.Contains(
        "-> {routeAction: {faultInjectionPolicy: {abort: {httpStatus: 500, percentage: 25}}}, "
            + "service: <backend-service shop/a:80>}",
        Assert.Single(Projected.Rules(
            "- backendRefs: [{name: a, port: 80, weight: 3}, {name: gone, port: 80, weight: 1}]").Routes()));

    private static string Service(string spec, string annotations = "") => $$"""
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: c
          namespace: shop
          annotations: { {{annotations}} }
        spec: { {{spec}} }
        """;

    private static string Policy(string spec) => $$"""
        ---
        apiVersion: gwctl.dev/v1alpha1
        kind: BackendPolicy
        metadata: {name: p, namespace: shop}
        spec:
          targetRefs: [{kind: Service, name: a}]
          {{spec.Replace("\n", "\n  ")}}
        """;
}
