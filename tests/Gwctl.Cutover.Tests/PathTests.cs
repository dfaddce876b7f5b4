using Gwctl.Cutover.Deciding;
using Gwctl.Cutover.Records;
using Gwctl.Cutover.Running;
using Gwctl.Providers.Aws.Api.Route53;

namespace Gwctl.Cutover.Tests;

// Goal: a cutover goes from a simple record to the new side alone, by the times that the document says.
public sealed class PathTests
{
    [Fact]
    public async Task A_simple_record_becomes_the_new_side_step_by_step()
    {
        await using var world = await World.StartAsync();
        await world.CreateAsync(World.Record(RRType.A, 300, "192.0.2.1"));

        var lowered = Assert.Single((await world.RunAsync(CutoverIntent.Start)).Names);
        Assert.Equal((NameOutcome.Written, ProgressPhase.Lowering), (lowered.Outcome, lowered.Progress?.Phase));
        Assert.Contains("A 60 192.0.2.1", world.Records());

        var waiting = Assert.Single((await world.RunAsync(CutoverIntent.Step)).Names);
        Assert.Equal(world.Clock.GetUtcNow().AddSeconds(360), waiting.Until);
        world.Clock.Advance(TimeSpan.FromSeconds(360));

        var first = Assert.Single((await world.RunAsync(CutoverIntent.Step)).Names);
        Assert.Equal(2, first.Written.Count);
        Assert.Equal((1, 10), (first.Progress?.Step, first.Progress?.Weight));
        Assert.Contains("A gwctl-old 90 60 192.0.2.1", world.Records());
        Assert.Contains(world.Records(), record => record.StartsWith("A gwctl-new 10 new-", StringComparison.Ordinal));

        Assert.Equal(
            world.Clock.GetUtcNow().AddDays(1), Assert.Single((await world.RunAsync(CutoverIntent.Step)).Names).Until);
        var end = Assert.Single((await world.RunToEndAsync()).Names);
        Assert.Equal((NameOutcome.Done, 100), (end.Outcome, end.Progress?.Weight));
        Assert.Equal([10, 50, 100], end.Progress?.Taken.Select(step => step.Weight) ?? []);
        Assert.Contains("A gwctl-old 0 60 192.0.2.1", world.Records());
        Assert.Empty(world.Violations);
    }

    [Fact]
    public async Task Both_families_move_together_and_several_addresses_share_their_sides_weight()
    {
        await using var world = await World.StartAsync(ipv6: true);
        await world.CreateAsync(
            World.Record(RRType.A, 60, "192.0.2.1", "192.0.2.2"), World.Record(RRType.AAAA, 60, "2001:db8::1"));

        await world.RunAsync(CutoverIntent.Start);
        await world.RunAsync(CutoverIntent.Step);

        Assert.Contains("A gwctl-old-1 9 60 192.0.2.1", world.Records());
        Assert.Contains("A gwctl-old-2 9 60 192.0.2.2", world.Records());
        Assert.Contains(world.Records(), record => record.StartsWith("A gwctl-new 2 ", StringComparison.Ordinal));
        Assert.Contains("AAAA gwctl-old 90 60 2001:db8::1", world.Records());
        Assert.Contains(world.Records(), record => record.StartsWith("AAAA gwctl-new 10 ", StringComparison.Ordinal));
        Assert.Empty(world.Violations);
    }

    [Fact]
    public async Task An_alias_and_a_cname_are_converted_as_they_are()
    {
        await using var world = await World.StartAsync();
        await world.CreateAsync(World.Record(RRType.CNAME, 30, world.OldName));

        await world.RunAsync(CutoverIntent.Start);
        await world.RunAsync(CutoverIntent.Step);

        Assert.Contains($"CNAME gwctl-old 90 60 {world.OldName}", world.Records());
        Assert.Contains(
            world.Records(), record => record.StartsWith("CNAME gwctl-new 10 60 new-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Finish_keeps_the_old_records_for_their_time_and_leaves_what_apply_makes()
    {
        await using var world = await World.StartAsync(
            Documents.Of(more: "finish: {retain: 48h, idleWindow: 1h}"));
        await world.CreateAsync(World.Record(RRType.A, 60, "192.0.2.1"));
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
            record => Assert.StartsWith("A new-", record, StringComparison.Ordinal),
            record => Assert.Equal(
                "TXT 300 \"heritage=external-dns,external-dns/owner=world,external-dns/resource=gateway/shop/web\"",
                record));
        Assert.Empty(world.Violations);
    }

    [Fact]
    public async Task A_person_lets_a_step_go_on_and_the_schedule_says_when()
    {
        await using var world = await World.StartAsync(Documents.Of(
            "[{weight: 10, pause: {}}, {weight: 100, allowJump: true}]",
            "schedule: {days: [Tue], from: \"09:00\", to: \"10:00\"}"));
        await world.CreateAsync(World.Record(RRType.A, 60, "192.0.2.1"));
        await world.RunAsync(CutoverIntent.Start);
        await world.RunAsync(CutoverIntent.Step); // 2026-12-01 is a Tuesday, 09:00.
        world.Clock.Advance(TimeSpan.FromHours(2));

        var forPerson = Assert.Single((await world.RunAsync(CutoverIntent.Step)).Names);
        Assert.Equal((NameOutcome.Waiting, (DateTimeOffset?)null), (forPerson.Outcome, forPerson.Until));
        await world.RunAsync(CutoverIntent.Resume);
        var forTuesday = Assert.Single((await world.RunAsync(CutoverIntent.Step)).Names);

        Assert.Equal(new DateTimeOffset(2026, 12, 8, 9, 0, 0, TimeSpan.Zero), forTuesday.Until);
    }

    [Fact]
    public async Task The_name_servers_are_asked_whether_they_answer_as_written()
    {
        await using var world = await World.StartAsync(dns: true);
        await world.CreateAsync(World.Record(RRType.A, 60, "192.0.2.1"));

        await world.RunAsync(CutoverIntent.Start);
        var step = Assert.Single((await world.RunAsync(CutoverIntent.Step)).Names);

        Assert.Contains("the name servers answer as written", step.Notes);
    }
}
