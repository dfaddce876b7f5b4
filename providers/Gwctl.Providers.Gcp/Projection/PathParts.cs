using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Gcp.Projection;

/// <summary>A path predicate.</summary>
/// <param name="Field">fullPathMatch, prefixMatch, regexMatch or pathTemplateMatch.</param>
internal sealed record PathTerm(string Field, string Value)
{
    public const string Full = "fullPathMatch";
    public const string Prefix = "prefixMatch";
    public const string Regex = "regexMatch";
    public const string Template = "pathTemplateMatch";
}

/// <summary>A part of a rule's requests whose path is treated alike.</summary>
/// <param name="Terms">Any of them.</param>
/// <param name="Edit">The member of urlRewrite or urlRedirect that changes the path; null where it stays.</param>
internal sealed record PathPart(EquatableList<PathTerm> Terms, AttributeField? Edit);

/// <summary>Path matches as predicates. <c>prefixMatch</c> compares characters, so that <c>/foo</c> would match
/// <c>/foobar</c>: a PathPrefix is the path itself, or what is below it.</summary>
internal static class PathParts
{
    private const string Rest = "/{rest=**}";

    /// <summary>Null where the path cannot be rewritten so.</summary>
    public static EquatableList<PathPart>? ForRewrite(PathMatchSpec path, PathRewriteSpec? change)
    {
        if (change is null)
        {
            return [Whole(path)];
        }

        if (path.Type is PathMatchType.RegularExpression
            || (path.Type is PathMatchType.Exact && change.ReplacesPrefix))
        {
            return null;
        }

        if (path.Type is PathMatchType.Exact)
        {
            return [Part(PathTerm.Full, path.Value, "pathPrefixRewrite", Absolute(change.Value))];
        }

        if (change.ReplacesPrefix)
        {
            return ByPrefix(path.Value, change.Value, "pathPrefixRewrite", "pathPrefixRewrite");
        }

        var (prefix, target) = (path.Value.TrimEnd('/'), Absolute(change.Value));
        var below = Part(PathTerm.Template, prefix + Rest, "pathTemplateRewrite", target);
        return !IsTemplate(prefix + Rest, prefix) || !IsTemplate(target, target) ? null
            : prefix is "" ? [below]
            : [Part(PathTerm.Full, prefix, "pathPrefixRewrite", target), below];
    }

    /// <summary>Null where the path cannot be redirected so.</summary>
    public static EquatableList<PathPart>? ForRedirect(PathMatchSpec path, PathRewriteSpec? change) => change switch
    {
        null => [Whole(path)],
        { ReplacesPrefix: false } =>
            [Whole(path) with { Edit = Shape.Text("pathRedirect", Absolute(change.Value)) }],
        _ when path.Type is PathMatchType.PathPrefix =>
            ByPrefix(path.Value, change.Value, "pathRedirect", "prefixRedirect"),
        _ => null,
    };

    /// <summary>The prefix itself, and what is below it with a slash at the end of both: <c>/foo</c> by <c>/bar</c>,
    /// and <c>/foo/</c> by <c>/bar/</c>.</summary>
    private static EquatableList<PathPart> ByPrefix(string prefix, string value, string ofSelf, string ofBelow)
    {
        var (from, to) = (prefix.TrimEnd('/'), Absolute(value).TrimEnd('/'));
        var below = Part(PathTerm.Prefix, $"{from}/", ofBelow, $"{to}/");
        return from is "" ? [below] : [Part(PathTerm.Full, from, ofSelf, to is "" ? "/" : to), below];
    }

    private static PathPart Whole(PathMatchSpec path) => path.Type switch
    {
        PathMatchType.Exact => new PathPart([new PathTerm(PathTerm.Full, path.Value)], null),
        PathMatchType.RegularExpression => new PathPart([new PathTerm(PathTerm.Regex, path.Value)], null),
        _ when path.Value.TrimEnd('/') is "" => new PathPart([new PathTerm(PathTerm.Prefix, "/")], null),
        _ => new PathPart(
            [
                new PathTerm(PathTerm.Full, path.Value.TrimEnd('/')),
                new PathTerm(PathTerm.Prefix, $"{path.Value.TrimEnd('/')}/"),
            ],
            null),
    };

    private static PathPart Part(string field, string value, string edit, string to) =>
        new([new PathTerm(field, value)], Shape.Text(edit, to));

    private static string Absolute(string path) => path.StartsWith('/') ? path : $"/{path}";

    /// <summary>Whether it fits in a path template, and nothing of the path in it is taken for a wildcard or a
    /// variable.</summary>
    private static bool IsTemplate(string template, string path) =>
        template.Length <= GcpLimits.TemplateCharactersMax && !path.AsSpan().ContainsAny('*', '{', '}');
}
