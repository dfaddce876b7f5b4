using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Providers.Aws.Api.Route53;
using Gwctl.Providers.Aws.Tests.Applying;

namespace Gwctl.Providers.Aws.Tests.Cutover;

// Goal: a name is read as it is and changed as a whole, or not at all where somebody was quicker.
public sealed class WeightedDnsTests
{
    private const string Host = "shop.example.com";
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly DnsText Note = new("_note.shop.example.com", ["v=1,step=0", "a=b"], Minute);

    [Fact]
    public async Task A_name_that_does_not_exist_is_absent_and_its_zone_is_known()
    {
        await using var bench = await Bench.StartAsync();

        var name = await ReadAsync(bench);

        Assert.Equal((WeightedForm.Absent, "example.com"), (name.Form, name.ZoneName));
        Assert.Empty(name.Members);
        Assert.Equal(4, name.NameServers.Count);
    }

    [Fact]
    public async Task A_simple_record_becomes_weighted_members_in_one_batch()
    {
        await using var bench = await Bench.StartAsync();
        await CreateAsync(bench, RRType.A, "192.0.2.1", "192.0.2.2");
        await CreateAsync(bench, RRType.AAAA, "2001:db8::1");
        var simple = await ReadAsync(bench);
        Assert.Equal((WeightedForm.Simple, 3), (simple.Form, simple.Members.Count));
        bench.ForgetCalls();

        var change = await Dns(bench).ChangeAsync(
            new WeightedChange(simple, Weighted(90, 10), [Note], "start"), TestContext.Current.CancellationToken);

        Assert.Single(bench.Operations, operation => operation is "ChangeResourceRecordSets");
        var weighted = await ReadAsync(bench);
        Assert.Equal(WeightedForm.Weighted, weighted.Form);
        Assert.Equal(Weighted(90, 10).OrderBy(Sorted), weighted.Members.OrderBy(Sorted));
        var text = Assert.Single(weighted.Texts);
        Assert.Equal((Note.Name, Minute), (text.Name, text.Ttl));
        Assert.Equal(["a=b", "v=1,step=0"], text.Values.Order());
        Assert.True(await Dns(bench).IsPropagatedAsync(change, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Who_is_second_writes_nothing()
    {
        await using var bench = await Bench.StartAsync();
        await CreateAsync(bench, RRType.A, "192.0.2.1", "192.0.2.2");
        await CreateAsync(bench, RRType.AAAA, "2001:db8::1");
        var seen = await ReadAsync(bench);
        await ChangeAsync(bench, seen, 90, 10);

        var late = await Assert.ThrowsAsync<ProviderException>(() => ChangeAsync(bench, seen, 50, 50));

        Assert.Equal((ProviderFailure.Stale, "GW8150"), (late.Failure, late.Diagnostic.Code));
        Assert.Equal(
            [10, 10, 90, 90, 90], (await ReadAsync(bench)).Members.Select(member => member.Weight ?? 0).Order());
    }

    [Fact]
    public async Task A_record_by_another_rule_is_of_another_form()
    {
        await using var bench = await Bench.StartAsync();
        await ChangeAsync(bench, new ResourceRecordSet
        {
            Name = Host,
            Type = RRType.A,
            SetIdentifier = "eu",
            Region = "eu-west-1",
            TTL = 60,
            ResourceRecords = [new ResourceRecord { Value = "192.0.2.1" }],
        });

        Assert.Equal(WeightedForm.Other, (await ReadAsync(bench)).Form);
    }

    [Fact]
    public async Task A_name_outside_the_zones_is_told()
    {
        await using var bench = await Bench.StartAsync();

        var none = await Assert.ThrowsAsync<ProviderException>(() => Dns(bench).ReadAsync(
            new DnsQuestion("shop.example.org", null, null, false, _ => []), TestContext.Current.CancellationToken));
        var missing = await Assert.ThrowsAsync<ProviderException>(() => Dns(bench).ReadAsync(
            new DnsQuestion("shop.example.org", null, "example.org", false, _ => []),
            TestContext.Current.CancellationToken));

        Assert.Equal(("GW8151", "GW8152"), (none.Diagnostic.Code, missing.Diagnostic.Code));
    }

    private static EquatableList<WeightedMember> Weighted(long old, long next) =>
    [
        new("A", "old-1", old, new DnsTarget.Value("192.0.2.1"), Minute),
        new("A", "old-2", old, new DnsTarget.Value("192.0.2.2"), Minute),
        new("A", "new", next, new DnsTarget.Value("192.0.2.9"), Minute),
        new("AAAA", "old-1", old, new DnsTarget.Value("2001:db8::1"), Minute),
        new("AAAA", "new", next, new DnsTarget.Value("2001:db8::9"), Minute),
    ];

    private static string Sorted(WeightedMember member) => $"{member.Type} {member.Key}";

    private static IWeightedDns Dns(Bench bench)
    {
        Assert.NotNull(bench.Provider.WeightedDns);
        return bench.Provider.WeightedDns;
    }

    private static Task<WeightedName> ReadAsync(Bench bench) => Dns(bench).ReadAsync(
        new DnsQuestion(Host, null, null, false, _ => [Note.Name]), TestContext.Current.CancellationToken);

    private static Task<string> ChangeAsync(Bench bench, WeightedName seen, long old, long next) =>
        Dns(bench).ChangeAsync(
            new WeightedChange(seen, Weighted(old, next), [Note with { Values = [$"w={next}"] }], "step"),
            TestContext.Current.CancellationToken);

    private static Task CreateAsync(Bench bench, string type, params string[] values) =>
        ChangeAsync(bench, new ResourceRecordSet
        {
            Name = Host,
            Type = type,
            TTL = 300,
            ResourceRecords = [.. values.Select(value => new ResourceRecord { Value = value })],
        });

    private static async Task ChangeAsync(Bench bench, ResourceRecordSet record)
    {
        var zones = await bench.Api.Route53.ListHostedZonesAsync(new(), TestContext.Current.CancellationToken);
        await bench.Api.Route53.ChangeResourceRecordSetsAsync(
            new()
            {
                HostedZoneId = zones.HostedZones.Single().Id,
                ChangeBatch = new ChangeBatch
                {
                    Changes = [new Change { Action = ChangeAction.CREATE, ResourceRecordSet = record }],
                },
            },
            TestContext.Current.CancellationToken);
    }
}
