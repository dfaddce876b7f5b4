using System.CommandLine;
using Gwctl.Cli.Commands;
using Gwctl.Cli.Hosting;
using Gwctl.Cli.Views.Plans;

namespace Gwctl.Cli.Arguments;

/// <summary>Commands that read the cloud and change nothing.</summary>
internal sealed class PlanningCommands(CliContext context, CommonOptions common)
{
    private readonly Option<int> _maxChars = new("--max-chars")
    {
        Description = "Characters of Markdown at most; details go first, then traffic.",
        HelpName = "N",
        DefaultValueFactory = _ => MarkdownPlanView.CharactersMaxDefault,
        CustomParser = result => CommonOptions.Number(result, MarkdownPlanView.CharactersMaxMin, 10_000_000),
    };

    private readonly Option<bool> _gitHubOutput = new("--github-output")
    {
        Description = "Append has_changes, blocked, adds, changes, destroys to the file in GITHUB_OUTPUT.",
    };

    private readonly Option<string> _planOutput =
        CommonOptions.Output(OutputFormat.Text, OutputFormat.Json, OutputFormat.Markdown);

    public GwctlCommand Plan()
    {
        var save = new Option<string?>("--out")
        {
            Description = "Save the plan, for 'gwctl apply FILE'.",
            HelpName = "FILE",
        };
        var detailed = new Option<bool>("--detailed-exitcode") { Description = "Exit with 2 where there are changes." };
        var destroy = new Option<bool>("--destroy")
        {
            Description = "Plan to destroy what serves the specs' Gateways.",
        };
        var command = new GwctlCommand("plan", "Show what apply would do, to objects and to traffic.")
        {
            Details = "Reads the cloud and changes nothing. There is no state file: objects bear their owner's mark.",
            Examples =
            [
                new Example("gwctl plan -f examples/quickstart --sandbox", "in the embedded local cloud"),
                new Example(
                    "gwctl plan -f specs/ --out plan.json", "to review; then: gwctl apply plan.json -f specs/"),
                new Example("gwctl plan -f specs/ -o markdown > comment.md", "for a pull request"),
                new Example("gwctl plan -f specs/ --exclude HTTPRoute/shop/checkout", "all but one route"),
            ],
            ExitCodes = [(2, "changes (with --detailed-exitcode)"), (3, "blocked by a policy or a protection")],
        };
        command.Add(common.SpecGroup);
        command.Add(new OptionGroup("Planning", [.. common.PlanningGroup.Options, destroy, save, detailed]));
        command.Add(common.CloudGroup);
        command.Add(ShowGroup());
        command.SetAction(async (result, _) => (int)await new PlanCommand(context).ExecuteAsync(new PlanArguments
        {
            Specs = common.Specs(result),
            Planning = common.Planning(result),
            Output = PlanOutput(result),
            Out = result.GetValue(save),
            Destroy = result.GetValue(destroy),
            DetailedExitCode = result.GetValue(detailed),
        }));
        return command;
    }

    public GwctlCommand Show()
    {
        var file = PlanFileArgument(ArgumentArity.ExactlyOne);
        var command = new GwctlCommand("show", "Show a saved plan.")
        {
            Examples =
            [
                new Example("gwctl show plan.json", "as plan showed it"),
                new Example("gwctl show plan.json -o markdown", "for a pull request"),
            ],
        };
        command.Add(file);
        command.Add(ShowGroup());
        command.SetAction(result =>
            (int)new ShowCommand(context).Execute(new ShowArguments(result.GetValue(file) ?? "", PlanOutput(result))));
        return command;
    }

    public GwctlCommand Drift()
    {
        var output = CommonOptions.Output(OutputFormat.Text, OutputFormat.Json, OutputFormat.Markdown);
        var command = new GwctlCommand("drift", "Show how the cloud differs from the specs. Changes nothing.")
        {
            Examples =
            [
                new Example("gwctl drift -f specs/", "every attribute of every object"),
                new Example("gwctl drift -f specs/ --refresh shallow", "few calls, for frequent use"),
            ],
            ExitCodes = [(6, "the cloud differs")],
        };
        command.Add(common.SpecGroup);
        command.Add(new OptionGroup("Planning", [common.Refresh, common.AllowPartial]));
        command.Add(common.CloudGroup);
        command.Add(common.TalkGroup(output));
        command.SetAction(async (result, _) => (int)await new DriftCommand(context).ExecuteAsync(
            new DriftArguments(common.Specs(result), common.Planning(result), common.Talk(result, output))));
        return command;
    }

    /// <summary>A plan file as an argument; what looks like an option there is a mistyped option.</summary>
    public static Argument<string?> PlanFileArgument(ArgumentArity arity)
    {
        var file = new Argument<string?>("planfile")
        {
            HelpName = "PLANFILE",
            Description = "A plan that 'gwctl plan --out' saved.",
            Arity = arity,
        };
        file.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.StartsWith('-')))
            {
                result.AddError(ArgumentErrors.UnknownOption(token.Value));
            }
        });
        return file;
    }

    private OptionGroup ShowGroup() => new("Output", [_planOutput, _maxChars, _gitHubOutput, common.NoColor]);

    private PlanOutputArguments PlanOutput(ParseResult result) =>
        new(common.Talk(result, _planOutput), result.GetValue(_maxChars), result.GetValue(_gitHubOutput));
}
