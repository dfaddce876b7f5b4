using Gwctl.Cli.Arguments;
using Gwctl.Cli.Hosting;
using Gwctl.Cli.Views.Applying;
using Gwctl.Core;
using Gwctl.Engine.Apply;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Resources;

namespace Gwctl.Cli.Commands;

/// <summary>Carries out one plan, and says how it went.</summary>
public sealed class ApplyRun(CommandHost host, Workspace workspace, PlanningArguments planning)
{
    /// <param name="reveal">Finds secrets' texts.</param>
    /// <param name="stopStarting">A signal, or the command's time limit.</param>
    public async Task<ExitCode> ExecuteAsync(
        Plan plan, Func<AttributeValue.Secret, SecretText?> reveal, CancellationToken stopStarting)
    {
        var interruption = host.Context.Interruption;
        var executor = new Executor(
            new ExecutorOptions { Clock = host.Context.Clock, Parallelism = planning.Parallelism });
        var tally = new ApplyTally(plan);
        await using var view = ApplyViews.For(host);
        view.Start(plan);
        using (var beats = new Beats(host.Context.Clock, view.BeatEvery, view.Beat))
        {
            interruption.Announce = text => beats.Exclusive(() => view.Announce(text));
            try
            {
                var events = executor.ApplyAsync(
                    plan, workspace.Session.Providers, reveal, stopStarting, interruption.Kill);
                await foreach (var happened in events)
                {
                    beats.Exclusive(() =>
                    {
                        tally.Add(happened);
                        view.Show(happened);
                    });
                }
            }
            finally
            {
                interruption.Announce = null;
            }
        }

        var report = tally.Report();
        await view.FinishAsync(report with { Addresses = Addresses(report), Hints = Hints(report) });
        return Judge(report);
    }

    /// <summary>Every end of a run is one of done, error, stale and partial.</summary>
    public static ExitCode Judge(ApplyReport report)
    {
        if (report.Complete)
        {
            return ExitCode.Done;
        }

        if (report.Counts.Any)
        {
            return ExitCode.Partial;
        }

        return report.Summary.Stale ? ExitCode.Stale : ExitCode.Error;
    }

    private EquatableList<GatewayAddress> Addresses(ApplyReport report) => report.Purpose is PlanPurpose.Destroy
        ? []
        :
        [
            .. workspace.Addresses.OrderBy(pair => pair.Key)
                .Select(pair => new GatewayAddress($"{pair.Key.Gateway}", pair.Value))
                .Distinct(),
        ];

    private EquatableList<string> Hints(ApplyReport report)
    {
        var hints = new List<string>();
        if (report.Summary.Stale)
        {
            hints.Add("An object is no longer as it was when the plan was made. Plan again.");
        }
        else if (!report.Complete)
        {
            hints.Add("What was done stays and is found again: run plan and apply once more to go on from here.");
        }

        if (workspace.Sandbox is { } sandbox && report.Complete && report.Purpose is PlanPurpose.Apply)
        {
            hints.Add(sandbox.IsOwn
                ? $"It lives in the embedded cloud. To look around in it: gwctl sandbox up --dir {sandbox.Directory}"
                : $"It lives in the embedded cloud, at {sandbox.Endpoint}");
        }

        return [.. hints];
    }
}
