using Gwctl.Sandbox.Aws;
using Gwctl.Sandbox.Dns;
using Gwctl.Sandbox.Tests.Aws;
using Gwctl.Sandbox.Tests.DataPlane;
using static Gwctl.Sandbox.Tests.Aws.Route53World;

namespace Gwctl.Sandbox.Tests.Dns;

// Goal: the zones are answered as Route 53's name servers answer them, by UDP and TCP.
public sealed class DnsServerTests
{
    private const int NameError = 3;
    private const int NotImplemented = 4;
    private const int Refused = 5;
    private const int BadVersion = 16;

    [Fact]
    public async Task Answers_records_of_every_type_with_their_ttl()
    {
        await using var world = await World.StartAsync();
        await world.CreateAsync(
            Record("a.example.com", "A", 30, "192.0.2.1", "192.0.2.2"),
            Record("a.example.com", "AAAA", 40, "2001:db8::1"),
            Record("t.example.com", "TXT", 50, "\"one\" \"two \\\" \\052\"", "\"three\""));

        var a = await world.AskAsync("A.Example.COM", Resolver.A);
        Assert.Equal((0, true, false), (a.Code, a.Authoritative, a.Truncated));
        Assert.Equal(["192.0.2.1", "192.0.2.2"], a.Values.Order());
        Assert.All(a.Answers, answer => Assert.Equal((30u, "a.example.com."), (answer.Ttl, answer.Name)));
        Assert.Equal("2001:db8::1", Assert.Single((await world.AskAsync("a.example.com", Resolver.Aaaa)).Values));
        Assert.Equal(
            ["one|two \" *|", "three|"], (await world.AskAsync("t.example.com", Resolver.Txt)).Values);
        Assert.Equal(3, (await world.AskAsync("a.example.com", Resolver.Any)).Answers.Count);
        Assert.Equal(4, (await world.AskAsync("example.com", Resolver.Ns)).Answers.Count);
    }

    [Fact]
    public async Task Tells_a_name_without_the_type_from_a_name_that_does_not_exist()
    {
        await using var world = await World.StartAsync();
        await world.CreateAsync(Record("deep.down.example.com", "A", 30, "192.0.2.1"));

        var without = await world.AskAsync("deep.down.example.com", Resolver.Aaaa);
        var between = await world.AskAsync("down.example.com", Resolver.A);
        var missing = await world.AskAsync("up.example.com", Resolver.A);
        var elsewhere = await world.AskAsync("example.org", Resolver.A);

        Assert.Equal((0, 0), (without.Code, without.Answers.Count));
        Assert.Equal((0, 0), (between.Code, between.Answers.Count));
        Assert.Equal((NameError, true), (missing.Code, missing.Authoritative));
        Assert.Equal((Refused, false), (elsewhere.Code, elsewhere.Authoritative));
        var soa = Assert.Single(missing.Authority);
        Assert.Equal(("example.com.", Resolver.Soa, 900u), (soa.Name, soa.Type, soa.Ttl));
        Assert.Equal(Resolver.Soa, Assert.Single(without.Authority).Type);
    }

    [Fact]
    public async Task A_wildcard_answers_for_what_does_not_exist_and_for_nothing_else()
    {
        await using var world = await World.StartAsync();
        await world.CreateAsync(
            Record("*.shop.example.com", "A", 30, "192.0.2.9"),
            Record("own.shop.example.com", "TXT", 30, "\"x\""));

        var any = await world.AskAsync("any.shop.example.com", Resolver.A);
        Assert.Equal("any.shop.example.com.", Assert.Single(any.Answers).Name);
        Assert.Single((await world.AskAsync("a.b.shop.example.com", Resolver.A)).Answers);
        Assert.Empty((await world.AskAsync("own.shop.example.com", Resolver.A)).Answers);
        Assert.Empty((await world.AskAsync("shop.example.com", Resolver.A)).Answers);
    }

    [Fact]
    public async Task A_cname_is_followed_within_the_zones_and_given_alone_where_it_leaves_them()
    {
        await using var world = await World.StartAsync();
        await world.CreateAsync(
            Record("a.example.com", "A", 30, "192.0.2.1"),
            Record("b.example.com", "CNAME", 30, "a.example.com"),
            Record("c.example.com", "CNAME", 30, "b.example.com"),
            Record("out.example.com", "CNAME", 30, "www.example.net"));

        var chain = await world.AskAsync("c.example.com", Resolver.A);
        Assert.Equal(["b.example.com.", "a.example.com.", "192.0.2.1"], chain.Values);
        Assert.Equal(["www.example.net."], (await world.AskAsync("out.example.com", Resolver.A)).Values);
        Assert.Equal(["b.example.com."], (await world.AskAsync("c.example.com", Resolver.Cname)).Values);
    }

    [Fact]
    public async Task A_delegation_is_referred()
    {
        await using var world = await World.StartAsync();
        await world.CreateAsync(Record("team.example.com", "NS", 60, "ns1.example.net.", "ns2.example.net."));

        var referral = await world.AskAsync("www.team.example.com", Resolver.A);

        Assert.Equal((0, false, 0), (referral.Code, referral.Authoritative, referral.Answers.Count));
        Assert.Equal(2, referral.Authority.Count);
    }

    [Theory]
    [InlineData(0, 0, 50)]
    [InlineData(10, 90, 10)]
    [InlineData(255, 0, 100)]
    [InlineData(1, 3, 25)]
    public async Task Weights_split_the_answers_and_all_zero_is_equal(int left, int right, int percent)
    {
        await using var world = await World.StartAsync(new Random(7));
        await world.CreateAsync(
            Weighted("w.example.com", "left", left, 30, "192.0.2.1"),
            Weighted("w.example.com", "right", right, 30, "192.0.2.2"));

        var counted = 0;
        const int asked = 2_000;
        for (var index = 0; index < asked; index++)
        {
            counted += Assert.Single((await world.AskAsync("w.example.com", Resolver.A)).Values) is "192.0.2.1" ? 1 : 0;
        }

        Assert.InRange(100.0 * counted / asked, percent - 3, percent + 3);
    }

    [Fact]
    public async Task What_is_not_healthy_does_not_answer_while_something_is()
    {
        await using var world = await World.StartAsync();
        var first = await world.HealthCheckAsync("one");
        var second = await world.HealthCheckAsync("two");
        await world.CreateAsync(
            Weighted("w.example.com", "left", 100, 30, "192.0.2.1") + $"<HealthCheckId>{first}</HealthCheckId>",
            Weighted("w.example.com", "right", 0, 30, "192.0.2.2") + $"<HealthCheckId>{second}</HealthCheckId>");

        Assert.Equal(["192.0.2.1"], await world.ManyAsync("w.example.com"));

        // Weight 0 takes over where everything else is not healthy.
        world.Server.SetHealth(first, healthy: false);
        Assert.Equal(["192.0.2.2"], await world.ManyAsync("w.example.com"));

        // Nothing healthy counts as everything healthy.
        world.Server.SetHealth(second, healthy: false);
        Assert.Equal(["192.0.2.1"], await world.ManyAsync("w.example.com"));
    }

    [Fact]
    public async Task An_alias_answers_a_load_balancers_addresses_while_its_targets_are_healthy()
    {
        await using var live = await LiveWorld.StartAsync(dns: new DnsOptions());
        await using var world = await World.OverAsync(live.Sandbox);
        var group = await live.GroupAsync("shop", ["172.31.0.10"]);
        var address = await live.AddressAsync(await live.ForwardingListenerAsync(group));
        var balancer = (await live.Sandbox.Elbv2("DescribeLoadBalancers")).Ok();
        var (name, zone) = (balancer["DNSName"], balancer["CanonicalHostedZoneId"]);
        await world.CreateAsync(
            Alias("shop.example.com", "A", zone, name).Replace(
                "<AliasTarget>", "<SetIdentifier>new</SetIdentifier><Weight>1</Weight><AliasTarget>"),
            Weighted("shop.example.com", "old", 0, 60, "192.0.2.1"),
            Record("cname.example.com", "CNAME", 30, name));

        var answer = Assert.Single((await world.AskAsync("shop.example.com", Resolver.A)).Answers);
        Assert.Equal((address.Address.ToString(), 60u), (answer.Value, answer.Ttl));
        Assert.Equal(address.Address.ToString(), (await world.AskAsync("cname.example.com", Resolver.A)).Values.Last());
        Assert.Equal(address.Address.ToString(), Assert.Single((await world.AskAsync(name, Resolver.A)).Values));

        live.Plane.SetHealth("172.31.0.10", healthy: false);
        Assert.Equal("192.0.2.1", Assert.Single((await world.AskAsync("shop.example.com", Resolver.A)).Values));
    }

    [Fact]
    public async Task What_does_not_fit_a_datagram_is_truncated_and_comes_whole_by_tcp()
    {
        await using var world = await World.StartAsync();
        await world.CreateAsync(Record(
            "big.example.com", "A", 30, [.. Enumerable.Range(1, 60).Select(number => $"192.0.2.{number}")]));

        var plain = await world.AskAsync("big.example.com", Resolver.A, payload: null);
        var extended = await world.AskAsync("big.example.com", Resolver.A);
        var stream = await world.AskAsync("big.example.com", Resolver.A, payload: null, stream: true);

        Assert.Equal((true, 0, false), (plain.Truncated, plain.Answers.Count, plain.HasExtension));
        Assert.Equal((false, 60, true), (extended.Truncated, extended.Answers.Count, extended.HasExtension));
        Assert.Equal((false, 60), (stream.Truncated, stream.Answers.Count));
    }

    [Fact]
    public async Task What_cannot_be_answered_is_refused_in_the_protocols_words()
    {
        await using var world = await World.StartAsync();
        var update = Resolver.Question("example.com", Resolver.A, null);
        update[2] = 5 << 3;
        var version = Resolver.Question("example.com", Resolver.A, 1232);
        version[^5] = 1;
        var cut = Resolver.Question("example.com", Resolver.A, null)[..^3];

        Assert.Equal(NotImplemented, DnsMessage.Read(await Resolver.ByUdpAsync(world.Server.EndPoint, update)).Code);
        Assert.Equal(BadVersion, DnsMessage.Read(await Resolver.ByUdpAsync(world.Server.EndPoint, version)).Code);
        Assert.Equal(1, DnsMessage.Read(await Resolver.ByUdpAsync(world.Server.EndPoint, cut)).Code);
    }

    [Fact]
    public async Task Garbage_does_not_end_the_server()
    {
        await using var world = await World.StartAsync();
        await world.CreateAsync(Record("a.example.com", "A", 30, "192.0.2.1"));
        var random = new Random(11);
        using var socket = new System.Net.Sockets.UdpClient();
        socket.Connect(world.Server.EndPoint);
        for (var index = 0; index < 2_000; index++)
        {
            var bytes = new byte[random.Next(0, 80)];
            random.NextBytes(bytes);
            await socket.SendAsync(bytes, SandboxFixture.Cancellation);
        }

        Assert.Single((await world.AskAsync("a.example.com", Resolver.A)).Values);
    }

    [Theory]
    [InlineData("+noall +answer a.example.com A", "192.0.2.1")]
    [InlineData("+noall +answer +tcp a.example.com A", "192.0.2.1")]
    [InlineData("+short c.example.com A", "192.0.2.1")]
    [InlineData("+short any.w.example.com TXT", "\"wild card\"")]
    [InlineData("+noall +comments nothing.example.com A", "NXDOMAIN")]
    [InlineData("+noall +answer +bufsize=512 big.example.com A", "192.0.2.60")]
    [InlineData("+short example.com SOA", "awsdns-hostmaster.amazon.com.")]
    public async Task Dig_reads_the_zones(string arguments, string expected)
    {
        Assert.SkipUnless(Dig.IsThere, Dig.Missing);
        await using var world = await World.StartAsync();
        await world.CreateAsync(
            Record("a.example.com", "A", 30, "192.0.2.1"),
            Record("c.example.com", "CNAME", 30, "a.example.com"),
            Record("*.w.example.com", "TXT", 30, "\"wild card\""),
            Record(
                "big.example.com", "A", 30, [.. Enumerable.Range(1, 60).Select(number => $"192.0.2.{number}")]));

        Assert.Contains(
            expected, await Dig.AskAsync(world.Server.EndPoint.Port, arguments), StringComparison.Ordinal);
    }

    /// <summary>A sandbox that serves one zone.</summary>
    private sealed class World : IAsyncDisposable
    {
        private readonly SandboxFixture _sandbox;
        private readonly string _zone;
        private readonly bool _owned;

        private World(SandboxFixture sandbox, string zone, bool owned) =>
            (_sandbox, _zone, _owned) = (sandbox, zone, owned);

        public DnsServer Server => _sandbox.Cloud.Dns ?? throw new InvalidOperationException("no name server");

        public static async Task<World> StartAsync(Random? random = null)
        {
            var sandbox = await SandboxFixture.StartAsync(
                new AwsOptions { Delays = AwsDelays.None, HostedZones = ["example.com"] },
                dns: new DnsOptions { Random = random });
            return new World(sandbox, await sandbox.ZoneAsync(), owned: true);
        }

        public static async Task<World> OverAsync(SandboxFixture sandbox) =>
            new(sandbox, await sandbox.ZoneAsync(), owned: false);

        public async Task CreateAsync(params string[] records) =>
            (await _sandbox.ChangeAsync(_zone, [.. records.Select(record => ("CREATE", record))])).Ok();

        public async Task<string> HealthCheckAsync(string reference) => (await _sandbox.Route53(
            "POST", "healthcheck",
            "<CreateHealthCheckRequest xmlns=\"https://route53.amazonaws.com/doc/2013-04-01/\">"
            + $"<CallerReference>{reference}</CallerReference><HealthCheckConfig><IPAddress>192.0.2.1</IPAddress>"
            + "<Port>80</Port><Type>TCP</Type></HealthCheckConfig></CreateHealthCheckRequest>")).Ok()["Id"];

        public Task<DnsMessage> AskAsync(string name, int type, int? payload = 1232, bool stream = false) =>
            Resolver.AskAsync(Server.EndPoint, name, type, payload, stream);

        public async Task<List<string>> ManyAsync(string name)
        {
            var values = new HashSet<string>(StringComparer.Ordinal);
            for (var index = 0; index < 40; index++)
            {
                values.UnionWith((await AskAsync(name, Resolver.A)).Values);
            }

            return [.. values.Order(StringComparer.Ordinal)];
        }

        public ValueTask DisposeAsync() => _owned ? _sandbox.DisposeAsync() : ValueTask.CompletedTask;
    }
}
