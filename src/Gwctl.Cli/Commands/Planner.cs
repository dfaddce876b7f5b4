using Gwctl.Cli.Arguments;
using Gwctl.Cli.Hosting;
using Gwctl.Core;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Policy;

namespace Gwctl.Cli.Commands;

/// <summary>Makes the request of a plan from arguments and inputs, and judges what comes back.</summary>
public static class Planner
{
    public static PlanRequest Request(
        PlanPurpose purpose, SpecInputs inputs, SpecArguments specs, PlanningArguments planning) =>
        new()
        {
            Purpose = purpose,
            Model = inputs.Model,
            Configs = inputs.Configs,
            InputDigest = inputs.Digest,
            ToolVersion = VersionCommand.ToolVersion,
            Depth = planning.Refresh,
            Policy = new PlanPolicy { MaxDestroy = planning.MaxDestroy, AllowEmpty = planning.AllowEmpty },
            Filter = specs.Filter,
            Diagnostics = planning.AllowPartial ? Softened(inputs.Diagnostics) : inputs.Diagnostics,
        };

    /// <summary>Errors as warnings, with one more that says so: for <c>--allow-partial</c>.</summary>
    public static EquatableList<Diagnostic> Softened(EquatableList<Diagnostic> diagnostics)
    {
        var errors = diagnostics.Count(diagnostic => diagnostic.Severity is Severity.Error);
        return errors is 0
            ? diagnostics
            : [.. diagnostics.Select(Soft).Append(CliDiagnostics.PartialAllowed(errors))];
    }

    private static Diagnostic Soft(Diagnostic diagnostic) =>
        diagnostic.Severity is Severity.Error ? diagnostic with { Severity = Severity.Warning } : diagnostic;
}
