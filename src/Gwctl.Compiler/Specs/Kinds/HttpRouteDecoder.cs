using Gwctl.Compiler.Specs.Decoding;
using Gwctl.Core;

namespace Gwctl.Compiler.Specs.Kinds;

/// <summary>Decodes HTTPRoute with the defaults of its schema.</summary>
internal static class HttpRouteDecoder
{
    private const int PartsMax = 16;
    private const int WeightMax = 1_000_000;
    private const int MatchesMax = 64;

    public static RouteSpec? Decode(ObjectContext context) =>
        context.Reader.RequiredSection("spec", reader =>
        {
            NoteDefaultGateways(reader);
            var rules = reader.List("rules", DecodeRule, reader.Has("rules") ? 1 : 0, PartsMax);
            return new RouteSpec
            {
                Meta = context.Meta,
                ParentRefs = reader.List("parentRefs", DecodeParentRef, 0, 32),
                Hostnames = reader.Texts("hostnames", Forms.Hostname, 0, PartsMax),
                Rules = rules.Count is 0 ? [DefaultRule(reader.Span)] : rules,
            };
        });

    /// <summary>A reference to a backend; a Service needs a port.</summary>
    public static BackendTarget DecodeTarget(NodeReader reader)
    {
        var target = References.Decode(reader, ApiGroups.Core, "Service");
        if (target is { Group: ApiGroups.Core, Kind: "Service" } && !reader.Has("port"))
        {
            reader.Problems.Add(RouteDiagnostics.ServiceWithoutPort(reader.Span, target.Name));
        }

        return new BackendTarget(target, reader.Int("port", 1, 65_535));
    }

    private static void NoteDefaultGateways(NodeReader reader)
    {
        if (reader.Choice("useDefaultGateways", "All", "None") is { Value: not "None" } written)
        {
            reader.Problems.Add(ObjectDiagnostics.FieldNotHandled(
                written.Span, reader.PathOf("useDefaultGateways"),
                "the route is attached only to what parentRefs name"));
        }
    }

    private static RouteRuleSpec DefaultRule(SourceSpan place) =>
        new() { Matches = [DefaultMatch(place)], Span = place };

    private static HttpMatchSpec DefaultMatch(SourceSpan place) => new() { Path = DefaultPath(place), Span = place };

    private static PathMatchSpec DefaultPath(SourceSpan place) => new(PathMatchType.PathPrefix, "/", place);

    private static ParentRefSpec DecodeParentRef(NodeReader reader) => new()
    {
        Target = References.Decode(reader, ApiGroups.Gateway, "Gateway"),
        SectionName = reader.Text("sectionName", Forms.Subdomain),
        Port = reader.Int("port", 1, 65_535),
    };

    private static RouteRuleSpec DecodeRule(NodeReader reader)
    {
        var matches = reader.List("matches", DecodeMatch, 0, MatchesMax);
        return new RouteRuleSpec
        {
            Name = reader.Text("name", Forms.Subdomain),
            Matches = matches.Count is 0 ? [DefaultMatch(reader.Span)] : matches,
            Filters = reader.List("filters", HttpFilterDecoder.Decode, 0, PartsMax),
            BackendRefs = reader.List("backendRefs", DecodeBackendRef, 0, PartsMax),
            Timeouts = reader.Section("timeouts", DecodeTimeouts),
            Retry = reader.Section("retry", DecodeRetry),
            SessionPersistence = reader.Section("sessionPersistence", DecodePersistence),
            Span = reader.Span,
        };
    }

    private static HttpMatchSpec DecodeMatch(NodeReader reader) => new()
    {
        Path = reader.Section("path", DecodePath) ?? DefaultPath(reader.Span),
        Method = reader.Choice(
            "method", "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"),
        Headers = reader.List("headers", static header => DecodeNamed(header, Forms.HeaderValue), 0, PartsMax),
        QueryParams = reader.List("queryParams", static query => DecodeNamed(query, Forms.QueryValue), 0, PartsMax),
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

    private static NamedMatchSpec DecodeNamed(NodeReader reader, TextRule value)
    {
        var type = reader.Choice("type", "Exact", "RegularExpression");
        return new NamedMatchSpec(
            reader.RequiredText("name", Forms.HeaderName).Value,
            reader.RequiredText("value", value).Value,
            type is { Value: "RegularExpression" },
            reader.Span);
    }

    private static BackendRefSpec DecodeBackendRef(NodeReader reader)
    {
        var (target, port) = DecodeTarget(reader);
        return new BackendRefSpec
        {
            Target = target,
            Port = port,
            Weight = reader.Int("weight", 0, WeightMax) ?? new Located<int>(1, reader.Span),
            Filters = reader.List("filters", HttpFilterDecoder.Decode, 0, PartsMax),
        };
    }

    private static TimeoutsSpec DecodeTimeouts(NodeReader reader) =>
        new(reader.Duration("request"), reader.Duration("backendRequest"), reader.Span);

    private static RetrySpec DecodeRetry(NodeReader reader) => new(
        reader.Ints("codes", 400, 599),
        reader.Int("attempts", 0)?.Value,
        reader.Duration("backoff")?.Value,
        reader.Span);

    private static SessionPersistenceSpec DecodePersistence(NodeReader reader) => new()
    {
        SessionName = reader.Text("sessionName", TextRule.Length(0, 128))?.Value,
        Type = reader.Choice("type", "Cookie", "Header")?.Value ?? "Cookie",
        AbsoluteTimeout = reader.Duration("absoluteTimeout")?.Value,
        IdleTimeout = reader.Duration("idleTimeout")?.Value,
        CookieLifetime = reader.Section(
            "cookieConfig", static cookie => cookie.Choice("lifetimeType", "Session", "Permanent")?.Value) ?? "Session",
        Span = reader.Span,
    };
}

/// <summary>What a backend reference and a mirror have in common.</summary>
internal sealed record BackendTarget(SpecReference Target, Located<int>? Port);
