using System.Text.RegularExpressions;
using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Gcp.Projection;

/// <summary>A CORS filter as a <c>corsPolicy</c>.</summary>
internal static class CorsProjection
{
    public static AttributeField? Of(
        RuleOrigin origin, HttpFilterSpec.Cors cors, GatewayBuilder gateway, List<Diagnostic> findings)
    {
        var patterns = cors.AllowOrigins.Where(item => item.Length > 1 && item.Contains('*')).ToList();
        if (patterns.Count > 0 && !gateway.HasRegexes)
        {
            findings.Add(RuleDiagnostics.Common.FilterBecause(
                origin, cors.Span, $"the origin {patterns[0]} holds a wildcard, for which only regional load balancers "
                    + "have regular expressions.",
                "Name each origin, or set gwctl.dev/location to regional."));
            return null;
        }

        return Shape.Field("corsPolicy", Shape.Map(
            Texts("allowOrigins", cors.AllowOrigins.Except(patterns)),
            Texts("allowOriginRegexes", patterns.Select(ExpressionOf)),
            Texts("allowMethods", cors.AllowMethods),
            Texts("allowHeaders", cors.AllowHeaders),
            Texts("exposeHeaders", cors.ExposeHeaders),
            Shape.Number("maxAge", cors.MaxAgeSeconds),
            cors.AllowCredentials ? Shape.Flag("allowCredentials", true) : null));
    }

    private static string ExpressionOf(string pattern) =>
        Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal);

    private static AttributeField? Texts(string name, IEnumerable<string> texts) =>
        texts.ToList() is { Count: > 0 } list ? Shape.Field(name, Shape.Texts(list)) : null;
}
