using Gwctl.Engine.Apply;
using Gwctl.Engine.Diff;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Resources;
using Gwctl.Testing.Engine;

namespace Gwctl.Engine.Tests;

/// <summary>Goal: a plan that is broken in any way that matters is found out, without asking the planner.</summary>
public sealed class PlanCheckerTests
{
    private const int Seeds = 40;

    [Fact]
    public async Task A_missing_step_is_found() =>
        await EveryAsync(plan => plan.Steps
            .Where(step => step.Action is not StepAction.Barrier and not StepAction.AwaitReady
                || (step.Action is StepAction.AwaitReady && step.LiveId is ""))
            // Without its warm-up an object may still become ready through another user.
            .Where(step => step.Note is not "warm up")
            .Select(step => (Without(plan, step.Id), $"without {step.Action} {step.Address}")));

    [Fact]
    public async Task A_step_that_no_change_asks_for_is_found() =>
        await EveryAsync(plan => plan.Changes.Select(change => (
            plan with { Changes = [.. plan.Changes.Where(other => !ReferenceEquals(other, change))] },
            $"without the change of {change.Address}"))
            .Where(broken => IsCalled(plan, broken.Item1)));

    [Fact]
    public async Task Other_attributes_are_found() =>
        await EveryAsync(plan =>
            plan.Steps.Where(step => step.After is not null && IsLastWrite(plan, step)).Select(step => (
            With(plan, step with { After = step.After?.With("extra", FakeGraphs.Text("x")) }),
                $"other {step.Action} {step.Address}")));

    [Fact]
    public async Task A_write_that_is_not_pinned_is_found() =>
        await EveryAsync(plan => plan.Steps.Where(step => step.Fingerprint is not "")
            .Select(step => (With(plan, step with { Fingerprint = "" }), $"unpinned {step.Action} {step.Address}")));

    [Fact]
    public async Task A_write_on_what_is_foreign_is_found() =>
        await EveryAsync(plan => plan.Changes.OfType<Change.Update>().Select(update => (
            plan with
            {
                Changes = [.. plan.Changes.Select(change => ReferenceEquals(change, update)
                    ? update with { Before = update.Before with { Ownership = Ownership.Foreign } }
                    : change)],
            },
            $"foreign {update.Address}")));

    [Fact]
    public async Task Steps_without_order_are_found() =>
        await EveryAsync(plan => plan.Steps
            .Where(step => step.After is not null && AttributeWalk.References(step.After)
                .Any(reference =>
                    plan.Steps.Any(other => other.Action is StepAction.Create && other.Address == reference.Source)))
            .Select(step => (With(plan, step with { DependsOn = [] }), $"at once {step.Action} {step.Address}")));

    [Fact]
    public async Task Secrets_and_lookups_are_found()
    {
        AttributeValue[] values =
        [
            FakeGraphs.Text("-----BEGIN PRIVATE KEY-----"), new AttributeValue.Secret("Secret/a/b#c", "the key itself"),
            new AttributeValue.Lookup("zone", "example.com"),
        ];
        await EveryAsync(plan =>
            plan.Steps.Where(step => step.After is not null).Take(2).SelectMany(step => values.Select(value => (
            With(plan, step with { Before = new AttributeMap([new AttributeField("x", value)]) }),
                $"{value} in {step.Address}"))));
    }

    [Fact]
    public async Task Ids_and_dependencies_out_of_order_are_found() =>
        await EveryAsync(plan => plan.Steps.Take(5).SelectMany(step => new[]
        {
            (With(plan, step with { DependsOn = [step.Id] }), "on itself"),
            (With(plan, step with { DependsOn = [plan.Steps.Count] }), "on nothing"),
            (With(plan, step with { DependsOn = [-1] }), "on less than nothing"),
            (plan with { Steps = [.. plan.Steps.Reverse()] }, "reversed"),
        }).Where(_ => plan.Steps.Count > 1));

    // Dropping one dependency may be harmless. If the checker thinks so, then no order of the steps may upset the
    // cloud.
    [Fact]
    public async Task What_passes_applies_in_any_order_of_its_steps()
    {
        var (dropped, found) = (0, 0);
        for (var seed = 0; seed < 250; seed++)
        {
            var random = new Random(seed);
            var (harness, plan) = await PlanAsync(seed);
            var candidates = plan.Steps.Where(step => step.DependsOn.Count > 0).ToList();
            if (candidates.Count is 0)
            {
                continue;
            }

            var step = candidates[random.Next(candidates.Count)];
            var edge = step.DependsOn[random.Next(step.DependsOn.Count)];
            var broken = With(plan, step with { DependsOn = [.. step.DependsOn.Where(id => id != edge)] });
            dropped++;
            if (PlanChecker.Check(broken, Harness.Kinds).Count > 0)
            {
                found++;
                continue;
            }

            var events = await harness.EventsAsync(Shuffled(broken, random), parallelism: 1);
            var failures = events.OfType<ApplyEvent.StepFailed>()
                .Select(failed => $"{failed.Step.Action} {failed.Step.Address}: {failed.Diagnostic.Detail}")
                .Concat(harness.Cloud.Breaches).ToList();
            Assert.True(
                failures.Count is 0,
                $"seed {seed}: {step.Action} {step.Address} without "
                + $"{plan.Steps[edge].Action} {plan.Steps[edge].Address}:\n"
                + string.Join('\n', failures));
        }

        Assert.True(found > dropped / 4, $"{found} of {dropped} found");
    }

    private static async Task EveryAsync(Func<Plan, IEnumerable<(Plan Broken, string Hint)>> breaks)
    {
        var tried = 0;
        for (var seed = 0; seed < Seeds; seed++)
        {
            var (_, plan) = await PlanAsync(seed);
            foreach (var (broken, hint) in breaks(plan))
            {
                tried++;
                Assert.True(PlanChecker.Check(broken, Harness.Kinds).Count > 0, $"seed {seed}, {hint}: not found");
            }
        }

        Assert.True(tried >= Seeds, $"only {tried} broken plans");
    }

    private static async Task<(Harness Harness, Plan Plan)> PlanAsync(int seed)
    {
        var harness = new Harness();
        await harness.ApplyAsync(await harness.PlanAsync(FakeGraphs.Random(seed)));
        var plan = await harness.PlanAsync(FakeGraphs.Random(seed + 4_000));
        Harness.AssertSafe(plan, $"seed {seed}");
        return (harness, plan);
    }

    private static Plan With(Plan plan, Step changed) =>
        plan with { Steps = [.. plan.Steps.Select(step => step.Id == changed.Id ? changed : step)] };

    private static Plan Without(Plan plan, int id) => Renumbered(plan, [.. plan.Steps.Where(step => step.Id != id)]);

    // A dependency on a step that is not among them becomes dependencies on what that one depended on.
    private static Plan Renumbered(Plan plan, IReadOnlyList<Step> steps)
    {
        var places = steps.Select((step, place) => (step.Id, place)).ToDictionary(pair => pair.Id, pair => pair.place);
        IEnumerable<int> Kept(int id) =>
            places.TryGetValue(id, out var place) ? [place] : plan.Steps[id].DependsOn.SelectMany(Kept);
        return plan with
        {
            Steps = [.. steps.Select((step, place) => step with
            {
                Id = place, DependsOn = [.. step.DependsOn.SelectMany(Kept).Distinct().Order()],
            })],
        };
    }

    // A random order that respects the dependencies, made strict: each step waits for the one before.
    private static Plan Shuffled(Plan plan, Random random)
    {
        var done = new HashSet<int>();
        var order = new List<Step>();
        while (order.Count < plan.Steps.Count)
        {
            var ready = plan.Steps.Where(step => !done.Contains(step.Id) && step.DependsOn.All(done.Contains)).ToList();
            var next = ready[random.Next(ready.Count)];
            done.Add(next.Id);
            order.Add(next);
        }

        var strict = Renumbered(plan, order);
        return strict with
        {
            Steps =
            [.. strict.Steps.Select(step => step with { DependsOn = step.Id is 0 ? [] : [step.Id - 1] })]
        };
    }

    private static bool IsLastWrite(Plan plan, Step step) => step.Action is StepAction.Create
        || plan.Steps.Last(other => other.Action is StepAction.Update && other.LiveId == step.LiveId).Id == step.Id;

    // A change whose object goes with its parent has no step: leaving it out leaves nothing to find.
    private static bool IsCalled(Plan plan, Plan broken) =>
        plan.Steps.Any(step => step.Action is not StepAction.AwaitReady
        && plan.Changes.Any(change => change.Address == step.Address && !broken.Changes.Contains(change)
            && (change is not Change.Delete delete || delete.Before.Id == step.LiveId)));
}
