using Gwctl.Sandbox.Aws;
using Gwctl.Sandbox.Dns;
using Gwctl.Sandbox.Gcp;
using Gwctl.Sandbox.Tests.Gcp;
using static Gwctl.Sandbox.Tests.Aws.Route53World;

namespace Gwctl.Sandbox.Tests.Dns;

// Goal: the managed zones of Cloud DNS are answered too, weighted policies as they say.
public sealed class CloudZoneTests
{
    private const int NameError = 3;

    [Fact]
    public async Task Answers_record_sets_of_every_type()
    {
        await using var gcp = await StartAsync();
        await AddAsync(
            gcp,
            """{"name":"a.example.com.","type":"A","ttl":30,"rrdatas":["192.0.2.1","192.0.2.2"]}""",
            """{"name":"c.example.com.","type":"CNAME","ttl":30,"rrdatas":["a.example.com."]}""",
            """{"name":"t.example.com.","type":"TXT","ttl":50,"rrdatas":["\"one\" \"two\"","\"three\""]}""",
            """{"name":"*.w.example.com.","type":"AAAA","ttl":40,"rrdatas":["2001:db8::1"]}""");

        var chain = await AskAsync(gcp, "c.example.com", Resolver.A);
        Assert.Equal(["a.example.com.", "192.0.2.1", "192.0.2.2"], chain.Values);
        Assert.All(chain.Answers, answer => Assert.Equal(30u, answer.Ttl));
        Assert.Equal(["one|two|", "three|"], (await AskAsync(gcp, "t.example.com", Resolver.Txt)).Values);
        Assert.Equal(["2001:db8::1"], (await AskAsync(gcp, "any.w.example.com", Resolver.Aaaa)).Values);
        Assert.Equal(4, (await AskAsync(gcp, "example.com", Resolver.Ns)).Answers.Count);
        var missing = await AskAsync(gcp, "up.example.com", Resolver.A);
        Assert.Equal((NameError, true), (missing.Code, missing.Authoritative));
        Assert.Equal("example.com.", Assert.Single(missing.Authority).Name);
    }

    [Theory]
    [InlineData("0", "0", 50)]
    [InlineData("10", "90", 10)]
    [InlineData("1000", "0", 100)]
    [InlineData("0.5", "1.5", 25)]
    public async Task Weights_split_the_answers(string left, string right, int percent)
    {
        await using var gcp = await StartAsync(new Random(7));
        await AddAsync(gcp, Weighted(left, right));

        var counted = 0;
        const int asked = 2_000;
        for (var index = 0; index < asked; index++)
        {
            counted += Assert.Single((await AskAsync(gcp, "w.example.com", Resolver.A)).Values) is "192.0.2.1" ? 1 : 0;
        }

        Assert.InRange(100.0 * counted / asked, percent - 3, percent + 3);
    }

    [Fact]
    public async Task A_change_shows_in_the_next_answer()
    {
        await using var gcp = await StartAsync();
        await AddAsync(gcp, Weighted("100", "0"));
        Assert.Equal(["192.0.2.1"], (await AskAsync(gcp, "w.example.com", Resolver.A)).Values);

        (await gcp.Dns(
            "POST", "managedZones/z/changes",
            $$"""{"deletions":[{{Weighted("100", "0")}}],"additions":[{{Weighted("0", "100")}}]} """)).Ok();

        Assert.Equal(["192.0.2.2"], (await AskAsync(gcp, "w.example.com", Resolver.A)).Values);
    }

    [Fact]
    public async Task Of_one_zone_in_two_clouds_the_one_that_has_the_name_answers()
    {
        await using var sandbox = await SandboxFixture.StartAsync(
            new AwsOptions { Delays = AwsDelays.None, HostedZones = ["example.com"] }, dns: new DnsOptions(),
            gcp: new GcpOptions
            {
                Delays = GcpDelays.None,
                ManagedZones = [new GcpZone(GcpFixture.Project, "z", "example.com.")],
            });
        var zone = await sandbox.ZoneAsync();
        (await sandbox.ChangeAsync(zone, ("CREATE", Record("a.example.com", "A", 30, "192.0.2.1")))).Ok();

        var server = sandbox.Cloud.Dns ?? throw new InvalidOperationException("no name server");
        Assert.Equal(
            ["192.0.2.1"], (await Resolver.AskAsync(server.EndPoint, "a.example.com", Resolver.A, 1232, false)).Values);
    }

    [Theory]
    [InlineData("+noall +answer a.example.com A", "192.0.2.1")]
    [InlineData("+noall +answer +tcp a.example.com A", "192.0.2.1")]
    [InlineData("+short w.example.com A", "192.0.2.2")]
    [InlineData("+short example.com SOA", "cloud-dns-hostmaster.google.com.")]
    [InlineData("+noall +comments nothing.example.com A", "NXDOMAIN")]
    public async Task Dig_reads_the_zones(string arguments, string expected)
    {
        Assert.SkipUnless(Dig.IsThere, Dig.Missing);
        await using var gcp = await StartAsync();
        await AddAsync(
            gcp, """{"name":"a.example.com.","type":"A","ttl":30,"rrdatas":["192.0.2.1"]}""", Weighted("0", "100"));

        Assert.Contains(expected, await Dig.AskAsync(Server(gcp).EndPoint.Port, arguments), StringComparison.Ordinal);
    }

    private static string Weighted(string left, string right) => $$$"""
        {"name":"w.example.com.","type":"A","ttl":60,"routingPolicy":{"wrr":{"items":[
        {"weight":{{{left}}},"rrdatas":["192.0.2.1"]},{"weight":{{{right}}},"rrdatas":["192.0.2.2"]}]}} }
        """;

    private static DnsServer Server(GcpFixture gcp) =>
        gcp.Cloud.Dns ?? throw new InvalidOperationException("no name server");

    private static Task<DnsMessage> AskAsync(GcpFixture gcp, string name, int type) =>
        Resolver.AskAsync(Server(gcp).EndPoint, name, type, 1232, stream: false);

    private static async Task AddAsync(GcpFixture gcp, params string[] records) => (await gcp.Dns(
        "POST", "managedZones/z/changes", $$"""{"additions":[{{string.Join(',', records)}}]} """)).Ok();

    private static async Task<GcpFixture> StartAsync(Random? random = null)
    {
        var gcp = await GcpFixture.StartAsync(dns: new DnsOptions { Random = random });
        (await gcp.Dns(
            "POST", "managedZones", """{"name":"z","dnsName":"example.com.","description":""}""")).Ok();
        return gcp;
    }
}
