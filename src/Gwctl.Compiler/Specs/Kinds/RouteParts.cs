using Gwctl.Compiler.Specs.Decoding;
using Gwctl.Core;

namespace Gwctl.Compiler.Specs.Kinds;

/// <summary>What a backend reference and a mirror have in common.</summary>
internal sealed record BackendTarget(SpecReference Target, Located<int>? Port);

/// <summary>The parts that routes of several kinds have alike.</summary>
internal static class RouteParts
{
    /// <summary>Hostnames, rules, filters, backendRefs and the terms of a match.</summary>
    public const int PartsMax = 16;

    public const int MatchesMax = 64;

    private const int ParentsMax = 32;
    private const int WeightMax = 1_000_000;

    public static EquatableList<ParentRefSpec> DecodeParents(NodeReader reader) =>
        reader.List("parentRefs", DecodeParentRef, 0, ParentsMax);

    /// <summary>useDefaultGateways (experimental): the route also attaches to Gateways of defaultScope All.</summary>
    public static bool UsesDefaultGateways(NodeReader reader) =>
        reader.Choice("useDefaultGateways", "All", "None") is { Value: "All" };

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

    public static BackendRefSpec DecodeHttpBackend(NodeReader reader) =>
        DecodeBackend(reader, reader.List("filters", HttpFilterDecoder.Decode, 0, PartsMax));

    public static BackendRefSpec DecodeGrpcBackend(NodeReader reader) =>
        DecodeBackend(reader, reader.List("filters", HttpFilterDecoder.DecodeForGrpc, 0, PartsMax));

    /// <summary>Of a TLSRoute, TCPRoute or UDPRoute: without filters.</summary>
    public static BackendRefSpec DecodeStreamBackend(NodeReader reader) => DecodeBackend(reader, []);

    private static BackendRefSpec DecodeBackend(NodeReader reader, EquatableList<HttpFilterSpec> filters)
    {
        var (target, port) = DecodeTarget(reader);
        return new BackendRefSpec
        {
            Target = target,
            Port = port,
            Weight = reader.Int("weight", 0, WeightMax) ?? new Located<int>(1, reader.Span),
            Filters = filters,
        };
    }

    public static NamedMatchSpec DecodeNamed(NodeReader reader, TextRule value)
    {
        var type = reader.Choice("type", "Exact", "RegularExpression");
        return new NamedMatchSpec(
            reader.RequiredText("name", Forms.HeaderName).Value,
            reader.RequiredText("value", value).Value,
            type is { Value: "RegularExpression" },
            reader.Span);
    }

    public static SessionPersistenceSpec DecodePersistence(NodeReader reader) => new()
    {
        SessionName = reader.Text("sessionName", TextRule.Length(0, 128))?.Value,
        Type = reader.Choice("type", "Cookie", "Header")?.Value ?? "Cookie",
        AbsoluteTimeout = reader.Duration("absoluteTimeout")?.Value,
        IdleTimeout = reader.Duration("idleTimeout")?.Value,
        HasCookieConfig = reader.Has("cookieConfig"),
        CookieLifetime = reader.Section(
            "cookieConfig", static cookie => cookie.Choice("lifetimeType", "Session", "Permanent")?.Value) ?? "Session",
        Span = reader.Span,
    };

    private static ParentRefSpec DecodeParentRef(NodeReader reader) => new()
    {
        Target = References.Decode(reader, ApiGroups.Gateway, "Gateway"),
        SectionName = reader.Text("sectionName", Forms.Subdomain),
        Port = reader.Int("port", 1, 65_535),
    };
}
