using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Gwctl.Tidy.Tests;

/// <summary>Nothing in src/ outside of the sandbox and the command line's composition names a cloud, in code or in
/// comments: what only one cloud has belongs to its provider.</summary>
public sealed partial class CloudWordTests
{
    /// <summary>Where providers and the embedded cloud are put together.</summary>
    private static readonly string[] s_composition =
        ["src/Gwctl.Cli/Composition.cs", "src/Gwctl.Cli/Commands/EmbeddedCloud.cs"];

    /// <summary>Clouds, and words of one of them alone; in lower case.</summary>
    private static readonly FrozenSet<string> s_words = FrozenSet.Create(
        StringComparer.Ordinal,
        "aws", "amazon", "amazons", "amzn", "alb", "albs", "nlb", "nlbs", "elb", "elbv2", "elasticloadbalancing",
        "route53", "acm", "ec2", "cloudwatch", "cloudfront", "arn", "arns",
        "gcp", "google", "googles", "googleapis", "gce", "gke", "gclb", "neg", "negs", "urlmap", "urlmaps",
        "azure", "azures", "appgw", "applicationgateway", "frontdoor");

    [Fact]
    public void Nothing_outside_the_sandbox_and_composition_names_a_cloud() => SourceTree.AssertNone(
        SourceTree.CSharp
            .Where(file => file.Path.StartsWith("src/", StringComparison.Ordinal)
                && file.Project is not "src/Gwctl.Sandbox" && !s_composition.Contains(file.Path))
            .SelectMany(file => file.Lines.SelectMany((line, index) => CloudWordsOf(line)
                .Select(word => new Finding(file.Path, index + 1, $"{word}: {line.Trim()}")))));

    [Theory]
    [InlineData("AwsProvider.Create()", "aws")]
    [InlineData("// as an ALB does", "alb")]
    [InlineData("var listenerArn = 1;", "arn")]
    [InlineData("the Route 53 zone", "route53")]
    [InlineData("ROUTE53_ZONE", "route53")]
    [InlineData("a URL map's rules", "urlmap")]
    [InlineData("google.Compute", "google")]
    [InlineData("albums warn of an elbow and a negative number", "")]
    public void A_word_is_found_within_names_and_apart_from_others(string line, string expected) =>
        Assert.Equal(expected, string.Join(' ', CloudWordsOf(line)));

    /// <summary>Words alone and in pairs: Route 53, URL map, Application Gateway.</summary>
    private static IEnumerable<string> CloudWordsOf(string line)
    {
        var words = WordPattern().Matches(line).Select(match => match.Value.ToLowerInvariant()).ToList();
        return words.Concat(words.Zip(words.Skip(1), (first, second) => first + second))
            .Where(s_words.Contains)
            .Distinct();
    }

    // ListenerArn is two words, ELBv2 one, and a digit belongs to the word before it.
    [GeneratedRegex("ELBv2|[A-Z]+(?![a-z])[0-9]*|[A-Z]?[a-z]+[0-9]*|[0-9]+")]
    private static partial Regex WordPattern();
}
