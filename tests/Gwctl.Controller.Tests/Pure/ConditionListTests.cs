using System.Text.Json.Nodes;
using Gwctl.Compiler.Topology;
using Gwctl.Controller.Status;
using Gwctl.Kubernetes.Objects;

namespace Gwctl.Controller.Tests.Pure;

public sealed class ConditionListTests
{
    private static readonly DateTimeOffset s_then = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset s_now = s_then.AddHours(1);
    private static readonly Condition s_accepted = new("Accepted", true, "Accepted", "Fine.");

    [Fact]
    public void The_same_again_is_the_same_text()
    {
        var before = ConditionList.Merge(null, [s_accepted], new WriterMoment(1, s_then));
        var after = ConditionList.Merge(before, [s_accepted], new WriterMoment(1, s_now));
        Assert.True(JsonNode.DeepEquals(before, after));
        Assert.Equal(before.ToJsonString(), after.ToJsonString());
    }

    [Fact]
    public void A_new_message_and_generation_keep_the_time_and_a_new_status_does_not()
    {
        var before = ConditionList.Merge(null, [s_accepted], new WriterMoment(1, s_then));
        var reworded = ConditionList.Merge(before, [s_accepted with { Message = "Good." }], new WriterMoment(2, s_now));
        Assert.Equal("2026-01-01T00:00:00Z", Json.Text(reworded[0], "lastTransitionTime"));
        Assert.Equal(2, reworded[0]?["observedGeneration"]?.GetValue<long>());
        var turned = ConditionList.Merge(before, [s_accepted with { Status = false }], new WriterMoment(2, s_now));
        Assert.Equal("2026-01-01T01:00:00Z", Json.Text(turned[0], "lastTransitionTime"));
    }

    [Fact]
    public void What_is_newer_than_what_we_know_stays()
    {
        var before = ConditionList.Merge(null, [s_accepted], new WriterMoment(5, s_then));
        var after = ConditionList.Merge(before, [s_accepted with { Status = false }], new WriterMoment(4, s_now));
        Assert.True(JsonNode.DeepEquals(before, after));
    }

    [Fact]
    public void Others_conditions_stay_and_ours_that_hold_no_more_go()
    {
        var before = ConditionList.Merge(
            null,
            [s_accepted, new Condition("Ready", true, "Ready", ""),
                new Condition("PartiallyInvalid", true, "UnsupportedValue", "")],
            new WriterMoment(1, s_then));
        var after = ConditionList.Merge(before, [s_accepted], new WriterMoment(1, s_now));
        Assert.Equal(["Accepted", "Ready"], after.Select(item => Json.Text(item, "type")));
    }
}
