using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Topology;
using Gwctl.Engine.Resources;
using Gwctl.Testing.Specs;
using static Gwctl.Providers.Aws.Tests.Projection.MakeRouting;

namespace Gwctl.Providers.Aws.Tests.Projection;

public sealed class NetworkTests
{
    [Fact]
    public void A_gateway_with_both_layers_has_two_load_balancers()
    {
        var projected = Project(Gateway(
            Http(80, Rule(RouteKind.Http, "h", "/", "shop/a:80")),
            Tcp(5432, Stream(RouteKind.Tcp, "db", "", "shop/a:80"))));

        Assert.Empty(projected.Codes);
        Assert.Equal(["", "network"], Keys(projected, Kinds.LoadBalancer));
        Assert.Equal(["", "network"], projected.Of(Kinds.LoadBalancer).Select(node => Text(node, "type")));
        Assert.Equal(["80", "network/5432"], Keys(projected, Kinds.Listener));
        Assert.Equal(["shop/a:80", "shop/a:80~tcp"], Keys(projected, Kinds.TargetGroup));
        Assert.Equal(["80", "5432"], projected.Of(Kinds.SecurityGroup).Select(PortsOf));
        Assert.Equal(
            "[{targetGroups: [{targetGroup: <target-group shop/a:80~tcp>}], type: forward}]",
            Text(Node(projected, Kinds.Listener, "network/5432"), "defaultActions"));
        Assert.Equal(
            2, projected.Of(Kinds.LoadBalancer).Select(node => Text(node, "name")).Distinct().Count());
    }

    [Fact]
    public void A_gateway_without_http_has_no_application_load_balancer() =>
        Assert.Equal(["network"], Keys(
            Project(Gateway(Tcp(1, Stream(RouteKind.Tcp, "db", "", "shop/a:80")))), Kinds.LoadBalancer));

    [Fact]
    public void Groups_are_checked_by_tcp_and_keep_no_clients()
    {
        var group = Project(Gateway(Tcp(1, Stream(RouteKind.Tcp, "db", "", "shop/a:80")))).Only(Kinds.TargetGroup);

        Assert.Equal(("TCP", ""), (Text(group, "protocol"), Text(group, "protocolVersion")));
        Assert.Equal(
            "{healthyThreshold: 2, intervalSeconds: 15, port: traffic-port, protocol: TCP, timeoutSeconds: 5, "
                + "unhealthyThreshold: 2}",
            Text(group, "healthCheck"));
        Assert.Equal(
            "{deregistration_delay.timeout_seconds: 30, stickiness.enabled: false, stickiness.type: source_ip}",
            Text(group, "attributes"));
    }

    [Fact]
    public void Weights_are_a_listeners_own()
    {
        var projected = Project(Gateway(Tcp(1, Stream(RouteKind.Tcp, "db", "", "shop/a:80=9", "shop/b:80=1", "?=2"))));

        Assert.Equal(["GW3187"], projected.Codes);
        Assert.Equal(
            "[{targetGroups: [{targetGroup: <target-group shop/a:80~tcp>, weight: 9}, "
                + "{targetGroup: <target-group shop/b:80~tcp>, weight: 1}, "
                + "{targetGroup: <target-group unresolved~tcp>, weight: 2}], type: forward}]",
            Text(projected.Only(Kinds.Listener), "defaultActions"));
    }

    [Fact]
    public void Tcp_and_udp_share_a_port_where_they_go_to_the_same_backends()
    {
        var gateway = Gateway(
            Tcp(53, Stream(RouteKind.Tcp, "t", "", "shop/a:53")),
            Udp(53, Stream(RouteKind.Udp, "u", "", "shop/a:53/udp")));
        var same = Project(gateway);
        Assert.Empty(same.Codes);
        Assert.Equal("TCP_UDP", Text(same.Only(Kinds.Listener), "protocol"));
        Assert.Equal("TCP_UDP", Text(same.Only(Kinds.TargetGroup), "protocol"));
        Assert.Contains("protocol: udp", Text(same.Only(Kinds.SecurityGroup), "ingress"));

        var different = Project(gateway.With(Backend("shop/a:53/udp", address: "10.0.1.2")));
        Assert.Equal(["GW3182"], different.Codes);
        Assert.Equal("TCP", Text(different.Only(Kinds.Listener), "protocol"));
        Assert.DoesNotContain("udp", Text(different.Only(Kinds.SecurityGroup), "ingress"));
    }

    /// <summary>As the compiler gives them: the two protocols of one Service port are two backends.</summary>
    [Theory]
    [InlineData("10.0.1.1", "TCP_UDP")]
    [InlineData("10.0.1.2", "TCP")]
    public void Both_protocols_of_a_service_port_share_where_their_targets_are_the_same(string udp, string expected)
    {
        var tcp = Backend("shop/dns:53");
        var other = tcp with
        {
            Id = "shop/dns:53/udp",
            Service = tcp.Service with
            {
                ServicePort = tcp.Service.ServicePort with { Name = "u", Protocol = "UDP" },
                Endpoints = [new Endpoint(udp, 53, true, false, null, null)],
            },
        };
        var listeners = Gateway(Tcp(53, Stream(RouteKind.Tcp, "t", "", tcp.Id)), Udp(53)) with { Backends = [] };
        var udpPort = listeners.Ports[1].Listeners[0] with { Streams = [Stream(RouteKind.Udp, "u", "", other.Id)] };
        var ports = new[] { listeners.Ports[0], listeners.Ports[1] with { Listeners = [udpPort] } };

        var projected = Project((listeners with { Ports = [.. ports] }).With(tcp, other));

        Assert.Equal(expected, Text(projected.Only(Kinds.Listener), "protocol"));
        Assert.Equal(expected is "TCP" ? ["GW3182"] : [], projected.Codes);
    }

    [Fact]
    public void Udp_is_checked_by_tcp_and_that_is_said()
    {
        var projected = Project(Gateway(Udp(53, Stream(RouteKind.Udp, "u", "", "shop/a:80"))));

        Assert.Equal(["GW3157"], projected.Codes);
        Assert.Equal("UDP", Text(projected.Only(Kinds.TargetGroup), "protocol"));
    }

    [Fact]
    public void Udp_on_dual_stack_wants_ipv6_targets() =>
        Assert.Equal(["GW3156"], Project(
            Gateway(Udp(53, Stream(RouteKind.Udp, "u", "", "shop/a:80"))),
            settings => settings with
            {
                LoadBalancer = new() { IpAddressType = LoadBalancerSettings.DualStack },
            }).Codes);

    [Fact]
    public void A_terminating_listener_has_certificates_a_policy_and_alpn()
    {
        var projected = Project(Gateway(
            Tls(443, "a.example.com", Stream(RouteKind.Tls, "t", "a.example.com", "shop/a:80"))
                with
            { Options = ["gwctl.dev/alpn-policy=HTTP2Preferred"] },
            Tls(443, "b.example.com", Stream(RouteKind.Tls, "t", "b.example.com", "shop/a:80"))));

        Assert.Equal(["GW3184"], projected.Codes);
        var listener = projected.Only(Kinds.Listener);
        Assert.Equal(
            ("TLS", "HTTP2Preferred", LoadBalancerSettings.DefaultSslPolicy),
            (Text(listener, "protocol"), Text(listener, "alpnPolicy"), Text(listener, "sslPolicy")));
        Assert.EndsWith("certificate/a.example.com", Text(listener, "certificate"));
        Assert.Equal(
            "network/443/arn/arn:aws:acm:us-east-1:123456789012:certificate/b.example.com",
            projected.Only(Kinds.ListenerCertificate).Address.Key);
        Assert.Equal("shop/a:80~tls", projected.Only(Kinds.TargetGroup).Address.Key);
        Assert.Equal("TCP", Text(projected.Only(Kinds.TargetGroup), "protocol"));
    }

    [Fact]
    public void Wrong_alpn_is_an_error_at_the_option() =>
        Assert.Contains("GW3121", Project(Gateway(
            Tls(443, "a.example.com", Stream(RouteKind.Tls, "t", "a.example.com", "shop/a:80"))
                with
            { Options = ["gwctl.dev/alpn-policy=h2"] })).Codes);

    [Theory]
    [InlineData("a.example.com")]
    [InlineData("*.example.com")]
    public void A_single_server_name_gets_every_connection_and_that_is_said(string hostname)
    {
        var projected = Project(Gateway(
            Passthrough(443, "*.example.com", Stream(RouteKind.Tls, "t", hostname, "shop/a:443"))));

        var warning = Assert.Single(projected.Diagnostics);
        Assert.Equal(("GW3184", "TLSRoute/shop/t"), (warning.Code, warning.Object));
        Assert.Equal("TCP", Text(projected.Only(Kinds.Listener), "protocol"));
        Assert.Equal("shop/a:443~tcp", projected.Only(Kinds.TargetGroup).Address.Key);
    }

    [Fact]
    public void Other_server_names_with_other_backends_lose()
    {
        var projected = Project(Gateway(Passthrough(443, "*.example.com",
            Stream(RouteKind.Tls, "first", "a.example.com", "shop/a:443"),
            Stream(RouteKind.Tls, "same", "b.example.com", "shop/a:443"),
            Stream(RouteKind.Tls, "other", "c.example.com", "shop/b:443"))).WithZone("example.com"));

        Assert.Equal(["GW3183", "GW3184"], projected.Codes);
        var lost = Assert.Single(projected.Diagnostics, diagnostic => diagnostic.Code is "GW3183");
        Assert.Equal("TLSRoute/shop/other", lost.Object);
        Assert.Equal(["shop/a:443~tcp"], Keys(projected, Kinds.TargetGroup));
        Assert.Equal(["a.example.com", "b.example.com"], Keys(projected, Kinds.DnsRecord));
    }

    [Fact]
    public void A_port_passes_through_or_terminates()
    {
        var projected = Project(Gateway(
            Tls(443, "a.example.com", Stream(RouteKind.Tls, "t", "a.example.com", "shop/a:80")),
            Passthrough(443, "b.example.com", Stream(RouteKind.Tls, "p", "b.example.com", "shop/b:80"))));

        Assert.Equal(["GW3181", "GW3184"], projected.Codes);
        Assert.Equal("TLS", Text(projected.Only(Kinds.Listener), "protocol"));
    }

    [Fact]
    public void Https_and_tls_do_not_share_a_port()
    {
        var projected = Project(Gateway(
            Https(443, "a.example.com", Rule(RouteKind.Http, "h", "/", "shop/a:80")),
            Tls(443, "b.example.com", Stream(RouteKind.Tls, "t", "b.example.com", "shop/b:80"))));

        Assert.Equal(["GW3180"], projected.Codes);
        Assert.Equal("HTTPS", Text(projected.Only(Kinds.Listener), "protocol"));
        Assert.Equal([""], Keys(projected, Kinds.LoadBalancer));
    }

    [Fact]
    public void Records_lead_to_the_load_balancer_that_serves_the_name()
    {
        var projected = Project(Gateway(
            Https(443, "a.example.com", Rule(RouteKind.Http, "h", "/", "shop/a:80")),
            Tls(8443, "b.example.com", Stream(RouteKind.Tls, "t", "b.example.com", "shop/b:80")),
            Tls(8443, "a.example.com", Stream(RouteKind.Tls, "t", "a.example.com", "shop/b:80")))
            .WithZone("example.com"));

        Assert.Equal(["GW3162", "GW3184"], projected.Codes);
        Assert.Contains("<load-balancer>", Text(Node(projected, Kinds.DnsRecord, "a.example.com"), "a"));
        Assert.Contains("<load-balancer network>", Text(Node(projected, Kinds.DnsRecord, "b.example.com"), "a"));
        Assert.Contains(
            "TLSRoute/shop/t", Node(projected, Kinds.DnsRecord, "b.example.com").OriginObjects);
    }

    [Fact]
    public void A_port_without_a_backend_stays_closed()
    {
        var none = Project(Gateway(Tcp(1), Udp(2, Stream(RouteKind.Udp, "u", "", "?"))));

        Assert.Equal(["GW3185"], none.Codes);
        Assert.Contains(none.Diagnostics, diagnostic => diagnostic.Code is "GW3186");
        Assert.Empty(none.Of(Kinds.Listener));
        Assert.Equal("[]", Text(none.Only(Kinds.SecurityGroup), "ingress"));
        Assert.Single(none.Of(Kinds.LoadBalancer));
    }

    [Fact]
    public void A_port_that_must_verify_clients_is_never_opened_without()
    {
        var gateway = Gateway(Tls(443, "a.example.com", Stream(RouteKind.Tls, "t", "a.example.com", "shop/a:80")));
        var projected = Project(gateway with
        {
            Ports = [.. gateway.Ports.Select(port => port with
            {
                ClientValidation = new Compiler.Routing.ClientValidation(["pem"], false, Make.At(1)),
            })],
        });

        Assert.Equal(["GW3188"], projected.Codes);
        Assert.Empty(projected.Of(Kinds.Listener));
    }

    [Fact]
    public void Attributes_of_http_are_not_the_networks()
    {
        var projected = Project(
            Gateway(
                Tcp(1, Stream(RouteKind.Tcp, "t", "", "shop/a:80")),
                Udp(2, Stream(RouteKind.Udp, "u", "", "shop/b:80"))),
            settings => settings with
            {
                TargetGroupAttributes = Make.Labels("load_balancing.algorithm.type=least_outstanding_requests"),
                LoadBalancer = new() { Attributes = Make.Labels("idle_timeout.timeout_seconds=90") },
                Network = new()
                {
                    TargetGroupAttributes =
                        Make.Labels("proxy_protocol_v2.enabled=true", "preserve_client_ip.enabled=false"),
                    LoadBalancerAttributes = Make.Labels("load_balancing.cross_zone.enabled=true"),
                },
            });

        var groups = projected.Of(Kinds.TargetGroup).Select(node => Text(node, "attributes")).ToList();
        Assert.All(groups, attributes => Assert.Contains("proxy_protocol_v2.enabled: true", attributes));
        Assert.All(groups, attributes => Assert.DoesNotContain("algorithm", attributes));
        Assert.Contains("preserve_client_ip.enabled: false", groups[0]);
        Assert.DoesNotContain("preserve_client_ip", groups[1]);
        Assert.Equal(
            "{deletion_protection.enabled: false, load_balancing.cross_zone.enabled: true}",
            Text(projected.Only(Kinds.LoadBalancer), "attributes"));
    }

    [Fact]
    public void A_policy_for_http_says_what_it_is_for_tcp()
    {
        var policy = MakeService.Policy("shop/p", services: "a") with
        {
            SlowStart = Make.Value(TimeSpan.FromMinutes(1)),
            DrainTimeout = Make.Value(TimeSpan.FromMinutes(2)),
            SessionAffinity = new SessionAffinitySpec(null, null, Make.At(1)),
            HealthCheck = new HealthCheckSpec { Path = Make.Value("/healthz"), Span = Make.At(1) },
        };
        var projected = Project(Gateway(Tcp(1, Stream(RouteKind.Tcp, "t", "", "shop/a:80")))
            .With(Backend("shop/a:80", policy)));

        Assert.Equal(2, projected.Diagnostics.Count(diagnostic => diagnostic.Code is "GW3158"));
        var group = projected.Only(Kinds.TargetGroup);
        Assert.Equal(
            "{deregistration_delay.timeout_seconds: 120, stickiness.enabled: true, stickiness.type: source_ip}",
            Text(group, "attributes"));
        Assert.Contains("matcher: 200-399, path: /healthz", Text(group, "healthCheck"));
    }

    [Fact]
    public void Elastic_addresses_are_the_network_load_balancers()
    {
        static IReadOnlyList<string> Codes(params RoutingListenerAt[] listeners) => Project(Gateway(listeners) with
        {
            Addresses = [
                new("gwctl.dev/eip-allocation", "eipalloc-2", Make.At(1)),
                new("gwctl.dev/eip-allocation", "eipalloc-1", Make.At(2))],
        }).Codes;
        var tcp = Tcp(1, Stream(RouteKind.Tcp, "t", "", "shop/a:80"));

        Assert.Empty(Codes(tcp));
        Assert.Equal(["GW3111"], Codes(tcp, Http(80, Rule(RouteKind.Http, "h", "/", "shop/a:80"))));
        Assert.Equal(["GW3110"], Codes(Http(80, Rule(RouteKind.Http, "h", "/", "shop/a:80"))));
        var balancer = Project(Gateway(tcp) with
        {
            Addresses = [new("gwctl.dev/eip-allocation", "eipalloc-2", Make.At(1))],
        }).Only(Kinds.LoadBalancer);
        Assert.Equal("[eipalloc-2]", Text(balancer, "eipAllocations"));
    }

    private static string Text(ResourceNode node, string name) => Projected.Text(node.Attributes[name]);

    private static IEnumerable<string> Keys(Projected projected, string kind) =>
        projected.Of(kind).Select(node => node.Address.Key);

    private static ResourceNode Node(Projected projected, string kind, string key) =>
        Assert.Single(projected.Of(kind), node => node.Address.Key == key);

    private static string PortsOf(ResourceNode group) => Projected.Text(
        Assert.Single(((AttributeValue.List?)group.Attributes["ingress"])?.Items ?? []) is AttributeValue.Map(var rule)
            ? rule["fromPort"]
            : null);
}
