using Gwctl.Compiler.Specs.Decoding;

namespace Gwctl.Compiler.Specs.Kinds;

/// <summary>Decodes TLSRoute, TCPRoute and UDPRoute: one rule that has backends and nothing else.</summary>
internal static class StreamRouteDecoder
{
    // Raised from 16 in the newest types; a server of an older release says so itself.
    private const int ServerNamesMax = 1_024;

    public static RouteSpec? DecodeTls(ObjectContext context) => Decode(context, RouteKind.Tls);

    public static RouteSpec? DecodeTcp(ObjectContext context) => Decode(context, RouteKind.Tcp);

    public static RouteSpec? DecodeUdp(ObjectContext context) => Decode(context, RouteKind.Udp);

    private static RouteSpec? Decode(ObjectContext context, RouteKind kind) =>
        context.Reader.RequiredSection("spec", reader =>
        {
            return new RouteSpec
            {
                Meta = context.Meta,
                UsesDefaultGateways = RouteParts.UsesDefaultGateways(reader),
                Kind = kind,
                ParentRefs = RouteParts.DecodeParents(reader),
                Hostnames = kind is RouteKind.Tls
                    ? reader.Texts("hostnames", Forms.Hostname, 1, ServerNamesMax)
                    : [],
                Rules = reader.List("rules", DecodeRule, 1, 1),
            };
        });

    private static RouteRuleSpec DecodeRule(NodeReader reader) => new()
    {
        Name = reader.Text("name", Forms.Subdomain),
        BackendRefs = reader.List("backendRefs", RouteParts.DecodeStreamBackend, 1, RouteParts.PartsMax),
        Span = reader.Span,
    };
}
