using Gwctl.Compiler.Specs.Decoding;

namespace Gwctl.Compiler.Specs.Kinds;

/// <summary>Decodes GRPCRoute. Its schema has fewer defaults than HTTPRoute's: no rules are no rules.</summary>
internal static class GrpcRouteDecoder
{
    private static readonly TextRule NameRule = TextRule.Length(0, 1_024);

    public static RouteSpec? Decode(ObjectContext context) =>
        context.Reader.RequiredSection("spec", reader =>
        {
            return new RouteSpec
            {
                Meta = context.Meta,
                UsesDefaultGateways = RouteParts.UsesDefaultGateways(reader),
                Kind = RouteKind.Grpc,
                ParentRefs = RouteParts.DecodeParents(reader),
                Hostnames = reader.Texts("hostnames", Forms.Hostname, 0, RouteParts.PartsMax),
                Rules = reader.List("rules", DecodeRule, 0, RouteParts.PartsMax),
            };
        });

    private static RouteRuleSpec DecodeRule(NodeReader reader)
    {
        var matches = reader.List("matches", DecodeMatch, 0, RouteParts.MatchesMax);
        return new RouteRuleSpec
        {
            Name = reader.Text("name", Forms.Subdomain),
            GrpcMatches = matches.Count is 0 ? [new GrpcMatchSpec { Span = reader.Span }] : matches,
            Filters = reader.List("filters", HttpFilterDecoder.DecodeForGrpc, 0, RouteParts.PartsMax),
            BackendRefs = reader.List("backendRefs", RouteParts.DecodeGrpcBackend, 0, RouteParts.PartsMax),
            SessionPersistence = reader.Section("sessionPersistence", RouteParts.DecodePersistence),
            Span = reader.Span,
        };
    }

    private static GrpcMatchSpec DecodeMatch(NodeReader reader) => new()
    {
        Method = reader.Section("method", DecodeMethod),
        Headers = reader.List(
            "headers", static header => RouteParts.DecodeNamed(header, Forms.HeaderValue), 0, RouteParts.PartsMax),
        Span = reader.Span,
    };

    private static GrpcMethodSpec DecodeMethod(NodeReader reader)
    {
        var type = reader.Choice("type", "Exact", "RegularExpression");
        return new GrpcMethodSpec(
            reader.Text("service", NameRule)?.Value,
            reader.Text("method", NameRule)?.Value,
            type is { Value: "RegularExpression" },
            reader.Span);
    }
}
