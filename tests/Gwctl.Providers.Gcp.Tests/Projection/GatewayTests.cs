using Gwctl.Core;
using Gwctl.Testing.Specs;

namespace Gwctl.Providers.Gcp.Tests.Projection;

public sealed class GatewayTests
{
    private const string Http = "{name: http, port: 80, protocol: HTTP}";

    [Theory]
    [InlineData(80)]
    [InlineData(8080)]
    public void A_port_is_a_forwarding_rule_a_proxy_and_a_url_map(int port)
    {
        var projected = Projected.All(SpecText.Gateway($"{{name: http, port: {port}, protocol: HTTP}}"));

        var rule = projected.Only(Kinds.ForwardingRule).Attributes;
        Assert.Equal(
            ($"{port}-{port}", "TCP", "EXTERNAL_MANAGED", "<address ipv4>", $"<target-http-proxy {port}>"),
            (SpecText.Of(rule["portRange"]), SpecText.Of(rule["IPProtocol"]), SpecText.Of(rule["loadBalancingScheme"]),
                SpecText.Of(rule["IPAddress"]), SpecText.Of(rule["target"])));
        Assert.Equal($"<url-map {port}>", projected.Text(Kinds.TargetHttpProxy, "urlMap"));
        Assert.Equal("<backend-service none>", projected.Text(Kinds.UrlMap, "defaultService"));
        Assert.Equal(
            "{faultInjectionPolicy: {abort: {httpStatus: 404, percentage: 100}}}",
            projected.Text(Kinds.UrlMap, "defaultRouteAction"));
        Assert.Empty(projected.Diagnostics);
    }

    [Fact]
    public void Names_fit_and_say_what_they_are_for()
    {
        var metadata = $"name: {new string('w', 60)}, namespace: {new string('n', 60)}";
        var projected = Projected.All(SpecText.Gateway(Http, metadata));

        Assert.All(projected.Graph.Nodes, node =>
            Assert.Matches("^gw-n+-[0-9a-f]{10}$", SpecText.Of(node.Attributes["name"])));
        Assert.All(projected.Graph.Nodes, node => Assert.True(SpecText.Of(node.Attributes["name"]).Length <= 63));
        Assert.Distinct(projected.Graph.Nodes.Select(node => SpecText.Of(node.Attributes["name"])));
    }

    [Fact]
    public void Addresses_are_reserved_or_named()
    {
        static Projected With(string spec, string gcp = "") => Projected.All(SpecText.Gateway(Http, spec: spec), gcp);

        Assert.Equal("IPV4", With("").Text(Kinds.Address, "ipVersion"));
        Assert.Equal(
            ["IPV4", "IPV6"],
            With("", "ipAddressType: dualstack").Of(Kinds.Address)
                .Select(node => SpecText.Of(node.Attributes["ipVersion"])));
        var given = With("addresses: [{type: IPAddress, value: 203.0.113.7}]");
        Assert.Empty(given.Of(Kinds.Address));
        Assert.Equal("203.0.113.7", given.Text(Kinds.ForwardingRule, "IPAddress"));
        Assert.Equal(
            "?reserved-address(global shop)",
            With("addresses: [{type: NamedAddress, value: shop}]").Text(Kinds.ForwardingRule, "IPAddress"));
    }

    [Fact]
    public void A_hostname_or_a_second_address_cannot_be_asked_for()
    {
        static Projected With(string spec) => Projected.All(SpecText.Gateway(Http, spec: spec));

        Assert.Equal(["GW3209"], With("addresses: [{type: Hostname, value: a.example.com}]").Codes);
        Assert.Equal(
            ["GW3209"],
            With("addresses: [{type: IPAddress, value: 203.0.113.7}, {type: IPAddress, value: 203.0.113.8}]").Codes);
        Assert.Empty(With("addresses: [{type: Hostname, value: ''}]").Codes);
    }

    [Fact]
    public void A_regional_load_balancer_is_in_its_region()
    {
        var projected = Projected.All(
            SpecText.Gateway(Http, "name: web, namespace: shop, annotations: {gwctl.dev/location: regional}"),
            "region: us-central1\nnetworkTier: STANDARD\nlocation: regional");

        Assert.All(
            projected.Graph.Nodes, node => Assert.Equal("us-central1", SpecText.Of(node.Attributes["location"])));
        Assert.Equal("STANDARD", projected.Text(Kinds.Address, "networkTier"));
        Assert.Equal("", projected.Text(Kinds.Address, "ipVersion"));
        Assert.EndsWith("/global/networks/default", projected.Text(Kinds.ForwardingRule, "network"));
        Assert.Empty(projected.Diagnostics);
    }

    [Fact]
    public void An_internal_load_balancer_is_regional_on_a_subnetwork()
    {
        const string metadata = "name: web, namespace: shop, annotations: {gwctl.dev/scheme: internal}";
        var projected = Projected.All(SpecText.Gateway(Http, metadata), "region: us-central1");

        Assert.Equal("INTERNAL", projected.Text(Kinds.Address, "addressType"));
        Assert.Equal("INTERNAL_MANAGED", projected.Text(Kinds.ForwardingRule, "loadBalancingScheme"));
        Assert.EndsWith("/regions/us-central1/subnetworks/default", projected.Text(Kinds.ForwardingRule, "subnetwork"));
        Assert.Equal(["GW3207"], Projected.All(SpecText.Gateway(Http, metadata)).Codes);
    }

    [Theory]
    [InlineData("gwctl.dev/scheme: outside", "GW3206")]
    [InlineData("gwctl.dev/colour: blue", "GW3206")]
    [InlineData("gwctl.dev/scheme: internal, gwctl.dev/ip-address-type: dualstack", "GW3208")]
    public void Annotations_are_judged(string annotations, string code) => Assert.Equal([code], Projected.All(
        SpecText.Gateway(Http, $"name: web, namespace: shop, annotations: {{{annotations}}}"),
        "region: us-central1").Codes);

    [Fact]
    public void Infrastructure_labels_are_labels_of_what_takes_them()
    {
        var projected = Projected.All(
            SpecText.Gateway(
                Http, "name: web, namespace: shop, annotations: {gwctl.dev/protect: 'true'}",
                "infrastructure: {labels: {team: shop, Bad: x}}"),
            "labels: {stage: prod, team: all}");

        Assert.Equal("{gwctl-protect: true, stage: prod, team: shop}", projected.Text(Kinds.Address, "labels"));
        Assert.Equal("{gwctl-protect: true, stage: prod, team: shop}", projected.Text(Kinds.ForwardingRule, "labels"));
        Assert.True(projected.Only(Kinds.Address).Protected);
        Assert.Equal(["GW3205"], projected.Codes);
    }

    [Fact]
    public void Client_certificates_are_refused_and_the_port_stays_closed()
    {
        var projected = Projected.All($$"""
            {{SpecText.Gateway(
                "{name: https, port: 443, protocol: HTTPS, tls: {options: {gwctl.dev/certificate: own}}}",
                spec: "tls: {frontend: {default: {validation: {caCertificateRefs: "
                    + "[{group: '', kind: ConfigMap, name: ca}]}}}}")}}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: ca, namespace: shop}
            data: {ca.crt: {{System.Text.Json.JsonSerializer.Serialize(TestCertificate.For("ca.example.com").Chain)}}}
            """);

        Assert.Equal(["GW3215"], projected.Codes);
        Assert.Empty(projected.Of(Kinds.ForwardingRule));
    }

    [Fact]
    public void A_listener_set_adds_listeners_like_the_gateways_own()
    {
        var projected = Projected.All($$"""
            {{SpecText.Gateway(Http, spec: "allowedListeners: {namespaces: {from: Same}}")}}
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: ListenerSet
            metadata: {name: more, namespace: shop}
            spec:
              parentRef: {name: web}
              listeners: [{name: other, port: 8080, protocol: HTTP}]
            """);

        Assert.Equal(
            ["80/ipv4", "8080/ipv4"], projected.Of(Kinds.ForwardingRule).Select(node => node.Address.Key));
    }

    [Fact]
    public void Two_gateways_do_not_share_a_name()
    {
        var projected = Projected.All(
            $"{SpecText.Gateway("{name: http, port: 80, protocol: HTTP, hostname: a.example.com}")}\n---\n"
                + SpecText.Gateway(
                    "{name: http, port: 80, protocol: HTTP, hostname: a.example.com}", "name: x, namespace: shop"),
            config: "dns: {zones: [{name: example.com}]}");

        var error = Assert.Single(projected.Diagnostics);
        Assert.Equal(("GW3223", Severity.Error), (error.Code, error.Severity));
        Assert.Equal("web", projected.Only(Kinds.DnsRecord).Address.Gateway.Name);
    }

    [Fact]
    public void Hostnames_get_records_with_their_owner()
    {
        var projected = Projected.All(
            SpecText.Gateway("{name: http, port: 80, protocol: HTTP, hostname: a.example.com}, "
                + "{name: b, port: 80, protocol: HTTP, hostname: b.example.org}"),
            "ipAddressType: dualstack\ndns: {ttlSeconds: 60}",
            "dns: {zones: [{name: example.com}]}");

        Assert.Equal(
            ["a.example.com/A", "a.example.com/AAAA"], projected.Of(Kinds.DnsRecord).Select(node => node.Address.Key));
        var record = projected.At(Kinds.DnsRecord, "a.example.com/AAAA").Attributes;
        Assert.Equal("?managed-zone(public example.com)", SpecText.Of(record["zone"]));
        Assert.Equal("[<address ipv6>]", SpecText.Of(record["rrdatas"]));
        Assert.Equal("60", SpecText.Of(record["ttl"]));
        Assert.Equal(
            "{name: aaaa-a.example.com., value: heritage=external-dns,external-dns/owner=tests,"
                + "external-dns/resource=gateway/shop/web}",
            SpecText.Of(record["ownership"]));
        Assert.Equal(["GW3222"], projected.Diagnostics.Select(diagnostic => diagnostic.Code));
    }
}
