using System.CommandLine;
using Gwctl.Cli.Commands;
using Gwctl.Cli.Hosting;

namespace Gwctl.Cli.Arguments;

/// <summary>Commands that need specs and no cloud.</summary>
internal sealed class SpecCommands(CliContext context, CommonOptions common)
{
    public GwctlCommand Validate()
    {
        var output = CommonOptions.Output(
            OutputFormat.Text, OutputFormat.Json, OutputFormat.Sarif, OutputFormat.GitHub);
        var command = new GwctlCommand("validate", "Check specs: syntax, references, and what the cloud can do.")
        {
            Details =
                "Reports every finding with its place, not only the first. Calls no cloud and needs no credentials.",
            Examples =
            [
                new Example("gwctl validate -f specs/", "all specs of a directory"),
                new Example("kustomize build overlays/prod | gwctl validate -f -", "what kustomize or helm makes"),
                new Example("gwctl validate -f specs/ -o json | jq '.diagnostics[].code'", "for other tools"),
                new Example("gwctl validate -f specs/ -o sarif > gwctl.sarif", "for code scanning services"),
                new Example("gwctl validate -f specs/ -o github", "findings beside the lines of a pull request"),
            ],
        };
        AddOptions(command, output);
        command.SetAction(async (result, _) =>
            (int)await new ValidateCommand(context).ExecuteAsync(Arguments(result, output)));
        return command;
    }

    public GwctlCommand Compile()
    {
        var output = CommonOptions.Output(
            OutputFormat.Text, OutputFormat.Json, OutputFormat.Yaml, OutputFormat.Dot, OutputFormat.Mermaid);
        var command = new GwctlCommand("compile", "Show the cloud resources that specs ask for.")
        {
            Details =
                "Calls no cloud: what only the cloud can say (which subnets, which certificate) is shown as a lookup.",
            Examples =
            [
                new Example("gwctl compile -f examples/quickstart --sandbox", "as text"),
                new Example("gwctl compile -f specs/ -o dot | dot -Tsvg > graph.svg", "a drawing by Graphviz"),
                new Example("gwctl compile -f specs/ -o mermaid", "a drawing for Markdown"),
                new Example(
                    "gwctl compile -f specs/ --include HTTPRoute/shop/store", "what one route is responsible for"),
            ],
        };
        AddOptions(command, output);
        command.SetAction(async (result, _) =>
            (int)await new CompileCommand(context).ExecuteAsync(Arguments(result, output)));
        return command;
    }

    public GwctlCommand Status()
    {
        var output = CommonOptions.Output(OutputFormat.Text, OutputFormat.Json, OutputFormat.Yaml);
        var command = new GwctlCommand("status", "Show the conditions that the specs' objects have, or would have.")
        {
            Details =
                "With --kubeconfig or --context: what the cluster's objects say, down to the Services behind the "
                + "routes. With -f: what a controller would write into the status of classes, Gateways, ListenerSets, "
                + "routes and policies. Calls no cloud: Programmed is Unknown unless nothing can come of it.",
            Examples =
            [
                new Example("gwctl status -f specs/", "as a tree: class, Gateway, listener, route"),
                new Example("gwctl status --context prod", "of a cluster"),
                new Example("gwctl status -f specs/ -o yaml", "in the Gateway API's own shape"),
                new Example("gwctl status -f specs/ -o json | jq '.items[].status'", "for other tools"),
            ],
        };
        var cluster = new ClusterOptions();
        command.Add(cluster.Group);
        AddOptions(command, output);
        command.SetAction(async (result, _) => (int)await new StatusCommand(context).ExecuteAsync(
            Arguments(result, output) with { Cluster = cluster.Read(result) }));
        return command;
    }

    private void AddOptions(GwctlCommand command, Option<string> output)
    {
        command.Add(common.SpecGroup);
        command.Add(new OptionGroup("Cloud", [common.Sandbox]));
        command.Add(common.TalkGroup(output));
    }

    private CompileArguments Arguments(ParseResult result, Option<string> output) =>
        new(common.Specs(result), common.Talk(result, output));
}
