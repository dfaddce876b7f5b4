using System.CommandLine;
using Gwctl.Cli.Commands;
using Gwctl.Cli.Hosting;

namespace Gwctl.Cli.Arguments;

/// <summary>Commands that change the cloud.</summary>
internal sealed class ChangingCommands(CliContext context, CommonOptions common)
{
    private static readonly IReadOnlyList<(int Code, string Says)> ExitCodes =
    [
        (3, "blocked by a policy or a protection"),
        (4, "the plan is stale or has expired"),
        (5, "applied in part"),
    ];

    private readonly Option<string> _output = CommonOptions.Output(OutputFormat.Text, OutputFormat.Json);

    public GwctlCommand Apply()
    {
        var file = PlanningCommands.PlanFileArgument(ArgumentArity.ZeroOrOne);
        var command = new GwctlCommand("apply", "Plan, ask, and do it; or do exactly a saved plan.")
        {
            Details =
                "The first Ctrl-C lets calls in flight finish and starts nothing new. A run that was cut short is "
                + "finished by the next one: what it made bears our mark and is found again.",
            Examples =
            [
                new Example("gwctl apply -f examples/quickstart --sandbox", "into the embedded local cloud"),
                new Example("gwctl apply plan.json -f specs/", "exactly a saved plan; secrets stay in the specs"),
                new Example("gwctl apply plan.json --provider-config prod.yaml", "a saved plan without secrets"),
                new Example("gwctl apply -f specs/ --auto-approve --max-destroy 5%", "in a pipeline"),
            ],
            ExitCodes = ExitCodes,
        };
        command.Add(file);
        command.Add(common.SpecGroup);
        command.Add(new OptionGroup("Planning", [.. common.PlanningGroup.Options, common.AutoApprove]));
        command.Add(common.CloudGroup);
        command.Add(TalkGroup());
        command.SetAction(async (result, _) => (int)await new ApplyCommand(context).ExecuteAsync(
            Arguments(result) with { PlanFile = result.GetValue(file) }));
        return command;
    }

    public GwctlCommand Destroy()
    {
        var all = new Option<bool>("--all") { Description = "Everything of the owner, whatever the specs say." };
        var command = new GwctlCommand("destroy", "Destroy what serves the specs' Gateways.")
        {
            Details = "Only what bears our owner's mark is ever destroyed, and nothing that is protected.",
            Examples =
            [
                new Example("gwctl destroy -f examples/quickstart --sandbox", "undo an apply"),
                new Example("gwctl destroy --all --provider-config prod.yaml", "everything of an owner"),
                new Example(
                    "gwctl destroy --all --provider-config prod.yaml --include Gateway/shop/web",
                    "what a Gateway left that no specs have any more"),
                new Example(
                    "gwctl plan --destroy -f specs/ --out plan.json", "look first, apply plan.json later"),
            ],
            ExitCodes = ExitCodes,
        };
        command.Add(common.SpecGroup);
        command.Add(new OptionGroup("Planning", [common.Refresh, common.MaxDestroy, common.AutoApprove, all]));
        command.Add(common.CloudGroup);
        command.Add(TalkGroup());
        command.SetAction(async (result, _) => (int)await new ApplyCommand(context).ExecuteAsync(
            Arguments(result) with { Destroy = true, All = result.GetValue(all) }));
        return command;
    }

    public GwctlCommand Adopt()
    {
        var address = new Argument<string>("address") { HelpName = "ADDRESS", Description = "As plans write it." };
        var id = new Option<string>("--id")
        {
            Description = "The cloud's own id of the object, so that no other is taken by mistake.",
            HelpName = "ID",
            Required = true,
        };
        var command = new GwctlCommand("adopt", "Make an object ours that stands where one of ours should be.")
        {
            Details =
                "Puts our mark on it and changes nothing else; the next plan shows how it differs from the specs.",
            Examples =
            [
                new Example(
                    "gwctl adopt prod/shop/web/load-balancer --id ID -f specs/", "a load balancer made by hand"),
            ],
            ExitCodes = ExitCodes,
        };
        command.Add(address);
        command.Add(new OptionGroup("Object", [id]));
        command.Add(common.SpecGroup);
        command.Add(new OptionGroup("Planning", [common.AllowPartial, common.AutoApprove]));
        command.Add(common.CloudGroup);
        command.Add(TalkGroup());
        command.SetAction(async (result, _) => (int)await new AdoptCommand(context).ExecuteAsync(
            new AdoptArguments(result.GetValue(address) ?? "", result.GetValue(id) ?? "", Arguments(result))));
        return command;
    }

    private OptionGroup TalkGroup() => new("Output", [_output, common.NoColor, common.NoInput]);

    private ApplyArguments Arguments(ParseResult result) => new()
    {
        Specs = common.Specs(result),
        Planning = common.Planning(result),
        Talk = common.Talk(result, _output),
        AutoApprove = result.GetValue(common.AutoApprove),
    };
}
