using Gwctl.Controller.Status;
using Gwctl.Core;

namespace Gwctl.Controller.Reconciliation;

/// <summary>What diagnostics mean for a Gateway's status.</summary>
internal static class Findings
{
    private const int DetailsMax = 5;

    // What the cloud has in the way is no fault of the specs, but it keeps them from being programmed.
    public static ProgramOutcome OutcomeOf(EquatableList<Diagnostic> found)
    {
        var errors = found
            .Where(diagnostic => diagnostic.Severity is Severity.Error && !IsAboutSpecs(diagnostic))
            .ToList();
        return errors.Count is 0 ? ProgramOutcome.Done : ProgramOutcome.Failed(Details(errors));
    }

    public static bool IsAboutSpecs(Diagnostic diagnostic) => string.CompareOrdinal(diagnostic.Code, "GW4") < 0;

    public static string Details(IEnumerable<Diagnostic> diagnostics)
    {
        var errors = diagnostics
            .Where(diagnostic => diagnostic.Severity is Severity.Error)
            .Select(diagnostic => diagnostic.Detail)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return errors.Count > DetailsMax
            ? $"{string.Join(' ', errors.Take(DetailsMax))} And {errors.Count - DetailsMax} more."
            : string.Join(' ', errors);
    }
}
