using System.Buffers;
using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Gcp.Projection;

/// <summary>A match's predicates beside the path: all of a <c>matchRule</c> must hold.</summary>
internal static class MatchTranslation
{
    /// <summary>What clients never encode.</summary>
    private static readonly SearchValues<char> s_unreserved = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");

    /// <summary>Null where the load balancer cannot match so, which has been reported then.</summary>
    public static EquatableList<AttributeField>? Terms(GatewayBuilder gateway, RoutingRule rule)
    {
        var match = rule.Match;
        var refused = CheckPath(gateway, rule.Origin, match.Path);
        foreach (var header in match.Headers)
        {
            refused |= header.IsRegex && Refuse(gateway, rule.Origin, header.Span, header.Value,
                Capabilities.HeaderRegex);
        }

        foreach (var query in match.QueryParams)
        {
            refused |= query.IsRegex && Refuse(gateway, rule.Origin, query.Span, query.Value,
                Capabilities.QueryRegex);
        }

        if (refused)
        {
            return null;
        }

        foreach (var query in match.QueryParams.Where(IsEncoded))
        {
            gateway.Report(RuleDiagnostics.QueryUndecoded(rule.Origin, query.Span, $"{query.Name}={query.Value}"));
        }

        var headers = match.Headers.Select(header => Term("headerName", header))
            .Concat(match.Method is { } method ? [Method(method.Value)] : []).ToList();
        var queries = match.QueryParams.Select(query => Term("name", query)).ToList();
        return [.. new AttributeField?[]
        {
            headers.Count is 0 ? null : Shape.Field("headerMatches", new AttributeValue.List([.. headers])),
            queries.Count is 0 ? null : Shape.Field("queryParameterMatches", new AttributeValue.List([.. queries])),
        }.OfType<AttributeField>()];
    }

    private static bool IsEncoded(NamedMatchSpec query) =>
        query.Name.AsSpan().ContainsAnyExcept(s_unreserved) || query.Value.AsSpan().ContainsAnyExcept(s_unreserved);

    private static bool CheckPath(GatewayBuilder gateway, RuleOrigin origin, PathMatchSpec path)
    {
        if (path.Type is PathMatchType.RegularExpression)
        {
            return Refuse(gateway, origin, path.Span, path.Value, Capabilities.PathRegex);
        }

        // What is below a prefix is one character longer.
        if (path.Value.Length < GcpLimits.PathCharactersMax)
        {
            return false;
        }

        gateway.Report(RuleDiagnostics.Common.Match(
            origin, path.Span, $"matches a path of {path.Value.Length} characters; Google takes less than "
                + $"{GcpLimits.PathCharactersMax}", "Match a shorter path."));
        return true;
    }

    /// <summary>True where an expression cannot be matched.</summary>
    private static bool Refuse(
        GatewayBuilder gateway, RuleOrigin origin, SourceSpan place, string expression, string feature)
    {
        if (!gateway.HasRegexes)
        {
            gateway.Report(RuleDiagnostics.Common.Feature(
                origin, place, feature, "Match exact values, or set gwctl.dev/location to regional."));
            return true;
        }

        if (expression.Length <= GcpLimits.RegexCharactersMax)
        {
            return false;
        }

        gateway.Report(RuleDiagnostics.Common.Match(
            origin, place, $"matches an expression of {expression.Length} characters; Google takes "
                + $"{GcpLimits.RegexCharactersMax}", "Use a shorter expression."));
        return true;
    }

    private static AttributeValue.Map Term(string nameField, NamedMatchSpec term) => Shape.Map(
        Shape.Text(nameField, term.Name), Shape.Text(term.IsRegex ? "regexMatch" : "exactMatch", term.Value));

    /// <summary>Google names the method as HTTP/2 does.</summary>
    private static AttributeValue.Map Method(string method) =>
        Shape.Map(Shape.Text("headerName", ":method"), Shape.Text("exactMatch", method));
}
