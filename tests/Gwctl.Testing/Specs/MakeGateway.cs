using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Testing.Specs;

/// <summary>GatewayClasses, Gateways, listeners and what they refer to.</summary>
public static class MakeGateway
{
    public static GatewayClassSpec Class(
        string name = "aws", string controller = "gwctl.dev/aws", SpecReference? parameters = null) =>
        new() { Meta = Make.Meta(name), ControllerName = Make.Value(controller), ParametersRef = parameters };

    /// <summary>A class <c>aws</c> with a ProviderConfig <c>main</c>: what most tests need and do not speak
    /// of.</summary>
    public static SpecObject[] ClassAndConfig() => [Class(parameters: ConfigRef()), Config()];

    public static SpecReference ConfigRef(string name = "main", int line = 1) =>
        Make.Ref("ProviderConfig", name, line, ApiGroups.Gwctl);

    public static ProviderConfigSpec Config(string name = "main", string provider = "aws", string owner = "tests") =>
        new() { Meta = Make.Meta(name), Provider = Make.Value(provider), Owner = Make.Value(owner) };

    public static GatewaySpec Gateway(string name, params ListenerSpec[] listeners) => new()
    {
        Meta = Make.Meta(name),
        GatewayClassName = Make.Value("aws"),
        Listeners = [.. listeners],
    };

    public static ListenerSpec Http(string name = "http", int port = 80, string? hostname = null, int line = 1) =>
        Listener(name, port, "HTTP", hostname, line);

    /// <summary>With Secrets as <c>name</c> or <c>namespace/name</c>.</summary>
    public static ListenerSpec Https(
        string name = "https", int port = 443, string? hostname = null, int line = 1, params string[] secrets) =>
        Listener(name, port, "HTTPS", hostname, line) with
        {
            Tls = Tls(secrets.Select(secret => Make.Ref("Secret", secret, line)).ToArray()),
        };

    public static ListenerSpec Listener(
        string name, int port, string protocol, string? hostname = null, int line = 1) => new()
        {
            Name = Make.Value(name, line),
            Port = Make.Value(port, line),
            Protocol = Make.Value(protocol, line),
            Hostname = hostname is null ? null : Make.Value(hostname, line),
            AllowedRoutes = Allow("Same"),
            Span = Make.At(line),
        };

    public static ListenerTlsSpec Tls(params SpecReference[] certificates) =>
        new() { Mode = Make.Value("Terminate"), CertificateRefs = [.. certificates], Span = Make.At(1) };

    /// <summary>With a certificate that the provider finds.</summary>
    public static ListenerTlsSpec TlsByOption(string value = "discover") =>
        Tls() with { Options = Make.Labels($"gwctl.dev/certificate={value}") };

    public static AllowedRoutesSpec Allow(
        string from, LabelSelectorSpec? selector = null, params string[] kinds) => new()
        {
            From = Make.Value(from),
            Selector = selector,
            Kinds = [.. kinds.Select(kind => new RouteKindSpec(ApiGroups.Gateway, kind, Make.At(1)))],
        };

    /// <summary>With labels as <c>name=value</c>.</summary>
    public static LabelSelectorSpec Selector(params string[] labels) => new(Make.Labels(labels), []);

    public static LabelSelectorSpec Selector(string key, string op, params string[] values) =>
        new([], [new SelectorTermSpec(key, op, [.. values], Make.At(1))]);

    public static SecretSpec Secret(
        string name, TestCertificate certificate, string type = "kubernetes.io/tls") => new()
        {
            Meta = Make.Meta(name),
            Type = type,
            Certificate = new SecretText(certificate.Chain),
            PrivateKey = new SecretText(certificate.PrivateKey),
        };
}
