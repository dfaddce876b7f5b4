using Gwctl.Core;
using Gwctl.Cutover.Deciding;
using Gwctl.Cutover.Records;
using Gwctl.Engine.Providers;

namespace Gwctl.Cutover.Paths;

/// <summary>One write of the whole path.</summary>
/// <param name="Earliest">When it can happen at the earliest, people and gates willing.</param>
/// <param name="After">What it waits for; empty where it can happen at once.</param>
/// <param name="Members">The records that will be there.</param>
public sealed record PathStep(
    DateTimeOffset Earliest, string After, string What, EquatableList<WeightedMember> Members)
{
    /// <summary>A person must let it go on.</summary>
    public bool NeedsPerson { get; init; }
}

/// <summary>The path of a name from now to its end.</summary>
/// <param name="Problem">Why it cannot be walked; null where it can.</param>
/// <param name="Notes">What people should know of it.</param>
public sealed record NamePath(
    string Hostname, EquatableList<PathStep> Steps, Diagnostic? Problem, EquatableList<string> Notes);

/// <summary>Walks a cutover in thought: the same decisions, on records that are written nowhere.</summary>
public static class CutoverPaths
{
    private const int StepsMax = 200;

    public static NamePath Of(CutoverFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var steps = new List<PathStep>();
        var after = "";
        var person = false;
        var intent = Standing.Of(facts) is Standing.NotStarted ? CutoverIntent.Start : CutoverIntent.Step;
        var now = facts with { Gates = [], OldRequests = 0 };
        while (steps.Count < StepsMax)
        {
            switch (CutoverMachine.Decide(now, intent))
            {
                case Decision.Wait { Until: { } until } wait:
                    (now, after) = (now with { Now = until }, wait.Why);
                    continue;
                case Decision.Wait wait when Registry.ProgressOf(now.Live) is { } progress:
                    (after, person) = (wait.Why, true);
                    now = Applied(now, Writing.Release(now, progress));
                    continue;
                case Decision.Write write:
                    steps.Add(new PathStep(now.Now, after, write.What, write.Change.Members) { NeedsPerson = person });
                    (now, after, person) = (Applied(now, write), "", false);
                    if (write.Next is null)
                    {
                        return Path(facts, steps, null);
                    }

                    intent = write.Next.Phase is ProgressPhase.Retained ? CutoverIntent.Finish : CutoverIntent.Step;
                    continue;
                case Decision.Done when intent is CutoverIntent.Step && AtTheEnd(now):
                    intent = CutoverIntent.Finish;
                    continue;
                case Decision.Refuse refuse:
                    return Path(facts, steps, refuse.Diagnostic);
                case Decision.Halt halt:
                    return Path(facts, steps, halt.Diagnostic);
                default:
                    return Path(facts, steps, null);
            }
        }

        return Path(facts, steps, null);
    }

    private static bool AtTheEnd(CutoverFacts facts) =>
        Registry.ProgressOf(facts.Live) is { Weight: 100 } or { Phase: ProgressPhase.Retained };

    private static CutoverFacts Applied(CutoverFacts facts, Decision.Write write) => facts with
    {
        Live = facts.Live with
        {
            Members = write.Change.Members,
            Texts = write.Change.Texts,
            Form = write.Change.Members.Any(member => member.Weight is not null)
                ? WeightedForm.Weighted
                : WeightedForm.Simple,
        },
    };

    private static NamePath Path(CutoverFacts facts, List<PathStep> steps, Diagnostic? problem) =>
        new(facts.Live.Hostname, [.. steps], problem, [.. Notes(facts)]);

    private static IEnumerable<string> Notes(CutoverFacts facts)
    {
        var live = facts.Live.Members;
        if (live.Any(member => member.Target is DnsTarget.Pointer { EvaluatesHealth: true }))
        {
            yield return "The old side's alias evaluates target health: while the old load balancer has no healthy "
                + "target, every answer leads to the new side, whatever the weights.";
        }

        if (facts.NewBalancer?.Pointers.Any(pointer => pointer.Target is DnsTarget.Pointer) is true)
        {
            yield return "The new side's alias does not evaluate target health: it keeps its share even while it has "
                + "no healthy target. Gates watch for that.";
        }

        var types = live.Select(member => member.Type).ToHashSet(StringComparer.Ordinal);
        if (types.Contains("A") && facts.NewBalancer?.Pointers.Any(pointer => !types.Contains(pointer.Type)) is true)
        {
            yield return "The new load balancer has IPv6 addresses and the old side has none: AAAA records are made at "
                + "the end, because alone they would lead all IPv6 clients to the new side at once.";
        }

        if (Registry.OwnersOf(facts.Live).FirstOrDefault(owner => owner.Owner != facts.Owner) is { } other)
        {
            yield return $"The records are taken over from the registry owner '{other.Owner}', as the document says.";
        }
    }
}
