using Gwctl.Engine.Resources;
using Gwctl.Providers.Gcp.Settling;
using Gwctl.Providers.Gcp.Tests.Projection;
using Gwctl.Testing.Specs;

namespace Gwctl.Providers.Gcp.Tests.Settling;

public sealed class SettlingTests
{
    private static readonly Projected s_projected = Projected.All(
        SpecText.Gateway("{name: http, port: 80, protocol: HTTP, hostname: a.example.com}",
            spec: "addresses: [{type: NamedAddress, value: shop}]"),
        config: "dns: {zones: [{name: example.com}]}");

    [Fact]
    public void Lookups_are_answered_by_what_was_read()
    {
        var settled = GcpSettling.Settle(s_projected.Graph, new LiveState
        {
            Resources = [],
            Lookups =
            [
                new LookupResult(Lookups.ForZone("example.com", isPrivate: false), new AttributeValue.Text("example")),
                new LookupResult(Lookups.ForAddress("global", "shop"), new AttributeValue.Text("203.0.113.7")),
            ],
        });

        Assert.NotNull(settled.Value);
        Assert.Empty(settled.Diagnostics);
        foreach (var node in settled.Value.Nodes)
        {
            AttributeWalk.Visit(node.Attributes, value => Assert.IsNotType<AttributeValue.Lookup>(value));
        }

        var record = Assert.Single(settled.Value.Nodes, node => node.Address.Kind is Kinds.DnsRecord).Attributes;
        Assert.Equal(("example", "[203.0.113.7]"), (SpecText.Of(record["zone"]), SpecText.Of(record["rrdatas"])));
    }

    [Fact]
    public void A_lookup_without_answer_is_an_error_at_its_node()
    {
        var settled = GcpSettling.Settle(s_projected.Graph, new LiveState { Resources = [], Lookups = [] });

        Assert.All(settled.Diagnostics, diagnostic => Assert.Equal("GW3280", diagnostic.Code));
        Assert.Contains(settled.Diagnostics, diagnostic => diagnostic.Detail.Contains("managed zone for example.com"));
        Assert.Contains(settled.Diagnostics, diagnostic => diagnostic.Detail.Contains("the address shop (global)"));
    }

    [Fact]
    public void Every_lookup_reads_back() => Assert.Equal(
        [new LookupQuery.OfZone("example.com", true), new LookupQuery.OfAddress("us-east1", "x")],
        new[] { Lookups.ForZone("example.com", isPrivate: true), Lookups.ForAddress("us-east1", "x") }
            .Select(Lookups.Parse));
}
