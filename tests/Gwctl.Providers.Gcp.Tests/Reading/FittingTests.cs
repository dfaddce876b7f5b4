using System.Text.Json.Nodes;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Gcp.Reading;

namespace Gwctl.Providers.Gcp.Tests.Reading;

/// <summary>Goal: what Google writes otherwise than gwctl is no difference, and what is different stays so.</summary>
public sealed class FittingTests
{
    private const string Root = "https://www.googleapis.com/compute/v1/projects/p";

    [Theory]
    [InlineData("https://www.googleapis.com/compute/beta/projects/p/global/healthChecks/h")]
    [InlineData("https://compute.googleapis.com/compute/v1/projects/p/global/healthChecks/h")]
    [InlineData("projects/p/global/healthChecks/h")]
    public void A_reference_has_one_form(string text)
    {
        var shape = Shape(Kinds.BackendService, $$"""{"name":"b","healthChecks":["{{text}}"]}""");

        Assert.Equal([$"{Root}/global/healthChecks/h"], shape.TextsOf("healthChecks"));
    }

    [Fact]
    public void What_Google_keeps_for_itself_is_no_attribute()
    {
        var shape = Shape(Kinds.UrlMap, """
            {"kind":"compute#urlMap","id":"123","creationTimestamp":"2026-01-01T00:00:00Z","selfLink":"x",
             "fingerprint":"YWJj","region":"r","description":"{}","name":"m","defaultService":"projects/p/global/x/y"}
            """);

        Assert.Equal(["defaultService", "location", "name"], shape.Fields.Select(field => field.Name));
    }

    [Fact]
    public void Filled_in_members_of_list_items_are_left_out()
    {
        var live = Body("""
            {"backends":[{"group":"projects/p/zones/z/networkEndpointGroups/n","balancingMode":"RATE",
              "capacityScaler":1,"maxRatePerEndpoint":100,"failover":false}]}
            """);
        var wanted = Body("""
            {"backends":[{"group":"projects/p/zones/z/networkEndpointGroups/n","balancingMode":"RATE",
              "maxRatePerEndpoint":100}]}
            """);

        Assert.Equal(wanted, Fitting.Fit(live, wanted));
    }

    [Fact]
    public void Left_out_defaults_that_are_wanted_are_written()
    {
        var live = Body("""{"routeRules":[{"priority":1,"matchRules":[{"prefixMatch":"/"}]}]}""");
        var wanted = Body("""
            {"routeRules":[{"priority":1,"matchRules":[{"prefixMatch":"/","ignoreCase":false}],
              "headerAction":{"requestHeadersToRemove":[]}}],"tests":[]}
            """);

        Assert.Equal(wanted, Fitting.Fit(live, wanted));
    }

    [Theory]
    [InlineData("""{"backends":[{"capacityScaler":0.5}]}""", """{"backends":[{}]}""")]
    [InlineData("""{"backends":[{}]}""", """{"backends":[{"capacityScaler":0.5}]}""")]
    [InlineData("""{"edits":[{"a":[{"replace":true}]}]}""", """{"edits":[{"a":[{"replace":false}]}]}""")]
    [InlineData("""{"rules":[{"timeout":{"seconds":"30"}}]}""", """{"rules":[{}]}""")]
    [InlineData("""{"rules":[{},{"priority":2}]}""", """{"rules":[{}]}""")]
    public void What_is_different_stays_different(string live, string wanted) =>
        Assert.NotEqual(Body(wanted), Fitting.Fit(Body(live), Body(wanted)));

    [Fact]
    public void Backends_are_compared_whatever_their_order()
    {
        var live = Body("""{"backends":[{"group":"g1","x":1},{"group":"g2","x":2},{"group":"g3","x":3}]}""");
        var wanted = Body("""{"backends":[{"group":"g2","x":2},{"group":"g1","x":1}]}""");

        var ordered = BackendOrder.Like(live, wanted, group => group is AttributeValue.Text(var id) ? id : "");

        Assert.Equal(["g2", "g1", "g3"], ordered.MapsOf("backends").Select(backend => backend.TextOf("group")));
    }

    [Theory]
    [InlineData("projects/4711/locations/global/certificateMaps/m")]
    [InlineData("//certificatemanager.googleapis.com/projects/p/locations/global/certificateMaps/m")]
    [InlineData("https://certificatemanager.googleapis.com/v1/projects/p/locations/global/certificateMaps/m")]
    public void A_certificate_map_has_one_form(string text)
    {
        var shape = ComputeKind.Of(Kinds.TargetHttpsProxy)
            .Shape("p", "global", Json($$"""{"name":"x","certificateMap":"{{text}}"}"""));

        Assert.Equal(
            "//certificatemanager.googleapis.com/projects/p/locations/global/certificateMaps/m",
            shape.TextOf("certificateMap"));
    }

    [Fact]
    public void Weighted_records_are_read_as_the_API_has_them()
    {
        var shape = DnsForm.Shape("z", "www.example.com", "A", Json("""
            {"kind":"dns#resourceRecordSet","name":"www.example.com.","type":"A","ttl":60,
             "routingPolicy":{"kind":"dns#rRSetRoutingPolicy","wrr":{"kind":"dns#rRSetRoutingPolicyWrrPolicy","items":[
               {"kind":"dns#rRSetRoutingPolicyWrrPolicyWrrPolicyItem","weight":90.0,"rrdatas":["198.51.100.10"]},
               {"weight":10.0,"rrdatas":["203.0.113.50"]}]}}}
            """), text: null);
        var written = DnsForm.ToRecord(shape);

        Assert.Equal(
            """[{"rrdatas":["198.51.100.10"],"weight":90},{"rrdatas":["203.0.113.50"],"weight":10}]""",
            written?["routingPolicy"]?["wrr"]?["items"]?.ToJsonString());
        Assert.Equal(60, written?["ttl"]?.GetValue<int>());
    }

    [Fact]
    public void Marks_come_back_from_a_description()
    {
        var address = new ResourceAddress("test", Kinds.SslCertificate, new("shop", "web"), "secret/\"tls\"");
        var marks = Marks.Of("me", address, AttributeMap.Empty
            .Put("privateKey", new AttributeValue.Secret("Secret/shop/tls#tls.key", "abc"))
            .Put("labels", Attr.Map([KeyValuePair.Create("team", "x")])));

        var read = Marks.From(new JsonObject { ["description"] = marks.ToText() });

        Assert.Equal(address, read.AddressOf("test", Kinds.SslCertificate));
        Assert.Equal([KeyValuePair.Create("privateKey", "abc")], read.Secrets);
        Assert.Equal(["team"], read.LabelNames);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[1]")]
    [InlineData("""{"kubernetes.io/ingress-name":"a/b"}""")]
    [InlineData("made by hand")]
    public void Other_descriptions_are_no_marks(string description) =>
        Assert.Null(Marks.From(new JsonObject { ["description"] = description })["gwctl.dev/owner"]);

    private static AttributeMap Shape(string kind, string json) =>
        ComputeKind.Of(kind).Shape("p", "global", Json(json));

    private static AttributeMap Body(string json) => BodyForm.From(Json(json));

    private static JsonObject Json(string json)
    {
        var parsed = JsonNode.Parse(json) as JsonObject;
        Assert.NotNull(parsed);
        return parsed;
    }
}
