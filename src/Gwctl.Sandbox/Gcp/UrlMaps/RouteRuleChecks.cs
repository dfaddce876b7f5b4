using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp.UrlMaps;

/// <summary>Checks of a route rule's matches, and of what its rewrites take from them.</summary>
internal static class RouteRuleChecks
{
    private const int RegexMax = 250;
    private const int TemplateMax = 255;

    private static readonly string[] PathMembers = ["prefixMatch", "fullPathMatch", "regexMatch", "pathTemplateMatch"];

    private static readonly string[] HeaderMembers =
        ["exactMatch", "prefixMatch", "suffixMatch", "presentMatch", "regexMatch", "rangeMatch"];

    private static readonly string[] QueryMembers = ["exactMatch", "presentMatch", "regexMatch"];

    /// <summary>How many conditions a rule has.</summary>
    public static int Predicates(Struct rule) => rule.Structs("matchRules").Sum(match =>
        1 + match.List("headerMatches").Count + match.List("queryParameterMatches").Count);

    public static IEnumerable<GcpException> Run(string place, Struct rule, bool allowsRegex)
    {
        if (!rule.Has("priority"))
        {
            yield return GcpErrors.Required($"{place}.priority");
        }

        var matches = rule.Structs("matchRules").ToList();
        if (matches.Count is 0)
        {
            yield return GcpErrors.Required($"{place}.matchRules");
        }

        for (var index = 0; index < matches.Count; index++)
        {
            foreach (var error in CheckMatch($"{place}.matchRules[{index}]", matches[index], allowsRegex))
            {
                yield return error;
            }
        }

        foreach (var error in CheckTemplateRewrite(place, rule, matches))
        {
            yield return error;
        }

        if (rule.Member("urlRedirect")?.Has("prefixRedirect") is true
            && matches.Exists(match => !match.Has("prefixMatch") && !match.Has("fullPathMatch")))
        {
            yield return GcpErrors.Invalid(
                $"{place}.urlRedirect.prefixRedirect", "", "Needs prefixMatch or fullPathMatch in every match rule.");
        }
    }

    private static IEnumerable<GcpException> CheckMatch(string place, Struct match, bool allowsRegex)
    {
        if (PathMembers.Count(match.Has) is not 1)
        {
            yield return GcpErrors.Invalid(place, "", $"Exactly one of {string.Join(", ", PathMembers)} is needed.");
        }

        foreach (var member in new[] { "prefixMatch", "fullPathMatch", "pathTemplateMatch" })
        {
            if (match.Text(member) is { } path && !path.StartsWith('/'))
            {
                yield return GcpErrors.Invalid($"{place}.{member}", path, "Must start with '/'.");
            }
        }

        if (match.Text("pathTemplateMatch") is { } template && TemplateError(template) is { } malformed)
        {
            yield return GcpErrors.Invalid($"{place}.pathTemplateMatch", template, malformed);
        }

        var errors = RegexErrors(place, match, allowsRegex)
            .Concat(CheckParts(place, match, "headerMatches", "headerName", HeaderMembers, allowsRegex))
            .Concat(CheckParts(place, match, "queryParameterMatches", "name", QueryMembers, allowsRegex));
        foreach (var error in errors)
        {
            yield return error;
        }
    }

    private static IEnumerable<GcpException> CheckParts(
        string place, Struct match, string list, string name, string[] members, bool allowsRegex)
    {
        var parts = match.Structs(list).ToList();
        for (var index = 0; index < parts.Count; index++)
        {
            var here = $"{place}.{list}[{index}]";
            if (string.IsNullOrEmpty(parts[index].Text(name)))
            {
                yield return GcpErrors.Required($"{here}.{name}");
            }

            if (members.Count(parts[index].Has) is not 1 || parts[index].Flag("presentMatch") is false)
            {
                yield return GcpErrors.Invalid(here, "", $"Exactly one of {string.Join(", ", members)} is needed.");
            }

            foreach (var error in RegexErrors(here, parts[index], allowsRegex))
            {
                yield return error;
            }
        }
    }

    private static IEnumerable<GcpException> RegexErrors(string place, Struct owner, bool allowsRegex)
    {
        if (owner.Text("regexMatch") is not { } pattern)
        {
            yield break;
        }

        if (!allowsRegex)
        {
            yield return GcpErrors.Invalid(
                $"{place}.regexMatch", pattern, $"Regex isn't allowed for {place}.regexMatch");
        }
        else if (pattern.Length > RegexMax)
        {
            yield return GcpErrors.Invalid($"{place}.regexMatch", pattern, $"At most {RegexMax} characters.");
        }
        else if (RegexError(pattern) is { } malformed)
        {
            yield return GcpErrors.Invalid($"{place}.regexMatch", pattern, malformed);
        }
    }

    private static IEnumerable<GcpException> CheckTemplateRewrite(string place, Struct rule, List<Struct> matches)
    {
        if (rule.Member("routeAction")?.Member("urlRewrite")?.Text("pathTemplateRewrite") is not { } rewrite)
        {
            yield break;
        }

        var field = $"{place}.routeAction.urlRewrite.pathTemplateRewrite";
        if (matches.Exists(match => !match.Has("pathTemplateMatch")))
        {
            yield return GcpErrors.Invalid(field, rewrite, "Needs pathTemplateMatch in every match rule.");
            yield break;
        }

        var known = matches.Select(match => match.Required("pathTemplateMatch"))
            .Where(template => TemplateError(template) is null)
            .Select(template => PathTemplate.Parse(template).Variables)
            .ToList();
        if (!rewrite.StartsWith('/') || rewrite.Length > TemplateMax
            || PathTemplate.NamesIn(rewrite).Any(name => known.Exists(names => !names.Contains(name))))
        {
            yield return GcpErrors.Invalid(
                field, rewrite, "Must start with '/' and use only variables that every match rule captures.");
        }
    }

    private static string? TemplateError(string template)
    {
        try
        {
            PathTemplate.Parse(template);
            return template.Length > TemplateMax ? $"At most {TemplateMax} characters." : null;
        }
        catch (FormatException error)
        {
            return error.Message;
        }
    }

    private static string? RegexError(string pattern)
    {
        try
        {
            _ = new Re2(pattern);
            return null;
        }
        catch (FormatException error)
        {
            return error.Message;
        }
    }
}
