using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Testing.Specs;

namespace Gwctl.Providers.Gcp.Tests.Projection;

// Goal: record sets are as a DnsPolicy says as far as Cloud DNS can, and are marked where a Cutover has them.
public sealed class DnsPolicyTests
{
    private const string Zones = "dns: {zones: [{name: example.com}]}";

    [Fact]
    public void A_policy_gives_the_ttl()
    {
        var projected = With("ttl: 30s");

        Assert.Equal("30", projected.Text(Kinds.DnsRecord, "ttl"));
        Assert.Empty(projected.Codes);
        Assert.Equal("300", With("hostnames: [other.example.com], ttl: 30s").Text(Kinds.DnsRecord, "ttl"));
    }

    [Fact]
    public void A_weight_beside_others_has_no_record_and_says_so()
    {
        var projected = With("weight: 10, setIdentifier: blue");

        Assert.Equal(["GW3224"], projected.Codes);
        Assert.Empty(projected.Of(Kinds.DnsRecord));
    }

    [Fact]
    public void Nobody_makes_health_checks() =>
        Assert.Equal(["GW3227"], With("healthCheck: {protocol: TCP, port: 80}").Codes);

    [Fact]
    public void Nobody_looks_at_health() => Assert.Equal(["GW3225"], With("evaluateTargetHealth: true").Codes);

    [Fact]
    public void A_record_that_a_cutover_has_is_marked()
    {
        const string cutover = """
            apiVersion: gwctl.dev/v1alpha1
            kind: Cutover
            metadata: {name: shop, namespace: shop}
            spec:
              hostnames: [shop.example.com]
              to: {gatewayRef: {name: web}}
              steps: [{weight: 100, allowJump: true}]
            """;

        Assert.Equal("true", All(cutover).Text(Kinds.DnsRecord, CutOverRecords.Mark));
        Assert.Null(All("").Only(Kinds.DnsRecord).Attributes[CutOverRecords.Mark]);
    }

    [Fact]
    public void Records_and_endpoints_may_be_left_to_others()
    {
        Assert.Equal([Kinds.DnsRecord], Of(KindConcern.Dns));
        Assert.Equal([Kinds.Endpoints], Of(KindConcern.Targets));

        static IEnumerable<string> Of(KindConcern concern) =>
            KindSchemas.All.Where(kind => kind.Concern == concern).Select(kind => kind.Kind);
    }

    private static Projected With(string spec) => All($$"""
        apiVersion: gwctl.dev/v1alpha1
        kind: DnsPolicy
        metadata: {name: policy, namespace: shop}
        spec: { targetRef: {name: web}, {{spec}} }
        """);

    private static Projected All(string more) => Projected.All(
        $"{SpecText.Gateway("{name: http, port: 80, protocol: HTTP, hostname: shop.example.com}")}\n---\n{more}",
        config: Zones);
}
