using Gwctl.Cli.Arguments;
using Gwctl.Cli.Hosting;
using Gwctl.Cli.Views.Proving;
using Gwctl.Cli.Views.Texts;
using Gwctl.Trials;

namespace Gwctl.Cli.Commands.Proving;

/// <summary>Of <c>verify</c>.</summary>
/// <param name="All">Show announced differences too.</param>
public sealed record VerifyArguments(SpecArguments Specs, OutputArguments Talk, TimeSpan? Timeout, bool All);

/// <summary><c>verify</c>: asks the Gateway API's semantics and the cloud's for every request that tells rules
/// apart.</summary>
public sealed class VerifyCommand(CliContext context)
{
    private static readonly TimeSpan s_heartbeat = TimeSpan.FromSeconds(2);

    public Task<ExitCode> ExecuteAsync(VerifyArguments arguments)
    {
        var host = new CommandHost(context, arguments.Talk);
        return host.RunAsync(arguments.Timeout, async cancellationToken =>
        {
            if (await Trials.LoadOrReportAsync(host, arguments.Specs, cancellationToken)
                is not var (inputs, diagnostics, sources))
            {
                return ExitCode.Error;
            }

            var started = await Trials.StartAsync(host, inputs.Model, cancellationToken);
            host.Report([.. diagnostics, .. started.Diagnostics], sources);
            if (started.Value is not { } cloud)
            {
                return ExitCode.Error;
            }

            await using (cloud)
            {
                var report = await AskAsync(host, cloud, cancellationToken);
                VerificationViews.For(host).Show(report, arguments.All);
                return report.Unannounced.Any() ? ExitCode.Error : ExitCode.Done;
            }
        });
    }

    private static async Task<VerificationReport> AskAsync(
        CommandHost host, TrialCloud cloud, CancellationToken cancellationToken)
    {
        var (asked, all) = (0, 0);
        using var beats = new Beats(host.Context.Clock, s_heartbeat, elapsed =>
        {
            if (host.Chatty && all > 0)
            {
                host.Progress.Line($"Asked {asked} of {all} requests...", Tone.Dim).Flush();
            }
        });
        return await RoutingVerification.RunAsync(
            cloud, (done, of) => (asked, all) = (done, of), cancellationToken);
    }
}
