using System.Text.Json.Nodes;
using Gwctl.Sandbox.Gcp;

namespace Gwctl.Sandbox.Tests.Gcp;

/// <summary>Certificate Manager: certificates, maps and their entries, DNS authorizations.</summary>
public sealed class CertificateManagerTests
{
    private const string Root = "projects/proj-1/locations/global";

    [Fact]
    public async Task A_map_is_made_changed_and_deleted_by_operations()
    {
        var delays = GcpDelays.None with { Operation = TimeSpan.FromSeconds(2) };
        await using var gcp = await GcpFixture.StartAsync(new GcpOptions { Delays = delays });

        var missing = await gcp.Certificates("GET", "global/certificateMaps/m?%24alt=json%3Benum-encoding%3Dint");
        Assert.Equal($"certificateMap \"{Root}/certificateMaps/m\" not found", missing.Message);
        Assert.Equal("NOT_FOUND", missing.Body["error"]?["status"]?.ToString());
        Assert.Null(missing.Body["error"]?["errors"]);

        var created = (await gcp.Certificates(
            "POST", "global/certificateMaps?certificateMapId=m", """{"description":"d","labels":{"a":"b"}}""")).Ok();
        Assert.Null(created["done"]);
        Assert.Equal($"{Root}/certificateMaps/m", created["metadata"]?["target"]?.ToString());
        Assert.Equal("create", created["metadata"]?["verb"]?.ToString());
        var done = await Finish(gcp, created);
        Assert.Equal("d", done["response"]?["description"]?.ToString());

        var patched = await gcp.Certificates(
            "PATCH", "global/certificateMaps/m?updateMask=description", """{"description":"e","labels":{}}""");
        await Finish(gcp, patched.Ok());
        var kept = (await gcp.Certificates("GET", "global/certificateMaps/m")).Ok();
        Assert.Equal(("e", "b"), (kept["description"]?.ToString(), kept["labels"]?["a"]?.ToString()));

        var deleted = await Finish(gcp, (await gcp.Certificates("DELETE", "global/certificateMaps/m")).Ok());
        Assert.Equal("type.googleapis.com/google.protobuf.Empty", deleted["response"]?["@type"]?.ToString());
        Assert.Equal(404, (await gcp.Certificates("GET", "global/certificateMaps/m")).Status);
    }

    [Fact]
    public async Task Entries_join_certificates_to_host_names()
    {
        await using var gcp = await GcpFixture.StartAsync();
        var (chain, key) = Certificates.Make("a.test");
        var certificate = new JsonObject
        {
            ["selfManaged"] = new JsonObject { ["pemCertificate"] = chain, ["pemPrivateKey"] = key },
        };
        (await gcp.Certificates("POST", "global/certificates?certificateId=c", certificate.ToJsonString())).Ok();
        (await gcp.Certificates("POST", "global/certificateMaps?certificateMapId=m", "{}")).Ok();

        var entry = $$"""{"hostname":"a.test","certificates":["{{Root}}/certificates/c"]}""";
        (await Enter("e", entry)).Ok();
        Assert.Equal(409, (await Enter("f", entry)).Status);
        Assert.Equal(404, (await Enter("g", entry.Replace("certificates/c", "certificates/none"))).Status);
        Assert.Equal(400, (await Enter("h", """{"hostname":"b.test","certificates":[]}""")).Status);

        var kept = (await gcp.Certificates("GET", "global/certificates/c")).Ok();
        Assert.Equal("a.test", kept["sanDnsnames"]?[0]?.ToString());
        Assert.DoesNotContain("PRIVATE KEY", gcp.Cloud.Gcp.Snapshot(), StringComparison.Ordinal);
        Assert.Equal(400, (await gcp.Certificates("DELETE", "global/certificates/c")).Status);
        Assert.Equal(400, (await gcp.Certificates("DELETE", "global/certificateMaps/m")).Status);
        var list = (await gcp.Certificates("GET", "global/certificateMaps/m/certificateMapEntries")).Ok();
        Assert.Equal("ACTIVE", list["certificateMapEntries"]?[0]?["state"]?.ToString());

        Task<GcpAnswer> Enter(string id, string json) => gcp.Certificates(
            "POST", $"global/certificateMaps/m/certificateMapEntries?certificateMapEntryId={id}", json);
    }

    [Fact]
    public async Task A_managed_certificate_is_issued_once_its_record_is_there()
    {
        await using var gcp = await GcpFixture.StartAsync(new GcpOptions
        {
            Delays = GcpDelays.None,
            ManagedZones = [new GcpZone(GcpFixture.Project, "z", "example.com.")],
        });
        (await gcp.Certificates(
            "POST", "global/dnsAuthorizations?dnsAuthorizationId=auth", """{"domain":"example.com"}""")).Ok();
        (await gcp.Certificates(
            "POST", "global/certificates?certificateId=c",
            $$"""
            {"managed":{"domains":["example.com","*.example.com"],
            "dnsAuthorizations":["{{Root}}/dnsAuthorizations/auth"]} }
            """)).Ok();

        Assert.Equal("PROVISIONING", await State());
        var record = (await gcp.Certificates("GET", "global/dnsAuthorizations/auth")).Ok()["dnsResourceRecord"];
        (await gcp.Dns(
            "POST", "managedZones/z/changes",
            $$"""
            {"additions":[{"name":"{{record?["name"]}}","type":"CNAME","ttl":60,"rrdatas":["{{record?["data"]}}"]}]}
            """)).Ok();

        Assert.Equal("ACTIVE", await State());
        Assert.Equal(400, (await gcp.Certificates("DELETE", "global/dnsAuthorizations/auth")).Status);

        async Task<string?> State() =>
            (await gcp.Certificates("GET", "global/certificates/c")).Ok()["managed"]?["state"]?.ToString();
    }

    private static async Task<JsonObject> Finish(GcpFixture gcp, JsonObject operation)
    {
        gcp.Clock.Advance(TimeSpan.FromSeconds(2));
        var done = (await gcp.SendAsync("GET", $"/v1/{operation["name"]}", null)).Ok();
        Assert.Equal("true", done["done"]?.ToString());
        return done;
    }
}
