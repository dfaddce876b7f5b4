using System.Net;
using System.Text.Json.Nodes;
using Gwctl.Core;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Gcp.Api.Compute;
using Gwctl.Providers.Gcp.Applying;
using Gwctl.Providers.Gcp.Reading;
using Gwctl.Providers.Gcp.Tests.Applying;

namespace Gwctl.Providers.Gcp.Tests.Api;

/// <summary>Goal: every request that gwctl can send is one that Google's contract has.</summary>
public sealed class ContractTests
{
    private static readonly string[] Locations = ["global", "europe-west1", "europe-west1-b"];

    private readonly ScriptedGcp _gcp = new()
    {
        Otherwise = _ => ScriptedGcp.Answer(
            HttpStatusCode.OK, """{"name":"op-1","status":"DONE","done":true,"id":"1"}"""),
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Places()
    {
        var places = new TheoryData<string, string>();
        foreach (var kind in ComputeKind.All)
        {
            foreach (var location in Locations.Where(location => Exists(kind.Collection, location)))
            {
                places.Add(kind.Kind, location);
            }
        }

        return places;
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Reads_keep_the_contract(string kind, string location)
    {
        using var api = _gcp.NewApi();
        var name = new ComputeName(ComputeKind.Of(kind).Collection, location, "shop-web");

        await api.Compute.ListAllAsync(name.Collection, Token).CountAsync(Token);
        await api.Compute.ListAsync(name.Collection, location, Token).CountAsync(Token);
        await api.Compute.GetAsync(name, Token);

        AssertKept("compute", 3);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Changes_keep_the_contract(string kind, string location)
    {
        using var api = _gcp.NewApi();
        var name = new ComputeName(ComputeKind.Of(kind).Collection, location, "shop-web");
        var body = Sample(kind);

        await api.Compute.InsertAsync(name, body, Token);
        await api.Compute.DeleteAsync(name, Token);
        var count = 2;
        if (Setters.TakesPatch(kind, name))
        {
            await api.Compute.PatchAsync(name, Clone(body), Token);
            count++;
        }

        if (kind is Kinds.UrlMap)
        {
            await api.Compute.UpdateAsync(name, Clone(body), Token);
            count++;
        }

        foreach (var setter in Setters.Of(kind).Where(setter => setter.Regional || location is "global"))
        {
            var value = body[setter.Member]?.DeepClone() ?? Example(setter.Member);
            await api.Compute.InvokeAsync(name, setter.Verb, new JsonObject { [setter.Member] = value }, Token);
            count++;
        }

        AssertKept("compute", count);
    }

    [Theory]
    [InlineData(Kinds.Address, "global")]
    [InlineData(Kinds.Address, "europe-west1")]
    [InlineData(Kinds.ForwardingRule, "global")]
    [InlineData(Kinds.ForwardingRule, "europe-west1")]
    public async Task Labels_keep_the_contract(string kind, string location)
    {
        using var api = _gcp.NewApi();
        var name = new ComputeName(ComputeKind.Of(kind).Collection, location, "shop-web");

        await api.Compute.InvokeAsync(
            name,
            "setLabels",
            new JsonObject { ["labels"] = new JsonObject { ["a"] = "b" }, ["labelFingerprint"] = "YWJj" },
            Token);

        AssertKept("compute", 1);
    }

    [Theory]
    [InlineData("europe-west1-b")]
    [InlineData("europe-west1")]
    [InlineData("global")]
    public async Task Endpoints_keep_the_contract(string location)
    {
        using var api = _gcp.NewApi();
        var name = new ComputeName(ComputeCollection.NetworkEndpointGroups, location, "shop-web");
        var endpoint = EndpointForm.To(AttributeMap.Empty.Put("ipAddress", "10.0.0.1").Put("port", 80L));

        await api.Compute.ListNetworkEndpointsAsync(name, withHealth: true, Token).CountAsync(Token);
        foreach (var verb in new[] { "attachNetworkEndpoints", "detachNetworkEndpoints" })
        {
            await api.Compute.InvokeAsync(
                name, verb, new JsonObject { [EndpointForm.Field] = new JsonArray(endpoint.DeepClone()) }, Token);
        }

        AssertKept("compute", 3);
    }

    [Fact]
    public async Task Questions_keep_the_contract()
    {
        using var api = _gcp.NewApi();
        foreach (var location in new[] { "global", "europe-west1" })
        {
            await api.Compute.AskAsync(
                new ComputeName(ComputeCollection.UrlMaps, location, "m"),
                "validate",
                new JsonObject { ["resource"] = Sample(Kinds.UrlMap) },
                Token);
            await api.Compute.AskAsync(
                new ComputeName(ComputeCollection.BackendServices, location, "b"),
                "getHealth",
                new JsonObject { ["group"] = "https://www.googleapis.com/compute/v1/projects/p/zones/z/x/y" },
                Token);
        }

        await api.Compute.ListPlacesAsync("zones", Token).CountAsync(Token);
        await api.Compute.ProbeAsync(Token);
        AssertKept("compute", 6);
    }

    [Fact]
    public async Task Waits_keep_the_contract()
    {
        using var api = _gcp.NewApi();
        foreach (var location in Locations)
        {
            _gcp.ThenOk(ScriptedGcp.Running);
            await api.Compute.DeleteAsync(
                new ComputeName(ComputeCollection.NetworkEndpointGroups, location, "x"), Token);
        }

        AssertKept("compute", 6);
    }

    [Fact]
    public async Task Cloud_DNS_keeps_the_contract()
    {
        using var api = _gcp.NewApi();
        var node = Resolved(Desired().First(node => node.Address.Kind is Kinds.DnsRecord).Attributes);
        var owner = RecordOwner.Parse(node.MapOf("ownership").TextOf("value"));
        Assert.NotNull(owner);
        var set = new OwnedSet("z", "www.example.com", "A", null, null) { TextName = "a-www.example.com." };
        var weighted = set.WithMember(owner with { Member = "192.0.2.1" }, 10, 60);
        Assert.NotNull(weighted);
        var records = new JsonArray([.. set.Simple(node, owner).Records, .. weighted.Records]);

        await api.Dns.ListManagedZonesAsync(Token).CountAsync(Token);
        await api.Dns.GetManagedZoneAsync("z", Token);
        await api.Dns.ListRecordSetsAsync("z", "www.example.com.", Token).CountAsync(Token);
        await api.Dns.CreateChangeAsync(
            "z", new JsonObject { ["additions"] = records, ["deletions"] = records.DeepClone() }, Token);
        await api.Dns.GetChangeAsync("z", "1", Token);

        Assert.Equal(4, records.Count);
        AssertKept("dns", 5);
    }

    [Theory]
    [InlineData(Kinds.Certificate)]
    [InlineData(Kinds.CertificateMap)]
    [InlineData(Kinds.CertificateMapEntry)]
    [InlineData(Kinds.DnsAuthorization)]
    public async Task Certificate_Manager_keeps_the_contract(string kind)
    {
        using var api = _gcp.NewApi();
        var client = api.CertificateManager;
        var table = CertificateKind.Of(kind);
        var parent = client.ParentIn("global") + (table.IsInMap ? "/certificateMaps/m" : "");
        var name = $"{parent}/{table.Collection.Segment}/x";
        var body = Sample(kind, "certificateMap", "zone", "name");

        await client.ListAsync(table.Collection, parent, Token).CountAsync(Token);
        await client.FindAsync(table.Collection, name, Token);
        await client.CreateAsync(table.Collection, parent, "x", body, Token);
        await client.PatchAsync(table.Collection, name, Clone(body), ["description"], Token);
        await client.DeleteAsync(table.Collection, name, Token);
        _gcp.ThenOk($$"""{"name":"{{client.ParentIn("global")}}/operations/o"}""");
        await client.DeleteAsync(table.Collection, name, Token);

        AssertKept("certificatemanager", 7);
    }

    /// <summary>Members by whose names the bodies are formed mean the same wherever they are.</summary>
    [Fact]
    public void Numbers_have_the_form_that_the_contract_gives_them()
    {
        var body = BodyForm.To(
            AttributeMap.Empty.Put("seconds", 30L).Put("percentage", "12.5").Put("priority", 7L), NoSecrets);

        Assert.Equal("""{"percentage":12.5,"priority":7,"seconds":"30"}""", body.ToJsonString());
        Assert.Equal(
            AttributeMap.Empty.Put("seconds", 30L).Put("percentage", "12.5").Put("priority", 7L), BodyForm.From(body));
    }

    private void AssertKept(string service, int count)
    {
        Assert.Equal(count, _gcp.Sent.Count);
        Assert.Empty(_gcp.Calls.Zip(_gcp.Sent).SelectMany(
            pair => ContractCheck.Of(service, pair.First.Operation, pair.Second)
                .Select(finding => $"{pair.First.Operation}: {finding}")));
        Assert.All(_gcp.Sent, sent => Assert.Equal("Bearer not-a-real-token", sent.Headers["authorization"]));
    }

    private static bool Exists(ComputeCollection collection, string location) =>
        (location is "global" ? collection.Global
            : SelfLinks.IsZone(location) ? collection.Zonal : collection.Regional) is not null;

    private static JsonObject Sample(string kind, params ReadOnlySpan<string> without)
    {
        var node = Desired().FirstOrDefault(node => node.Address.Kind == kind);
        var body = node is null
            ? new JsonObject { ["name"] = "shop-web", ["description"] = "{}" }
            : BodyMerge.Insert(Resolved(node.Attributes), Marks.None, NoSecrets);
        foreach (var name in without)
        {
            body.Remove(name);
        }

        return body;
    }

    private static IEnumerable<ResourceNode> Desired() =>
        new Shop().Graph().Nodes.Concat(new Shop { WithCertificateMap = true }.Graph().Nodes);

    /// <summary>References and lookups as some text.</summary>
    private static AttributeMap Resolved(AttributeMap attributes) => AttributeWalk.Replace(
        attributes,
        value => value is AttributeValue.Reference or AttributeValue.Lookup
            ? Attr.Text("https://www.googleapis.com/compute/v1/projects/p/global/x/y")
            : value);

    private static SecretText NoSecrets(AttributeValue.Secret secret) => new("not a secret");

    private static JsonObject Clone(JsonObject body) => (JsonObject)body.DeepClone();

    private static JsonNode Example(string member) => member switch
    {
        "sslCertificates" => new JsonArray("projects/p/global/sslCertificates/c"),
        "proxyHeader" => "NONE",
        "quicOverride" => "NONE",
        _ => "https://www.googleapis.com/compute/v1/projects/p/global/x/y",
    };
}
