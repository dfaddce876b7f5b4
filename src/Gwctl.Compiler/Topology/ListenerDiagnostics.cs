using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Compiler.Topology;

/// <summary>What can be wrong with a listener.</summary>
internal static class ListenerDiagnostics
{
    public static Diagnostic Conflict(ParentDraft gateway, ListenerDraft listener, string reason, string[] others)
    {
        var rivals = $"{(others.Length is 1 ? "listener" : "listeners")} {string.Join(", ", others)}";
        if (reason is ConditionReasons.HostnameConflict)
        {
            return Error("GW2020", "Listeners with the same port and hostname", gateway, reason) with
            {
                Subject = listener.Spec.Hostname?.Span ?? listener.Spec.Span,
                Detail = $"Listener '{listener.Spec.Name}' of {gateway.Text} serves {listener.Hostname} "
                    + $"on port {listener.Spec.Port}, and so does {rivals}. None of them is served.",
                Help = "Give each a hostname or a port of its own, or make them one listener.",
            };
        }

        return Error("GW2021", "Listeners whose protocols cannot share a port", gateway, reason) with
        {
            Subject = listener.Spec.Protocol.Span,
            Detail = $"Listener '{listener.Spec.Name}' of {gateway.Text} wants port {listener.Spec.Port} "
                + $"for {listener.Spec.Protocol}, which cannot share it with {rivals}. None of them is served.",
            Help = "Give them different ports.",
        };
    }

    public static Diagnostic UnsupportedProtocol(ParentDraft gateway, ListenerDraft listener) =>
        Error("GW2022", "Listener of an unsupported protocol", gateway, ConditionReasons.UnsupportedProtocol) with
        {
            Subject = listener.Spec.Protocol.Span,
            Detail = $"Listener '{listener.Spec.Name}' of {gateway.Text} is for {listener.Spec.Protocol}; "
                + "it is not served.",
            Help = "Use HTTP, HTTPS, TLS, TCP or UDP.",
        };

    public static Diagnostic RouteKind(
        ParentDraft gateway, ListenerDraft listener, RouteKindSpec kind, IEnumerable<RouteKind> served) =>
        Error("GW2023", "Listener for an unsupported route kind", gateway, ConditionReasons.InvalidRouteKinds) with
        {
            Subject = kind.Span,
            Detail = $"Listener '{listener.Spec.Name}' of {gateway.Text} allows routes of kind "
                + $"{kind.Kind} in group '{kind.Group}', which a listener for {listener.Spec.Protocol} cannot serve "
                + "here.",
            Help = $"Use {string.Join(" or ", served.Select(RouteKinds.ObjectKind))} of group "
                + "gateway.networking.k8s.io, or leave the kind out.",
        };

    public static Diagnostic TlsMode(ParentDraft gateway, ListenerDraft listener, ListenerTlsSpec tls) =>
        Error("GW2024", "HTTPS listener that does not terminate TLS", gateway, ConditionReasons.UnsupportedValue) with
        {
            Subject = tls.Mode.Span,
            Detail = $"Listener '{listener.Spec.Name}' of {gateway.Text} is for HTTPS with tls.mode "
                + $"{tls.Mode}; its requests could not be read.",
            Help = "Use mode Terminate for HTTPS; Passthrough belongs to TLS listeners.",
        };

    public static Diagnostic NoCertificate(ParentDraft gateway, ListenerDraft listener) =>
        Error("GW2025", "Listener without a certificate", gateway, ConditionReasons.Invalid) with
        {
            Subject = listener.Spec.Tls?.Span ?? listener.Spec.Span,
            Detail = $"Listener '{listener.Spec.Name}' of {gateway.Text} is for {listener.Spec.Protocol} "
                + "and has no certificate.",
            Help = "Name a kubernetes.io/tls Secret in tls.certificateRefs, or say in tls.options where the "
                + "certificate comes from: gwctl.dev/certificate: discover, request, or the provider's name of one.",
        };

    public static Diagnostic Overlap(ParentDraft gateway, List<ListenerDraft> listeners) =>
        new("GW2026", Severity.Note, "HTTPS listeners whose hostnames overlap")
        {
            Subject = listeners[0].Spec.Span,
            Object = gateway.Id,
            Detail = $"On port {listeners[0].Spec.Port} of {gateway.Text} the hostnames of listeners "
                + $"{string.Join(", ", listeners.Select(listener => listener.Spec.Name))} overlap. A client that "
                + "reuses "
                + "a connection may meet one listener's certificate with a request for another.",
            Help = "Nothing needs doing where the certificates cover the same names.",
        };

    public static Diagnostic NamespaceUnknown(ParentDraft gateway, ListenerDraft listener, string name) =>
        new("GW2028", Severity.Warning, "Namespace to select by label is not among the specs")
        {
            Subject = listener.Spec.AllowedRoutes.From.Span,
            Object = gateway.Id,
            Detail = $"Listener '{listener.Spec.Name}' of {gateway.Text} allows routes by their "
                + $"namespace's labels, and Namespace '{name}' is not among the specs. It is taken to have only the "
                + $"label kubernetes.io/metadata.name={name}.",
            Help = $"Add the Namespace object '{name}' with its labels to the specs.",
        };

    private static Diagnostic Error(string code, string summary, ParentDraft gateway, string reason) =>
        new(code, Severity.Error, summary) { Object = gateway.Id, Reason = reason };
}
