using System.Text;
using System.Text.RegularExpressions;
using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Compiler.Tests.Specs;

/// <summary>Every rule that an API server checks by the Gateway API's schemas is checked here too: each section of
/// <c>standard-rules.txt</c> names one, and breaks it and no other.</summary>
public sealed partial class StandardRulesTests
{
    // Counted off the upstream types; fewer means that some were lost.
    private const int RulesMin = 135;

    private static readonly string s_file = Path.Combine(Fixtures.Folder("."), "standard-rules.txt");

    public static TheoryData<string, string, string, string> Rules()
    {
        var data = new TheoryData<string, string, string, string>();
        foreach (Match rule in RulePattern().Matches(File.ReadAllText(s_file)))
        {
            data.Add(
                rule.Groups["kind"].Value, rule.Groups["code"].Value, rule.Groups["words"].Value,
                rule.Groups["spec"].Value);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Rules), DisableDiscoveryEnumeration = true)]
    public void Breaking_it_is_an_error_and_no_other(string kind, string code, string words, string spec)
    {
        var text = new StringBuilder()
            .Append("apiVersion: gateway.networking.k8s.io/v1\n")
            .Append("kind: ").Append(kind).Append('\n')
            .Append("metadata: {name: x, namespace: team}\nspec:\n")
            .AppendJoin('\n', spec.Split('\n').Select(line => $"  {line}"));

        var read = SpecReader.Read([new SpecSource("rule.yaml", text.ToString())]);

        var errors = read.Diagnostics.Where(found => found.Severity is Severity.Error)
            .Select(found => found.Code)
            .Distinct();
        Assert.True(errors.SequenceEqual([code]), $"{words}: {string.Join('\n', read.Diagnostics)}");
    }

    [Fact]
    public void None_is_lost()
    {
        var rules = Rules();

        Assert.True(rules.Count >= RulesMin, $"only {rules.Count} rules");
        Assert.Equal(
            rules.Count,
            rules.Select(rule => $"{rule.Data.Item1} {rule.Data.Item3}").Distinct(StringComparer.Ordinal).Count());
    }

    [GeneratedRegex(@"^# rule (?<kind>\w+) (?<code>GW\d{4}): (?<words>[^\n]*)\n(?<spec>(?:(?!#)[^\n]+\n)+)",
        RegexOptions.Multiline)]
    private static partial Regex RulePattern();
}
