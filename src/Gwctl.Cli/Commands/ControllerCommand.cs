using Gwctl.Cli.Arguments;
using Gwctl.Cli.Hosting;
using Gwctl.Controller;
using Gwctl.Controller.Operations;
using Gwctl.Controller.Sharding;
using Gwctl.Core;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Gwctl.Cli.Commands;

/// <summary><c>controller</c>: runs until a signal comes, and hands over.</summary>
public sealed class ControllerCommand(CliContext context)
{
    /// <summary>Sources and meters of every part begin so.</summary>
    private const string Telemetry = "Gwctl.*";

    public async Task<ExitCode> ExecuteAsync(ControllerArguments arguments)
    {
        var host = new CommandHost(context, arguments.Talk);
        var diagnostics = new List<Diagnostic>();
        var config = SpecLoader.FallbackConfig(arguments.Specs, context, specs: null, diagnostics, out _);
        host.Report([.. diagnostics]);
        if (diagnostics.Exists(diagnostic => diagnostic.Severity is Severity.Error))
        {
            return ExitCode.Error;
        }

        return await host.RunAsync(timeout: null, async stopping =>
        {
            using var client = ClusterConnection.Open(host, arguments.Cluster, arguments.Specs.SandboxDirectory);
            if (client is null)
            {
                return ExitCode.Error;
            }

            await using var workspace = await Workspace.OpenAsync(
                host, arguments.Specs, config is null ? [] : [config], stopping);
            if (workspace is null)
            {
                return ExitCode.Error;
            }

            using var traces = Traces(arguments);
            var options = Options(arguments, workspace, client.Settings.Namespace) with { ProviderConfig = config };
            using var controller = new ControllerHost(
                client, options, new ControllerLog(context.Output, context.Clock));
            await controller.RunAsync(stopping, context.Interruption.Kill);
            return ExitCode.Done;
        });
    }

    private ControllerOptions Options(ControllerArguments arguments, Workspace workspace, string space) => new()
    {
        Clock = context.Clock,
        Random = context.Random,
        Providers = workspace.MakeProvider,
        ToolVersion = VersionCommand.ToolVersion,
        Manages = arguments.Manages,
        WritesStatus = arguments.WritesStatus,
        NeedsApproval = arguments.NeedsApproval,
        IsDryRun = arguments.IsDryRun,
        Prunes = arguments.Prunes,
        ResyncEvery = arguments.Resync,
        ConcurrencyMax = arguments.Concurrency,
        Parallelism = arguments.Parallelism,
        Operations = arguments.Listen,
        Shards = new ShardOptions
        {
            Shards = arguments.Shards,
            Identity = Identity(arguments.Identity),
            Namespace = arguments.Namespace ?? space,
        },
    };

    /// <summary>A pod's name is its own; two processes on one machine are told apart by chance.</summary>
    private string Identity(string? given)
    {
        var name = given ?? context.Environment.GetValueOrDefault("POD_NAME")
            ?? $"{context.Environment.GetValueOrDefault("HOSTNAME", "gwctl")}-{(int)(context.Random() * 0xffffff):x6}";
        return string.Concat(name.ToLowerInvariant().Select(letter =>
            char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' ? letter : '-'));
    }

    private TracerProvider? Traces(ControllerArguments arguments) => arguments.Otlp is { } endpoint
        ? Sdk.CreateTracerProviderBuilder()
            .AddSource(Telemetry)
            .ConfigureResource(resource => resource.AddService(
                "gwctl-controller", serviceVersion: VersionCommand.ToolVersion))
            .AddOtlpExporter(options => SendTo(options, endpoint))
            .Build()
        : null;

    // As the OpenTelemetry specification has it: HTTP unless the environment says otherwise, and below the endpoint.
    private void SendTo(OtlpExporterOptions options, Uri endpoint)
    {
        var isGrpc = context.Environment.GetValueOrDefault("OTEL_EXPORTER_OTLP_PROTOCOL") is "grpc";
        options.Protocol = isGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        options.Endpoint = isGrpc ? endpoint : new Uri($"{endpoint.ToString().TrimEnd('/')}/v1/traces");
    }
}
