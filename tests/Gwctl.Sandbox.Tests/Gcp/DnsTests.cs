using Gwctl.Sandbox.Gcp;

namespace Gwctl.Sandbox.Tests.Gcp;

/// <summary>Cloud DNS: zones, and changes as compare-and-swap.</summary>
public sealed class DnsTests
{
    private const string Record =
        """{"name":"a.example.com.","type":"A","ttl":60,"rrdatas":["192.0.2.1","192.0.2.2"]}""";
    private const string Policy = """{"name":"a.example.com.","type":"A","ttl":1,"routingPolicy":""";
    private const string Swapped =
        """{"name":"a.example.com.","type":"A","ttl":60,"rrdatas":["192.0.2.2","192.0.2.1"]}""";
    private const string Other = """{"name":"a.example.com.","type":"A","ttl":60,"rrdatas":["192.0.2.9"]}""";

    [Fact]
    public async Task A_zone_is_made_with_its_name_servers_and_goes_when_it_is_empty()
    {
        await using var gcp = await GcpFixture.StartAsync();

        var zone = (await gcp.Dns(
            "POST", "managedZones", """{"name":"z","dnsName":"example.com.","description":""}""")).Ok();
        var records = (await gcp.Dns("GET", "managedZones/z/rrsets")).Ok();

        Assert.Equal(("dns#managedZone", "public"), (zone["kind"]?.ToString(), zone["visibility"]?.ToString()));
        Assert.Equal("dns#managedZoneCloudLoggingConfig", zone["cloudLoggingConfig"]?["kind"]?.ToString());
        Assert.Equal(4, zone["nameServers"]?.AsArray().Count);
        Assert.Equal(["NS", "SOA"], records["rrsets"]?.AsArray().Select(one => one?["type"]?.ToString()));
        Assert.Equal("21600", records["rrsets"]?[0]?["ttl"]?.ToString());
        (await Change(gcp, $$"""{"additions":[{{Record}}]}""")).Ok();
        (await gcp.Dns("DELETE", "managedZones/z")).Fails(400, "containerNotEmpty");
        (await Change(gcp, $$"""{"deletions":[{{Record}}]}""")).Ok();
        (await gcp.Dns("DELETE", "managedZones/z")).Ok();
        Assert.Equal("", gcp.Cloud.Gcp.Snapshot());
    }

    [Fact]
    public async Task A_deletion_must_name_exactly_what_is_there()
    {
        await using var gcp = await StartAsync();
        (await Change(gcp, $$"""{"additions":[{{Record}}]}""")).Ok();

        (await Change(gcp, $$"""{"additions":[{{Other}}]}""")).Fails(409, "alreadyExists");
        (await Change(gcp, $$"""{"deletions":[{{Other}}],"additions":[{{Record}}]}""")).Fails(412, "conditionNotMet");
        (await Change(gcp, $$"""{"deletions":[{{Record.Replace("a.ex", "b.ex")}}]}""")).Fails(404, "notFound");
        (await Change(gcp, $$"""{"deletions":[{{Swapped}}],"additions":[{{Other}}]}""")).Ok();

        var records = (await gcp.Dns("GET", "managedZones/z/rrsets?name=a.example.com.&type=A")).Ok();
        Assert.Equal("192.0.2.9", records["rrsets"]?[0]?["rrdatas"]?[0]?.ToString());
    }

    [Fact]
    public async Task A_change_is_applied_whole_or_not_at_all()
    {
        await using var gcp = await StartAsync();
        var before = gcp.Cloud.Gcp.Snapshot();

        (await Change(
            gcp,
            $$"""
            {"additions":[{{Record}},{"name":"a.elsewhere.org.","type":"A","ttl":1,"rrdatas":["192.0.2.1"]}]}
            """))
            .Fails(400, "invalid");
        (await Change(
            gcp,
            $$"""
            {"additions":[{{Record}},{"name":"a.example.com.","type":"CNAME","ttl":1,"rrdatas":["b.test."]}]}
            """))
            .Fails(400, "cnameResourceRecordSetConflict");

        Assert.Equal(before, gcp.Cloud.Gcp.Snapshot());
    }

    [Fact]
    public async Task A_change_is_pending_until_it_has_spread()
    {
        await using var gcp = await StartAsync(GcpDelays.None with { DnsChange = TimeSpan.FromSeconds(5) });

        var change = (await Change(gcp, $$"""{"additions":[{{Record}}]}""")).Ok();
        Assert.Equal(("dns#change", "pending"), (change["kind"]?.ToString(), change["status"]?.ToString()));
        gcp.Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("done", (await gcp.Dns("GET", $"managedZones/z/changes/{change["id"]}")).Text("status"));
    }

    [Fact]
    public async Task Weighted_records_live_in_one_set()
    {
        await using var gcp = await StartAsync();
        const string Weighted = """
            {"name":"w.example.com.","type":"A","ttl":60,"routingPolicy":{"wrr":{"items":[
            {"weight":90,"rrdatas":["192.0.2.1"]},{"weight":10,"rrdatas":["192.0.2.2"]}]}}}
            """;

        (await Change(gcp, $$"""{"additions":[{{Weighted}}]}""")).Ok();
        var kept = (await gcp.Dns("GET", "managedZones/z/rrsets/w.example.com./A")).Ok();
        Assert.Equal("dns#rRSetRoutingPolicy", kept["routingPolicy"]?["kind"]?.ToString());
        (await Change(gcp, $$"""{"deletions":[{{Weighted.Replace("90", "80")}}]}""")).Fails(412, "conditionNotMet");
        (await Change(gcp, $$"""{"deletions":[{{kept.ToJsonString()}}]}""")).Ok();
    }

    [Theory]
    [InlineData("""{"name":"a.example.com","type":"A","ttl":1,"rrdatas":["192.0.2.1"]}""", "invalid")]
    [InlineData("""{"name":"a.example.com.","type":"A","ttl":1,"rrdatas":["192.0.2.300"]}""", "invalid")]
    [InlineData("""{"name":"a.example.com.","type":"AAAA","ttl":1,"rrdatas":["192.0.2.1"]}""", "invalid")]
    [InlineData("""{"name":"a.example.com.","type":"CNAME","ttl":1,"rrdatas":["no-dot"]}""", "invalid")]
    [InlineData("""{"name":"a.example.com.","type":"NONE","ttl":1,"rrdatas":["x"]}""", "invalid")]
    [InlineData("""{"name":"a.example.com.","type":"A","rrdatas":["192.0.2.1"]}""", "required")]
    [InlineData("""{"name":"a.example.com.","type":"A","ttl":1,"rrdatas":[]}""", "invalid")]
    [InlineData(Policy + """{"wrr":{"items":[]}}}""", "required")]
    [InlineData(Policy + """{"wrr":{"items":[{"rrdatas":["192.0.2.1"]}]}}}""", "required")]
    [InlineData(Policy + """{"wrr":{"items":[{"weight":-1,"rrdatas":["192.0.2.1"]}]}}}""", "invalid")]
    [InlineData(Policy + """{"wrr":{"items":[{"weight":1001,"rrdatas":["192.0.2.1"]}]}}}""", "invalid")]
    [InlineData(Policy + """{"wrr":{"items":[{"weight":1,"rrdatas":["2001:db8::1"]}]}}}""", "invalid")]
    [InlineData(Policy + """{"geo":{"items":[{"rrdatas":["192.0.2.1"]}]}}}""", "required")]
    [InlineData(Policy + """{"geo":{"items":[]}}}""", "required")]
    [InlineData(Policy + "{}}", "invalid")]
    public async Task A_record_with_a_mistake_is_refused(string record, string reason)
    {
        await using var gcp = await StartAsync();

        (await Change(gcp, $$"""{"additions":[{{record}}]}""")).Fails(400, reason);
    }

    [Fact]
    public async Task Text_without_quotes_is_split_into_words()
    {
        await using var gcp = await StartAsync();

        (await Change(
            gcp, """{"additions":[{"name":"t.example.com.","type":"TXT","ttl":1,"rrdatas":["a b"]}]}""")).Ok();

        var kept = (await gcp.Dns("GET", "managedZones/z/rrsets/t.example.com./TXT")).Ok();
        Assert.Equal("\"a\" \"b\"", kept["rrdatas"]?[0]?.ToString());
    }

    [Fact]
    public async Task What_is_not_there_is_said_in_dns_words()
    {
        await using var gcp = await GcpFixture.StartAsync();

        var answer = await gcp.Dns("GET", "managedZones/none");

        Assert.Equal(
            "managedZone \"projects/proj-1/managedZones/none\" not found", answer.Fails(404, "notFound"));
        Assert.Equal("NOT_FOUND", answer.Body["error"]?["status"]?.ToString());
    }

    private static Task<GcpFixture> StartAsync(GcpDelays? delays = null) => GcpFixture.StartAsync(new GcpOptions
    {
        Delays = delays ?? GcpDelays.None,
        ManagedZones = [new GcpZone(GcpFixture.Project, "z", "example.com.")],
    });

    private static Task<GcpAnswer> Change(GcpFixture gcp, string json) =>
        gcp.Dns("POST", "managedZones/z/changes", json);
}
