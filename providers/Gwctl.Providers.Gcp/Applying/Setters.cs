using System.Collections.Frozen;
using Gwctl.Core;
using Gwctl.Providers.Gcp.Api.Compute;

namespace Gwctl.Providers.Gcp.Applying;

/// <summary>A method that changes one member of an object.</summary>
/// <param name="Member">Of the object's body, and of the method's.</param>
/// <param name="Verb">The method's.</param>
/// <param name="Regional">Regional objects have the method too.</param>
internal sealed record Setter(string Member, string Verb, bool Regional);

/// <summary>Which members of which objects are changed by methods of their own.</summary>
internal static class Setters
{
    private static readonly Setter s_sslCertificates = new("sslCertificates", "setSslCertificates", Regional: true);
    private static readonly Setter s_certificateMap = new("certificateMap", "setCertificateMap", Regional: false);
    private static readonly Setter s_sslPolicy = new("sslPolicy", "setSslPolicy", Regional: false);
    private static readonly Setter s_service = new("service", "setBackendService", Regional: false);
    private static readonly Setter s_proxyHeader = new("proxyHeader", "setProxyHeader", Regional: false);
    private static readonly Setter s_urlMap = new("urlMap", "setUrlMap", Regional: true);

    /// <summary>In the order of their use: a proxy is never without a certificate.</summary>
    private static readonly FrozenDictionary<string, EquatableList<Setter>> s_byKind =
        new Dictionary<string, EquatableList<Setter>>(StringComparer.Ordinal)
        {
            [Kinds.TargetHttpProxy] = [s_urlMap],
            [Kinds.TargetHttpsProxy] =
            [
                s_certificateMap, s_sslCertificates, s_sslPolicy,
                new Setter("quicOverride", "setQuicOverride", Regional: false), s_urlMap,
            ],
            [Kinds.TargetTcpProxy] = [s_service, s_proxyHeader],
            [Kinds.TargetSslProxy] = [s_certificateMap, s_sslCertificates, s_sslPolicy, s_service, s_proxyHeader],
            [Kinds.ForwardingRule] = [new Setter("target", "setTarget", Regional: true)],
        }.ToFrozenDictionary(StringComparer.Ordinal);

    public static EquatableList<Setter> Of(string kind) => s_byKind.GetValueOrDefault(kind, []);

    /// <summary>True where the object takes members by patch that have no method of their own.</summary>
    public static bool TakesPatch(string kind, ComputeName name) => kind switch
    {
        Kinds.HealthCheck or Kinds.BackendService or Kinds.UrlMap or Kinds.TargetHttpsProxy => true,
        Kinds.TargetHttpProxy => name.Location is "global",
        _ => false,
    };
}
