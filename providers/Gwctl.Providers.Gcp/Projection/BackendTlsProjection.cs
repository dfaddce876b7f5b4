using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Topology;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Gcp.Projection;

/// <summary>BackendTLSPolicy as <c>tlsSettings</c>: the server name and the names in the certificate. Which authorities
/// are believed is in a BackendAuthenticationConfig of the project, which the policy's option
/// <c>gwctl.dev/backend-authentication-config</c> names; without one the chain is not checked, and the policy is
/// refused unless its option <c>gwctl.dev/allow-unverified</c> says that this will do.</summary>
internal static class BackendTlsProjection
{
    private const string AllowOption = "gwctl.dev/allow-unverified";
    private const string ConfigOption = "gwctl.dev/backend-authentication-config";
    private const string Root = "//networksecurity.googleapis.com/";

    /// <summary>True where the rule must not reach the backend; why, or what is different, has been reported.</summary>
    public static bool Refuses(
        GatewayBuilder gateway, RoutingBackend backend, ServiceVariant variant, RuleOrigin origin)
    {
        // What passes through as it came is not the load balancer's to encrypt.
        if (backend.Service.Tls is not { } tls || variant is { IsStream: true, Terminates: false })
        {
            return false;
        }

        if (variant.IsStream)
        {
            gateway.Report(BackendDiagnostics.TlsNotFromHere(origin, tls));
            return true;
        }

        if (tls.SubjectAltNames.Count > GcpLimits.SubjectAltNamesMax)
        {
            gateway.Report(BackendDiagnostics.TooManyNames(origin, tls));
            return true;
        }

        if (ConfigOf(tls) is not null)
        {
            return false;
        }

        if (!tls.Options.Any(option => option is { Name: AllowOption, Value: "true" }))
        {
            gateway.Report(BackendDiagnostics.Unverified(origin, backend, tls, ConfigOption, AllowOption));
            return true;
        }

        gateway.Report(BackendDiagnostics.UnverifiedAllowed(backend, tls));
        return false;
    }

    /// <summary>The attribute <c>tlsSettings</c>; null without a policy.</summary>
    public static AttributeField? SettingsOf(RoutingBackend backend)
    {
        if (backend.Service.Tls is not { } tls)
        {
            return null;
        }

        var names = tls.SubjectAltNames
            .Select(name => Shape.Map(
                Shape.Text(name.IsUri ? "uniformResourceIdentifier" : "dnsName", name.Value))).ToList();
        return Shape.Field("tlsSettings", Shape.Map(
            Shape.Text("sni", tls.Hostname),
            names.Count is 0 ? null : Shape.Field("subjectAltNames", AttributeOrder.Sorted(names)),
            ConfigOf(tls) is { } config ? Shape.Text("authenticationConfig", config) : null));
    }

    private static string? ConfigOf(BackendTls tls) =>
        tls.Options.FirstOrDefault(option => option.Name is ConfigOption) is not { Value: var value } ? null
        : value.StartsWith(Root, StringComparison.Ordinal) ? value
        : $"{Root}{value}";
}
