using Gwctl.Cutover.Deciding;
using Gwctl.Cutover.Records;
using Gwctl.Cutover.Running;

namespace Gwctl.Cutover.Tests;

// Goal: a cutover goes from a simple record to the new side alone, by the times that the document says.
public sealed class PathTests
{
    [Theory]
    [InlineData(CloudKind.Aws)]
    [InlineData(CloudKind.Gcp)]
    public async Task A_simple_record_becomes_the_new_side_step_by_step(CloudKind cloud)
    {
        await using var world = await World.StartAsync(cloud);
        await world.CreateAsync(World.Record("A", 300, "192.0.2.1"));

        var lowered = Assert.Single((await world.RunAsync(CutoverIntent.Start)).Names);
        Assert.Equal((NameOutcome.Written, ProgressPhase.Lowering), (lowered.Outcome, lowered.Progress?.Phase));
        Assert.Contains("A 60 192.0.2.1", world.Records());

        var waiting = Assert.Single((await world.RunAsync(CutoverIntent.Step)).Names);
        Assert.Equal(world.Clock.GetUtcNow().AddSeconds(360), waiting.Until);
        world.Clock.Advance(TimeSpan.FromSeconds(360));

        var first = Assert.Single((await world.RunAsync(CutoverIntent.Step)).Names);
        Assert.Equal(2, first.Written.Count);
        Assert.Equal((1, 10), (first.Progress?.Step, first.Progress?.Weight));
        Assert.Contains(world.Line("A", "old", 90, "192.0.2.1"), world.Records());
        Assert.Contains(
            world.Records(), record => Starts(record, IsAws(cloud) ? "A gwctl-new 10 new-" : "A 10 60 34."));

        Assert.Equal(
            world.Clock.GetUtcNow().AddDays(1), Assert.Single((await world.RunAsync(CutoverIntent.Step)).Names).Until);
        var end = Assert.Single((await world.RunToEndAsync()).Names);
        Assert.Equal((NameOutcome.Done, 100), (end.Outcome, end.Progress?.Weight));
        Assert.Equal([10, 50, 100], end.Progress?.Taken.Select(step => step.Weight) ?? []);
        Assert.Contains(world.Line("A", "old", 0, "192.0.2.1"), world.Records());
        Assert.Empty(world.Violations);
    }

    [Theory]
    [InlineData(CloudKind.Aws)]
    [InlineData(CloudKind.Gcp)]
    public async Task Both_families_move_together_and_several_addresses_share_their_sides_weight(CloudKind cloud)
    {
        await using var world = await World.StartAsync(cloud, new WorldOptions { Ipv6 = true });
        await world.CreateAsync(
            World.Record("A", 60, "192.0.2.1", "192.0.2.2"), World.Record("AAAA", 60, "2001:db8::1"));

        await world.RunAsync(CutoverIntent.Start);
        Assert.Equal(2, world.Changes); // Made by hand, and converted at once.
        await world.RunAsync(CutoverIntent.Step);

        Assert.Contains(world.Line("A", IsAws(cloud) ? "old-1" : "", 9, "192.0.2.1"), world.Records());
        Assert.Contains(world.Line("A", IsAws(cloud) ? "old-2" : "", 9, "192.0.2.2"), world.Records());
        Assert.Contains(world.Records(), record => Starts(record, IsAws(cloud) ? "A gwctl-new 2 " : "A 2 60 "));
        Assert.Contains(world.Line("AAAA", "old", 90, "2001:db8::1"), world.Records());
        Assert.Contains(
            world.Records(), record => Starts(record, IsAws(cloud) ? "AAAA gwctl-new 10 " : "AAAA 10 60 "));
        Assert.Empty(world.Violations);
    }

    [Fact]
    public async Task An_alias_and_a_cname_are_converted_as_they_are()
    {
        await using var world = Assert.IsType<AwsWorld>(await World.StartAsync(CloudKind.Aws));
        await world.CreateAsync(World.Record("CNAME", 30, world.OldName));

        await world.RunAsync(CutoverIntent.Start);
        await world.RunAsync(CutoverIntent.Step);

        Assert.Contains($"CNAME gwctl-old 90 60 {world.OldName}", world.Records());
        Assert.Contains(world.Records(), record => Starts(record, "CNAME gwctl-new 10 60 new-"));
    }

    [Fact]
    public async Task A_cname_has_nothing_to_lead_to_where_load_balancers_have_no_names()
    {
        await using var world = await World.StartAsync(CloudKind.Gcp);
        await world.CreateAsync(World.Record("CNAME", 60, "old.example.net."));

        var refused = Assert.Single((await world.RunAsync(CutoverIntent.Start)).Names);

        Assert.Equal((NameOutcome.Refused, "GW8011"), (refused.Outcome, refused.Diagnostic?.Code));
        Assert.Contains("'dig +short old.example.net A'", refused.Diagnostic?.Help, StringComparison.Ordinal);
        Assert.Equal(["CNAME 60 old.example.net."], world.Records());
    }

    [Theory]
    [InlineData(CloudKind.Aws)]
    [InlineData(CloudKind.Gcp)]
    public async Task The_old_side_may_be_named(CloudKind cloud)
    {
        await using var world = await World.StartAsync(
            cloud, new WorldOptions { Document = Documents.Of(more: "from: {loadBalancer: {name: old}}") });
        await world.CreateAsync(World.Record("A", 60, "192.0.2.1"));
        Assert.Equal("GW8008", Assert.Single((await world.RunAsync(CutoverIntent.Start)).Names).Diagnostic?.Code);

        await using var other = await World.StartAsync(
            cloud, new WorldOptions { Document = Documents.Of(more: "from: {loadBalancer: {name: old}}") });
        Assert.Equal(
            NameOutcome.Written, Assert.Single((await other.RunAsync(CutoverIntent.Start)).Names).Outcome);
        Assert.Equal(1, other.Changes);
        Assert.Empty(other.Violations);
    }

    [Theory]
    [InlineData(CloudKind.Aws)]
    [InlineData(CloudKind.Gcp)]
    public async Task Finish_keeps_the_old_records_for_their_time_and_leaves_what_apply_makes(CloudKind cloud)
    {
        await using var world = await World.StartAsync(
            cloud, new WorldOptions { Document = Documents.Of(more: "finish: {retain: 48h, idleWindow: 1h}") });
        await world.CreateAsync(World.Record("A", 60, "192.0.2.1"));
        await world.RunAsync(CutoverIntent.Start);
        await world.RunToEndAsync();

        var unknown = Assert.Single((await world.RunAsync(CutoverIntent.Finish)).Names);
        Assert.Equal("GW8025", unknown.Diagnostic?.Code);
        var kept = Assert.Single((await world.RunAsync(CutoverIntent.Finish, assumesIdle: true)).Names);
        Assert.Equal(ProgressPhase.Retained, kept.Progress?.Phase);
        Assert.Equal(
            NameOutcome.Waiting,
            Assert.Single((await world.RunAsync(CutoverIntent.Finish, assumesIdle: true)).Names).Outcome);
        world.Clock.Advance(TimeSpan.FromHours(48));
        var removed = Assert.Single((await world.RunAsync(CutoverIntent.Finish, assumesIdle: true)).Names);

        Assert.Equal(NameOutcome.Written, removed.Outcome);
        Assert.Collection(
            world.Records(),
            record => Assert.StartsWith(IsAws(cloud) ? "A new-" : "A 300 34.", record, StringComparison.Ordinal),
            record => Assert.Equal(
                "TXT 300 \"heritage=external-dns,external-dns/owner=world,external-dns/resource=gateway/shop/web\"",
                record));
        Assert.Empty(world.Violations);
    }

    [Fact]
    public async Task A_person_lets_a_step_go_on_and_the_schedule_says_when()
    {
        await using var world = await World.StartAsync(CloudKind.Aws, new WorldOptions
        {
            Document = Documents.Of(
                "[{weight: 10, pause: {}}, {weight: 100, allowJump: true}]",
                "schedule: {days: [Tue], from: \"09:00\", to: \"10:00\"}"),
        });
        await world.CreateAsync(World.Record("A", 60, "192.0.2.1"));
        await world.RunAsync(CutoverIntent.Start);
        await world.RunAsync(CutoverIntent.Step); // 2026-12-01 is a Tuesday, 09:00.
        world.Clock.Advance(TimeSpan.FromHours(2));

        var forPerson = Assert.Single((await world.RunAsync(CutoverIntent.Step)).Names);
        Assert.Equal((NameOutcome.Waiting, (DateTimeOffset?)null), (forPerson.Outcome, forPerson.Until));
        await world.RunAsync(CutoverIntent.Resume);
        var forTuesday = Assert.Single((await world.RunAsync(CutoverIntent.Step)).Names);

        Assert.Equal(new DateTimeOffset(2026, 12, 8, 9, 0, 0, TimeSpan.Zero), forTuesday.Until);
    }

    [Theory]
    [InlineData(CloudKind.Aws)]
    [InlineData(CloudKind.Gcp)]
    public async Task The_name_servers_are_asked_whether_they_answer_as_written(CloudKind cloud)
    {
        await using var world = await World.StartAsync(cloud, new WorldOptions { Dns = true });
        await world.CreateAsync(World.Record("A", 60, "192.0.2.1"));

        await world.RunAsync(CutoverIntent.Start);
        var step = Assert.Single((await world.RunAsync(CutoverIntent.Step)).Names);

        Assert.Contains("the name servers answer as written", step.Notes);
    }

    private static bool IsAws(CloudKind cloud) => cloud is CloudKind.Aws;

    private static bool Starts(string record, string start) => record.StartsWith(start, StringComparison.Ordinal);
}
