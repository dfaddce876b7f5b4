using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Settling;
using Gwctl.Testing.Specs;
using static Gwctl.Providers.Aws.Tests.Projection.MakeRouting;

namespace Gwctl.Providers.Aws.Tests.Projection;

public sealed class TrustStoreTests
{
    private const string Arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:truststore/clients/0123456789abcdef";

    [Fact]
    public void Clients_are_verified_by_a_trust_store_of_the_bundle()
    {
        var projected = Project(Verified("a", Https443(), Https(8443, "b.example.com")), WithBucket);

        Assert.Empty(projected.Codes);
        var store = projected.Only(Kinds.TrustStore);
        Assert.Equal("443", store.Address.Key);
        Assert.Matches("^s3://bundles/gwctl/tests/[0-9a-f]{64}.pem$", Text(store, "location"));
        Assert.Equal("a\n", Text(store, "bundle"));
        Assert.All(projected.Of(Kinds.Listener), listener => Assert.Equal(
            "{mode: verify, trustStore: <trust-store 443>}", Text(listener, "mutualAuthentication")));
    }

    [Fact]
    public void Another_bundle_is_another_object_in_the_same_store()
    {
        var before = Project(Verified("a", Https443()), WithBucket).Only(Kinds.TrustStore);
        var after = Project(Verified("b", Https443()), WithBucket).Only(Kinds.TrustStore);

        Assert.Equal(Text(before, "name"), Text(after, "name"));
        Assert.NotEqual(Text(before, "location"), Text(after, "location"));
    }

    [Fact]
    public void Without_a_bucket_the_port_stays_closed()
    {
        var projected = Project(Verified("a", Https443()));

        Assert.Equal(["GW3194"], projected.Codes);
        Assert.Empty(projected.Of(Kinds.Listener));
        Assert.Empty(projected.Of(Kinds.Rule));
    }

    [Fact]
    public void A_trust_store_that_is_there_can_be_named()
    {
        var listener = Https443() with { Options = [$"gwctl.dev/trust-store={Arn}"] };

        Assert.All(
            [Project(Verified("a", listener)), Project(Gateway(listener))],
            projected =>
            {
                Assert.Empty(projected.Codes);
                Assert.Empty(projected.Of(Kinds.TrustStore));
                Assert.Equal(
                    $"{{mode: verify, trustStore: {Arn}}}",
                    Text(projected.Only(Kinds.Listener), "mutualAuthentication"));
            });
    }

    [Theory]
    [InlineData("clients")]
    [InlineData("arn:aws:elasticloadbalancing:eu-west-1:123456789012:truststore/clients/0123456789abcdef")]
    public void What_is_no_trust_store_of_the_region_is_refused(string value)
    {
        var projected = Project(Gateway(Https443() with { Options = [$"gwctl.dev/trust-store={value}"] }), WithBucket);

        Assert.Equal(["GW3121"], projected.Codes);
        Assert.Empty(projected.Of(Kinds.Listener));
    }

    [Fact]
    public void Insecure_fallback_passes_certificates_on_and_that_is_said()
    {
        var projected = Project(Verified("a", insecure: true, Https443()));

        Assert.Equal(["GW3195"], projected.Codes);
        Assert.Equal("{mode: passthrough}", Text(projected.Only(Kinds.Listener), "mutualAuthentication"));
    }

    [Fact]
    public void Verification_ends_when_the_specs_ask_for_it_no_longer()
    {
        var graph = Project(Gateway(Https443())).Graph;
        var listener = graph.Nodes.Single(node => node.Address.Kind is Kinds.Listener);
        LiveState Live(params AttributeField[] fields) => new()
        {
            Resources = [new LiveResource
            {
                Address = listener.Address,
                Id = "arn",
                Ownership = Ownership.Ours,
                Attributes = new AttributeMap(fields),
                Outputs = AttributeMap.Empty,
                Fingerprint = "",
            }],
            Lookups = [],
        };
        string Settled(LiveState live) => Text(
            AwsSettling.Settle(graph, live).Value?.Nodes.Single(node => node.Address == listener.Address),
            "mutualAuthentication");

        Assert.Equal("", Settled(Live()));
        Assert.Equal("{mode: off}", Settled(Live(new AttributeField("mutualAuthentication", new AttributeValue.Map(
            new AttributeMap([new AttributeField("mode", new AttributeValue.Text("verify"))]))))));
    }

    private static AwsSettings WithBucket(AwsSettings settings) => settings with { TrustStoreBucket = "bundles" };

    private static RoutingListenerAt Https443() =>
        Https(443, "a.example.com", Rule(RouteKind.Http, "h", "/", "shop/a:80"));

    private static GatewayRouting Verified(string pem, params RoutingListenerAt[] listeners) =>
        Verified(pem, insecure: false, listeners);

    private static GatewayRouting Verified(string pem, bool insecure, params RoutingListenerAt[] listeners)
    {
        var gateway = Gateway(listeners);
        return gateway with
        {
            Ports = [.. gateway.Ports.Select(port => port with
            {
                ClientValidation = new ClientValidation([pem], insecure, Make.At(1)),
            })],
        };
    }

    private static string Text(ResourceNode? node, string name) => Projected.Text(node?.Attributes[name]);
}
