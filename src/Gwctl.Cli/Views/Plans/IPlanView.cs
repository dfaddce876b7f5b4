using Gwctl.Core;
using Gwctl.Engine.Planning;

namespace Gwctl.Cli.Views.Plans;

/// <summary>Shows a plan to people or to programs.</summary>
public interface IPlanView
{
    void Show(Plan plan);

    /// <summary>There is no plan. The diagnostics view has said why; a view whose reader sees nothing else says it
    /// again.</summary>
    void ShowFailure(IReadOnlyList<Diagnostic> diagnostics);
}
