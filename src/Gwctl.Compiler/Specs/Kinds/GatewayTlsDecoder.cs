using Gwctl.Compiler.Specs.Decoding;

namespace Gwctl.Compiler.Specs.Kinds;

/// <summary>Decodes a Gateway's spec.tls.</summary>
internal static class GatewayTlsDecoder
{
    private const int PortsMax = 64;
    private const int CaCertificatesMax = 8;

    public static GatewayTlsSpec Decode(NodeReader reader)
    {
        var backend = reader.Section("backend", static backend => new Backend(backend.Section(
            "clientCertificateRef", static item => References.Decode(item, ApiGroups.Core, "Secret"))));
        return new GatewayTlsSpec(reader.Section("frontend", DecodeFrontend), backend?.Certificate, reader.Span);
    }

    private sealed record Backend(SpecReference? Certificate);

    private static FrontendTlsSpec DecodeFrontend(NodeReader reader) => new(
        reader.RequiredSection("default", DecodeConfig)?.Validation,
        reader.List("perPort", DecodePort, 0, PortsMax));

    private static PortTlsSpec DecodePort(NodeReader reader) => new(
        reader.RequiredInt("port", 1, 65_535),
        reader.RequiredSection("tls", DecodeConfig)?.Validation,
        reader.Span);

    private sealed record Config(ClientValidationSpec? Validation);

    private static Config DecodeConfig(NodeReader reader) =>
        new(reader.Section("validation", DecodeValidation));

    private static ClientValidationSpec DecodeValidation(NodeReader reader) => new(
        reader.List("caCertificateRefs", References.DecodeParameters, 1, CaCertificatesMax),
        reader.Choice("mode", "AllowValidOnly", "AllowInsecureFallback")
            ?? new Located<string>("AllowValidOnly", reader.Span),
        reader.Span);
}

/// <summary>Decodes ListenerSet.</summary>
internal static class ListenerSetDecoder
{
    public static ListenerSetSpec? Decode(ObjectContext context) =>
        context.Reader.RequiredSection("spec", reader =>
        {
            var parent = reader.RequiredSection(
                "parentRef", static item => References.Decode(item, ApiGroups.Gateway, "Gateway"));
            return new ListenerSetSpec
            {
                Meta = context.Meta,
                ParentRef = parent ?? new SpecReference(ApiGroups.Gateway, "Gateway", null, "", reader.Span),
                Listeners = reader.List("listeners", GatewayDecoder.DecodeListener, 1, 64),
            };
        });
}
