using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using Gwctl.Sandbox.Aws.Acm;
using Gwctl.Sandbox.State;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.DataPlane.Tls;

/// <summary>The clouds' certificates with their keys.</summary>
internal sealed class CertificateBook(KeyRing keys, SandboxAuthority authority)
{
    private readonly ConditionalWeakTable<Struct, LiveCertificate> _live = [];

    /// <returns>Null where the state has no such certificate.</returns>
    public LiveCertificate? Find(Tables tables, string arn) =>
        tables.Rows(CertificateStore.Table(CertificateStore.ScopeOf(arn))).GetValueOrDefault(arn) is { } document
            ? Present(document, OfAcm)
            : null;

    /// <param name="document">Of the state.</param>
    /// <param name="read">What it says; it is asked once for each document.</param>
    public LiveCertificate Present(Struct document, Func<Struct, CertificateText> read) =>
        _live.GetValue(document, content => Make(read(content)));

    /// <summary>Whether a certificate was deleted, or replaced by another import.</summary>
    public static bool AnyGone(Tables before, Tables after) =>
        before.ByName.Any(table => IsTable(table.Key)
            && !ReferenceEquals(table.Value, after.Rows(table.Key))
            && table.Value.Any(row => !ReferenceEquals(row.Value, after.Rows(table.Key).GetValueOrDefault(row.Key))));

    /// <summary>The names of all keys that certificates of the state are for.</summary>
    public static IReadOnlySet<string> KeysInUse(Tables tables) =>
        tables.ByName.Where(table => CertificateStore.IsTable(table.Key))
            .SelectMany(table => table.Value.Values)
            .Select(document => document.Text("@Body"))
            .Concat(GoogleCertificates.Bodies(tables))
            .OfType<string>()
            .Select(body =>
            {
                using var certificate = X509Certificate2.CreateFromPem(body);
                return KeyRing.NameOf(certificate);
            })
            .ToHashSet(StringComparer.Ordinal);

    private static bool IsTable(string name) => CertificateStore.IsTable(name) || GoogleCertificates.IsTable(name);

    private static CertificateText OfAcm(Struct document) => new(
        $"certificate {document.Text("CertificateArn")}",
        [.. document.Texts("SubjectAlternativeNames").Select(name => name.ToLowerInvariant())],
        document.Text("@Body"),
        document.Text("@Chain"),
        document.Time("NotBefore") ?? document.Time("CreatedAt") ?? DateTimeOffset.UnixEpoch,
        document.Time("NotAfter"));

    private LiveCertificate Make(CertificateText text)
    {
        var chain = new X509Certificate2Collection();
        if (text.Chain is { } pem)
        {
            chain.ImportFromPem(pem);
        }

        if (text.Body is { } body)
        {
            using var bare = X509Certificate2.CreateFromPem(body);
            if (keys.Find(KeyRing.NameOf(bare)) is { } key)
            {
                return new LiveCertificate(text.Names, Context(body, key, chain), "");
            }
        }

        // It came into the state without its key: while there was no data plane, or from another directory. Or it is
        // one that only Google has the key of.
        var (certificate, made) = authority.Issue(
            text.Names.Length > 0 ? text.Names : ["unnamed.invalid"], text.From, text.Until ?? text.From.AddYears(1),
            true);
        using (certificate)
        {
            return new LiveCertificate(
                text.Names, Context(certificate.ExportCertificatePem(), made, []),
                text.Body is null && text.IsIssued ? "" : $"The key of {text.Name} is not known here; another "
                    + "certificate for the same names is presented.");
        }
    }

    private static SslStreamCertificateContext Context(string body, string key, X509Certificate2Collection chain) =>
        SslStreamCertificateContext.Create(X509Certificate2.CreateFromPem(body, key), chain, offline: true);
}
