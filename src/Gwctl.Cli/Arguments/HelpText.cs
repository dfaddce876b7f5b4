using System.CommandLine;
using System.CommandLine.Invocation;
using Gwctl.Cli.Hosting;
using Gwctl.Cli.Views.Texts;

namespace Gwctl.Cli.Arguments;

/// <summary><c>--help</c>: what a command is for, examples to copy, then every option.</summary>
internal sealed class HelpText(CliContext context) : SynchronousCommandLineAction
{
    private const int Indent = 2;

    /// <summary>Of the column with the options' names; longer ones push their description to the right.</summary>
    private const int NamesWidth = 34;

    public override int Invoke(ParseResult parseResult)
    {
        var color = context.OutputTerminal.Color && !parseResult.Tokens.Any(token => token.Value is "--no-color");
        var writer = new StyledWriter(context.Output, context.OutputTerminal with { Color = color });
        Write(writer, parseResult.CommandResult.Command);
        writer.Flush();
        return (int)ExitCode.Done;
    }

    private static void Write(StyledWriter writer, Command command)
    {
        writer.Line(command.Description ?? "").Line();
        var path = PathOf(command);
        var documented = command as GwctlCommand;
        Paragraph(writer, documented?.Details ?? "");
        Section(writer, "Usage", [("", Usage(path, command))]);
        WriteExamples(writer, documented?.Examples ?? RootExamples(command));
        Section(writer, "Commands", command.Subcommands.Where(known => !known.Hidden).Select(Row));
        Section(writer, "Arguments", command.Arguments.Select(argument =>
            ($"<{argument.HelpName ?? argument.Name}>", argument.Description ?? "")));
        foreach (var group in documented?.Groups ?? [])
        {
            Section(writer, group.Title, group.Options.Where(option => !option.Hidden).Select(Row));
        }

        var grouped = documented?.Groups.SelectMany(group => group.Options).ToHashSet() ?? [];
        Section(
            writer, "Other", command.Options.Where(option => !option.Hidden && !grouped.Contains(option)).Select(Row));
        if (documented is { ExitCodes.Count: > 0 })
        {
            var common = new (int Code, string Says)[] { (0, "done"), (1, "error") };
            var codes = common.Concat(documented.ExitCodes).GroupBy(pair => pair.Code).Select(group => group.Last());
            Section(writer, "Exit codes", codes.OrderBy(pair => pair.Code).Select(pair => ($"{pair.Code}", pair.Says)));
        }

        if (command.Subcommands.Count > 0)
        {
            writer.Line($"'{path} COMMAND --help' says more about a command.");
        }
    }

    private static IReadOnlyList<Example> RootExamples(Command command) => command is not RootCommand
        ? []
        :
        [
            new Example("gwctl plan  -f examples/quickstart --sandbox", "what would be made, in a local cloud"),
            new Example("gwctl apply -f examples/quickstart --sandbox", "make it"),
            new Example(
                "kubectl get gatewayclass,gateway,httproute,svc,endpointslice -A -o yaml | gwctl plan -f -",
                "from a cluster"),
        ];

    private static void WriteExamples(StyledWriter writer, IReadOnlyList<Example> examples)
    {
        if (examples.Count is 0)
        {
            return;
        }

        writer.Line("Examples:", Tone.Strong);
        foreach (var example in examples)
        {
            writer.Line($"{new string(' ', Indent)}# {example.Says}", Tone.Dim);
            writer.Line($"{new string(' ', Indent)}{example.Line}");
        }

        writer.Line();
    }

    private static void Paragraph(StyledWriter writer, string text)
    {
        if (text is "")
        {
            return;
        }

        foreach (var line in TextWrap.Lines(text, writer.Columns))
        {
            writer.Line(line);
        }

        writer.Line();
    }

    private static void Section(StyledWriter writer, string title, IEnumerable<(string Name, string Says)> rows)
    {
        var list = rows.ToList();
        if (list.Count is 0)
        {
            return;
        }

        writer.Line($"{title}:", Tone.Strong);
        var width = Math.Min(NamesWidth, list.Max(row => row.Name.Length));
        foreach (var (name, says) in list)
        {
            var margin = name is "" ? Indent : Indent + Math.Max(width, name.Length) + 2;
            var lines = TextWrap.Lines(says, Math.Max(30, writer.Columns - margin));
            var first = name is "" ? "" : name.PadRight(margin - Indent);
            writer.Line($"{new string(' ', Indent)}{first}{lines[0]}".TrimEnd());
            foreach (var line in lines.Skip(1))
            {
                writer.Line(new string(' ', name is "" ? Indent : Indent + width + 2) + line);
            }
        }

        writer.Line();
    }

    private static (string Name, string Says) Row(Command command) => (command.Name, command.Description ?? "");

    private static (string Name, string Says) Row(Option option)
    {
        var shorts = option.Aliases.Where(alias => alias.StartsWith('-')).Order(StringComparer.Ordinal).ToList();
        var name = shorts.Count > 0 ? $"{string.Join(", ", shorts)}, {option.Name}" : $"    {option.Name}";
        var value = option.Arity.MaximumNumberOfValues is 0 || option.ValueType == typeof(bool)
            ? ""
            : option.Arity.MinimumNumberOfValues is 0 ? $"[={option.HelpName}]" : $" {option.HelpName}";
        var fallback = option is { HasDefaultValue: true, HelpName: not null } && option.GetDefaultValue() is { } set
            ? $" [default: {set}]"
            : "";
        return (name + value, (option.Description ?? "") + fallback);
    }

    private static string Usage(string path, Command command)
    {
        var arguments = command.Arguments.Select(argument => argument.Arity.MinimumNumberOfValues is 0
            ? $"[{argument.HelpName ?? argument.Name}]"
            : $"<{argument.HelpName ?? argument.Name}>");
        var words = new List<string> { path };
        words.AddRange(command.Subcommands.Count > 0 ? ["COMMAND"] : arguments);
        words.Add("[options]");
        return string.Join(' ', words);
    }

    private static string PathOf(Symbol command)
    {
        var names = new List<string>();
        for (var symbol = command; symbol is not null; symbol = symbol.Parents.FirstOrDefault())
        {
            names.Insert(0, symbol is RootCommand ? "gwctl" : symbol.Name);
        }

        return string.Join(' ', names);
    }
}
