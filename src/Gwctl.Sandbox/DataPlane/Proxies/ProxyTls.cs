using System.Security.Authentication;
using Gwctl.Sandbox.DataPlane.Tls;
using Gwctl.Sandbox.Gcp.CertificateManager;
using Gwctl.Sandbox.Gcp.Compute;
using Gwctl.Sandbox.State;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.DataPlane.Proxies;

/// <summary>What a target proxy presents to whom.</summary>
/// <param name="Sources">The documents that it is made of.</param>
internal sealed record ProxyTls(
    LiveCertificate? Default, IReadOnlyList<LiveCertificate> All, SslProtocols Versions, IReadOnlyList<object> Sources)
{
    /// <summary>A certificate map goes before the proxy's own certificates; the first is the default.</summary>
    public static ProxyTls Of(Tables tables, Struct proxy, CertificateBook certificates)
    {
        var policy = Find(tables, proxy.Text("sslPolicy"));
        var versions = VersionsOf(policy?.Text("minTlsVersion"));
        object[] own = policy is null ? [proxy] : [proxy, policy];
        if (proxy.Text("certificateMap") is { } map)
        {
            return OfMap(tables, map, certificates, versions, own);
        }

        var documents = proxy.Texts("sslCertificates").Select(link => Find(tables, link)).OfType<Struct>().ToList();
        List<LiveCertificate> live =
            [.. documents.Select(document => certificates.Present(document, GoogleCertificates.Read))];
        return new ProxyTls(live.Count is 0 ? null : live[0], live, versions, [.. own, .. documents]);
    }

    public TlsSettings Settings(bool http2) => new(Default, All, Versions, http2);

    /// <summary>Each entry is for its own name, whatever names its certificate is for.</summary>
    private static ProxyTls OfMap(
        Tables tables, string map, CertificateBook certificates, SslProtocols versions, object[] own)
    {
        var name = map[CertificateKinds.MapLink("").Length..];
        var project = new CertificateName($"{name}/certificateMapEntries/x").Project;
        var entries = tables.Rows(CertificateName.TableOf(project, "certificateMapEntries"))
            .Where(row => new CertificateName(row.Key).Parent == name)
            .Select(row => row.Value)
            .ToList();
        var sources = new List<object>(own);
        var live = new List<LiveCertificate>();
        LiveCertificate? primary = null;
        foreach (var entry in entries)
        {
            var document = entry.Texts("certificates")
                .Select(text => tables.Rows(CertificateName.TableOf(project, "certificates")).GetValueOrDefault(text))
                .OfType<Struct>()
                .FirstOrDefault();
            if (document is null)
            {
                continue;
            }

            sources.Add(entry);
            sources.Add(document);
            var presented = certificates.Present(document, GoogleCertificates.Read);
            if (entry.Text("hostname") is { } hostname)
            {
                live.Add(presented with { Names = [hostname.ToLowerInvariant()] });
            }
            else
            {
                primary = presented with { Names = [] };
            }
        }

        return new ProxyTls(primary, live, versions, sources);
    }

    private static Struct? Find(Tables tables, string? link) => link is not null
        && ComputeName.Parse(link, "") is { } name
            ? tables.Rows(name.Table).GetValueOrDefault(name.Key)
            : null;

#pragma warning disable CA5397, CA5398 // The SSL policy says which versions; the system has no say in them.
    private static SslProtocols VersionsOf(string? least) =>
        least is "TLS_1_3" ? SslProtocols.Tls13 : SslProtocols.Tls12 | SslProtocols.Tls13;
#pragma warning restore CA5397, CA5398
}
