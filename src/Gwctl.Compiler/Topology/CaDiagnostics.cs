using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Compiler.Topology;

/// <summary>What can be wrong with a reference to CA certificates, of a Gateway or a BackendTLSPolicy.</summary>
internal static class CaDiagnostics
{
    public static Diagnostic NotPermitted(ObjectId referrer, SpecReference reference, ObjectName name) =>
        Error("GW2080", "CA certificates of another namespace without a grant", referrer, reference.Span) with
        {
            Reason = ConditionReasons.RefNotPermitted,
            Detail = $"{Text(referrer)} trusts {reference.Kind} {name}, and no ReferenceGrant in namespace "
                + $"'{name.Namespace}' allows it.",
            Help = $"Add a ReferenceGrant to namespace '{name.Namespace}' from {referrer.Kind}s of namespace "
                + $"'{referrer.Name.Namespace}' to {reference.Kind}s.",
        };

    public static Diagnostic Kind(ObjectId referrer, SpecReference reference, string reason) =>
        Error("GW2081", "CA certificates of an unsupported kind", referrer, reference.Span) with
        {
            Reason = reason,
            Detail = $"{Text(referrer)} trusts kind {reference.Kind} '{reference.Name}' in group '{reference.Group}'.",
            Help = "Use a v1 ConfigMap or Secret that has ca.crt.",
        };

    public static Diagnostic Missing(ObjectId referrer, SpecReference reference, ObjectName name, string hint) =>
        Error("GW2082", "CA certificates not found", referrer, reference.Span) with
        {
            Detail = $"{Text(referrer)} trusts {reference.Kind} {name}, which is not among the specs.",
            Help = $"Correct the name, or add the {reference.Kind} to the specs.{hint}",
        };

    public static Diagnostic NoEntry(ObjectId referrer, SpecReference reference, ObjectName name) =>
        Error("GW2083", "No ca.crt where CA certificates are looked for", referrer, reference.Span) with
        {
            Detail = $"{Text(referrer)} trusts {reference.Kind} {name}, which has no entry ca.crt.",
            Help = "Put the CA certificates in PEM under the name ca.crt.",
        };

    /// <param name="place">Where the text is written.</param>
    /// <param name="fault">The end of a sentence whose subject is the text.</param>
    public static Diagnostic BadPem(
        ObjectId referrer, SpecReference reference, ObjectName name, SourceSpan place, string fault) =>
        Error("GW2084", "CA certificates cannot be read", referrer, place) with
        {
            Detail = $"ca.crt of {reference.Kind} {name}, which {Text(referrer)} trusts, {fault}.",
            Help = "Give one or more PEM blocks -----BEGIN CERTIFICATE----- with a certificate each.",
        };

    public static Diagnostic NothingToAsk(ObjectId gateway, PortTlsSpec port) =>
        new("GW2085", Severity.Warning, "TLS setting for a port without an HTTPS listener")
        {
            Subject = port.Port.Span,
            Object = gateway.ToString(),
            Detail = $"{Text(gateway)} has tls.frontend.perPort for port {port.Port} and no HTTPS listener there.",
            Help = "Correct the port, or remove the entry.",
        };

    public static Diagnostic InsecureFallback(ObjectId gateway, ClientValidationSpec validation) =>
        new("GW2086", Severity.Warning, "Clients without a valid certificate are let in")
        {
            Subject = validation.Mode.Span,
            Object = gateway.ToString(),
            Detail = $"{Text(gateway)} asks clients for certificates in mode AllowInsecureFallback: whoever has none, "
                + "or a wrong one, connects all the same, and only the backend can tell.",
            Help = "Use mode AllowValidOnly once every client has a certificate.",
        };

    private static string Text(ObjectId id) => $"{id.Kind} {id.Name}";

    private static Diagnostic Error(string code, string summary, ObjectId referrer, SourceSpan place) =>
        new(code, Severity.Error, summary)
        {
            Subject = place,
            Object = referrer.ToString(),
            Reason = ConditionReasons.InvalidCaCertificateRef,
        };
}
