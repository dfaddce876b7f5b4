using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Testing.Specs;

namespace Gwctl.Providers.Gcp.Tests.Projection;

// Goal: record sets are as a DnsPolicy says as far as Cloud DNS can, and are marked where a Cutover has them.
public sealed class DnsPolicyTests
{
    private const string Zones = "dns: {zones: [{name: example.com}]}";
    private const string Listener = "{name: http, port: 80, protocol: HTTP, hostname: shop.example.com}";

    [Fact]
    public void A_policy_gives_the_ttl()
    {
        var projected = With("ttl: 30s");

        Assert.Equal("30", projected.Text(Kinds.DnsRecord, "ttl"));
        Assert.Empty(projected.Codes);
        Assert.Equal("300", With("hostnames: [other.example.com], ttl: 30s").Text(Kinds.DnsRecord, "ttl"));
    }

    [Fact]
    public void A_weight_makes_the_record_an_item_of_the_names_set()
    {
        var projected = With("weight: 10, setIdentifier: blue");

        Assert.Empty(projected.Codes);
        var record = projected.Only(Kinds.DnsRecord);
        Assert.Null(record.Attributes["rrdatas"]);
        Assert.Equal(10, record.Attributes.MapOf("item").NumberOf("weight"));
    }

    [Fact]
    public void Two_gateways_have_a_name_together_only_where_both_have_a_weight()
    {
        Assert.Empty(Both(Policy("web"), Policy("other")).Codes);
        Assert.Equal(2, Both(Policy("web"), Policy("other")).Of(Kinds.DnsRecord).Count());
        Assert.Equal(["GW3223"], Both(Policy("web"), "").Codes);
        Assert.Equal(["GW3223"], Both("", Policy("other")).Codes);

        static string Policy(string gateway) => $$"""
            ---
            apiVersion: gwctl.dev/v1alpha1
            kind: DnsPolicy
            metadata: {name: {{gateway}}, namespace: shop}
            spec: {targetRef: {name: {{gateway}}}, weight: 10, setIdentifier: {{gateway}}}

            """;

        static Projected Both(string first, string second) => All(
            $"{SpecText.Gateway(Listener, "name: other, namespace: shop")}\n{first}{second}");
    }

    [Fact]
    public void An_owner_that_its_text_cannot_hold_is_told()
    {
        var name = string.Join('.', Enumerable.Repeat(new string('n', 40), 4));

        Assert.Contains("GW3226", Projected.All(
            $$"""
            {{SpecText.Gateway(Listener, $"name: {name}, namespace: shop")}}
            ---
            apiVersion: gwctl.dev/v1alpha1
            kind: DnsPolicy
            metadata: {name: policy, namespace: shop}
            spec: {targetRef: {name: {{name}}}, weight: 10, setIdentifier: blue}
            """,
            config: Zones).Codes);
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
        $"{SpecText.Gateway(Listener)}\n---\n{more}", config: Zones);
}
