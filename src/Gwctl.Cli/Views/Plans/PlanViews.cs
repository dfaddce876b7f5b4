using System.Diagnostics;
using Gwctl.Cli.Arguments;
using Gwctl.Cli.Hosting;
using Gwctl.Cli.Views.Diagnostics;
using Gwctl.Cli.Views.Texts;
using Gwctl.Core;
using Gwctl.Engine.Planning;

namespace Gwctl.Cli.Views.Plans;

/// <summary>The plan file itself.</summary>
public sealed class JsonPlanView(TextWriter writer) : IPlanView
{
    public void Show(Plan plan)
    {
        using var output = new TextOutput(writer);
        PlanFile.Write(plan, output);
        output.Flush();
    }

    /// <summary>The diagnostics view has written it to standard error, as JSON.</summary>
    public void ShowFailure(IReadOnlyList<Diagnostic> diagnostics)
    {
    }
}

/// <summary>Chooses a view.</summary>
public static class PlanViews
{
    public static IPlanView For(CommandHost host, int charactersMax, SourceTexts sources) => host.Talk.Format switch
    {
        OutputFormat.Text => new TextPlanView(host.Result, sources),
        OutputFormat.Json => new JsonPlanView(host.Context.Output),
        OutputFormat.Markdown => new MarkdownPlanView(host.Context.Output, charactersMax),
        _ => throw new UnreachableException(),
    };
}
