using Gwctl.Compiler.Routing;
using Gwctl.Core;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>What there is to say about client certificates.</summary>
internal static class TrustDiagnostics
{
    public static Diagnostic NoBucket(GatewayRouting gateway, int port, ClientValidation validation) =>
        Of("GW3194", Severity.Error, "Client certificates without a place for their authorities", gateway,
            validation) with
        {
            Reason = "UnsupportedValue",
            Detail = $"Clients of port {port} of Gateway {gateway.Name} must show certificates. An ALB has their "
                + "authorities from a bucket in S3, and none is configured. The port is left out.",
            Help = "Set spec.aws.trustStore.bucket to a bucket that gwctl may write to, or the listeners' tls.options "
                + $"{TrustStoreProjection.Option} to a trust store's ARN.",
        };

    public static Diagnostic InsecureFallback(GatewayRouting gateway, int port, ClientValidation validation) =>
        Of("GW3195", Severity.Warning, "Client certificates that are passed on unverified", gateway, validation) with
        {
            Detail = $"Port {port} of Gateway {gateway.Name} lets clients in without a valid certificate. "
                + Capabilities.Text(Capabilities.InsecureFallback),
            Help = "Verify the header's certificate in the backend, or set mode to AllowValidOnly.",
        };

    private static Diagnostic Of(
        string code, Severity severity, string summary, GatewayRouting gateway, ClientValidation validation) =>
        new(code, severity, summary) { Subject = validation.Span, Object = $"Gateway/{gateway.Name}" };
}
