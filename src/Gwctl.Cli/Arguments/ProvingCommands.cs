using System.CommandLine;
using Gwctl.Cli.Commands.Proving;
using Gwctl.Cli.Hosting;
using Gwctl.Trials;

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

    public GwctlCommand Test()
    {
        var output = CommonOptions.Output(
            OutputFormat.Text, OutputFormat.Json, OutputFormat.JUnit, OutputFormat.GitHub);
        var against = new Option<string>("--against")
        {
            Description = "Whose answers to hold the cases against: the Gateway API's, the cloud's, or both.",
            HelpName = "spec|cloud|both",
            DefaultValueFactory = _ => "both",
        };
        against.AcceptOnlyFromAmong("spec", "cloud", "both");
        var command = new GwctlCommand("test", "Run your own RouteTests: this request must go there.")
        {
            Details =
                "Puts the request of every case of every RouteTest to the Gateway API's own semantics and, over real "
                + "connections, to a throw-away embedded cloud that holds what the specs compile to. Where shares "
                + $"are expected the cloud is asked {RouteTestTrial.Tries} times, and a share may be off by "
                + $"{RouteTestTrial.Tolerance} percentage points. A case fails also where a diagnostic announced that "
                + "the cloud does otherwise. Calls no real cloud and needs no credentials.",
            Examples =
            [
                new Example("gwctl test -f examples/route-tests", "specs and tests side by side"),
                new Example("gwctl test -f specs/ -f tests/ --against spec", "without a cloud, at once"),
                new Example("gwctl test -f specs/ -o junit > gwctl.xml", "for the test report of a pipeline"),
                new Example("gwctl test -f specs/ -o github", "failures beside the lines of a pull request"),
            ],
        };
        command.Add(common.SpecGroup);
        command.Add(new OptionGroup("Cloud", [against, common.Timeout]));
        command.Add(common.TalkGroup(output));
        command.SetAction(async (result, _) => (int)await new TestCommand(context).ExecuteAsync(new TestArguments(
            common.Specs(result), common.Talk(result, output), result.GetValue(common.Timeout),
            result.GetValue(against) switch
            {
                "spec" => [TestSide.Spec],
                "cloud" => [TestSide.Cloud],
                _ => [TestSide.Spec, TestSide.Cloud],
            })));
        return command;
    }
}
