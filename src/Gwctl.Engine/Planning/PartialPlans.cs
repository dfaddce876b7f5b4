using Gwctl.Core;

namespace Gwctl.Engine.Planning;

/// <summary>Plans although parts of the specs, or of the cloud, are in error.</summary>
public static class PartialPlans
{
    /// <summary>The plan with its errors as warnings, where all of them concern parts: what they concern is left as it
    /// is. Null where there is no plan, or an error of planning itself, which is never tolerated.</summary>
    public static Plan? Tolerate(Compiled<Plan> planned) =>
        planned.Value is { } plan
            && planned.Diagnostics.All(diagnostic => !IsError(diagnostic) || IsPartial(diagnostic))
            ? plan with { Diagnostics = [.. planned.Diagnostics.Select(Soft)] }
            : null;

    /// <summary>Of specs, routing, projection and live state.</summary>
    private static bool IsPartial(Diagnostic diagnostic) => string.CompareOrdinal(diagnostic.Code, "GW5") < 0;

    private static bool IsError(Diagnostic diagnostic) => diagnostic.Severity is Severity.Error;

    private static Diagnostic Soft(Diagnostic diagnostic) =>
        IsError(diagnostic) ? diagnostic with { Severity = Severity.Warning } : diagnostic;
}
