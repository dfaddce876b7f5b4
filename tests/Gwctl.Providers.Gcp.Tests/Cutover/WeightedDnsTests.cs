using System.Text.Json.Nodes;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Providers.Gcp.Cutover;
using Gwctl.Providers.Gcp.Tests.Applying;
using Gwctl.Sandbox.Calls;

namespace Gwctl.Providers.Gcp.Tests.Cutover;

// Goal: a name is read as it is and changed as a whole, or not at all where somebody was quicker.
public sealed class WeightedDnsTests
{
    private const string Host = "shop.example.com";
    private const string Zone = "example-com";
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly DnsText Note = new("_note.shop.example.com", ["v=1,step=0", "a=b"], Minute);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_name_that_does_not_exist_is_absent_and_its_zone_is_known()
    {
        await using var bench = await GraphBench.StartAsync();

        var name = await ReadAsync(bench);

        Assert.Equal(
            (WeightedForm.Absent, Zone, "example.com"), (name.Form, name.ZoneId, name.ZoneName));
        Assert.Empty(name.Members);
        Assert.Equal(4, name.NameServers.Count);
    }

    [Fact]
    public async Task Simple_record_sets_become_weighted_ones_in_one_change()
    {
        await using var bench = await GraphBench.StartAsync();
        var changes = new List<CallInfo>();
        await AddAsync(bench, Set("A", """ "rrdatas":["192.0.2.1","192.0.2.2"] """));
        await AddAsync(bench, Set("AAAA", """ "rrdatas":["2001:db8::1"] """));
        await AddAsync(bench, Set("MX", """ "rrdatas":["1 mail.example.com."] """));
        var simple = await ReadAsync(bench);
        Assert.Equal((WeightedForm.Simple, 3), (simple.Form, simple.Members.Count));
        bench.Cloud.Gcp.Called = record => changes.Add(record.Call);

        var change = await Dns(bench).ChangeAsync(
            new WeightedChange(simple, Weighted(90, 10), [Note], "start"), Cancellation);

        Assert.Single(changes, call => call.Mutating);
        var weighted = await ReadAsync(bench);
        Assert.Equal(WeightedForm.Weighted, weighted.Form);
        Assert.Equal(Weighted(90, 10), weighted.Members);
        Assert.Equal(Note, Assert.Single(weighted.Texts));
        Assert.True(await Dns(bench).IsPropagatedAsync(change, Cancellation));
        Assert.Contains("|MX", bench.Cloud.Gcp.Snapshot(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_second_writes_nothing()
    {
        await using var bench = await GraphBench.StartAsync();
        await AddAsync(bench, Set("A", """ "rrdatas":["192.0.2.1","192.0.2.2"] """));
        await AddAsync(bench, Set("AAAA", """ "rrdatas":["2001:db8::1"] """));
        var seen = await ReadAsync(bench);
        await ChangeAsync(bench, seen, 90, 10);

        var late = await Assert.ThrowsAsync<ProviderException>(() => ChangeAsync(bench, seen, 50, 50));

        Assert.Equal((ProviderFailure.Stale, "GW8160"), (late.Failure, late.Diagnostic.Code));
        Assert.Equal([90, 90, 10, 90, 10], (await ReadAsync(bench)).Members.Select(member => member.Weight ?? 0));
    }

    [Fact]
    public async Task Who_is_overtaken_between_the_second_reading_and_the_change_writes_nothing()
    {
        await using var bench = await GraphBench.StartAsync();
        await AddAsync(bench, Set("A", """ "rrdatas":["192.0.2.1","192.0.2.2"] """));
        var seen = await ReadAsync(bench);
        var isFirst = true;
        bench.Cloud.Gcp.Faults.Plan = call =>
        {
            if (call.Operation is "changes.create" && isFirst)
            {
                isFirst = false;
                AddAsync(
                    bench, Set("A", """ "rrdatas":["192.0.2.7"] """),
                    Set("A", """ "rrdatas":["192.0.2.1","192.0.2.2"] """)).GetAwaiter().GetResult();
            }

            return null;
        };

        var late = await Assert.ThrowsAsync<ProviderException>(() => ChangeAsync(bench, seen, 50, 50));

        Assert.Equal((ProviderFailure.Stale, "GW8160"), (late.Failure, late.Diagnostic.Code));
        Assert.Equal(
            "192.0.2.7", Assert.Single((await ReadAsync(bench)).Members).Target.ToString());
    }

    [Fact]
    public async Task What_somebody_wrote_in_another_form_is_deleted_to_the_letter()
    {
        await using var bench = await GraphBench.StartAsync();
        await AddAsync(bench, Set(
            "A", """ "routingPolicy":{"wrr":{"items":[{"weight":3,"rrdatas":["192.0.2.1","192.0.2.2"]}]}} """));
        var seen = await ReadAsync(bench);
        Assert.Equal([3, 3], seen.Members.Select(member => member.Weight ?? 0));

        await ChangeAsync(bench, seen, 90, 10);

        Assert.Equal(Weighted(90, 10), (await ReadAsync(bench)).Members);
    }

    [Theory]
    [InlineData("""{"geo":{"items":[{"location":"us-east1","rrdatas":["192.0.2.1"]}]}}""")]
    [InlineData("""{"wrr":{"items":[{"weight":0.5,"rrdatas":["192.0.2.1"]}]}}""")]
    public async Task A_record_set_by_another_rule_is_of_another_form(string policy)
    {
        await using var bench = await GraphBench.StartAsync();
        await AddAsync(bench, Set("A", $" \"routingPolicy\":{policy} "));

        var name = await ReadAsync(bench);

        Assert.Equal(WeightedForm.Other, name.Form);
        Assert.Equal(("192.0.2.1", null), (Assert.Single(name.Members).Target.ToString(), name.Members[0].Weight));
    }

    [Fact]
    public async Task A_name_outside_the_zones_is_told()
    {
        await using var bench = await GraphBench.StartAsync();

        var none = await Assert.ThrowsAsync<ProviderException>(() => Dns(bench).ReadAsync(
            new DnsQuestion("shop.example.org", null, null, false, _ => []), Cancellation));
        var missing = await Assert.ThrowsAsync<ProviderException>(() => Dns(bench).ReadAsync(
            new DnsQuestion("shop.example.org", null, "example.org", false, _ => []), Cancellation));

        Assert.Equal(("GW8161", "GW8162"), (none.Diagnostic.Code, missing.Diagnostic.Code));
    }

    private static string Set(string type, string content) =>
        $$"""{"name":"{{Host}}.","type":"{{type}}","ttl":300,{{content}}}""";

    private static EquatableList<WeightedMember> Weighted(long old, long next) =>
    [
        new("A", "", old, new DnsTarget.Value("192.0.2.1"), Minute),
        new("A", "", old, new DnsTarget.Value("192.0.2.2"), Minute),
        new("A", "", next, new DnsTarget.Value("192.0.2.9"), Minute),
        new("AAAA", "", old, new DnsTarget.Value("2001:db8::1"), Minute),
        new("AAAA", "", next, new DnsTarget.Value("2001:db8::9"), Minute),
    ];

    private static CloudDnsNames Dns(GraphBench bench) =>
        new(bench.Api, [new DnsZoneSpec("example.com", null, false, SourceSpan.None)]);

    private static Task<WeightedName> ReadAsync(GraphBench bench) => Dns(bench).ReadAsync(
        new DnsQuestion(Host, null, null, false, _ => [Note.Name]), Cancellation);

    private static Task<string> ChangeAsync(GraphBench bench, WeightedName seen, long old, long next) =>
        Dns(bench).ChangeAsync(
            new WeightedChange(seen, Weighted(old, next), [Note with { Values = [$"w={next}"] }], "step"),
            Cancellation);

    private static Task AddAsync(GraphBench bench, string record, string? old = null) =>
        bench.Api.Dns.CreateChangeAsync(
            Zone,
            new JsonObject
            {
                ["additions"] = new JsonArray(JsonNode.Parse(record)),
                ["deletions"] = old is null ? [] : new JsonArray(JsonNode.Parse(old)),
            },
            Cancellation);
}
