using System.Net;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Cutover.Records;
using Gwctl.Engine.Providers;

namespace Gwctl.Cutover.Deciding;

/// <summary>The beginning: what the sides are, and whether the TTL must come down first.</summary>
internal static class Starting
{
    private const string Cname = "CNAME";

    public static Decision Decide(CutoverFacts facts)
    {
        var (document, live) = (facts.Document, facts.Live);
        if (facts.NewBalancer is not { } balancer)
        {
            return new Decision.Refuse(CutoverDiagnostics.NoNewSide(document));
        }

        if (Problem(facts, balancer) is { } problem)
        {
            return new Decision.Refuse(problem);
        }

        if (live.Form is WeightedForm.Simple && live.Members.All(member => balancer.IsLedToBy(member.Target)))
        {
            return new Decision.Done($"{live.Hostname} leads to the new side already");
        }

        if (live.Form is WeightedForm.Simple && !LeadsToFrom(facts))
        {
            return new Decision.Refuse(CutoverDiagnostics.NotFrom(document, live));
        }

        var old = live.Form is WeightedForm.Simple ? Sides.TargetsOf(live.Members) : facts.From ?? [];
        return NewSide(facts, old, balancer, out var missing) is { } next
            ? Begin(facts, old, next)
            : new Decision.Refuse(CutoverDiagnostics.HalfPair(document, live.Hostname, missing));
    }

    /// <summary>What the cloud of the new side cannot do.</summary>
    private static Diagnostic? Problem(CutoverFacts facts, BalancerFacts balancer)
    {
        var gate = facts.ReadsMetrics
            ? null
            : facts.Document.Gates.OfType<CutoverGateSpec.Metrics>().FirstOrDefault(one => one.Prometheus is null);
        return gate is not null ? CutoverDiagnostics.NoMetrics(facts.Document, gate)
            : IPAddress.TryParse(balancer.DnsName, out _)
                && facts.Live.Members.FirstOrDefault(member => member.Type is Cname) is { } cname
                ? CutoverDiagnostics.NoName(facts.Document, facts.Live.Hostname, $"{cname.Target}", balancer)
            : null;
    }

    /// <summary>After a rollback: from the beginning, with what has been there.</summary>
    public static Decision Again(CutoverFacts facts, Progress progress)
    {
        if (facts.NewBalancer is { } balancer && Problem(facts, balancer) is { } problem)
        {
            return new Decision.Refuse(problem);
        }

        var fresh = progress with { Taken = [], Reason = "", Resumed = -1, Ttl = facts.Document.Ttl };
        if (facts.Live.Form is not WeightedForm.Simple)
        {
            return Writing.Convert(facts, fresh);
        }

        return LongestTtl(facts.Live) is { } ttl && ttl > facts.Document.Ttl
            ? Writing.Lower(facts, fresh, ttl)
            : Writing.Convert(facts, fresh);
    }

    private static Decision.Write Begin(
        CutoverFacts facts, EquatableList<SideTarget> old, EquatableList<SideTarget> next)
    {
        var progress = new Progress
        {
            Owner = facts.Owner,
            Document = facts.Document.Name,
            Phase = ProgressPhase.Running,
            At = facts.Now,
            Run = facts.Run,
            Ttl = facts.Document.Ttl,
            Old = old,
            New = next,
        };
        return LongestTtl(facts.Live) is { } ttl && ttl > facts.Document.Ttl
            ? Writing.Lower(facts, progress, ttl)
            : Writing.Convert(facts, progress);
    }

    /// <summary>An answer of each type that the old side has; null where one is missing. A type that only the new side
    /// has waits for the end: alone it would take all clients of its kind at once.</summary>
    private static EquatableList<SideTarget>? NewSide(
        CutoverFacts facts, EquatableList<SideTarget> old, BalancerFacts balancer, out string missing)
    {
        var targets = new List<SideTarget>();
        foreach (var type in old.Select(side => side.Type).Distinct(StringComparer.Ordinal))
        {
            var target = type is Cname
                ? new DnsTarget.Value(balancer.DnsName)
                : balancer.Pointers.FirstOrDefault(pointer => pointer.Type == type)?.Target;
            if (target is null)
            {
                missing = type;
                return null;
            }

            targets.Add(new SideTarget(type, target));
        }

        missing = "";
        return [.. targets.OrderBy(side => side.Type, StringComparer.Ordinal)];
    }

    private static bool LeadsToFrom(CutoverFacts facts)
    {
        if (facts.OldBalancer is { } old && facts.From is not null)
        {
            return facts.Live.Members.All(member => old.IsLedToBy(member.Target));
        }

        return facts.From is not { } from || facts.Live.Members.All(member => from.Any(side =>
            side.Type == member.Type && Sides.SameTarget(side.Target, member.Target)));
    }

    private static TimeSpan? LongestTtl(WeightedName live) => live.Members.Max(member => member.Ttl);
}
