using Gwctl.Core;
using Gwctl.Engine.Diff;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Policy;

/// <summary>Judges planned changes.</summary>
internal static class PolicyCheck
{
    /// <summary>Every reason why the plan must not be applied.</summary>
    /// <param name="scopes">As they came from comparing, for what lives and what is desired.</param>
    /// <param name="changes">What is planned.</param>
    public static List<Diagnostic> Blocks(
        PlanInput input, IReadOnlyList<ScopeInput> scopes, IReadOnlyList<Change> changes)
    {
        var blocks = changes.Select(ProtectionOf).OfType<Diagnostic>().ToList();
        var destroyed = Destroyed(changes);
        var living = scopes.Sum(CountOurs);
        if (input.Policy.MaxDestroy is { } limit && destroyed > limit.Of(living))
        {
            blocks.Add(PolicyDiagnostics.TooManyDestroyed(destroyed, living, limit));
        }

        if (input.Purpose is PlanPurpose.Apply && !input.Policy.AllowEmpty)
        {
            blocks.AddRange(scopes
                .Where(scope => CountOurs(scope) > 0 && scope.Changes.Changes.All(change => change is Change.Delete))
                .Where(scope => changes.Any(change => change.Address.Scope == scope.Scope.Name))
                .Select(scope => PolicyDiagnostics.BecameEmpty(scope.Scope, CountOurs(scope))));
        }

        return blocks;
    }

    // An object that another one at its address has superseded is a leftover, not a loss.
    private static int Destroyed(IReadOnlyList<Change> changes)
    {
        var staying = changes.Where(change => change is not Change.Delete).Select(change => change.Address).ToHashSet();
        var deleted = changes.OfType<Change.Delete>().Where(change => !staying.Contains(change.Address));
        return deleted.Select(change => change.Before.Id).Distinct(StringComparer.Ordinal).Count()
            + changes.OfType<Change.Replace>().Count();
    }

    private static Diagnostic? ProtectionOf(Change change) => change switch
    {
        Change.Delete { Before: { Protected: true } before } =>
            PolicyDiagnostics.Protected(change, before, byMark: true),
        Change.Replace { Before: { Protected: true } before } =>
            PolicyDiagnostics.Protected(change, before, byMark: true),
        Change.Replace { After.Protected: true } replace =>
            PolicyDiagnostics.Protected(change, replace.Before, byMark: false) with { Subject = replace.After.Origin },
        _ => null,
    };

    private static int CountOurs(ScopeInput scope) =>
        scope.Live.Resources.Count(resource => resource.Ownership is Ownership.Ours);
}
