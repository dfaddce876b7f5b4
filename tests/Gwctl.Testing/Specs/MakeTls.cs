using Gwctl.Compiler.Specs;

namespace Gwctl.Testing.Specs;

/// <summary>ListenerSets, BackendTLSPolicies, ConfigMaps and a Gateway's TLS.</summary>
public static class MakeTls
{
    public static ListenerSetSpec ListenerSet(
        string name, string gateway, int? age = null, params ListenerSpec[] listeners) => new()
        {
            Meta = Make.Meta(name, age: age),
            ParentRef = Make.Ref("Gateway", gateway, 1, ApiGroups.Gateway),
            Listeners = [.. listeners],
        };

    /// <summary>A parentRef to a ListenerSet.</summary>
    public static ParentRefSpec SetParent(string set, string? section = null, int? port = null) =>
        MakeRoute.Parent(set, section, port) with { Target = Make.Ref("ListenerSet", set, 1, ApiGroups.Gateway) };

    public static GatewaySpec AllowingSets(
        this GatewaySpec gateway, string from = "All", LabelSelectorSpec? selector = null) =>
        gateway with { AllowedListeners = new AllowedListenersSpec(Make.Value(from), selector) };

    public static ConfigMapSpec CaMap(string name, string? text, int line = 1) => new()
    {
        Meta = Make.Meta(name),
        CaCertificate = text is null ? null : Make.Value(text, line),
    };

    public static ClientValidationSpec Validation(string mode, params SpecReference[] authorities) =>
        new([.. authorities], Make.Value(mode), Make.At(1));

    public static GatewaySpec AskingClients(
        this GatewaySpec gateway,
        ClientValidationSpec? byDefault,
        params (int Port, ClientValidationSpec? Of)[] ports) =>
        gateway with
        {
            Tls = new GatewayTlsSpec(
                new FrontendTlsSpec(
                    byDefault,
                    [.. ports.Select(item => new PortTlsSpec(Make.Value(item.Port), item.Of, Make.At(1)))]),
                null,
                Make.At(1)),
        };

    public static GatewaySpec ShowingBackends(this GatewaySpec gateway, SpecReference certificate) =>
        gateway with { Tls = new GatewayTlsSpec(null, certificate, Make.At(1)) };

    /// <summary>Targets as <c>service</c> or <c>service:port-name</c>; without references the system's
    /// certificates are trusted.</summary>
    public static BackendTlsPolicySpec TlsPolicy(
        string name, string targets, int? age = null, params SpecReference[] authorities) => new()
        {
            Meta = Make.Meta(name, age: age),
            TargetRefs = [.. targets.Split(' ').Select(Target)],
            CaCertificateRefs = [.. authorities],
            WellKnownCaCertificates = authorities.Length is 0 ? Make.Value("System") : null,
            Hostname = Make.Value("backend.example.com"),
            ValidationSpan = Make.At(1),
        };

    private static PolicyTargetSpec Target(string text)
    {
        var parts = text.Split(':');
        return new PolicyTargetSpec(
            Make.Ref("Service", parts[0]), parts.Length is 1 ? null : Make.Value(parts[1]));
    }
}
