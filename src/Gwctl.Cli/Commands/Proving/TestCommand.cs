using Gwctl.Cli.Arguments;
using Gwctl.Cli.Hosting;
using Gwctl.Cli.Views.Proving;
using Gwctl.Core;
using Gwctl.Trials;

namespace Gwctl.Cli.Commands.Proving;

/// <summary>Of <c>test</c>.</summary>
/// <param name="Against">The sides to ask, at least one.</param>
public sealed record TestArguments(
    SpecArguments Specs, OutputArguments Talk, TimeSpan? Timeout, EquatableList<TestSide> Against);

/// <summary><c>test</c>: the users' own cases, held against the specification and against the cloud.</summary>
public sealed class TestCommand(CliContext context)
{
    public Task<ExitCode> ExecuteAsync(TestArguments arguments)
    {
        var host = new CommandHost(context, arguments.Talk);
        return host.RunAsync(arguments.Timeout, async cancellationToken =>
        {
            if (await Trials.LoadOrReportAsync(host, arguments.Specs, cancellationToken)
                is not var (inputs, diagnostics, sources))
            {
                return ExitCode.Error;
            }

            if (inputs.Specs.RouteTests.Count is 0)
            {
                host.Report([.. diagnostics, CliDiagnostics.NoRouteTests()], sources);
                return ExitCode.Error;
            }

            if (!arguments.Against.Contains(TestSide.Cloud))
            {
                host.Report(diagnostics, sources);
                return await TestAsync(host, arguments, inputs, cloud: null, cancellationToken);
            }

            var started = await Trials.StartAsync(host, inputs.Model, cancellationToken);
            host.Report([.. diagnostics, .. started.Diagnostics], sources);
            if (started.Value is not { } cloud)
            {
                return ExitCode.Error;
            }

            await using (cloud)
            {
                return await TestAsync(host, arguments, inputs, cloud, cancellationToken);
            }
        });
    }

    /// <summary>Broken specs fail the run even where every case that is left passes: a case may be what
    /// broke.</summary>
    private static async Task<ExitCode> TestAsync(
        CommandHost host, TestArguments arguments, SpecInputs inputs, TrialCloud? cloud,
        CancellationToken cancellationToken)
    {
        var spec = arguments.Against.Contains(TestSide.Spec) ? inputs.Model : null;
        var trial = new RouteTestTrial(spec, cloud, host.Context.Clock);
        var results = await trial.RunAsync(inputs.Specs.RouteTests, cancellationToken);
        TestViews.For(host).Show(new TestReport(results, arguments.Against));
        return inputs.HasErrors || results.Any(result => !result.Passed) ? ExitCode.Error : ExitCode.Done;
    }
}
