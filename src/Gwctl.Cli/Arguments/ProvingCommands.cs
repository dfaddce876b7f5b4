using System.CommandLine;
using Gwctl.Cli.Commands.Proving;
using Gwctl.Cli.Hosting;
using Gwctl.Trials;

namespace Gwctl.Cli.Arguments;

/// <summary>Commands that hold the cloud's configuration against the specification.</summary>
internal sealed class ProvingCommands(CliContext context, CommonOptions common)
{
    public GwctlCommand Trace()
    {
        var request = new RequestArguments();
        var output = CommonOptions.Output(OutputFormat.Text, OutputFormat.Json);
        var gateway = new Option<string?>("--gateway")
        {
            Description = "The Gateway to ask; every one that listens on the port unless given.",
            HelpName = "NAMESPACE/NAME",
        };
        var live = new Option<bool>("--live") { Description = "Say whether the live cloud is as the specs say." };
        var all = new Option<bool>("--all") { Description = "Say of every other rule why it lost." };
        var command = new GwctlCommand("trace", "Show where a request goes, by the specification and by the cloud.")
        {
            Details =
                "Which listener, rule and backend a request gets, what the backend sees of it, and why no other rule "
                + "has it: by the Gateway API's own semantics, and by the cloud's configuration, asked over a real "
                + "connection to a throw-away embedded cloud. No request reaches the real one.",
            Examples =
            [
                new Example("gwctl trace -f specs/ https://api.example.com/v2/x", "a GET"),
                new Example(
                    "gwctl trace -f specs/ POST https://api.example.com/v2/x -H 'x-api-version: beta'", "with a header"),
                new Example("gwctl trace -f specs/ https://api.example.com/ --live", "and does the real cloud agree?"),
            ],
        };
        command.Add(request.Words);
        command.Add(request.Group);
        command.Add(common.SpecGroup);
        command.Add(new OptionGroup("Cloud", [gateway, live, common.Sandbox, common.EndpointUrl, common.Timeout]));
        command.Add(new OptionGroup("Output", [output, all, common.NoColor]));
        command.SetAction(async (result, _) =>
        {
            var (read, problem) = request.Read(result);
            return (int)await new TraceCommand(context).ExecuteAsync(new TraceArguments(
                common.Specs(result), common.Talk(result, output), read, problem, result.GetValue(gateway),
                result.GetValue(live), result.GetValue(all), result.GetValue(common.Timeout)));
        });
        return command;
    }

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
