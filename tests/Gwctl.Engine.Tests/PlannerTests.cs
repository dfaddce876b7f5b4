using Gwctl.Core;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Resources;
using Gwctl.Testing.Engine;
using static Gwctl.Testing.Engine.FakeGraphs;

namespace Gwctl.Engine.Tests;

/// <summary>What plans look like for the cases that users feel.</summary>
public sealed class PlannerTests
{
    private static readonly ObjectName s_gateway = new("shop", "web");

    [Fact]
    public async Task A_rule_inserted_at_the_top_of_a_hundred_costs_two_writes_at_most()
    {
        var harness = new Harness();
        await harness.ConvergeAsync(Shop(100, group => group), "before");
        var plan = await harness.PlanAsync(Shop(100, group => group, extraRule: true));
        Assert.InRange(plan.Steps.Count(IsWrite), 1, 2);
    }

    [Fact]
    public async Task Any_reordering_is_one_call()
    {
        var harness = new Harness();
        await harness.ConvergeAsync(Shop(100, group => group), "before");
        var plan = await harness.PlanAsync(Shop(100, group => group, reversed: true));
        var step = Assert.Single(plan.Steps);
        Assert.Equal(StepAction.Reorder, step.Action);
        Assert.InRange(step.Members.Count, 99, 100);
        Harness.AssertSafe(plan, "reordered");
        await harness.ConvergeAsync(Shop(100, group => group, reversed: true), "reordered");
    }

    [Fact]
    public async Task A_number_and_another_attribute_change_in_two_steps()
    {
        var harness = new Harness();
        await harness.ConvergeAsync(Shop(3, group => group), "before");
        var plan = await harness.PlanAsync(Shop(3, _ => 0, reversed: true));
        var reorder = Assert.Single(plan.Steps, step => step.Action is StepAction.Reorder);
        var both = plan.Steps.Where(step => step is { Action: StepAction.Update, Note: not "switch" }
            && reorder.Members.Any(member => member.Address == step.Address)).ToList();
        Assert.NotEmpty(both);
        Assert.All(both, step =>
        {
            Assert.Contains(reorder.Id, step.DependsOn);
            Assert.Equal("", step.Fingerprint);
            Assert.Equal(step.After?["priority"], step.Before?["priority"]);
        });
    }

    [Fact]
    public async Task A_rule_warms_a_new_group_up_before_it_switches_and_the_old_group_drains()
    {
        var harness = new Harness();
        await harness.ConvergeAsync(Shop(1, _ => 0), "before");
        var plan = await harness.PlanAsync(Shop(1, _ => 1));
        Assert.Equal(
            [
                "Create group/g1", "Create members/g1", "Update rule/r0 warm up", "AwaitReady group/g1",
                    "Update rule/r0 switch",
                "AwaitDrained group/g0", "Delete group/g0",
            ],
            InChain(plan));
        Assert.Contains(plan.Changes, change => change.Address.Kind is "members" && change.Address.Key is "g0");
        Harness.AssertSafe(plan, "warm up");
        var cold = plan.Steps.Single(step => step.Note is "warm up").Id;
        var ready = plan.Steps.Single(step => step.Action is StepAction.AwaitReady && step.Address.Kind is "group");
        var uncoupled = ready with { DependsOn = [.. ready.DependsOn.Where(id => id != cold)] };
        var broken = plan with { Steps = [.. plan.Steps.Select(step => step.Id == ready.Id ? uncoupled : step)] };
        Assert.NotEmpty(PlanChecker.Check(broken, Harness.Kinds));
    }

    [Fact]
    public async Task Destroying_a_parent_takes_no_step_for_its_children()
    {
        var harness = new Harness();
        await harness.ConvergeAsync(Shop(10, group => group), "before");
        var plan = await harness.PlanAsync(ResourceGraph.Empty, PlanPurpose.Destroy);
        Assert.Equal(10 + 10 + 10 + 3, plan.Changes.Count);
        Assert.Equal(
            ["balancer", "group", "record"],
            plan.Steps.Where(IsWrite).Select(step => step.Address.Kind).Distinct().Order());
        var record = plan.Steps.Single(step => step.Address.Kind is "record");
        var balancer = plan.Steps.Single(step => step.Address.Kind is "balancer");
        Assert.Contains(record.Id, balancer.DependsOn);
        Assert.All(
            plan.Steps.Where(step => step.Action is StepAction.AwaitDrained), step =>
                Assert.Equal([balancer.Id], step.DependsOn));
    }

    [Fact]
    public async Task Many_before_many_pass_a_barrier()
    {
        var harness = new Harness();
        var nodes = Shop(100, group => group).Nodes.ToList();
        var balancer = nodes.Single(node => node.Address.Kind is "balancer");
        for (var index = 0; index < 100; index++)
        {
            Add(
                nodes, "default", s_gateway, FakeKinds.Record, $"h{index}",
                ("balancer", new AttributeValue.Reference(balancer.Address, "id")), ("ttl", Number(1)));
        }

        var plan = await harness.PlanAsync(ResourceGraph.From(nodes));
        Assert.Contains(plan.Steps, step => step.Action is StepAction.Barrier);
        Assert.InRange(plan.Steps.Sum(step => step.DependsOn.Count), 1, 2_500);
        await harness.ConvergeAsync(ResourceGraph.From(nodes), "barrier");
    }

    [Fact]
    public async Task A_plan_says_which_requests_go_elsewhere()
    {
        var harness = new Harness();
        await harness.ConvergeAsync(Shop(2, _ => 0), "before");
        var change = Assert.Single((await harness.PlanAsync(Shop(2, rule => rule))).Traffic.Changes);
        Assert.Equal(("g0 1", "g1 1"), (change.Before?.Destination, change.After?.Destination));
    }

    [Fact]
    public async Task An_included_change_brings_what_it_needs_and_the_rest_is_named()
    {
        var harness = new Harness();
        var filter = new PlanFilter([Term("HTTPRoute/shop/r1")], []);
        var plan = await harness.PlanAsync(Shop(3, rule => rule), filter: filter);
        Assert.Equal(
            ["balancer/", "group/g1", "port/80", "rule/r1"],
            plan.Changes.Select(change => $"{change.Address.Kind}/{change.Address.Key}").Order());
        var note = Assert.Single(plan.Diagnostics, diagnostic => diagnostic.Code is "GW5003");
        Assert.Contains("r2", note.Detail, StringComparison.Ordinal);
        Harness.AssertSafe(plan, "included");
        Assert.Equal(0, (await harness.ApplyAsync(plan)).Failed);
    }

    [Fact]
    public async Task What_is_excluded_is_left_and_so_is_what_needs_it()
    {
        var harness = new Harness();
        var plan = await harness.PlanAsync(Shop(2, rule => rule), filter: new PlanFilter([], [Term("group.example")]));
        Assert.DoesNotContain(plan.Changes, change => change.Address.Kind is "group" or "rule" or "members");
        Assert.Contains(plan.Changes, change => change.Address.Kind is "port");
    }

    [Fact]
    public async Task Every_filter_leaves_a_safe_plan_that_applies()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var (harness, random) = (new Harness(), new Random(seed));
            await harness.ConvergeAsync(FakeGraphs.Random(seed), $"seed {seed}");
            var desired = Labelled(FakeGraphs.Random(seed + 1_000));
            EquatableList<FilterTerm> terms = [.. Enumerable.Range(0, random.Next(1, 6))
                .Select(_ => Term($"Node/{desired.Nodes[random.Next(desired.Nodes.Count)].Address.Kind}/*"))];
            var filter = random.Next(2) is 0 ? new PlanFilter(terms, []) : new PlanFilter([], terms);
            var plan = await harness.PlanAsync(desired, filter: filter);
            Harness.AssertSafe(plan, $"seed {seed}");
            var events = await harness.EventsAsync(plan);
            var failures = events.OfType<Apply.ApplyEvent.StepFailed>().Select(failed => failed.Diagnostic.Detail);
            Assert.True(!failures.Any(), $"seed {seed} {filter}: {string.Join('\n', failures)}");
            await harness.ConvergeAsync(desired, $"seed {seed}, the rest");
        }
    }

    [Fact]
    public async Task A_filter_that_matches_nothing_is_a_warning()
    {
        var plan = await new Harness().PlanAsync(Shop(1, _ => 0), filter: new PlanFilter([Term("nobody.example")], []));
        Assert.Empty(plan.Steps);
        Assert.Contains(plan.Diagnostics, diagnostic => diagnostic.Code is "GW5004");
    }

    private static ResourceGraph Labelled(ResourceGraph graph) => graph.Nodes.Count is 0
        ? Shop(1, _ => 0)
        : ResourceGraph.From(graph.Nodes.Select(
            node => node with { OriginObjects = [$"Node/{node.Address.Kind}/{node.Address.Key}x"] }));

    private static FilterTerm Term(string text) =>
        FilterTerm.Parse(text) ?? throw new ArgumentException(text, nameof(text));

    private static bool IsWrite(Step step) =>
        step.Action is StepAction.Create or StepAction.Update or StepAction.Delete or StepAction.Reorder;

    // The steps in an order of their dependencies alone: by the length of the longest chain before them.
    private static IEnumerable<string> InChain(Plan plan)
    {
        var depth = new int[plan.Steps.Count];
        foreach (var step in plan.Steps)
        {
            depth[step.Id] = step.DependsOn.Select(earlier => depth[earlier] + 1).Append(0).Max();
        }

        return plan.Steps.OrderBy(step => depth[step.Id])
            .Select(step => $"{step.Action} {step.Address.Kind}/{step.Address.Key} {step.Note}".TrimEnd());
    }

    /// <summary>A balancer with a port, so many rules, each with the group that is chosen for it, and a
    /// record.</summary>
    private static ResourceGraph Shop(int rules, Func<int, int> groupOf, bool reversed = false, bool extraRule = false)
    {
        var nodes = new List<ResourceNode>();
        var balancer = Add(nodes, "default", s_gateway, FakeKinds.Balancer, "", ("name", Text("a")));
        var port = Add(nodes, "default", s_gateway, FakeKinds.Port, "80", ("balancer", balancer),
            ("number", Number(80)));
        var groups = Enumerable.Range(0, rules).Select(groupOf).Distinct().ToDictionary(index => index, index =>
        {
            var group = Add(nodes, "default", s_gateway, FakeKinds.Group, $"g{index}", ("protocol", Text("http")));
            nodes[^1] = nodes[^1] with { Hostnames = ["group.example"] };
            Add(nodes, "default", s_gateway, FakeKinds.Members, $"g{index}", ("group", group),
                ("items", Text("10.0.0.1")));
            return group;
        });
        for (var rule = extraRule ? -1 : 0; rule < rules; rule++)
        {
            Add(
                nodes, "default", s_gateway, FakeKinds.Rule, rule < 0 ? "top" : $"r{rule}",
                ("port", port), ("order", Number(reversed ? -rule : rule)), ("host", Text("a.example")),
                ("groups", Shares([(groups[groupOf(Math.Max(rule, 0))], 1)])));
            nodes[^1] = nodes[^1] with { OriginObjects = [$"HTTPRoute/shop/r{rule}"] };
        }

        Add(nodes, "default", s_gateway, FakeKinds.Record, "www", ("balancer", balancer), ("ttl", Number(60)));
        return ResourceGraph.From(
            nodes.Select(node => node.Address.Kind is "rule" ? node : node with { OriginObjects = [] }));
    }
}
