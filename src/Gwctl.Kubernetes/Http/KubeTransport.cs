using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gwctl.Kubernetes.Config;

namespace Gwctl.Kubernetes.Http;

/// <summary>Makes the HTTP handler for an API server: whom to trust, and what to show.</summary>
internal static class KubeTransport
{
    private static readonly TimeSpan ConnectMax = TimeSpan.FromSeconds(10);

    public static SocketsHttpHandler Handler(KubeSettings settings, KubeCredentials credentials)
    {
        var trust = new ServerTrust(settings);
        return new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.GZip,
            ConnectTimeout = ConnectMax,
            EnableMultipleHttp2Connections = true,
            // A watch that is cut without a word shows here, long before its own end.
            KeepAlivePingDelay = TimeSpan.FromSeconds(30),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(15),
            PooledConnectionLifetime = TimeSpan.FromMinutes(15),
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = trust.Accepts,
#pragma warning disable CS8603 // Null is no certificate; the delegate's type does not say that it may be.
                LocalCertificateSelectionCallback = (_, _, _, _, _) => credentials.Certificate,
#pragma warning restore CS8603
            },
        };
    }
}

/// <summary>Judges a server's certificate by what the kubeconfig says.</summary>
internal sealed class ServerTrust(KubeSettings settings)
{
    public bool Accepts(object sender, X509Certificate? shown, X509Chain? built, SslPolicyErrors errors)
    {
        if (settings.SkipsTlsVerification)
        {
            return true;
        }

        if (shown is not X509Certificate2 certificate)
        {
            return false;
        }

        var nameFits = settings.TlsServerName is { } name
            ? certificate.MatchesHostname(name)
            : !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch);
        return nameFits
            && (Authorities() is { Count: > 0 } authorities
                ? IsSignedBy(certificate, built, authorities)
                : !errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors));
    }

    // The file is read for each connection: a cluster's authority is renewed while its pods run.
    private X509Certificate2Collection? Authorities()
    {
        var pem = settings.AuthorityFile is { } path && File.Exists(path)
            ? File.ReadAllText(path)
            : settings.AuthorityPem;
        if (pem is null)
        {
            return null;
        }

        var found = new X509Certificate2Collection();
        try
        {
            found.ImportFromPem(pem);
        }
        catch (CryptographicException exception)
        {
            throw new KubeException(
                KubeDiagnostics.BadCertificate("The cluster's authority", exception.Message), inner: exception);
        }

        return found;
    }

    private static bool IsSignedBy(
        X509Certificate2 certificate, X509Chain? built, X509Certificate2Collection authorities)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        if (built is not null)
        {
            foreach (var element in built.ChainElements)
            {
                chain.ChainPolicy.ExtraStore.Add(element.Certificate);
            }
        }

        return chain.Build(certificate);
    }
}
