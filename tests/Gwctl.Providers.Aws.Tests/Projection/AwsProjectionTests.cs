using Gwctl.Engine.Providers;

namespace Gwctl.Providers.Aws.Tests.Projection;

public sealed class AwsProjectionTests
{
    private const string TwoPorts =
        "{name: http, port: 80, protocol: HTTP}, {name: alt, port: 8080, protocol: HTTP}";

    [Fact]
    public void A_gateway_becomes_a_load_balancer_with_a_listener_for_each_port()
    {
        var projected = Projected.All(Projected.Gateway(TwoPorts));

        Assert.Empty(projected.Codes);
        Assert.Equal(["8080", "80"], projected.Of(Kinds.Listener).Select(node => node.Address.Key).OrderDescending());
        var balancer = projected.Only(Kinds.LoadBalancer).Attributes;
        Assert.Matches("^shop-web-[0-9a-f]{10}$", Projected.Text(balancer["name"]));
        Assert.Equal("?subnets(default=true;scheme=internet-facing)", Projected.Text(balancer["subnets"]));
        Assert.Equal("[<security-group>]", Projected.Text(balancer["securityGroups"]));
        Assert.Equal(
            "[{cidr: 0.0.0.0/0, fromPort: 8080, protocol: tcp, toPort: 8080}, "
                + "{cidr: 0.0.0.0/0, fromPort: 80, protocol: tcp, toPort: 80}]",
            Projected.Text(projected.Only(Kinds.SecurityGroup).Attributes["ingress"]));
        Assert.All(projected.Graph.Nodes, node => Assert.Contains("Gateway/shop/web", node.OriginObjects));
    }

    [Fact]
    public void Names_fit_whatever_the_gateway_is_called()
    {
        var projected = Projected.All(Projected.Gateway(
            TwoPorts, "name: a-very-long-name-of-a-gateway-that-never-ends-1234567890, namespace: internal"));

        var name = Projected.Text(projected.Only(Kinds.LoadBalancer).Attributes["name"]);
        Assert.Matches("^(?!internal-)[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$", name);
        Assert.InRange(name.Length, 1, 32);
    }

    [Fact]
    public void Settings_and_annotations_shape_the_load_balancer()
    {
        var projected = Projected.All(
            Projected.Gateway(
                TwoPorts,
                "name: web, namespace: shop, annotations: {gwctl.dev/scheme: internal, gwctl.dev/protect: 'true'}"),
            aws: """
                vpcId: vpc-1
                ipAddressType: dualstack
                allowedCidrs: ["10.0.0.0/8"]
                deletionProtection: true
                loadBalancerAttributes: {idle_timeout.timeout_seconds: "90"}
                tags: {team: web}
                """);

        var node = projected.Only(Kinds.LoadBalancer);
        Assert.True(node.Protected);
        Assert.Equal("internal", Projected.Text(node.Attributes["scheme"]));
        Assert.Equal(
            "{deletion_protection.enabled: true, idle_timeout.timeout_seconds: 90, "
                + "routing.http.preserve_host_header.enabled: true}",
            Projected.Text(node.Attributes["attributes"]));
        Assert.Equal("{gwctl.dev/protect: true, team: web}", Projected.Text(node.Attributes["tags"]));
        Assert.Equal("?subnets(vpc=vpc-1;scheme=internal)", Projected.Text(node.Attributes["subnets"]));
        Assert.Contains("10.0.0.0/8", Projected.Text(projected.Only(Kinds.SecurityGroup).Attributes["ingress"]));
    }

    [Fact]
    public void Whoever_writes_that_hosts_get_the_port_has_it_so()
    {
        var projected = Projected.All(
            Projected.Gateway(TwoPorts),
            aws: "loadBalancerAttributes: {routing.http.preserve_host_header.enabled: \"false\"}");

        Assert.Contains(
            "routing.http.preserve_host_header.enabled: false",
            Projected.Text(projected.Only(Kinds.LoadBalancer).Attributes["attributes"]));
    }

    [Fact]
    public void Infrastructure_labels_become_tags()
    {
        var projected = Projected.All(
            Projected.Gateway(TwoPorts, spec: "infrastructure: {labels: {exposure: public}}"),
            aws: "tags: {exposure: x}");

        Assert.Equal("{exposure: public}", Projected.Text(projected.Only(Kinds.LoadBalancer).Attributes["tags"]));
    }

    [Theory]
    [InlineData("gwctl.dev/scheme: public")]
    [InlineData("gwctl.dev/subnets: subnet-1")]
    [InlineData("gwctl.dev/shceme: internal")]
    public void Annotations_that_cannot_be_used_are_errors(string annotation) => Assert.Equal(
        ["GW3107"],
        Projected.All(Projected.Gateway(TwoPorts, $"name: web, namespace: shop, annotations: {{{annotation}}}")).Codes);

    [Fact]
    public void Only_an_empty_hostname_address_can_be_asked_for()
    {
        var projected = Projected.All(Projected.Gateway(TwoPorts, spec: "addresses: "
            + "[{type: IPAddress, value: 192.0.2.1}]"));

        Assert.Equal(("GW3110", "UnsupportedAddress"),
            (Assert.Single(projected.Codes), projected.Diagnostics[0].Reason));
    }

    [Fact]
    public void Quotas_are_named_with_count_and_limit()
    {
        var rules = string.Join('\n', Enumerable.Range(0, 3).Select(index =>
            $"- matches: [{{path: {{value: /p{index}}}}}]\n  backendRefs: [{{name: a, port: 80}}]"));
        var projected = Projected.Rules(rules, aws: "quotas: {rulesPerLoadBalancer: 2}");

        var error = Assert.Single(projected.Diagnostics);
        Assert.Equal("GW3109", error.Code);
        Assert.Contains("needs 3; the quota 'Rules per Application Load Balancer' is 2", error.Detail);
        Assert.Contains("rulesPerLoadBalancer", error.Help);
    }

    [Fact]
    public void Hostnames_get_records_in_the_longest_zone_that_holds_them()
    {
        var projected = Projected.Rules(
            "- backendRefs: [{name: a, port: 80}]",
            hostnames: "[shop.example.com, x.in.example.com, other.test, '*.in.example.com']",
            aws: "ipAddressType: dualstack");
        Assert.Empty(projected.Of(Kinds.DnsRecord));

        projected = Projected.All($$"""
            {{Projected.Gateway("{name: http, port: 80, protocol: HTTP}")}}
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: r, namespace: shop}
            spec:
              parentRefs: [{name: web}]
              hostnames: [shop.example.com, '*.in.example.com', other.test]
              rules: [{backendRefs: [{name: a, port: 80}]}]
            """, "ipAddressType: dualstack", "dns: {zones: [{name: example.com}, {name: in.example.com, id: Z1}]}");

        Assert.Equal("GW3160", Assert.Single(projected.Diagnostics).Code);
        var records = projected.Of(Kinds.DnsRecord).ToList();
        Assert.Equal(["*.in.example.com", "shop.example.com"], records.Select(node => node.Address.Key));
        Assert.Equal(["Z1", "?zone(name=example.com;private=false)"],
            records.Select(node => Projected.Text(node.Attributes["zone"])));
        Assert.Equal(
            "{aliasName: <load-balancer>, aliasZone: <load-balancer>, evaluateTargetHealth: false}",
            Projected.Text(records[1].Attributes["aaaa"]));
        Assert.Equal(
            "{name: a-shop.example.com, "
                + "value: heritage=external-dns,external-dns/owner=tests,external-dns/resource=gateway/shop/web}",
            Projected.Text(records[1].Attributes["ownership"]));
    }

    [Fact]
    public void A_hostname_of_two_gateways_is_an_error()
    {
        static string Gateway(string name) =>
            Projected.Gateway("{name: http, port: 80, protocol: HTTP, hostname: x.example.com}",
                $"name: {name}, namespace: shop");
        var projected = Projected.All($"{Gateway("a")}\n---\n{Gateway("b")}", config: "dns: "
            + "{zones: [{name: example.com}]}");

        Assert.Equal(["GW3161"], projected.Codes);
    }

    [Fact]
    public void An_insertion_renames_nothing()
    {
        const string last = "- matches: [{path: {value: /z}}]\n  backendRefs: [{name: a, port: 80}]";
        var before = Projected.Rules(last).Graph.Nodes.Select(node => node.Address).ToHashSet();
        var after = Projected.Rules($"- matches: [{{path: {{value: /a}}}}]\n  backendRefs: "
            + $"[{{name: b, port: 80}}]\n{last}");

        Assert.Subset(after.Graph.Nodes.Select(node => node.Address).ToHashSet(), before);
    }

    [Fact]
    public void Every_capability_cites_a_test_of_this_project()
    {
        var tests = typeof(AwsProjectionTests).Assembly.GetTypes().Where(type => type.Name.EndsWith("Tests",
            StringComparison.Ordinal))
            .SelectMany(type => type.GetMethods().Select(method => $"{type.Name}.{method.Name}")).ToHashSet();
        var cited = Capabilities.Features.Values.Select(support => support switch
        {
            Support.Native native => native.ProvenBy,
            Support.Emulated emulated => emulated.ProvenBy,
            Support.Divergent divergent => divergent.ProvenBy,
            Support.Unsupported unsupported => unsupported.ProvenBy,
            _ => "",
        }).OfType<string>();
        Assert.Subset(tests, cited.ToHashSet());
    }

    [Fact]
    public void Every_feature_of_the_suite_has_a_level_and_a_note()
    {
        Assert.Equal(ConformanceFeatures.All, Capabilities.OfSuite.Select(feature => feature.Name));
        Assert.All(Capabilities.OfSuite, feature => Assert.Equal(
            feature.Level is SupportLevel.Native, feature.Note is ""));
        Assert.All(
            Capabilities.OfSuite.Where(feature => feature.Level is SupportLevel.Native),
            feature => Assert.NotNull(feature.ProvedBy));
    }
}
