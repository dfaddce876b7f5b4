using System.Text.RegularExpressions;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.DataPlane.Rules;

/// <summary>A rule, ready to be asked.</summary>
/// <param name="Arn">Of the rule.</param>
/// <param name="Priority">Lowest first; the default rule has <see cref="int.MaxValue"/>.</param>
/// <param name="Conditions">All must hold.</param>
/// <param name="Action">The last action; what comes before it is signing in, which the sandbox does not serve.</param>
/// <param name="HostRewrite">Applied to what is sent to the target; null where there is none.</param>
/// <param name="UrlRewrite">Likewise, to path and query.</param>
internal sealed record LiveRule(
    string Arn, int Priority, Condition[] Conditions, RuleAction Action, Rewrite? HostRewrite, Rewrite? UrlRewrite)
{
    /// <summary>The first rule whose conditions all hold.</summary>
    /// <param name="rules">In order of priority; the last one is the default rule.</param>
    /// <param name="request">As the client sent it.</param>
    public static LiveRule Find(LiveRule[] rules, RequestFacts request)
    {
        foreach (var rule in rules)
        {
            if (rule.Holds(request))
            {
                return rule;
            }
        }

        throw new InvalidOperationException("The listener has no default rule.");
    }

    private bool Holds(RequestFacts request)
    {
        foreach (var condition in Conditions)
        {
            if (!condition.Holds(request))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>A transform: replaces the first match, and leaves a text without one as it is.</summary>
internal sealed class Rewrite(string regex, string replacement)
{
    private readonly Regex _regex = new(regex, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    public static Rewrite? Find(Struct rule, string type, string config) =>
        rule.Structs("Transforms")
            .Where(transform => transform.Text("Type") == type)
            .SelectMany(transform => transform.Member(config)?.Structs("Rewrites") ?? [])
            .Select(rewrite => new Rewrite(rewrite.Required("Regex"), rewrite.Text("Replace") ?? ""))
            .FirstOrDefault();

    public string Apply(string text) => _regex.Replace(text, replacement, 1);
}
