using System.CommandLine;
using Gwctl.Cli.Commands.Cutovers;
using Gwctl.Cli.Hosting;

namespace Gwctl.Cli.Arguments;

/// <summary>From the old load balancer to the Gateway by weighted DNS answers.</summary>
internal sealed class CutoverCommandGroup(CliContext context, CommonOptions common)
{
    private static readonly TimeSpan PropagationDefault = TimeSpan.FromSeconds(60);

    private readonly Option<string?> _name = new("--name")
    {
        Description = "One Cutover of several, with or without its namespace.",
        HelpName = "NAME",
    };

    private readonly Option<string?> _dnsServer = new("--dns-server")
    {
        Description = "The name server to read back from, instead of the zones' own.",
        HelpName = "ADDRESS[:PORT]",
    };

    private readonly Option<TimeSpan?> _propagation = new("--propagation")
    {
        Description = "How long a change may take to reach every name server; 60s unless given.",
        HelpName = "DURATION",
        CustomParser = CommonOptions.Duration,
    };

    private readonly Option<bool> _watch = new("--watch")
    {
        Description = "Show it again every 10 s until it is done.",
    };

    private readonly Option<bool> _assumeIdle = new("--assume-idle")
    {
        Description = "The old side is idle; nobody counts its requests.",
    };

    public GwctlCommand Cutover()
    {
        var command = new GwctlCommand(
            "cutover", "Move hostnames from an old load balancer to a Gateway by weighted DNS answers.")
        {
            Details =
                "All progress lives in the records themselves and in a text beside them, so that any runner goes on "
                + "where another one stopped, and of two at once exactly one takes a step. Nothing ever touches the "
                + "old load balancer.",
        };
        command.Add(Sub(CutoverAction.Plan, "Show the whole path with its times, and what each step will write.",
            new Example("gwctl cutover plan -f specs/", "changes nothing")));
        command.Add(Sub(CutoverAction.Start, "Lower the TTL, and make weighted records of the simple ones.",
            new Example("gwctl cutover start -f specs/", "all answers still lead to the old side")));
        command.Add(Sub(CutoverAction.Step, "Take the next step if it is due and every gate passes.",
            new Example("gwctl cutover step -f specs/", "once a day from a schedule: it waits by itself")));
        command.Add(Sub(CutoverAction.Status, "Show weights, times, the gates' measurements and what it waits for.",
            new Example("gwctl cutover status -f specs/ --watch", "for a screen beside you"), _watch));
        command.Add(Sub(CutoverAction.Pause, "Stand still at the weights of now.",
            new Example("gwctl cutover pause -f specs/ --name shop", "one of several")));
        command.Add(Sub(CutoverAction.Resume, "Go on after a pause, or let a step go on that waits for a person.",
            new Example("gwctl cutover resume -f specs/", "the hold begins anew after a pause")));
        command.Add(Sub(CutoverAction.Rollback, "Give everything back to the old side, in one change, past all gates.",
            new Example("gwctl cutover rollback -f specs/", "and says when caches have drained")));
        command.Add(Sub(CutoverAction.Finish, "Retire the old side's records when it takes no requests any more.",
            new Example("gwctl cutover finish -f specs/", "again after the time for which they are kept"),
            _assumeIdle));
        return command;
    }

    private GwctlCommand Sub(CutoverAction action, string description, Example example, params Option[] more)
    {
        var output = CommonOptions.Output(OutputFormat.Text, OutputFormat.Json, OutputFormat.Markdown);
        var command = new GwctlCommand(action.ToString().ToLowerInvariant(), description)
        {
            Examples = [example],
            ExitCodes = [(7, "paused, inconclusive for too long, rolled back, or changed by hand")],
        };
        command.Add(common.SpecGroup);
        command.Add(new OptionGroup("Cutover", [_name, _dnsServer, _propagation, .. more]));
        command.Add(new OptionGroup("Cloud", [common.Sandbox, common.EndpointUrl, common.Timeout]));
        command.Add(common.TalkGroup(output));
        command.SetAction(async (result, _) => (int)await new CutoverCommand(context).ExecuteAsync(
            new CutoverArguments(
                action, common.Specs(result), common.Talk(result, output), result.GetValue(common.Timeout),
                result.GetValue(_name), result.GetValue(_dnsServer),
                result.GetValue(_propagation) ?? PropagationDefault)
            {
                Watches = action is CutoverAction.Status && result.GetValue(_watch),
                AssumesIdle = action is CutoverAction.Finish && result.GetValue(_assumeIdle),
            }));
        return command;
    }
}
