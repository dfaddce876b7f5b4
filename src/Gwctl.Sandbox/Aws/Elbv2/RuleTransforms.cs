using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Elbv2;

/// <summary>Host and URL rewrites of a rule.</summary>
internal static class RuleTransforms
{
    private const int RegexLengthMax = 1024;

    public static ListValue Normal(ListValue given)
    {
        var twice = given.Structs.GroupBy(transform => transform.Text("Type")).FirstOrDefault(kind => kind.Count() > 1);
        if (twice is not null)
        {
            throw Elbv2State.Invalid($"A rule can have only one transform of type '{twice.Key}'");
        }

        return new ListValue(given.Structs.Select(Checked));
    }

    private static Struct Checked(Struct transform)
    {
        var type = transform.Required("Type");
        var (wanted, other) = type is "url-rewrite"
            ? ("UrlRewriteConfig", "HostHeaderRewriteConfig")
            : ("HostHeaderRewriteConfig", "UrlRewriteConfig");
        if (transform.Has(other))
        {
            throw Elbv2State.Invalid($"{other} cannot be specified for a transform of type '{type}'");
        }

        if (transform.Member(wanted)?.Structs("Rewrites").ToList() is not [var rewrite])
        {
            throw Elbv2State.Invalid($"A transform of type '{type}' must have a {wanted} with exactly one rewrite");
        }

        RegexRules.Check(rewrite.Required("Regex"), RegexLengthMax);
        return transform;
    }
}
