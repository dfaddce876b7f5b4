using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Planning;

/// <summary>What is there now, in a scope of a plan.</summary>
public sealed record ScopeSnapshot(ProviderScope Scope, LiveState Live);

/// <summary>Tells whether a saved plan still fits the world. Only what the plan touches counts.</summary>
public static class Staleness
{
    /// <summary>Empty where the plan may be applied; otherwise errors, one for each reason (exit 4).</summary>
    /// <param name="now">A snapshot for each of the plan's scopes.</param>
    /// <param name="at">The present time.</param>
    public static EquatableList<Diagnostic> Check(Plan plan, IReadOnlyList<ScopeSnapshot> now, DateTimeOffset at)
    {
        var found = new List<Diagnostic>();
        if (at >= plan.ExpiresAt)
        {
            found.Add(StalenessDiagnostics.Expired(plan, at));
        }

        var snapshots = now.ToDictionary(snapshot => snapshot.Scope.Name, StringComparer.Ordinal);
        foreach (var scope in plan.Scopes)
        {
            if (!snapshots.TryGetValue(scope.Name, out var snapshot) || snapshot.Scope != scope)
            {
                found.Add(StalenessDiagnostics.OtherScope(scope, snapshot?.Scope));
            }
        }

        if (found.Count is 0)
        {
            found.AddRange(Objects(plan, snapshots));
        }

        return Compiled.From<Plan>(null, found).Diagnostics;
    }

    private static IEnumerable<Diagnostic> Objects(Plan plan, Dictionary<string, ScopeSnapshot> snapshots)
    {
        var live = snapshots.Values
            .SelectMany(snapshot => snapshot.Live.Resources.Select(resource => (snapshot.Scope.Name, resource)))
            .ToLookup(pair => (pair.Name, pair.resource.Id), pair => pair.resource);
        var expected = plan.Steps.Where(step => step.LiveId is not "")
            .Select(step => (step.Address, step.LiveId, step.Fingerprint))
            .Concat(plan.Steps.SelectMany(step => step.Members)
                .Select(member => (member.Address, member.LiveId, member.Fingerprint)))
            .Concat(plan.Known.Select(known => (known.Address, LiveId: known.Id, Fingerprint: "")))
            .Distinct();
        foreach (var (address, id, fingerprint) in expected)
        {
            var there = live[(address.Scope, id)].FirstOrDefault();
            if (there is null)
            {
                yield return StalenessDiagnostics.Gone(address, id);
            }
            else if (fingerprint is not "" && !string.Equals(there.Fingerprint, fingerprint, StringComparison.Ordinal))
            {
                yield return StalenessDiagnostics.Changed(address, id);
            }
        }

        foreach (var diagnostic in OccupiedAddresses(plan, snapshots))
        {
            yield return diagnostic;
        }
    }

    private static IEnumerable<Diagnostic> OccupiedAddresses(Plan plan, Dictionary<string, ScopeSnapshot> snapshots)
    {
        var known = plan.Changes.Select(change => change switch
        {
            Diff.Change.Replace replace => replace.Before.Id,
            Diff.Change.Delete delete => delete.Before.Id,
            _ => "",
        }).ToHashSet(StringComparer.Ordinal);
        var creations = plan.Steps.Where(step => step.Action is StepAction.Create).Select(
            step => step.Address).ToHashSet();
        return snapshots.Values.SelectMany(snapshot => snapshot.Live.Resources)
            .Where(resource => creations.Contains(resource.Address) && !known.Contains(resource.Id))
            .Select(resource => StalenessDiagnostics.Occupied(resource.Address, resource.Id));
    }
}

/// <summary>Why a plan is stale: 52xx.</summary>
internal static class StalenessDiagnostics
{
    private const string PlanAgain = "Plan again.";

    public static Diagnostic Expired(Plan plan, DateTimeOffset at) =>
        new("GW5201", Severity.Error, "The plan has expired")
        {
            Detail = $"It was good until {plan.ExpiresAt:u}; now it is {at:u}.",
            Help = PlanAgain,
        };

    public static Diagnostic OtherScope(ProviderScope planned, ProviderScope? now) =>
        new("GW5202", Severity.Error, "The plan was made for another place")
        {
            Detail = now is null
                ? $"The ProviderConfig {planned.Name} of the plan is not given."
                : $"{planned.Name} was {Text(planned)} when the plan was made, and is {Text(now)} now.",
            Help = "Use the credentials and the ProviderConfig that the plan was made with, or plan again.",
        };

    public static Diagnostic Gone(ResourceAddress address, string id) =>
        new("GW5203", Severity.Error, "An object that the plan needs is gone")
        {
            Detail = $"{address} ({id}) is not there any more.",
            Help = PlanAgain,
        };

    public static Diagnostic Changed(ResourceAddress address, string id) =>
        new("GW5204", Severity.Error, "An object that the plan touches has changed")
        {
            Detail = $"{address} ({id}) is not as it was when the plan was made.",
            Help = PlanAgain,
        };

    public static Diagnostic Occupied(ResourceAddress address, string id) =>
        new("GW5205", Severity.Error, "An object that the plan creates is there already")
        {
            Detail = $"{address} exists by now, as {id}.",
            Help = PlanAgain,
        };

    private static string Text(ProviderScope scope) =>
        $"{scope.Provider} account {scope.Account} {scope.Region} as owner {scope.Owner}";
}
