using System.CommandLine;
using System.CommandLine.Parsing;
using Gwctl.Engine.Apply;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Policy;
using Gwctl.Engine.Providers;

namespace Gwctl.Cli.Arguments;

/// <summary>The options that several commands have, made once for a command tree, and how their values become
/// records.</summary>
public sealed class CommonOptions
{
    private const int ParallelismMax = 256;

    public Option<string[]> FileName { get; } = new("--filename", "-f")
    {
        Description = "Spec file, directory (recursive), or - for standard input; repeatable.",
        HelpName = "PATH",
    };

    public Option<string?> ProviderConfig { get; } = new("--provider-config")
    {
        Description = "File with the ProviderConfig for Gateways that name none.",
        HelpName = "FILE",
    };

    public Option<string?> Provider { get; } = new("--provider")
    {
        Description = "Compile for this cloud, whichever of gwctl's clouds the GatewayClass names.",
    };

    public Option<string?> Sandbox { get; } = new("--sandbox")
    {
        Description =
            $"Use the embedded local cloud; its state is kept in DIR ({SpecArguments.SandboxDirectoryDefault}).",
        HelpName = "DIR",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public Option<EndpointOverride[]> EndpointUrl { get; } = new("--endpoint-url")
    {
        Description = "Send a provider's calls elsewhere, as PROVIDER=http://127.0.0.1:4566; repeatable.",
        HelpName = "PROVIDER=URL",
        CustomParser = result =>
            [.. result.Tokens.Select(token => ParseEndpoint(token.Value, result)).OfType<EndpointOverride>()],
    };

    public Option<FilterTerm[]> Include { get; } = new("--include")
    {
        Description = "Only objects wanted by KIND/NAMESPACE/NAME or serving HOST; repeatable.",
        HelpName = "KIND/NS/NAME|HOST",
        CustomParser = Terms,
    };

    public Option<FilterTerm[]> Exclude { get; } = new("--exclude")
    {
        Description = "All but these; repeatable.",
        HelpName = "KIND/NS/NAME|HOST",
        CustomParser = Terms,
    };

    public Option<string> Refresh { get; } = new("--refresh")
    {
        Description = "deep reads every attribute of every object; shallow trusts the digests in the objects' marks.",
        HelpName = "deep|shallow",
        DefaultValueFactory = _ => "deep",
    };

    public Option<int> Parallelism { get; } = new("--parallelism")
    {
        Description = "Calls at the same time.",
        HelpName = "N",
        DefaultValueFactory = _ => ExecutorOptions.DefaultParallelism,
        CustomParser = result => Number(result, 1, ParallelismMax),
    };

    public Option<TimeSpan?> Timeout { get; } = new("--timeout")
    {
        Description = "Stop after this long, as 90s, 10m or 1h.",
        HelpName = "DURATION",
        CustomParser = Duration,
    };

    public Option<DestroyLimit?> MaxDestroy { get; } = new("--max-destroy")
    {
        Description = "Block a plan that destroys more than N objects, or more than P% of the living ones.",
        HelpName = "N|P%",
        CustomParser = Limit,
    };

    public Option<bool> AllowEmpty { get; } = new("--allow-empty")
    {
        Description = "Specs that ask for nothing are meant so.",
    };

    public Option<bool> AllowPartial { get; } = new("--allow-partial")
    {
        Description = "Go on with what is right where some specs are not; what lives of the rest is left as it is.",
    };

    public Option<bool> NoColor { get; } = new("--no-color") { Description = "No colors (as NO_COLOR)." };

    public Option<bool> NoInput { get; } = new("--no-input") { Description = "Never ask; a question is an error." };

    public Option<bool> AutoApprove { get; } = new("--auto-approve") { Description = "Do not ask before applying." };

    public CommonOptions(IEnumerable<string> providers)
    {
        Provider.HelpName = string.Join('|', providers);
        Provider.AcceptOnlyFromAmong([.. providers]);
        Refresh.AcceptOnlyFromAmong("deep", "shallow");
    }

    public OptionGroup SpecGroup => new("Specs", [FileName, ProviderConfig, Provider, Include, Exclude]);

    public OptionGroup CloudGroup => new("Cloud", [Sandbox, EndpointUrl, Parallelism, Timeout]);

    public OptionGroup PlanningGroup => new("Planning", [Refresh, MaxDestroy, AllowEmpty, AllowPartial]);

    public OptionGroup TalkGroup(Option<string> output) => new("Output", [output, NoColor]);

    /// <summary><c>-o</c> with a command's own formats; the first is the default.</summary>
    public static Option<string> Output(params OutputFormat[] formats)
    {
        var names = formats.Select(format => format.ToString().ToLowerInvariant()).ToArray();
        var output = new Option<string>("--output", "-o")
        {
            Description = "Format of the result.",
            HelpName = string.Join('|', names),
            DefaultValueFactory = _ => names[0],
        };
        output.AcceptOnlyFromAmong(names);
        return output;
    }

    public SpecArguments Specs(ParseResult result) => new()
    {
        FileNames = [.. result.GetValue(FileName) ?? []],
        ProviderConfig = result.GetValue(ProviderConfig),
        Provider = result.GetValue(Provider),
        SandboxDirectory = SandboxDirectory(result),
        Endpoints = [.. result.GetValue(EndpointUrl) ?? []],
        Filter = new PlanFilter([.. result.GetValue(Include) ?? []], [.. result.GetValue(Exclude) ?? []]),
    };

    public PlanningArguments Planning(ParseResult result) => new()
    {
        Refresh = result.GetValue(Refresh) is "shallow" ? ReadDepth.Shallow : ReadDepth.Deep,
        Parallelism = result.GetValue(Parallelism),
        Timeout = result.GetValue(Timeout),
        MaxDestroy = result.GetValue(MaxDestroy),
        AllowEmpty = result.GetValue(AllowEmpty),
        AllowPartial = result.GetValue(AllowPartial),
    };

    public OutputArguments Talk(ParseResult result, Option<string> output) => new(
        Enum.Parse<OutputFormat>(result.GetValue(output) ?? nameof(OutputFormat.Text), ignoreCase: true),
        result.GetValue(NoColor),
        result.GetValue(NoInput));

    public string? SandboxDirectory(ParseResult result)
    {
        if (result.GetResult(Sandbox) is null)
        {
            return null;
        }

        return result.GetValue(Sandbox) is { Length: > 0 } directory
            ? directory
            : SpecArguments.SandboxDirectoryDefault;
    }

    private static EndpointOverride? ParseEndpoint(string text, ArgumentResult result)
    {
        var parts = text.Split('=', 2);
        if (parts is [{ Length: > 0 } provider, var url]
            && Uri.TryCreate(url, UriKind.Absolute, out var endpoint)
            && endpoint.Scheme is "http" or "https")
        {
            return new EndpointOverride(provider, endpoint);
        }

        result.AddError($"'{text}' is not PROVIDER=URL, with a URL as http://127.0.0.1:4566.");
        return null;
    }

    /// <summary>A whole number within bounds.</summary>
    public static int Number(ArgumentResult result, int min, int max)
    {
        var text = result.Tokens is [var token] ? token.Value : "";
        if (int.TryParse(text, out var number) && number >= min && number <= max)
        {
            return number;
        }

        result.AddError($"'{text}' is not a number from {min} to {max}.");
        return min;
    }

    /// <summary>A number with s, m or h.</summary>
    public static TimeSpan? Duration(ArgumentResult result)
    {
        var text = result.Tokens is [var token] ? token.Value : "";
        var unit = text.Length > 0 ? text[^1] : ' ';
        var digits = text.AsSpan()[..Math.Max(0, text.Length - 1)];
        if (int.TryParse(digits, out var count) && count > 0 && unit is 's' or 'm' or 'h')
        {
            return TimeSpan.FromSeconds((long)count * (unit is 's' ? 1 : unit is 'm' ? 60 : 3600));
        }

        result.AddError($"'{text}' is not a duration, as 90s, 10m or 1h.");
        return null;
    }

    private static DestroyLimit? Limit(ArgumentResult result)
    {
        var text = result.Tokens is [var token] ? token.Value : "";
        var limit = DestroyLimit.Parse(text);
        if (limit is null)
        {
            result.AddError($"'{text}' is neither a number of objects nor a share, as 5 or 10%.");
        }

        return limit;
    }

    private static FilterTerm[] Terms(ArgumentResult result)
    {
        var terms = new List<FilterTerm>();
        foreach (var token in result.Tokens)
        {
            if (FilterTerm.Parse(token.Value) is { } term)
            {
                terms.Add(term);
            }
            else
            {
                result.AddError($"'{token.Value}' is neither KIND/NAMESPACE/NAME nor a hostname.");
            }
        }

        return [.. terms];
    }
}
