using Gwctl.Compiler.Specs.Decoding;
using Gwctl.Core;

namespace Gwctl.Compiler.Specs.Kinds;

/// <summary>Decodes HTTPRoute with the defaults of its schema.</summary>
internal static class HttpRouteDecoder
{
    public static RouteSpec? Decode(ObjectContext context) =>
        context.Reader.RequiredSection("spec", reader =>
        {
            var rules = reader.List("rules", DecodeRule, reader.Has("rules") ? 1 : 0, RouteParts.PartsMax);
            return new RouteSpec
            {
                Meta = context.Meta,
                UsesDefaultGateways = RouteParts.UsesDefaultGateways(reader),
                Kind = RouteKind.Http,
                ParentRefs = RouteParts.DecodeParents(reader),
                Hostnames = reader.Texts("hostnames", Forms.Hostname, 0, RouteParts.PartsMax),
                Rules = rules.Count is 0 ? [DefaultRule(reader.Span)] : rules,
            };
        });

    private static RouteRuleSpec DefaultRule(SourceSpan place) =>
        new() { Matches = [DefaultMatch(place)], Span = place };

    private static HttpMatchSpec DefaultMatch(SourceSpan place) => new() { Path = DefaultPath(place), Span = place };

    private static PathMatchSpec DefaultPath(SourceSpan place) => new(PathMatchType.PathPrefix, "/", place);

    private static RouteRuleSpec DecodeRule(NodeReader reader)
    {
        var matches = reader.List("matches", DecodeMatch, 0, RouteParts.MatchesMax);
        return new RouteRuleSpec
        {
            Name = reader.Text("name", Forms.Subdomain),
            Matches = matches.Count is 0 ? [DefaultMatch(reader.Span)] : matches,
            Filters = reader.List("filters", HttpFilterDecoder.Decode, 0, RouteParts.PartsMax),
            BackendRefs = reader.List("backendRefs", RouteParts.DecodeHttpBackend, 0, RouteParts.PartsMax),
            Timeouts = reader.Section("timeouts", DecodeTimeouts),
            Retry = reader.Section("retry", DecodeRetry),
            SessionPersistence = reader.Section("sessionPersistence", RouteParts.DecodePersistence),
            Span = reader.Span,
        };
    }

    private static HttpMatchSpec DecodeMatch(NodeReader reader) => new()
    {
        Path = reader.Section("path", DecodePath) ?? DefaultPath(reader.Span),
        Method = reader.Choice(
            "method", "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"),
        Headers = reader.List(
            "headers", static header => RouteParts.DecodeNamed(header, Forms.HeaderValue), 0, RouteParts.PartsMax),
        QueryParams = reader.List(
            "queryParams", static query => RouteParts.DecodeNamed(query, Forms.QueryValue), 0, RouteParts.PartsMax),
        Span = reader.Span,
    };

    private static PathMatchSpec DecodePath(NodeReader reader)
    {
        var type = reader.Choice("type", "PathPrefix", "Exact", "RegularExpression")?.Value switch
        {
            "Exact" => PathMatchType.Exact,
            "RegularExpression" => PathMatchType.RegularExpression,
            _ => PathMatchType.PathPrefix,
        };
        var value = reader.Text("value", Forms.PathValue);
        return new PathMatchSpec(type, value?.Value ?? "/", value?.Span ?? reader.Span);
    }

    private static TimeoutsSpec DecodeTimeouts(NodeReader reader) =>
        new(reader.Duration("request"), reader.Duration("backendRequest"), reader.Span);

    private static RetrySpec DecodeRetry(NodeReader reader) => new(
        reader.Ints("codes", 400, 599),
        reader.Int("attempts", 0)?.Value,
        reader.Duration("backoff")?.Value,
        reader.Span);
}
