using Gwctl.Engine.Planning;
using Gwctl.Engine.Policy;
using Gwctl.Engine.Resources;
using Gwctl.Testing.Engine;

namespace Gwctl.Engine.Tests;

public sealed class PolicyTests
{
    [Theory]
    [InlineData("0", 0, false)]
    [InlineData("25", 25, false)]
    [InlineData("10%", 10, true)]
    [InlineData("100%", 100, true)]
    public void Limits_are_numbers_or_shares(string text, int value, bool isPercent) =>
        Assert.Equal(new DestroyLimit(value, isPercent), DestroyLimit.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("%")]
    [InlineData("-1")]
    [InlineData("101%")]
    [InlineData("1.5")]
    [InlineData("9999999999")]
    public void Other_texts_are_no_limits(string text) => Assert.Null(DestroyLimit.Parse(text));

    [Fact]
    public async Task Desired_that_became_empty_is_blocked_unless_it_is_meant()
    {
        var harness = await LivingAsync();
        Assert.Equal(["GW5103"], await BlocksAsync(harness, ResourceGraph.Empty, new PlanPolicy()));
        Assert.Empty(await BlocksAsync(harness, ResourceGraph.Empty, new PlanPolicy { AllowEmpty = true }));
        Assert.Empty(await BlocksAsync(harness, ResourceGraph.Empty, new PlanPolicy(), PlanPurpose.Destroy));
        Assert.Empty(await BlocksAsync(new Harness(), ResourceGraph.Empty, new PlanPolicy()));
    }

    [Theory]
    [InlineData("8", false)]
    [InlineData("7", true)]
    [InlineData("100%", false)]
    [InlineData("99%", true)]
    [InlineData("0", true)]
    public async Task Destroys_beyond_the_limit_are_blocked(string limit, bool isBlocked)
    {
        var policy = new PlanPolicy { MaxDestroy = DestroyLimit.Parse(limit), AllowEmpty = true };
        var harness = await LivingAsync();
        Assert.Equal(8 + 1, harness.Cloud.Objects.Count);
        var kept = ResourceGraph.From([FakeGraphs.Large(2).Nodes.Single(node => node.Address.Kind is "balancer")]);
        policy = policy with { MaxDestroy = limit.EndsWith('%') ? policy.MaxDestroy : DestroyLimit.Parse(limit) };
        var desired = limit.EndsWith('%') ? ResourceGraph.Empty : kept;
        Assert.Equal(isBlocked ? ["GW5102"] : [], await BlocksAsync(harness, desired, policy));
    }

    [Fact]
    public async Task Protected_objects_are_neither_deleted_nor_replaced()
    {
        var harness = await LivingAsync();
        var balancer = harness.Cloud.Objects.Single(item => item.Address.Kind is "balancer");
        var renamed = ResourceGraph.From(FakeGraphs.Large(2).Nodes.Select(node => node.Address.Kind is "balancer"
            ? node with { Attributes = node.Attributes.With("name", FakeGraphs.Text("other")), Protected = true }
            : node));
        Assert.Equal(["GW5101"], await BlocksAsync(harness, renamed, new PlanPolicy()));
        harness.Cloud.Tamper(balancer.Id, "protect", new AttributeValue.Flag(true));
        Assert.Equal(["GW5101"], await BlocksAsync(harness, renamed, new PlanPolicy()));
        Assert.Equal(["GW5101"],
            await BlocksAsync(harness, ResourceGraph.Empty, new PlanPolicy(), PlanPurpose.Destroy));
        Assert.Empty(await BlocksAsync(harness, FakeGraphs.Large(2), new PlanPolicy()));
    }

    private static async Task<Harness> LivingAsync()
    {
        var harness = new Harness();
        await harness.ConvergeAsync(FakeGraphs.Large(2), "living");
        return harness;
    }

    private static async Task<IEnumerable<string>> BlocksAsync(
        Harness harness, ResourceGraph desired, PlanPolicy policy, PlanPurpose purpose = PlanPurpose.Apply) =>
        (Planner.Plan(await harness.InputAsync(desired, purpose, policy)).Value?.Blocks ?? []).Select(
            block => block.Code);
}
