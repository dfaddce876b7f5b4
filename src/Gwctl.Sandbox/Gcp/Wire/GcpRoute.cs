using System.Text.RegularExpressions;
using Gwctl.Sandbox.Contracts;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp.Wire;

/// <summary>One operation's method and path.</summary>
internal sealed partial class GcpRoute
{
    private readonly Regex _path;
    private readonly IReadOnlyList<string> _variables;

    public GcpRoute(GcpService service, OperationContract operation)
    {
        Service = service;
        Operation = operation;
        _variables = [.. Variable().Matches(operation.Path).Select(match => match.Groups["name"].Value)];
        var at = 0;
        var pattern = @"\A";
        foreach (Match variable in Variable().Matches(operation.Path))
        {
            var name = variable.Groups["name"].Value;
            var form = variable.Groups["deep"].Value is "+" ? Deep(operation, name) : "[^/]+";
            pattern += $"{Regex.Escape(operation.Path[at..variable.Index])}(?<{name}>{form})";
            at = variable.Index + variable.Length;
        }

        _path = new Regex(
            pattern + Regex.Escape(operation.Path[at..]) + @"\z", RegexOptions.CultureInvariant,
            TimeSpan.FromSeconds(1));
    }

    public GcpService Service { get; }

    public OperationContract Operation { get; }

    /// <summary>The path's variables; null where the request is another operation's.</summary>
    public Struct? Match(string method, string path)
    {
        if (method != Operation.Method || _path.Match(path) is not { Success: true } match)
        {
            return null;
        }

        var values = new Struct();
        foreach (var name in _variables)
        {
            values.Add(name, Uri.UnescapeDataString(match.Groups[name].Value));
        }

        return values;
    }

    /// <summary>A variable that spans segments has its form in the contract.</summary>
    private static string Deep(OperationContract operation, string variable) =>
        operation.Input?.Member(variable)?.Shape.Bounds.PatternText.TrimStart('^').TrimEnd('$') is { Length: > 0 } form
            ? form
            : ".+";

    [GeneratedRegex(@"\{(?<deep>\+?)(?<name>\w+)\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();
}
