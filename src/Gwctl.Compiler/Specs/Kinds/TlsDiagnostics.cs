using Gwctl.Core;

namespace Gwctl.Compiler.Specs.Kinds;

/// <summary>What can be wrong with TLS settings beyond single fields. Each is a rule of the Gateway API's own
/// schemas.</summary>
internal static class TlsDiagnostics
{
    public static Diagnostic NameFieldOfOtherType(SourceSpan place, string path, string type) =>
        new("GW1260", Severity.Error, "Subject alternative name has a field of another type")
        {
            Subject = place,
            Detail = $"{path} is given, but the type is {type}.",
            Help = "Remove the field or change the type.",
        };

    public static Diagnostic NoCaCertificates(SourceSpan place) =>
        new("GW1261", Severity.Error, "Backend's certificate is validated against nothing")
        {
            Subject = place,
            Detail = "validation has neither caCertificateRefs nor wellKnownCACertificates.",
            Help = "Name a ConfigMap with a ca.crt in caCertificateRefs, or give wellKnownCACertificates: System.",
        };

    public static Diagnostic CaCertificatesTwice(SourceSpan place) =>
        new("GW1262", Severity.Error, "CA certificates are given in two ways")
        {
            Subject = place,
            Detail = "validation has both caCertificateRefs and wellKnownCACertificates.",
            Help = "Keep one of the two.",
        };

    public static Diagnostic TargetsOverlap(SourceSpan place, string name, SourceSpan earlier) =>
        new("GW1263", Severity.Error, "Targets of a policy overlap")
        {
            Subject = place,
            Detail = $"{name} is targeted here and at {earlier}, and only one of the two gives sectionName.",
            Help = "Give each a sectionName of its own, or keep the one without.",
        };

    public static Diagnostic TargetTwice(SourceSpan place, string name, SourceSpan earlier) =>
        new("GW1264", Severity.Error, "Policy has a target twice")
        {
            Subject = place,
            Detail = $"{name} is already targeted at {earlier}.",
            Help = "Remove one, or give each its own sectionName.",
        };

    public static Diagnostic PortTwice(SourceSpan place, string port, SourceSpan earlier) =>
        new("GW1265", Severity.Error, "Port has two TLS settings")
        {
            Subject = place,
            Detail = $"frontend.perPort already has port {port} at {earlier}.",
            Help = "Remove one of the two.",
        };
}
