using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Topology;
using Gwctl.Core;
using Gwctl.Engine.Projecting;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>What there is to say about TLS to backends.</summary>
internal static class BackendTlsDiagnostics
{
    public static Diagnostic Unverified(RuleOrigin origin, RoutingBackend backend, BackendTls tls) =>
        OfRule("GW3190", "Backend certificate that would not be verified", origin) with
        {
            Detail = $"{RuleFindings.RuleOf(origin)} reaches {backend.Id}, whose certificate BackendTLSPolicy "
                + $"{tls.Policy} wants verified. {Capabilities.Text(Capabilities.BackendTls)} The rule does not reach "
                + "it until then.",
            Help = $"Set the policy's options {BackendTlsProjection.AllowOption}: \"true\" where encryption without "
                + "verification will do, or remove the policy.",
        };

    public static Diagnostic Allowed(RoutingBackend backend, BackendTls tls) =>
        new("GW3191", Severity.Warning, "Backend certificate that is not verified")
        {
            Subject = tls.Span,
            Object = $"BackendTLSPolicy/{tls.Policy}",
            Detail = $"Backend {backend.Id}: {Capabilities.Text(Capabilities.BackendTls)}",
            Help = "Keep others out of the backend's network.",
        };

    public static Diagnostic NotFromHere(RuleOrigin origin, BackendTls tls, string listener) =>
        OfRule("GW3192", "Backend over TLS behind a listener without TLS", origin) with
        {
            Detail = $"{RuleFindings.RuleOf(origin)}: BackendTLSPolicy {tls.Policy} asks for TLS to the backend, "
                + $"and an NLB's {listener} listener passes on what comes.",
            Help = "Attach a TLSRoute to a TLS listener that terminates, or remove the policy.",
        };

    public static Diagnostic ClientCertificate(GatewayRouting gateway, SourceSpan place) =>
        new("GW3193", Severity.Error, "Client certificate that backends would not see")
        {
            Subject = place,
            Object = $"Gateway/{gateway.Name}",
            Reason = "UnsupportedValue",
            Detail = $"Gateway {gateway.Name} has a certificate to show to backends. "
                + Capabilities.Text(Capabilities.BackendClientCertificate),
            Help = "Remove spec.tls.backend.clientCertificateRef, and let backends trust the load balancer by its "
                + "security group.",
        };

    private static Diagnostic OfRule(string code, string summary, RuleOrigin origin) =>
        new(code, Severity.Error, summary)
        {
            Subject = origin.RuleSpan,
            Object = origin.RouteId.ToString(),
            Reason = "UnsupportedValue",
        };
}
