using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Compiler.Topology;

/// <summary>What can be wrong with a listener's certificates.</summary>
internal static class CertificateDiagnostics
{
    public static Diagnostic NotPermitted(ParentDraft gateway, SpecReference reference, ObjectName name) =>
        Error("GW2030", "Certificate of another namespace without a grant", gateway, reference) with
        {
            Reason = ConditionReasons.RefNotPermitted,
            Detail = $"{gateway.Text} uses {reference.Kind} {name}, and no ReferenceGrant in namespace "
                + $"'{name.Namespace}' allows it.",
            Help = $"Add a ReferenceGrant to namespace '{name.Namespace}' from {gateway.ObjectId.Kind}s of namespace "
                + $"'{gateway.Name.Namespace}' to Secrets, or copy the Secret to its namespace.",
        };

    public static Diagnostic Kind(ParentDraft gateway, SpecReference reference) =>
        Error("GW2031", "Certificate of an unsupported kind", gateway, reference) with
        {
            Detail = $"{gateway.Text} takes a certificate from kind {reference.Kind} in group "
                + $"'{reference.Group}'.",
            Help = "Use a v1 Secret of type kubernetes.io/tls.",
        };

    public static Diagnostic Missing(ParentDraft gateway, SpecReference reference, ObjectName name, string hint) =>
        Error("GW2032", "Certificate Secret not found", gateway, reference) with
        {
            Detail = $"{gateway.Text} takes a certificate from Secret {name}, which is not among the "
                + "specs.",
            Help = "Add the Secret to the specs, or have the certificate found by tls.options "
                + $"gwctl.dev/certificate.{hint}",
        };

    public static Diagnostic Unusable(ParentDraft gateway, SpecReference reference, ObjectName name, string fault) =>
        Error("GW2033", "Certificate Secret cannot be used", gateway, reference) with
        {
            Detail = $"Secret {name}, which {gateway.Text} takes a certificate from, {fault}.",
            Help = "Make the Secret anew with: kubectl create secret tls NAME --cert=CHAIN.pem --key=KEY.pem.",
        };

    public static Diagnostic HostNotCovered(
        ParentDraft gateway, ListenerDraft listener, ListenerTlsSpec tls, IEnumerable<string> names) =>
        new("GW2034", Severity.Warning, "Certificate does not cover the listener's hostname")
        {
            Subject = tls.CertificateRefs[0].Span,
            Object = gateway.Id,
            Detail = $"Listener '{listener.Spec.Name}' of {gateway.Text} serves {listener.Hostname}, and "
                + "its "
                + $"certificates are for {string.Join(", ", names.Order(StringComparer.Ordinal))}. Clients will refuse "
                + "them.",
            Help = "Use a certificate that names the listener's hostname.",
        };

    private static Diagnostic Error(string code, string summary, ParentDraft gateway, SpecReference reference) =>
        new(code, Severity.Error, summary)
        {
            Subject = reference.Span,
            Object = gateway.Id,
            Reason = ConditionReasons.InvalidCertificateRef,
        };
}
