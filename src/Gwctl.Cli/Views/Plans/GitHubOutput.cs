using Gwctl.Engine.Planning;

namespace Gwctl.Cli.Views.Plans;

/// <summary>What later steps of a GitHub Actions job may branch on.</summary>
public static class GitHubOutput
{
    public const string Variable = "GITHUB_OUTPUT";

    /// <summary>Lines for the file that <see cref="Variable"/> names.</summary>
    public static string Lines(Plan plan)
    {
        var counts = new PlanActions(plan).Count(plan.Changes);
        return $"""
            has_changes={(plan.HasChanges ? "true" : "false")}
            blocked={(plan.Blocks.Count > 0 ? "true" : "false")}
            adds={counts.Add}
            changes={counts.Change}
            destroys={counts.Destroy}

            """.ReplaceLineEndings("\n");
    }
}
