using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using Gwctl.Cli.Commands;
using Gwctl.Cli.Hosting;
using Gwctl.Engine.Resources;

namespace Gwctl.Cli.Arguments;

/// <summary>The command that runs in a cluster.</summary>
internal sealed class ControllerCommands(CliContext context, CommonOptions common)
{
    private const int ShardsMax = 256;
    private const int ConcurrencyMax = 1_024;
    private const string StatusWord = "status";

    private static readonly Dictionary<string, KindConcern> Concerns = new(StringComparer.Ordinal)
    {
        ["infrastructure"] = KindConcern.Infrastructure,
        ["targets"] = KindConcern.Targets,
        ["dns"] = KindConcern.Dns,
    };

    private readonly ClusterOptions _cluster = new();

    private readonly Option<string[]> _manage = new("--manage")
    {
        Description = "What it does here, of infrastructure, targets, dns and status; all by default.",
        HelpName = "LIST",
        CustomParser = Words,
    };

    private readonly Option<string> _approval = new("--approval")
    {
        Description = "required: a plan is applied when the Gateway bears its digest as gwctl.dev/approve.",
        HelpName = "none|required",
        DefaultValueFactory = _ => "none",
    };

    private readonly Option<bool> _dryRun = new("--dry-run")
    {
        Description = "Write nothing, neither to the cloud nor to the cluster; log the plans.",
    };

    private readonly Option<bool> _prune = new("--prune")
    {
        Description = "Remove cloud objects of our owner whose Gateway the cluster does not have; else they are told.",
    };

    private readonly Option<int> _shards = new("--shards")
    {
        Description = "Parts that replicas share the Gateways in; with 1 one replica leads.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
        CustomParser = result => CommonOptions.Number(result, 1, ShardsMax),
    };

    private readonly Option<string?> _namespace = new("--namespace")
    {
        Description = "Where its Leases are (the pod's namespace).",
        HelpName = "NAME",
    };

    private readonly Option<string?> _identity = new("--identity")
    {
        Description = "Unique among the replicas (POD_NAME, or the host's name).",
        HelpName = "NAME",
    };

    private readonly Option<TimeSpan?> _resync = new("--resync")
    {
        Description = "How often the cloud is read although nothing happened, as 90s, 10m or 1h.",
        HelpName = "DURATION",
        CustomParser = CommonOptions.Duration,
    };

    private readonly Option<int> _concurrency = new("--concurrency")
    {
        Description = "Gateways under way at the same time.",
        HelpName = "N",
        DefaultValueFactory = _ => 64,
        CustomParser = result => CommonOptions.Number(result, 1, ConcurrencyMax),
    };

    private readonly Option<IPEndPoint?> _listen = new("--listen")
    {
        Description = "Where to serve /healthz, /readyz and /metrics, as 0.0.0.0:8080.",
        HelpName = "ADDRESS:PORT",
        CustomParser = Address,
    };

    private readonly Option<string?> _otlp = new("--otlp-endpoint")
    {
        Description =
            "Where to send traces over OTLP, as http://collector:4318 (OTEL_EXPORTER_OTLP_ENDPOINT; by gRPC with "
            + "OTEL_EXPORTER_OTLP_PROTOCOL=grpc).",
        HelpName = "URL",
    };

    public GwctlCommand Controller()
    {
        _approval.AcceptOnlyFromAmong("none", "required");
        _prune.Validators.Add(result =>
        {
            if (result.GetValue(_prune) && result.GetValue(_approval) is "required")
            {
                result.AddError("There is no Gateway left to put an approval on: not with --approval required.");
            }
        });
        var command = new GwctlCommand("controller", "Keep clouds like a cluster's Gateways, and their status.")
        {
            Details =
                "Watches the Gateway API's objects and applies what changes, until it is ended. It logs one JSON "
                + "object a line. Replicas find each other by Leases: with --shards 1 one leads and the others stand "
                + "by, with more they share the Gateways.",
            Examples =
            [
                new Example("gwctl controller --listen 0.0.0.0:8080", "in a pod"),
                new Example("gwctl controller --sandbox", "on a laptop, beside 'gwctl sandbox up'"),
                new Example("gwctl controller --manage targets,status", "a pipeline applies the infrastructure"),
                new Example("gwctl controller --approval required", "plans wait for an annotation"),
                new Example("gwctl controller --kubeconfig ~/.kube/config --dry-run", "what would it do?"),
            ],
        };
        command.Add(_cluster.Group);
        command.Add(new OptionGroup("Modes", [_manage, _approval, _prune, _dryRun]));
        command.Add(new OptionGroup("Replicas", [_shards, _namespace, _identity]));
        command.Add(new OptionGroup("Operations", [_listen, _otlp, _resync, _concurrency]));
        command.Add(new OptionGroup(
            "Cloud", [common.ProviderConfig, common.Sandbox, common.EndpointUrl, common.Parallelism]));
        command.SetAction(async (result, _) =>
            (int)await new ControllerCommand(context).ExecuteAsync(Arguments(result)));
        return command;
    }

    private ControllerArguments Arguments(ParseResult result)
    {
        var managed = result.GetValue(_manage) is { Length: > 0 } words ? words : [.. Concerns.Keys, StatusWord];
        var otlp = result.GetValue(_otlp) ?? context.Environment.GetValueOrDefault("OTEL_EXPORTER_OTLP_ENDPOINT");
        return new ControllerArguments
        {
            Specs = new SpecArguments
            {
                ProviderConfig = result.GetValue(common.ProviderConfig),
                SandboxDirectory = common.SandboxDirectory(result),
                Endpoints = [.. result.GetValue(common.EndpointUrl) ?? []],
            },
            Cluster = _cluster.Read(result),
            Talk = new OutputArguments(OutputFormat.Text, NoColor: true, NoInput: true),
            Manages = [.. managed.Where(Concerns.ContainsKey).Select(word => Concerns[word]).Order()],
            WritesStatus = managed.Contains(StatusWord, StringComparer.Ordinal),
            NeedsApproval = result.GetValue(_approval) is "required",
            IsDryRun = result.GetValue(_dryRun),
            Prunes = result.GetValue(_prune),
            Shards = result.GetValue(_shards),
            Namespace = result.GetValue(_namespace),
            Identity = result.GetValue(_identity),
            Resync = result.GetValue(_resync) ?? TimeSpan.FromMinutes(10),
            Concurrency = result.GetValue(_concurrency),
            Parallelism = result.GetValue(common.Parallelism),
            Listen = result.GetValue(_listen),
            Otlp = Uri.TryCreate(otlp, UriKind.Absolute, out var endpoint) ? endpoint : null,
        };
    }

    private static string[] Words(ArgumentResult result)
    {
        var words = result.Tokens
            .SelectMany(token => token.Value.Split(
                ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Distinct(StringComparer.Ordinal)
            .ToArray();
        foreach (var unknown in words.Where(word => word is not StatusWord && !Concerns.ContainsKey(word)))
        {
            result.AddError($"'{unknown}' is none of infrastructure, targets, dns and status.");
        }

        return words;
    }

    private static IPEndPoint? Address(ArgumentResult result)
    {
        var text = result.Tokens is [var token] ? token.Value : "";
        if (IPEndPoint.TryParse(text, out var address) && text.Contains(':'))
        {
            return address;
        }

        result.AddError($"'{text}' is not ADDRESS:PORT, as 0.0.0.0:8080.");
        return null;
    }
}
