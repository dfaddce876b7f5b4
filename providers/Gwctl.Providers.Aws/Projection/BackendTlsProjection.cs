using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Topology;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>BackendTLSPolicy. AWS speaks TLS to targets and believes any certificate; a policy is there to have it
/// checked, so it is refused unless its option <c>gwctl.dev/allow-unverified</c> says that encryption alone will
/// do.</summary>
internal static class BackendTlsProjection
{
    public const string AllowOption = "gwctl.dev/allow-unverified";

    /// <summary>True where the rule must not reach the backend; why, or what is different, has been reported.</summary>
    public static bool Refuses(GatewayBuilder gateway, RoutingBackend backend, GroupVariant variant, RuleOrigin origin)
    {
        // What passes through as it came is not the load balancer's to encrypt.
        if (backend.Service.Tls is not { } tls || variant.IsPassthrough)
        {
            return false;
        }

        if (variant.Network is not (null or "TLS"))
        {
            gateway.Report(BackendTlsDiagnostics.NotFromHere(origin, tls, variant.Network));
            return true;
        }

        if (!Allows(tls))
        {
            gateway.Report(BackendTlsDiagnostics.Unverified(origin, backend, tls));
            return true;
        }

        gateway.Report(BackendTlsDiagnostics.Allowed(backend, tls));
        return false;
    }

    private static bool Allows(BackendTls tls) =>
        tls.Options.Any(option => option is { Name: AllowOption, Value: "true" });
}
