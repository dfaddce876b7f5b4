using System.Text.Json;
using System.Text.RegularExpressions;
using Gwctl.Testing;

namespace Gwctl.Providers.Aws.Tests.Reading;

/// <summary>Goal: the IAM policy that users copy allows what the provider calls, and nothing else.</summary>
public sealed partial class PolicyTests
{
    private static readonly Dictionary<string, string> Prefixes = new(StringComparer.Ordinal)
    {
        ["Elbv2"] = "elasticloadbalancing",
        ["Ec2"] = "ec2",
        ["Acm"] = "acm",
        ["Route53"] = "route53",
        ["Tagging"] = "tag",
        ["CloudWatch"] = "cloudwatch",
        ["S3"] = "s3",
        ["Sts"] = "sts",
    };

    /// <summary>Elastic Load Balancing makes its role with the caller's permission, in an account's first
    /// CreateLoadBalancer.</summary>
    private const string OnBehalf = "iam:CreateServiceLinkedRole";

    /// <summary>It reads trust stores' bundles with the caller's permission.</summary>
    private const string BundleOnBehalf = "s3:GetObject";

    [Fact]
    public void The_policy_covers_exactly_what_is_called()
    {
        using var policy = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("examples", "aws-iam-policy.json")));
        var allowed = policy.RootElement.GetProperty("Statement").EnumerateArray()
            .SelectMany(statement => statement.GetProperty("Action").EnumerateArray())
            .Select(action => action.GetString() ?? "")
            .ToHashSet(StringComparer.Ordinal);
        var called = Called().Append(OnBehalf).Append(BundleOnBehalf).ToHashSet(StringComparer.Ordinal);

        Assert.Equal(called.Order(StringComparer.Ordinal), allowed.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Called()
    {
        var root = Repository.PathOf("providers", "Gwctl.Providers.Aws");
        var code = string.Concat(Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}Api{Path.DirectorySeparatorChar}"))
            .Select(File.ReadAllText));
        foreach (var (service, prefix) in Prefixes)
        {
            var client = $"_?[aA]pi\\.{service}\\s*\\.|client\\.";
            var pages = string.Concat(
                Directory.EnumerateFiles(Path.Combine(root, "Api", service), "*.Pages.cs").Select(File.ReadAllText));
            var operations = File.ReadAllText(Path.Combine(root, "Api", service, "Operations.cs"));
            foreach (Match operation in Operation().Matches(operations))
            {
                var name = operation.Groups[1].Value;
                var walkers = Walker().Matches(pages).Where(walker => walker.Groups[2].Value == name)
                    .Select(walker => walker.Groups[1].Value);
                if (walkers.Append(name).Any(method => Calls(code, $"(?:{client}){method}Async\\(")))
                {
                    yield return $"{prefix}:{name}";
                }
            }
        }
    }

    private static bool Calls(string code, string pattern) =>
        Regex.IsMatch(code, pattern, RegexOptions.None, TimeSpan.FromSeconds(5));

    [GeneratedRegex("new\\(\"([A-Za-z0-9]+)\", CallClass")]
    private static partial Regex Operation();

    /// <summary>A walker over pages, and the operation that gets a page.</summary>
    [GeneratedRegex(@"IAsyncEnumerable<\w+> (\w+)Async\([\s\S]*?\b(\w+)Async\((?:request|next)")]
    private static partial Regex Walker();
}
