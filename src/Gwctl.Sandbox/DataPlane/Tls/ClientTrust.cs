using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.DataPlane.Tls;

/// <summary>How an HTTPS listener with mutual TLS treats clients' certificates: it lets in whom its trust store vouches
/// for, or anybody, and leaves the judgement to the targets.</summary>
internal sealed class ClientTrust
{
    /// <summary>What clients presented, in PEM, the leaf first, for as long as their connection has the leaf.</summary>
    private static readonly ConditionalWeakTable<X509Certificate, string> Presented = [];

    private readonly X509Certificate2Collection? _bundle;
    private readonly bool _ignoresExpiry;
    private readonly TimeProvider _clock;

    private ClientTrust(X509Certificate2Collection? bundle, bool ignoresExpiry, TimeProvider clock)
    {
        _bundle = bundle;
        _ignoresExpiry = ignoresExpiry;
        _clock = clock;
    }

    /// <param name="mutual">The listener's setting; null where it has none.</param>
    /// <param name="trustStore">The document of the trust store that the setting names.</param>
    /// <param name="clock">Whose time certificates must be valid at.</param>
    /// <returns>Null where clients are not asked for certificates.</returns>
    public static ClientTrust? Of(Struct? mutual, Struct? trustStore, TimeProvider clock)
    {
        switch (mutual?.Text("Mode"))
        {
            case "passthrough":
                return new ClientTrust(null, ignoresExpiry: true, clock);
            case "verify":
                var bundle = new X509Certificate2Collection();
                bundle.ImportFromPem(trustStore?.Text("@Bundle") ?? "");
                return new ClientTrust(bundle, mutual.Flag("IgnoreClientCertificateExpiry") ?? false, clock);
            default:
                return null;
        }
    }

    /// <summary>The chain that came with a client's certificate, in PEM.</summary>
    public static string ChainOf(X509Certificate2 leaf) =>
        Presented.TryGetValue(leaf, out var chain) ? chain : leaf.ExportCertificatePem() + "\n";

    /// <summary>Makes a handshake ask for the client's certificate and judge it.</summary>
    public void Configure(SslServerAuthenticationOptions options)
    {
        options.ClientCertificateRequired = true;
        options.CertificateRevocationCheckMode = X509RevocationMode.NoCheck;
        options.CertificateChainPolicy = new X509ChainPolicy
        {
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        options.RemoteCertificateValidationCallback = (_, certificate, chain, _) => Admits(certificate, chain);
    }

    private bool Admits(X509Certificate? certificate, X509Chain? chain)
    {
        if (certificate is not X509Certificate2 leaf)
        {
            // Without a certificate: whoever verifies refuses, whoever passes on has nothing to pass on.
            return _bundle is null;
        }

        var others = chain?.ChainPolicy.ExtraStore ?? [];
        var text = new StringBuilder();
        foreach (var one in others.Where(other => other.Thumbprint != leaf.Thumbprint).Prepend(leaf))
        {
            text.Append(one.ExportCertificatePem()).Append('\n');
        }

        Presented.AddOrUpdate(leaf, text.ToString());
        return _bundle is null || Verifies(leaf, others, _bundle);
    }

    private bool Verifies(X509Certificate2 leaf, X509Certificate2Collection others, X509Certificate2Collection bundle)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = _clock.GetUtcNow().UtcDateTime;
        chain.ChainPolicy.VerificationFlags = _ignoresExpiry
            ? X509VerificationFlags.IgnoreNotTimeValid
            : X509VerificationFlags.NoFlag;
        chain.ChainPolicy.CustomTrustStore.AddRange(bundle);
        chain.ChainPolicy.ExtraStore.AddRange(others);
        return chain.Build(leaf);
    }
}
