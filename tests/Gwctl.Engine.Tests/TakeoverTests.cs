using Gwctl.Core;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Resources;
using Gwctl.Testing.Engine;
using static Gwctl.Testing.Engine.FakeGraphs;

namespace Gwctl.Engine.Tests;

/// <summary>Goal: at every moment of an apply, whatever order its steps take, each request is treated as before or as
/// after.</summary>
public sealed class TakeoverTests
{
    private const int Seeds = 200;

    // A rule matches a set of these: its mask. Which of two rules comes first is fixed by their masks, as the
    // precedence of routes is by what they match.
    private const int Requests = 5;
    private const int Masks = 1 << Requests;

    private static readonly ObjectName s_gateway = new("shop", "web");

    [Fact]
    public async Task At_no_moment_a_request_is_treated_as_neither_before_nor_after()
    {
        var moments = 0;
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            var order = Enumerable.Range(1, Masks - 1).ToArray();
            random.Shuffle(order);
            var (before, after) = (Draw(random, order), Draw(random, order));
            var harness = new Harness();
            await harness.ConvergeAsync(Site(before), $"seed {seed}");
            var plan = await harness.PlanAsync(Site(after));
            Harness.AssertSafe(plan, $"seed {seed}");
            var allowed = Enumerable.Range(0, Requests).Select(request =>
                (string[])[AnswerOf(request, before), AnswerOf(request, after)]).ToList();
            var state = harness.Cloud.Objects.Where(item => item.Address.Kind is FakeKinds.Rule)
                .ToDictionary(item => item.Address.Key, item => Facts(harness, item.Address, item.Attributes));
            foreach (var step in InAnyOrder(plan, random))
            {
                Take(harness, state, step);
                for (var request = 0; request < Requests; request++)
                {
                    moments++;
                    var answer = AnswerOf(request, [.. state.Values.OrderBy(rule => rule.Priority)
                        .Select(rule => (rule.Mask, rule.Group))]);
                    Assert.True(
                        allowed[request].Contains(answer, StringComparer.Ordinal),
                        $"seed {seed}: after {step.Action} {step.Address} request {request} has {answer}; before it had"
                        + $" {allowed[request][0]}, it will have {allowed[request][1]}");
                }
            }
        }

        Assert.True(moments > Seeds * Requests * 5, $"only {moments} moments");
    }

    [Fact]
    public async Task Where_there_is_no_room_one_goes_for_each_that_comes()
    {
        var harness = new Harness();
        await harness.ConvergeAsync(Site([(1, "g0"), (2, "g0"), (3, "g0")]), "before");
        var input = await harness.InputAsync(Site([(4, "g0"), (5, "g0"), (6, "g0")]));
        var tight = input with
        {
            Scopes = [input.Scopes[0] with
            {
                Kinds = [.. input.Scopes[0].Kinds.Select(kind =>
                    kind.Kind is FakeKinds.Rule ? kind with { LivingMax = 4 } : kind)],
            }],
        };
        var plan = Planner.Plan(tight).Value;
        Assert.NotNull(plan);
        Harness.AssertSafe(plan, "tight");
        Assert.Contains(plan.Diagnostics, diagnostic => diagnostic is { Code: "GW5006", Severity: Severity.Warning });
        foreach (var seed in Enumerable.Range(0, 20))
        {
            var living = 3;
            foreach (var step in InAnyOrder(plan, new Random(seed)).Where(step => step.Address.Kind is FakeKinds.Rule))
            {
                living += step.Action is StepAction.Create ? 1 : step.Action is StepAction.Delete ? -1 : 0;
                Assert.InRange(living, 3, 4);
            }
        }
    }

    private static List<(int Mask, string Group)> Draw(Random random, int[] order) =>
    [
        .. order.Where(_ => random.Next(3) is 0).Select(mask => (mask, $"g{random.Next(2)}")),
    ];

    private static ResourceGraph Site(List<(int Mask, string Group)> rules)
    {
        var nodes = new List<ResourceNode>();
        var balancer = Add(nodes, "default", s_gateway, FakeKinds.Balancer, "", ("name", Text("a")));
        var port = Add(
            nodes, "default", s_gateway, FakeKinds.Port, "80", ("balancer", balancer), ("number", Number(80)));
        foreach (var key in (string[])["g0", "g1"])
        {
            var group = Add(nodes, "default", s_gateway, FakeKinds.Group, key, ("protocol", Text("http")));
            Add(nodes, "default", s_gateway, FakeKinds.Members, key, ("group", group), ("items", Text("10.0.0.1")));
        }

        for (var index = 0; index < rules.Count; index++)
        {
            var group = new ResourceAddress("default", FakeKinds.Group, s_gateway, rules[index].Group);
            Add(
                nodes, "default", s_gateway, FakeKinds.Rule, $"{rules[index].Mask}", ("port", port),
                ("order", Number(index)), ("host", Text("a.example")),
                ("groups", Shares([(new AttributeValue.Reference(group, "id"), 1)])));
        }

        return ResourceGraph.From(nodes);
    }

    private static string AnswerOf(int request, List<(int Mask, string Group)> rules)
    {
        var found = rules.Find(rule => (rule.Mask & (1 << request)) is not 0);
        return found.Mask is 0 ? "nothing" : $"rule {found.Mask} to {found.Group}";
    }

    private static IEnumerable<Step> InAnyOrder(Plan plan, Random random)
    {
        var done = new HashSet<int>();
        while (done.Count < plan.Steps.Count)
        {
            var ready = plan.Steps.Where(step => !done.Contains(step.Id) && step.DependsOn.All(done.Contains)).ToList();
            var next = ready[random.Next(ready.Count)];
            done.Add(next.Id);
            yield return next;
        }
    }

    private static void Take(Harness harness, Dictionary<string, RuleFacts> state, Step step)
    {
        if (step.Address.Kind is not FakeKinds.Rule)
        {
            return;
        }

        switch (step.Action)
        {
            case StepAction.Create or StepAction.Update when step.After is { } attributes:
                state[step.Address.Key] = Facts(harness, step.Address, attributes);
                break;
            case StepAction.Reorder:
                foreach (var member in step.Members)
                {
                    state[member.Address.Key] = state[member.Address.Key] with { Priority = NumberOf(member.After) };
                }

                break;
            case StepAction.Delete:
                Assert.True(state.Remove(step.Address.Key));
                break;
        }
    }

    private static RuleFacts Facts(Harness harness, ResourceAddress address, AttributeMap attributes)
    {
        var shares = Assert.IsType<AttributeValue.List>(attributes["groups"]).Items.OfType<AttributeValue.Map>();
        var group = shares.Single(share => NumberOf(share.Fields["weight"]) > 0).Fields["group"];
        return new RuleFacts(
            int.Parse(address.Key, System.Globalization.CultureInfo.InvariantCulture), GroupName(harness, group),
            NumberOf(attributes["priority"]));
    }

    private static string GroupName(Harness harness, AttributeValue? group) => group switch
    {
        AttributeValue.Reference reference => reference.Source.Key,
        AttributeValue.Text text => harness.Cloud.Objects.Single(item => item.Id == text.Value).Address.Key,
        _ => "",
    };

    private static long NumberOf(AttributeValue? value) => Assert.IsType<AttributeValue.Number>(value).Value;

    private sealed record RuleFacts(int Mask, string Group, long Priority);
}
