using System.Globalization;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp.UrlMaps;

/// <summary>One of a route rule's match rules: a path condition and conditions on headers and query parameters, all of
/// which must hold.</summary>
internal sealed class MatchRule
{
    private readonly Func<string, PathMatch?> _path;
    private readonly IReadOnlyList<Func<UrlRequest, bool>> _conditions;

    /// <exception cref="FormatException">A regular expression or a template is malformed.</exception>
    public MatchRule(Struct rule)
    {
        _path = PathMatch.Compile(rule);
        _conditions =
        [
            .. rule.Structs("headerMatches").Select(Header),
            .. rule.Structs("queryParameterMatches").Select(Parameter),
        ];
    }

    public PathMatch? Match(UrlRequest request) =>
        _path(request.Path) is { } path && _conditions.All(condition => condition(request)) ? path : null;

    private static Func<UrlRequest, bool> Header(Struct match)
    {
        var name = match.Required("headerName").ToLowerInvariant();
        var test = HeaderTest(match);
        var isInverted = match.Flag("invertMatch") is true;
        return request => (request.Header(name) is { } value && test(value)) != isInverted;
    }

    private static Func<string, bool> HeaderTest(Struct match)
    {
        if (match.Text("exactMatch") is { } exact)
        {
            return value => value == exact;
        }

        if (match.Text("prefixMatch") is { } prefix)
        {
            return value => value.StartsWith(prefix, StringComparison.Ordinal);
        }

        if (match.Text("suffixMatch") is { } suffix)
        {
            return value => value.EndsWith(suffix, StringComparison.Ordinal);
        }

        if (match.Text("regexMatch") is { } pattern)
        {
            return new Re2(pattern).Matches;
        }

        return match.Member("rangeMatch") is { } range ? Range(range) : _ => true;
    }

    /// <summary>From the start on, up to but not including the end.</summary>
    private static Func<string, bool> Range(Struct range)
    {
        var start = long.Parse(range.Required("rangeStart"), CultureInfo.InvariantCulture);
        var end = long.Parse(range.Required("rangeEnd"), CultureInfo.InvariantCulture);
        return value => long.TryParse(value, CultureInfo.InvariantCulture, out var number)
            && number >= start && number < end;
    }

    private static Func<UrlRequest, bool> Parameter(Struct match)
    {
        var name = match.Required("name");
        if (match.Text("exactMatch") is { } exact)
        {
            return request => request.Parameter(name) == exact;
        }

        if (match.Text("regexMatch") is { } pattern)
        {
            var regex = new Re2(pattern);
            return request => request.Parameter(name) is { } value && regex.Matches(value);
        }

        return request => request.Parameter(name) is not null;
    }
}
