using Gwctl.Cli.Arguments;
using Gwctl.Cli.Hosting;
using Gwctl.Cli.Views;
using Gwctl.Cli.Views.Texts;
using Gwctl.Compiler.Routing;
using Gwctl.Core;
using Gwctl.Trials;

namespace Gwctl.Cli.Commands.Proving;

/// <summary>Throw-away clouds for the commands that ask one.</summary>
public static class Trials
{
    /// <summary>Loads specs as every command does; where they name no ProviderConfig, the embedded cloud's default
    /// stands in, for nothing real is meant.</summary>
    public static Task<LoadedSpecs?> LoadOrReportAsync(
        CommandHost host, SpecArguments specs, CancellationToken cancellationToken) =>
        SpecLoader.LoadOrReportAsync(
            host,
            specs with { SandboxDirectory = specs.SandboxDirectory ?? SpecArguments.SandboxDirectoryDefault },
            tolerant: true,
            cancellationToken);

    /// <summary>Starts one that holds the model. No cloud where something other than the provider's capabilities is in
    /// the way.</summary>
    public static async Task<Compiled<TrialCloud>> StartAsync(
        CommandHost host, RoutingModel model, CancellationToken cancellationToken)
    {
        if (host.Chatty)
        {
            var gateways = Quantity.Of(model.Gateways.Count, "Gateway");
            host.Progress.Line($"Applying {gateways} to a throw-away cloud...", Tone.Dim).Flush();
        }

        return await TrialCloud.StartAsync(
            model,
            (config, endpoint) => host.Context.Composition.Make(config, _ => new ProviderConnection
            {
                Endpoint = endpoint,
                Sandbox = true,
                Clock = host.Context.Clock,
                Random = host.Context.Random,
            }),
            host.Context.Clock,
            cancellationToken);
    }
}
