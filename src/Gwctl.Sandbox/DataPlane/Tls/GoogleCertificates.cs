using System.Security.Cryptography;
using Gwctl.Sandbox.Gcp;
using Gwctl.Sandbox.State;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.DataPlane.Tls;

/// <summary>Google's certificates: Compute's SSL certificates and those of Certificate Manager.</summary>
internal static class GoogleCertificates
{
    private const string EndOfFirst = "-----END CERTIFICATE-----";

    public static bool IsTable(string name) => name.Split('/')
        is ["gcp", _, "compute", "sslCertificates"] or ["gcp", _, "certificatemanager", "certificates"];

    /// <summary>Of all that are there or on their way.</summary>
    public static IEnumerable<string?> Bodies(Tables tables) => tables.ByName.Where(table => IsTable(table.Key))
        .SelectMany(table => table.Value.Values)
        .Concat(PendingEffects.All(tables).Where(effect => IsTable(effect.Table))
            .Select(effect => effect.Document)
            .OfType<Struct>())
        .Select(BodyOf);

    public static CertificateText Read(Struct document)
    {
        var names = document.Member("managed")?.Texts("domains")
            ?? document.Texts("subjectAlternativeNames").Concat(document.Texts("sanDnsnames"));
        var body = BodyOf(document);
        var cut = body?.IndexOf(EndOfFirst, StringComparison.Ordinal) ?? -1;
        var rest = cut < 0 ? "" : body?[(cut + EndOfFirst.Length)..] ?? "";
        return new CertificateText(
            $"certificate {document.Text("name")}",
            [.. names.Select(name => name.ToLowerInvariant())],
            body,
            PemEncoding.TryFind(rest, out _) ? rest : null,
            document.Time("creationTimestamp") ?? document.Time("createTime") ?? DateTimeOffset.UnixEpoch,
            document.Time("expireTime"),
            document.Has("managed"));
    }

    private static string? BodyOf(Struct document) => document.Text("certificate") ?? document.Text("pemCertificate");
}
