using System.Net;
using System.Text.RegularExpressions;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.DataPlane.Rules;

/// <summary>Makes conditions out of the control plane's documents.</summary>
internal static class ConditionCompiler
{
    public static Condition[] Compile(Struct rule) => [.. rule.Structs("Conditions").Select(One)];

    private static Condition One(Struct condition) => condition.Required("Field") switch
    {
        "host-header" => new HostCondition(Test(Config(condition, "HostHeaderConfig"), ignoreCase: true)),
        "path-pattern" => new PathCondition(Test(Config(condition, "PathPatternConfig"), ignoreCase: false)),
        "http-header" => Header(Config(condition, "HttpHeaderConfig")),
        "http-request-method" => new MethodCondition(
            [.. Config(condition, "HttpRequestMethodConfig").Texts("Values")]),
        "query-string" => Query(Config(condition, "QueryStringConfig")),
        "source-ip" => new SourceCondition(
            [.. Config(condition, "SourceIpConfig").Texts("Values").Select(IPNetwork.Parse)]),
        var field => throw new InvalidOperationException($"There is no condition field '{field}'."),
    };

    private static Struct Config(Struct condition, string name) => condition.Member(name) ?? condition;

    private static HeaderCondition Header(Struct config) =>
        new(config.Required("HttpHeaderName"), Test(config, ignoreCase: true));

    private static QueryCondition Query(Struct config) => new(
    [
        .. config.Structs("Values").Select(pair => (
            pair.Text("Key") is { } key ? Escaped(key) : null,
            Escaped(pair.Text("Value") ?? ""))),
    ]);

    private static GlobPattern Escaped(string text) => new(text, ignoreCase: true, escapes: true);

    private static Regex Regex(string pattern, bool ignoreCase) => ignoreCase
        ? new Regex(
            pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)
        : new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    private static TextTest Test(Struct config, bool ignoreCase)
    {
        return new TextTest(
            [.. config.Texts("Values").Select(value => new GlobPattern(value, ignoreCase, escapes: false))],
            [.. config.Texts("RegexValues").Select(regex => Regex(regex, ignoreCase))]);
    }
}
