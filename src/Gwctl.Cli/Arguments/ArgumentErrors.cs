using System.CommandLine;
using System.CommandLine.Parsing;
using Gwctl.Core;

namespace Gwctl.Cli.Arguments;

/// <summary>Turns what the parser refuses into diagnostics that say what was meant instead.</summary>
public static class ArgumentErrors
{
    public static IReadOnlyList<Diagnostic> For(ParseResult result)
    {
        var command = result.CommandResult.Command;
        // After an option that nobody knows the next word is most likely its value.
        var options = result.UnmatchedTokens.Where(LooksLikeOption).ToList();
        var unmatched = options.Count > 0 ? options : result.UnmatchedTokens;
        var diagnostics = unmatched.Select(token => Unmatched(token, command)).ToList();
        foreach (var error in result.Errors)
        {
            if (result.UnmatchedTokens.Count > 0 && error.SymbolResult is CommandResult or null)
            {
                continue; // The parser's own words for the unmatched tokens.
            }

            diagnostics.Add(error.SymbolResult is CommandResult ? MissingCommand(command) : Invalid(error, command));
        }

        return diagnostics;
    }

    /// <summary>An option that nobody has, taken for an argument by the parser.</summary>
    public static string UnknownOption(string token) => $"unknown option {token}";

    private static Diagnostic Unmatched(string token, Command command)
    {
        var option = LooksLikeOption(token);
        var candidates = option
            ? command.Options.SelectMany(known => known.Aliases.Append(known.Name)).Where(name => name.StartsWith("--"))
            : command.Subcommands.Where(known => !known.Hidden).Select(known => known.Name);
        var near = Suggestion.For(token.Split('=')[0], candidates);
        var word = command.Subcommands.Count > 0 ? "Unknown command" : "Unexpected argument";
        var summary = option ? "Unknown option" : word;
        return new Diagnostic(option ? "GW7002" : "GW7001", Severity.Error, summary)
        {
            Detail = $"'{PathOf(command)}' does not know '{token}'.",
            Help = near is null ? $"See '{PathOf(command)} --help'." : $"Did you mean '{near}'?",
        };
    }

    private static bool LooksLikeOption(string token) => token.StartsWith('-') && token is not "-";

    private static Diagnostic MissingCommand(Command command) => new("GW7021", Severity.Error, "Command is missing")
    {
        Detail = $"'{PathOf(command)}' does nothing by itself.",
        Help = $"See '{PathOf(command)} --help' for its commands.",
    };

    private static Diagnostic Invalid(ParseError error, Command command)
    {
        var what = error.SymbolResult switch
        {
            OptionResult option => option.Option.Name,
            ArgumentResult { Parent: OptionResult option } => option.Option.Name,
            ArgumentResult argument => argument.Argument.Name,
            _ => "",
        };
        if (error.Message.StartsWith(UnknownOption(""), StringComparison.Ordinal))
        {
            return Unmatched(error.Message[UnknownOption("").Length..], command);
        }

        var message = string.Join(' ', error.Message.Split('\n', '\t').Where(part => part is not ""));
        return new Diagnostic("GW7003", Severity.Error, "Invalid or missing value")
        {
            Detail = what is "" || message.Contains(what, StringComparison.Ordinal) ? message : $"{what}: {message}",
            Help = $"See '{PathOf(command)} --help'.",
        };
    }

    private static string PathOf(Command command)
    {
        var names = new List<string>();
        for (Symbol? symbol = command; symbol is not null; symbol = symbol.Parents.FirstOrDefault())
        {
            names.Insert(0, symbol is RootCommand ? "gwctl" : symbol.Name);
        }

        return string.Join(' ', names);
    }
}
