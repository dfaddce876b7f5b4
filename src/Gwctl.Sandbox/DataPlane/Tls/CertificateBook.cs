using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using Gwctl.Sandbox.Aws.Acm;
using Gwctl.Sandbox.State;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.DataPlane.Tls;

/// <summary>ACM's certificates with their keys.</summary>
internal sealed class CertificateBook(KeyRing keys, SandboxAuthority authority)
{
    private readonly ConditionalWeakTable<Struct, LiveCertificate> _live = [];

    /// <returns>Null where the state has no such certificate.</returns>
    public LiveCertificate? Find(Tables tables, string arn) =>
        tables.Rows(CertificateStore.Table(CertificateStore.ScopeOf(arn))).GetValueOrDefault(arn) is { } document
            ? _live.GetValue(document, Make)
            : null;

    /// <summary>Whether a certificate was deleted, or replaced by another import.</summary>
    public static bool AnyGone(Tables before, Tables after) =>
        before.ByName.Any(table => CertificateStore.IsTable(table.Key)
            && !ReferenceEquals(table.Value, after.Rows(table.Key))
            && table.Value.Any(row => !ReferenceEquals(row.Value, after.Rows(table.Key).GetValueOrDefault(row.Key))));

    /// <summary>The names of all keys that certificates of the state are for.</summary>
    public static IReadOnlySet<string> KeysInUse(Tables tables) =>
        tables.ByName.Where(table => CertificateStore.IsTable(table.Key))
            .SelectMany(table => table.Value.Values)
            .Select(document => document.Text("@Body"))
            .OfType<string>()
            .Select(body =>
            {
                using var certificate = X509Certificate2.CreateFromPem(body);
                return KeyRing.NameOf(certificate);
            })
            .ToHashSet(StringComparer.Ordinal);

    private LiveCertificate Make(Struct document)
    {
        var chain = new X509Certificate2Collection();
        if (document.Text("@Chain") is { } pem)
        {
            chain.ImportFromPem(pem);
        }

        string[] names = [.. document.Texts("SubjectAlternativeNames").Select(name => name.ToLowerInvariant())];
        if (document.Text("@Body") is { } body)
        {
            using var bare = X509Certificate2.CreateFromPem(body);
            if (keys.Find(KeyRing.NameOf(bare)) is { } key)
            {
                return new LiveCertificate(names, Context(body, key, chain), "");
            }
        }

        // It came into the state without its key: while there was no data plane, or from another directory.
        var now = document.Time("NotBefore") ?? document.Time("CreatedAt") ?? DateTimeOffset.UnixEpoch;
        var (certificate, made) = authority.Issue(
            names.Length > 0 ? names : ["unnamed.invalid"], now, document.Time("NotAfter") ?? now.AddYears(1), true);
        using (certificate)
        {
            return new LiveCertificate(
                names, Context(certificate.ExportCertificatePem(), made, []),
                $"The key of certificate {document.Text("CertificateArn")} is not known here; another certificate for "
                + "the same names is presented.");
        }
    }

    private static SslStreamCertificateContext Context(string body, string key, X509Certificate2Collection chain) =>
        SslStreamCertificateContext.Create(X509Certificate2.CreateFromPem(body, key), chain, offline: true);
}
