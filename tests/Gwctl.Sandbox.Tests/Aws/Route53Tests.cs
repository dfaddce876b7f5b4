using Gwctl.Sandbox.Aws;
using static Gwctl.Sandbox.Tests.Aws.Route53World;

namespace Gwctl.Sandbox.Tests.Aws;

public sealed class Route53Tests
{
    private static readonly AwsOptions WithZone = new() { Delays = AwsDelays.None, HostedZones = ["example.com"] };

    [Fact]
    public async Task Records_are_listed_by_reversed_labels_with_the_star_escaped()
    {
        await using var sandbox = await SandboxFixture.StartAsync(WithZone);
        var zone = await sandbox.ZoneAsync();
        (await sandbox.ChangeAsync(
            zone,
            ("CREATE", Record("*.example.com", "A", 60, "10.0.0.1")),
            ("CREATE", Record("b.example.com.", "TXT", 60, "\"x\"")),
            ("CREATE", Record("a.b.example.com", "A", 60, "10.0.0.1")),
            ("CREATE", Record("B.EXAMPLE.COM", "A", 60, "10.0.0.1")))).Ok();

        var list = (await sandbox.Route53("GET", $"hostedzone/{zone}/rrset?maxitems=3")).Ok();
        Assert.Equal(["example.com.", "example.com.", "\\052.example.com."], list.All("Name"));
        Assert.Equal("true", list["IsTruncated"]);
        var next = $"name={list["NextRecordName"]}&type={list["NextRecordType"]}";
        var rest = (await sandbox.Route53("GET", $"hostedzone/{zone}/rrset?{next}")).Ok();
        Assert.Equal(["b.example.com.", "b.example.com.", "a.b.example.com."], rest.All("Name"));
        Assert.Equal(["A", "TXT", "A"], rest.All("Type"));
        Assert.Equal("false", rest["IsTruncated"]);
    }

    [Fact]
    public async Task A_batch_is_all_or_nothing_and_tells_every_error()
    {
        await using var sandbox = await SandboxFixture.StartAsync(WithZone);
        var zone = await sandbox.ZoneAsync();
        (await sandbox.ChangeAsync(zone, ("CREATE", Record("a.example.com", "A", 60, "10.0.0.1", "10.0.0.2")))).Ok();
        var before = sandbox.Cloud.Aws.Snapshot();

        var answer = (await sandbox.ChangeAsync(
            zone,
            ("CREATE", Record("new.example.com", "A", 60, "10.0.0.1")),
            ("CREATE", Record("a.example.com", "A", 60, "10.0.0.1")),
            ("DELETE", Record("gone.example.com", "A", 60, "10.0.0.1")))).Fails("InvalidChangeBatch");

        Assert.Equal(
            "[Tried to create resource record set [name='a.example.com.', type='A'] but it already exists, "
            + "Tried to delete resource record set [name='gone.example.com.', type='A'] but it was not found]",
            answer.Message);
        Assert.Equal(before, sandbox.Cloud.Aws.Snapshot());
    }

    [Fact]
    public async Task Batch_errors_can_be_given_in_the_documented_form()
    {
        await using var sandbox = await SandboxFixture.StartAsync(WithZone with { BatchErrorsAsDocumented = true });

        var answer = await sandbox.ChangeAsync(
            await sandbox.ZoneAsync(), ("DELETE", Record("gone.example.com", "A", 60, "10.0.0.1")));

        Assert.Equal(400, answer.Status);
        Assert.Contains(
            "<InvalidChangeBatch xmlns=\"https://route53.amazonaws.com/doc/2013-04-01/\"><Messages><Message>",
            answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delete_and_create_in_one_batch_is_a_compare_and_swap()
    {
        await using var sandbox = await SandboxFixture.StartAsync(WithZone);
        var zone = await sandbox.ZoneAsync();
        (await sandbox.ChangeAsync(zone, ("CREATE", Record("a.example.com", "A", 60, "10.0.0.1", "10.0.0.2")))).Ok();

        (await sandbox.ChangeAsync(
            zone, ("DELETE", Record("a.example.com", "A", 60, "10.0.0.1")),
            ("CREATE", Record("a.example.com", "A", 60, "10.0.0.9")))).Fails("InvalidChangeBatch");
        (await sandbox.ChangeAsync(
            zone, ("DELETE", Record("a.example.com", "A", 60, "10.0.0.2", "10.0.0.1")),
            ("CREATE", Record("a.example.com", "A", 60, "10.0.0.9")))).Ok();
    }

    [Fact]
    public async Task Simple_and_weighted_records_exclude_each_other()
    {
        await using var sandbox = await SandboxFixture.StartAsync(WithZone);
        var zone = await sandbox.ZoneAsync();
        var simple = Record("a.example.com", "A", 60, "10.0.0.1");
        (await sandbox.ChangeAsync(zone, ("CREATE", simple))).Ok();

        (await sandbox.ChangeAsync(zone, ("CREATE", Weighted("a.example.com", "blue", 1, 60, "10.0.0.2"))))
            .Fails("InvalidChangeBatch");
        (await sandbox.ChangeAsync(
            zone, ("DELETE", simple), ("CREATE", Weighted("a.example.com", "blue", 100, 60, "10.0.0.1")),
            ("CREATE", Weighted("a.example.com", "green", 0, 60, "10.0.0.2")))).Ok();
        (await sandbox.ChangeAsync(zone, ("UPSERT", simple))).Fails("InvalidChangeBatch");
        (await sandbox.ChangeAsync(zone, ("UPSERT", Weighted("a.example.com", "blue", 1, 30, "10.0.0.1"))))
            .Fails("InvalidChangeBatch");
        (await sandbox.ChangeAsync(
            zone, ("UPSERT", Weighted("a.example.com", "blue", 1, 30, "10.0.0.1")),
            ("UPSERT", Weighted("a.example.com", "green", 1, 30, "10.0.0.2")))).Ok();
        (await sandbox.ChangeAsync(zone, ("UPSERT", Weighted("a.example.com", "blue", 1, 30, "10.0.0.1", "10.0.0.3"))))
            .Fails("InvalidInput");
    }

    [Theory]
    [InlineData("www.example.com", "A", "10.0.0", "InvalidChangeBatch")]
    [InlineData("www.example.com", "AAAA", "10.0.0.1", "InvalidChangeBatch")]
    [InlineData("www.example.com", "TXT", "unquoted", "InvalidChangeBatch")]
    [InlineData("www.example.com", "TXT", "\"a\" \"b\"", "")]
    [InlineData("www.example.org", "A", "10.0.0.1", "InvalidChangeBatch")]
    [InlineData("example.com", "CNAME", "other.example.com", "InvalidChangeBatch")]
    [InlineData("taken.example.com", "CNAME", "other.example.com", "InvalidChangeBatch")]
    [InlineData("alias.example.com", "A", "10.0.0.1", "InvalidChangeBatch")]
    [InlineData("www.example.com", "BOGUS", "x", "InvalidInput")]
    public async Task Values_and_neighbours_are_checked(string name, string type, string value, string code)
    {
        await using var sandbox = await SandboxFixture.StartAsync(WithZone);
        var zone = await sandbox.ZoneAsync();
        (await sandbox.ChangeAsync(
            zone, ("CREATE", Record("taken.example.com", "A", 60, "10.0.0.1")),
            ("CREATE", Record("alias.example.com", "CNAME", 60, "www.example.com")))).Ok();

        var answer = await sandbox.ChangeAsync(zone, ("CREATE", Record(name, type, 60, value)));

        Assert.Equal(code, answer.Status is 200 ? "" : answer.Code);
    }

    [Fact]
    public async Task Long_texts_are_split_into_strings_of_255()
    {
        await using var sandbox = await SandboxFixture.StartAsync(WithZone);
        var zone = await sandbox.ZoneAsync();
        var fits = new string('x', 255);

        (await sandbox.ChangeAsync(
            zone, ("CREATE", Record("a.example.com", "TXT", 60, $"\"{fits}\" \"{fits}\"")))).Ok();
        (await sandbox.ChangeAsync(zone, ("CREATE", Record("b.example.com", "TXT", 60, $"\"{fits}x\""))))
            .Fails("InvalidChangeBatch");
    }

    [Fact]
    public async Task Aliases_point_at_load_balancers_that_exist()
    {
        await using var sandbox = await SandboxFixture.StartAsync(WithZone);
        var zone = await sandbox.ZoneAsync();
        var target = (await sandbox.CreateLoadBalancerAsync("web")).Ok();
        var (name, elb) = (target["DNSName"], target["CanonicalHostedZoneId"]);

        (await sandbox.ChangeAsync(zone, ("CREATE", Alias("a.example.com", "A", "Z00", name))))
            .Fails("InvalidChangeBatch");
        var nobodys = Alias("a.example.com", "A", elb, "x-1.us-east-1.elb.amazonaws.com");
        (await sandbox.ChangeAsync(zone, ("CREATE", nobodys))).Fails("InvalidChangeBatch");
        (await sandbox.ChangeAsync(
            zone, ("CREATE", Alias("a.example.com", "A", elb, $"dualstack.{name}")),
            ("CREATE", Alias("a.example.com", "AAAA", elb, name)))).Ok();
        (await sandbox.ChangeAsync(zone, ("CREATE", Alias("b.example.com", "A", zone, "a.example.com")))).Ok();
        (await sandbox.ChangeAsync(zone, ("CREATE", Alias("c.example.com", "A", zone, "nope.example.com"))))
            .Fails("InvalidChangeBatch");
        (await sandbox.ChangeAsync(
            zone, ("CREATE", Alias("d.example.com", "A", elb, name) + "<TTL>60</TTL>"))).Fails("InvalidInput");
    }

    [Fact]
    public async Task The_apex_keeps_its_own_records()
    {
        await using var sandbox = await SandboxFixture.StartAsync(WithZone);
        var zone = await sandbox.ZoneAsync();
        var list = (await sandbox.Route53("GET", $"hostedzone/{zone}/rrset")).Ok();
        var soa = Record("example.com", "SOA", 900, list.All("Value")[^1]);

        var answer = (await sandbox.ChangeAsync(zone, ("DELETE", soa))).Fails("InvalidChangeBatch");
        Assert.Contains("must contain exactly one SOA", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changes_are_pending_and_then_in_sync()
    {
        var delays = AwsDelays.None with { RecordPropagation = TimeSpan.FromSeconds(60) };
        await using var sandbox = await SandboxFixture.StartAsync(WithZone with { Delays = delays });
        var zone = await sandbox.ZoneAsync();
        var change = (await sandbox.ChangeAsync(zone, ("CREATE", Record("a.example.com", "A", 60, "10.0.0.1")))).Ok();
        var path = change["Id"].TrimStart('/');

        Assert.Equal("PENDING", (await sandbox.Route53("GET", path)).Ok()["Status"]);
        sandbox.Clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal("INSYNC", (await sandbox.Route53("GET", path)).Ok()["Status"]);
        (await sandbox.Route53("GET", "change/C0")).Fails("NoSuchChange");
    }

    [Fact]
    public async Task Limits_of_a_batch_count_upserts_twice()
    {
        await using var sandbox = await SandboxFixture.StartAsync(WithZone);
        var zone = await sandbox.ZoneAsync();

        (await sandbox.ChangeAsync(zone, Many("UPSERT", 501))).Fails("InvalidChangeBatch");
        (await sandbox.ChangeAsync(zone, Many("CREATE", 501))).Ok();

        static (string, string)[] Many(string action, int count) =>
        [
            .. Enumerable.Range(0, count)
                .Select(index => (action, Record($"r{index}.example.com", "A", 60, "10.0.0.1"))),
        ];
    }

    [Fact]
    public async Task Zones_are_created_found_tagged_and_deleted_when_empty()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var created = (await Create("Shop.Example.org", "1")).Ok();
        Assert.Equal(201, created.Status);
        Assert.Equal("shop.example.org.", created["Name"]);
        Assert.Equal(4, created.All("NameServer").Count);
        (await Create("other.org", "1")).Fails("HostedZoneAlreadyExists");
        (await Create("alpha.org", "2")).Ok();

        var byName = (await sandbox.Route53("GET", "hostedzonesbyname?dnsname=example.org")).Ok();
        Assert.Equal("shop.example.org.", byName["Name"]);
        var zone = byName["Id"].Replace("/hostedzone/", "", StringComparison.Ordinal);
        (await sandbox.Route53(
            "POST", $"tags/hostedzone/{zone}",
            "<ChangeTagsForResourceRequest xmlns=\"https://route53.amazonaws.com/doc/2013-04-01/\"><AddTags><Tag>"
            + "<Key>k</Key><Value>v</Value></Tag></AddTags></ChangeTagsForResourceRequest>")).Ok();
        Assert.Equal(["k"], (await sandbox.Route53("GET", $"tags/hostedzone/{zone}")).Ok().All("Key"));

        var record = Record("a.shop.example.org", "A", 60, "10.0.0.1");
        (await sandbox.ChangeAsync(zone, ("CREATE", record))).Ok();
        (await sandbox.Route53("DELETE", $"hostedzone/{zone}")).Fails("HostedZoneNotEmpty");
        (await sandbox.ChangeAsync(zone, ("DELETE", record))).Ok();
        (await sandbox.Route53("DELETE", $"hostedzone/{zone}")).Ok();
        (await sandbox.Route53("GET", $"hostedzone/{zone}")).Fails("NoSuchHostedZone");

        Task<Answer> Create(string name, string reference) => sandbox.Route53(
            "POST", "hostedzone",
            $"<CreateHostedZoneRequest xmlns=\"https://route53.amazonaws.com/doc/2013-04-01/\"><Name>{name}</Name>"
            + $"<CallerReference>{reference}</CallerReference></CreateHostedZoneRequest>");
    }

    [Fact]
    public async Task Broken_requests_are_refused()
    {
        await using var sandbox = await SandboxFixture.StartAsync(WithZone);
        var zone = await sandbox.ZoneAsync();

        (await sandbox.Route53("POST", $"hostedzone/{zone}/rrset", "<oops")).Fails("InvalidInput");
        (await sandbox.Route53("GET", $"hostedzone/{zone}/rrset?type=A")).Fails("InvalidInput");
        (await sandbox.Route53("GET", "hostedzone/Z0/rrset")).Fails("NoSuchHostedZone");
        (await sandbox.Route53("GET", "nowhere")).Fails("InvalidInput");
    }
}
