using Gwctl.Cli.Arguments;
using Gwctl.Cli.Hosting;
using Gwctl.Cli.Views.Diagnostics;
using Gwctl.Cli.Views.Proving;
using Gwctl.Compiler.Routing;
using Gwctl.Core;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Providers;
using Gwctl.Trials;
using Gwctl.Verification.Comparison;
using Gwctl.Verification.Router;

namespace Gwctl.Cli.Commands.Proving;

/// <summary>Of <c>trace</c>.</summary>
/// <param name="Problem">Why there is no request; empty where there is one.</param>
/// <param name="Gateway"><c>NAMESPACE/NAME</c>; null asks every Gateway that listens on the port.</param>
/// <param name="Live">Compare with what lives, too.</param>
/// <param name="All">Every other rule, not the nearest alone.</param>
public sealed record TraceArguments(
    SpecArguments Specs, OutputArguments Talk, Request? Request, string Problem, string? Gateway, bool Live, bool All,
    TimeSpan? Timeout);

/// <summary>What becomes of a request at one Gateway.</summary>
/// <param name="BySpec">The answer by the specification, and how every rule fared.</param>
/// <param name="ByCloud">What the cloud's configuration did with it.</param>
/// <param name="Differences">None where they agree.</param>
/// <param name="AnnouncedBy">What announced the differences; null where nothing did.</param>
/// <param name="Drift">How the live cloud is not as the specs say; null where nobody looked.</param>
public sealed record GatewayTrace(
    ObjectName Gateway, Explanation BySpec, TrialAnswer ByCloud, EquatableList<Difference> Differences,
    Diagnostic? AnnouncedBy, LiveDrift? Drift);

/// <summary>What of a Gateway does not live as the specs say.</summary>
/// <param name="Objects">Addresses.</param>
/// <param name="Traffic">Classes of requests to the asked host and port whose destination is another one: before as it
/// lives, after as the specs say.</param>
public sealed record LiveDrift(EquatableList<string> Objects, EquatableList<TrafficChange> Traffic)
{
    public bool IsNone => Objects.Count is 0;
}

/// <summary><c>trace [METHOD] URL</c>: which listener, rule and backend a request gets, by the specification and by the
/// cloud's configuration.</summary>
public sealed class TraceCommand(CliContext context)
{
    public Task<ExitCode> ExecuteAsync(TraceArguments arguments)
    {
        var host = new CommandHost(context, arguments.Talk);
        return host.RunAsync(arguments.Timeout, async cancellationToken =>
        {
            if (arguments.Request is not { } request)
            {
                return host.Fail(CliDiagnostics.NoRequest(arguments.Problem));
            }

            if (await Trials.LoadOrReportAsync(host, arguments.Specs, cancellationToken)
                is not var (inputs, diagnostics, sources))
            {
                return ExitCode.Error;
            }

            var gateways = inputs.Model.Gateways.Where(gateway => Concerns(gateway, arguments, request)).ToList();
            if (gateways.Count is 0)
            {
                host.Report(diagnostics, sources);
                return host.Fail(CliDiagnostics.NothingListens(request.Port, arguments.Gateway));
            }

            var asked = new Asked(host, arguments, request, inputs, sources);
            return await TraceAsync(asked, new RoutingModel([.. gateways]), cancellationToken);
        });
    }

    private static bool Concerns(GatewayRouting gateway, TraceArguments arguments, Request request) =>
        arguments.Gateway is { } wanted
            ? gateway.Name.ToString() == wanted
            : gateway.Ports.Any(port => port.Port == request.Port);

    private static async Task<ExitCode> TraceAsync(Asked asked, RoutingModel model, CancellationToken cancellationToken)
    {
        var started = await Trials.StartAsync(asked.Host, model, cancellationToken);
        if (started.Value is not { } cloud)
        {
            asked.Host.Report([.. asked.Inputs.Diagnostics, .. started.Diagnostics], asked.Sources);
            return ExitCode.Error;
        }

        await using (cloud)
        {
            var drift = asked.Arguments.Live ? await DriftAsync(asked, cancellationToken) : null;
            if (asked.Arguments.Live && drift is null)
            {
                return ExitCode.Error;
            }

            var announcements = new Announcements(cloud.Model, cloud.Diagnostics, cloud.Effects);
            var traces = new List<GatewayTrace>();
            foreach (var gateway in cloud.Model.Gateways)
            {
                var router = CompiledRouter.Create(gateway);
                var bySpec = router.Explain(asked.Request);
                var byCloud = await cloud.AskAsync(gateway.Name, asked.Request, cancellationToken);
                var differences = AnswerComparison.Compare(asked.Request, bySpec.Answer, byCloud.Observed);
                var announced = differences.Count is 0
                    ? null
                    : announcements.Find(router, asked.Request, bySpec.Answer, byCloud);
                traces.Add(new GatewayTrace(
                    gateway.Name, bySpec, byCloud, differences, announced, drift?.GetValueOrDefault(gateway.Name)));
            }

            TraceViews.For(asked.Host).Show(asked.Request, traces, asked.Arguments.All);
            return traces.Exists(trace => trace is { Differences.Count: > 0, AnnouncedBy: null })
                ? ExitCode.Error
                : ExitCode.Done;
        }
    }

    /// <summary>What of each Gateway does not live as the specs say; null where the cloud could not be
    /// read.</summary>
    private static async Task<Dictionary<ObjectName, LiveDrift>?> DriftAsync(
        Asked asked, CancellationToken cancellationToken)
    {
        var (host, specs) = (asked.Host, asked.Arguments.Specs);
        await using var workspace =
            await Workspace.OpenAsync(host, specs, asked.Inputs.Configs, cancellationToken);
        if (workspace is null)
        {
            return null;
        }

        var request = PlanRequests.For(PlanPurpose.Apply, asked.Inputs, specs, new PlanningArguments());
        var planned = await workspace.Session.DriftAsync(request, cancellationToken);
        if (planned.Value is not { } plan)
        {
            host.Report(planned.Diagnostics, asked.Sources);
            return null;
        }

        var found = plan.Changes.ToLookup(change => change.Address.Gateway, change => change.Address.ToString());
        var traffic = plan.Traffic.Changes.Where(change => Concerns(change.Before ?? change.After, asked.Request))
            .ToLookup(change => (change.Before ?? change.After)?.Gateway);
        return asked.Inputs.Model.Gateways.ToDictionary(
            gateway => gateway.Name,
            gateway => new LiveDrift([.. found[gateway.Name]], [.. traffic[gateway.Name]]));
    }

    private static bool Concerns(TrafficRow? row, Request request) =>
        row is not null && row.Port == request.Port && HostPattern.Parse(row.Host).Matches(request.Host);

    private sealed record Asked(
        CommandHost Host, TraceArguments Arguments, Request Request, SpecInputs Inputs, SourceTexts Sources);
}
