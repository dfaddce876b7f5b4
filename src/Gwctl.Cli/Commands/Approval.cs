using Gwctl.Cli.Arguments;
using Gwctl.Cli.Hosting;
using Gwctl.Cli.Views.Texts;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Planning;

namespace Gwctl.Cli.Commands;

/// <summary>Asks before anything is changed.</summary>
public static class Approval
{
    private const string Yes = "yes";

    /// <summary>Null where a question can be answered.</summary>
    public static Diagnostic? Impossible(CommandHost host, SpecArguments specs)
    {
        var context = host.Context;
        var possible = context.InputIsTerminal
            && !host.Talk.NoInput
            && host.Talk.Format is OutputFormat.Text
            && !specs.FileNames.Contains(SpecFiles.StandardInput)
            && context.Environment.GetValueOrDefault("CI") is null or "" or "false";
        return possible ? null : CliDiagnostics.ApprovalImpossible();
    }

    /// <summary>True for exactly the one answer.</summary>
    public static async Task<bool> AskAsync(CommandHost host, Plan plan, CancellationToken cancellationToken)
    {
        var question = plan.Purpose switch
        {
            PlanPurpose.Destroy => "Do you really want to destroy all of the above?",
            PlanPurpose.Adopt => "Do you want to make these objects yours?",
            _ => "Do you want to do this?",
        };
        host.Progress.Line(question, Tone.Strong);
        host.Progress.Line("  gwctl will do what is described above. Only 'yes' will be accepted to approve.").Line();
        host.Progress.Write("  Enter a value: ", Tone.Strong).Flush();
        var answer = await Blocking.RunAsync(host.Context.Input.ReadLine, cancellationToken);
        host.Progress.Line().Flush();
        return answer is Yes;
    }
}
