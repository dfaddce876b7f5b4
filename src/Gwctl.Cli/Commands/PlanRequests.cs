using Gwctl.Cli.Arguments;
using Gwctl.Cli.Hosting;
using Gwctl.Core;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Policy;

namespace Gwctl.Cli.Commands;

/// <summary>Makes the request of a plan from arguments and inputs, and judges what comes back.</summary>
public static class PlanRequests
{
    public static PlanRequest For(
        PlanPurpose purpose, SpecInputs inputs, SpecArguments specs, PlanningArguments planning) =>
        new()
        {
            Purpose = purpose,
            Model = inputs.Model,
            Configs = inputs.Configs,
            InputDigest = inputs.Digest,
            ToolVersion = VersionCommand.ToolVersion,
            Depth = planning.Refresh,
            KeepOnErrors = planning.AllowPartial,
            Policy = new PlanPolicy { MaxDestroy = planning.MaxDestroy, AllowEmpty = planning.AllowEmpty },
            Filter = specs.Filter,
            Diagnostics = inputs.Diagnostics,
        };

    /// <summary>To destroy, specs need not be right: what they name is enough.</summary>
    public static bool Tolerates(PlanningArguments planning, bool destroy) => planning.AllowPartial || destroy;

    /// <summary>The plan that may go on; null where it may not.</summary>
    /// <param name="tolerant">Errors that concern parts of the specs or of the cloud become warnings: what they concern
    /// is left as it is. An error of planning itself is never tolerated.</param>
    public static Plan? Accepted(Compiled<Plan> planned, bool tolerant)
    {
        if (planned.Value is not { } plan)
        {
            return null;
        }

        var errors = planned.Diagnostics.Count(diagnostic => diagnostic.Severity is Severity.Error);
        if (errors is 0)
        {
            return plan;
        }

        return tolerant && PartialPlans.Tolerate(planned) is { } partial
            ? partial with { Diagnostics = [.. partial.Diagnostics, CliDiagnostics.PartialAllowed(errors)] }
            : null;
    }
}
