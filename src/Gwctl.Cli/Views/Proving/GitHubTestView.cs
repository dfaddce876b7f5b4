namespace Gwctl.Cli.Views.Proving;

/// <summary>An annotation of GitHub Actions at each case that failed.</summary>
public sealed class GitHubTestView(TextWriter writer) : ITestView
{
    public void Show(TestReport report)
    {
        foreach (var tested in report.Cases.Where(tested => !tested.Passed))
        {
            writer.Write(GitHubAnnotation.Of(
                "error",
                tested.Case.Span,
                $"RouteTest {tested.Test.Name}: {tested.Case.Name.Value}",
                $"{FailureText.Of(tested.Sides[0].Result)}\n{FailureText.Of(tested)}"));
            writer.Write('\n');
        }

        writer.Flush();
    }
}
