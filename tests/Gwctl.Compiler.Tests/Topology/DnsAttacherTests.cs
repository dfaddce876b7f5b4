using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Topology;
using Gwctl.Core;

namespace Gwctl.Compiler.Tests.Topology;

// Goal: Cutovers and DnsPolicies find their Gateway, and what does not fit it is told where it stands.
public sealed class DnsAttacherTests
{
    private const string Gateway = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: GatewayClass
        metadata: {name: aws}
        spec: {controllerName: gwctl.dev/aws}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: web
          namespace: shop
          annotations: {cert-manager.io/cluster-issuer: letsencrypt}
        spec:
          gatewayClassName: aws
          listeners:
          - {name: http, port: 80, protocol: HTTP, hostname: "*.example.com"}
        ---

        """;

    [Fact]
    public void A_cutover_belongs_to_the_gateway_that_it_leads_to()
    {
        var topology = Resolve(Cutover("one", "shop.example.com", "web"));

        Assert.Equal("one", Assert.Single(Assert.Single(topology.Topology().Gateways).Cutovers).Name.Name);
        Assert.Equal("GW2603", Assert.Single(topology.Diagnostics).Code);
    }

    [Fact]
    public void Cutovers_that_cannot_work_are_errors()
    {
        var topology = Resolve(
            Cutover("a", "shop.example.com", "web"),
            Cutover("b", "shop.example.com", "web"),
            Cutover("c", "shop.example.org", "web"),
            Cutover("d", "other.example.com", "wen"));

        Assert.Equal(
            ["GW2600", "GW2601", "GW2602"],
            topology.Diagnostics.Where(item => item.Severity is Severity.Error).Select(item => item.Code).Order());
        var missing = topology.Diagnostics.Single(item => item.Code is "GW2600");
        Assert.Contains("'web'", missing.Help, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_policies_for_one_hostname_one_holds()
    {
        var topology = Resolve(
            Policy("a", "web", "[shop.example.com]"), Policy("b", "web", "[shop.example.com]"),
            Policy("c", "web", "[]"),
            Policy("d", "none", "[]"), Policy("e", "web", "[shop.example.org]"));

        Assert.Equal(
            ["a", "c", "e"],
            Assert.Single(topology.Topology().Gateways).DnsPolicies.Select(policy => policy.Name.Name));
        Assert.Equal(
            ["GW2610", "GW2611", "GW2612"],
            topology.Diagnostics.Where(item => item.Code.StartsWith("GW261")).Select(item => item.Code).Order());
    }

    private static Compiled<SpecTopology> Resolve(params string[] documents)
    {
        var specs = SpecReader.Read([new SpecSource("dns.yaml", Gateway + string.Join("---\n", documents))]);
        Assert.Empty(specs.Diagnostics);
        Assert.NotNull(specs.Value);
        return TopologyResolver.Resolve(specs.Value, new TopologyOptions());
    }

    private static string Cutover(string name, string hostname, string gateway) => $$$"""
        apiVersion: gwctl.dev/v1alpha1
        kind: Cutover
        metadata: {name: {{{name}}}, namespace: shop}
        spec:
          hostnames: [{{{hostname}}}]
          to: {gatewayRef: {name: {{{gateway}}}}}
          steps: [{weight: 10}, {weight: 100, allowJump: true}]

        """;

    private static string Policy(string name, string gateway, string hostnames) => $$$"""
        apiVersion: gwctl.dev/v1alpha1
        kind: DnsPolicy
        metadata: {name: {{{name}}}, namespace: shop}
        spec: {targetRef: {name: {{{gateway}}}}, hostnames: {{{hostnames}}}}

        """;
}
