using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>URLRewrite as rule transforms. A url-rewrite transform sees path and query, so every expression takes the
/// query along. Expressions match the whole text, so that it does not matter whether AWS replaces the match or
/// everything.</summary>
internal static class RewriteProjection
{
    private static readonly System.Buffers.SearchValues<char> HostLetters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.");

    /// <summary>Empty where nothing is rewritten; null where an ALB cannot, which has been reported then.</summary>
    public static EquatableList<AttributeValue>? Transforms(RoutingRule rule, Action<Diagnostic> report)
    {
        var transforms = new List<AttributeValue>();
        foreach (var rewrite in rule.Filters.OfType<HttpFilterSpec.UrlRewrite>())
        {
            if (rewrite.Hostname is { } hostname)
            {
                Invariant.Holds(!hostname.Value.AsSpan().ContainsAnyExcept(HostLetters));
                transforms.Add(Transform("host-header-rewrite", "^.*$", hostname.Value));
            }

            if (rewrite.Path is { } path)
            {
                if (PathTransform(rule, path, report) is not { } made)
                {
                    return null;
                }

                transforms.AddRange(made);
            }
        }

        return [.. transforms];
    }

    /// <summary>The parts of a prefix replacement: what the matched prefix becomes, by the specification's
    /// table.</summary>
    /// <param name="Prefix">Without its last slash; empty for <c>/</c>.</param>
    /// <param name="Replacement">Without its last slash; empty for <c>/</c> and for nothing.</param>
    /// <param name="KeepsSlash">True where the bare prefix becomes a slash: a replacement's own last slash is
    /// ignored.</param>
    internal readonly record struct PrefixChange(string Prefix, string Replacement, bool KeepsSlash)
    {
        public static PrefixChange Of(string prefix, string replacement)
        {
            var bare = replacement.TrimEnd('/');
            var rooted = bare is "" || bare.StartsWith('/') ? bare : $"/{bare}";
            return new PrefixChange(prefix.TrimEnd('/'), rooted, bare is "");
        }
    }

    private static EquatableList<AttributeValue>? PathTransform(
        RoutingRule rule, PathRewriteSpec rewrite, Action<Diagnostic> report)
    {
        if (WhyRefused(rule, rewrite) is { } why)
        {
            report(RuleDiagnostics.Common.Rewrite(rule.Origin, rewrite.Span, why, "Rewrite to another path."));
            return null;
        }

        var (regex, replace) = rewrite.ReplacesPrefix
            ? PrefixRewrite(PrefixChange.Of(rule.Match.Path.Value, rewrite.Value))
            : ("^[^?]*(.*)$", $"{(rewrite.Value.StartsWith('/') ? "" : "/")}{rewrite.Value}$1");
        if (regex is "")
        {
            return [];
        }

        if (regex.Length > AlbLimits.TransformCharactersMax || replace.Length > AlbLimits.TransformCharactersMax)
        {
            report(RuleDiagnostics.Common.Rewrite(
                rule.Origin, rewrite.Span, $"the rewrite takes more than {AlbLimits.TransformCharactersMax} "
                    + "characters.",
                "Use shorter paths."));
            return null;
        }

        return [Transform("url-rewrite", regex, replace)];
    }

    private static string? WhyRefused(RoutingRule rule, PathRewriteSpec rewrite) =>
        rewrite.Value.Contains('$') || rewrite.Value.Contains('\\')
            ? $"the path {rewrite.Value} holds a character that means a capture in a transform's replacement."
        : rewrite.ReplacesPrefix && rule.Match.Path.Type is not PathMatchType.PathPrefix
            ? "a prefix can only be replaced where a PathPrefix is matched."
        : null;

    /// <summary>The rule matches only the prefix itself and what is below it, so that the rest begins with a slash, a
    /// question mark, or nothing. Empty texts where nothing changes.</summary>
    private static (string Regex, string Replace) PrefixRewrite(PrefixChange change)
    {
        var (prefix, replacement, keepsSlash) = change;
        if (prefix == replacement && (!keepsSlash || prefix is ""))
        {
            return ("", "");
        }

        // "/" is the empty prefix: every path has a slash behind it already.
        return prefix is "" ? ("^(.*)$", $"{replacement}$1")
            : keepsSlash ? ($"^{AlbRegex.Escape(prefix)}/?(.*)$", $"{replacement}/$1")
            : ($"^{AlbRegex.Escape(prefix)}(.*)$", $"{replacement}$1");
    }

    private static AttributeValue.Map Transform(string type, string regex, string replace) =>
        Shape.Map(Shape.Text("type", type), Shape.Text("regex", regex), Shape.Text("replace", replace));
}
