using System.CommandLine;
using Gwctl.Cli.Commands.Proving;
using Gwctl.Cli.Hosting;

namespace Gwctl.Cli.Arguments;

/// <summary>Commands that hold the cloud's configuration against the specification.</summary>
internal sealed class ProvingCommands(CliContext context, CommonOptions common)
{
    public GwctlCommand Verify()
    {
        var output = CommonOptions.Output(OutputFormat.Text, OutputFormat.Json);
        var all = new Option<bool>("--all") { Description = "Show announced differences too." };
        var command = new GwctlCommand("verify", "Prove request by request that the cloud does what the specs say.")
        {
            Details =
                "Applies the specs to a throw-away embedded cloud, derives from both sides' conditions a set of "
                + "requests that tells every rule from every other, and asks both: the Gateway API's own semantics, "
                + "and the cloud, over real connections. A difference that no diagnostic announced is an error. Calls "
                + "no real cloud and needs no credentials.",
            Examples =
            [
                new Example("gwctl verify -f specs/", "every rule, before it is applied anywhere"),
                new Example("gwctl verify -f specs/ --all", "what the cloud does otherwise, and who said so"),
            ],
        };
        command.Add(common.SpecGroup);
        command.Add(new OptionGroup("Cloud", [common.Timeout]));
        command.Add(new OptionGroup("Output", [output, all, common.NoColor]));
        command.SetAction(async (result, _) => (int)await new VerifyCommand(context).ExecuteAsync(new VerifyArguments(
            common.Specs(result), common.Talk(result, output), result.GetValue(common.Timeout),
            result.GetValue(all))));
        return command;
    }
}
