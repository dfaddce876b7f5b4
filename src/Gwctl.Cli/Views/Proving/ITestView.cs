using System.Diagnostics;
using Gwctl.Cli.Arguments;
using Gwctl.Cli.Hosting;
using Gwctl.Core;
using Gwctl.Trials;

namespace Gwctl.Cli.Views.Proving;

/// <summary>What <c>test</c> found.</summary>
/// <param name="Cases">In the specs' order.</param>
/// <param name="Against">The sides that were asked.</param>
public sealed record TestReport(EquatableList<TestedCase> Cases, EquatableList<TestSide> Against)
{
    public int Failed => Cases.Count(result => !result.Passed);

    /// <summary>Cases of one RouteTest stand together.</summary>
    public IEnumerable<IGrouping<ObjectName, TestedCase>> ByTest => Cases.GroupBy(result => result.Test.Name);
}

/// <summary>Shows what <c>test</c> found.</summary>
public interface ITestView
{
    void Show(TestReport report);
}

/// <summary>Chooses a view.</summary>
public static class TestViews
{
    public static ITestView For(CommandHost host) => host.Talk.Format switch
    {
        OutputFormat.Text => new TextTestView(host.Result),
        OutputFormat.Json => new JsonTestView(host.Context.Output),
        OutputFormat.JUnit => new JUnitTestView(host.Context.Output, host.Context.Clock),
        OutputFormat.GitHub => new GitHubTestView(host.Context.Output),
        _ => throw new UnreachableException(),
    };
}
