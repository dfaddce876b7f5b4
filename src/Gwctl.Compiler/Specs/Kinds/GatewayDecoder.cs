using Gwctl.Compiler.Specs.Decoding;

namespace Gwctl.Compiler.Specs.Kinds;

/// <summary>Decodes GatewayClass and Gateway with the defaults of their schemas.</summary>
internal static class GatewayDecoder
{
    public static GatewayClassSpec? DecodeClass(ObjectContext context) =>
        context.Reader.RequiredSection("spec", reader =>
        {
            reader.Text("description", TextRule.Length(0, 64));
            return new GatewayClassSpec
            {
                Meta = context.Meta,
                ControllerName = reader.RequiredText("controllerName", Forms.ControllerName),
                ParametersRef = reader.Section("parametersRef", References.DecodeParameters),
            };
        });

    public static GatewaySpec? Decode(ObjectContext context) =>
        context.Reader.RequiredSection("spec", reader =>
        {
            var scope = reader.Choice("defaultScope", "All", "None");
            return new GatewaySpec
            {
                Meta = context.Meta,
                GatewayClassName = reader.RequiredText("gatewayClassName", Forms.ObjectName),
                Listeners = reader.List("listeners", DecodeListener, 1, 64),
                Addresses = reader.List("addresses", DecodeAddress, 0, 16),
                Infrastructure = reader.Section("infrastructure", DecodeInfrastructure),
                Tls = reader.Section("tls", GatewayTlsDecoder.Decode),
                AllowedListeners = reader.Section("allowedListeners", DecodeAllowedListeners),
                IsDefault = scope is { Value: "All" },
            };
        });

    /// <summary>Of a Gateway or of a ListenerSet: the two have the same fields.</summary>
    public static ListenerSpec DecodeListener(NodeReader reader)
    {
        var protocol = reader.RequiredText("protocol", Forms.Protocol);
        return new ListenerSpec
        {
            Name = reader.RequiredText("name", Forms.Subdomain),
            Hostname = reader.Text("hostname", Forms.Hostname),
            Port = reader.RequiredInt("port", 1, 65_535),
            Protocol = protocol with { Value = WithCoreCase(protocol.Value) },
            Tls = reader.Section("tls", DecodeTls),
            AllowedRoutes = reader.Section("allowedRoutes", DecodeAllowedRoutes)
                ?? new AllowedRoutesSpec { From = new Located<string>("Same", reader.Span) },
            Span = reader.Span,
        };
    }

    /// <summary>The core protocols' names do not depend on case; a domain-prefixed name does.</summary>
    private static string WithCoreCase(string protocol) =>
        protocol.ToUpperInvariant() is "HTTP" or "HTTPS" or "TLS" or "TCP" or "UDP"
            ? protocol.ToUpperInvariant()
            : protocol;

    private static ListenerTlsSpec DecodeTls(NodeReader reader) => new()
    {
        Mode = reader.Choice("mode", "Terminate", "Passthrough") ?? new Located<string>("Terminate", reader.Span),
        CertificateRefs = reader.List(
            "certificateRefs", static item => References.Decode(item, ApiGroups.Core, "Secret"), 0, 64),
        Options = MetaDecoder.Options(reader),
        Span = reader.Span,
    };

    private static AllowedRoutesSpec DecodeAllowedRoutes(NodeReader reader)
    {
        var allowed = reader.Section("namespaces", static namespaces => new AllowedRoutesSpec
        {
            From = namespaces.Choice("from", "All", "Selector", "Same") ?? new Located<string>("Same", namespaces.Span),
            Selector = namespaces.Section("selector", DecodeSelector),
        });
        return (allowed ?? new AllowedRoutesSpec { From = new Located<string>("Same", reader.Span) }) with
        {
            Kinds = reader.List("kinds", DecodeRouteKind, 0, 8),
        };
    }

    private static AllowedListenersSpec? DecodeAllowedListeners(NodeReader reader) =>
        reader.Section("namespaces", static namespaces => new AllowedListenersSpec(
            namespaces.Choice("from", "All", "Selector", "Same", "None")
                ?? new Located<string>("None", namespaces.Span),
            namespaces.Section("selector", DecodeSelector)));

    private static RouteKindSpec DecodeRouteKind(NodeReader reader) => new(
        reader.Text("group", Forms.Group)?.Value ?? ApiGroups.Gateway,
        reader.RequiredText("kind", Forms.Kind).Value,
        reader.Span);

    private static LabelSelectorSpec DecodeSelector(NodeReader reader) => new(
        MetaDecoder.LabelsOf(reader, "matchLabels"),
        reader.List("matchExpressions", DecodeTerm));

    private static SelectorTermSpec DecodeTerm(NodeReader reader) => new(
        reader.RequiredText("key").Value,
        reader.RequiredChoice("operator", "In", "NotIn", "Exists", "DoesNotExist").Value,
        [.. reader.Texts("values").Select(value => value.Value)],
        reader.Span);

    private static GatewayAddressSpec DecodeAddress(NodeReader reader) => new(
        reader.Text("type", Forms.AddressType)?.Value ?? "IPAddress",
        reader.Text("value", TextRule.Length(0, 253))?.Value ?? "",
        reader.Span);

    private static InfrastructureSpec DecodeInfrastructure(NodeReader reader) => new()
    {
        Labels = MetaDecoder.LabelsOf(reader, "labels", 8),
        Annotations = MetaDecoder.NamedTexts(reader, "annotations", 16, MetaDecoder.OptionCharactersMax),
        ParametersRef = reader.Section("parametersRef", References.DecodeLocal),
        Span = reader.Span,
    };
}
