using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gwctl.Compiler.Routing;
using Gwctl.Core;

namespace Gwctl.Trials;

/// <summary>Certificates for listeners whose own are not at hand: discovered or requested in the real cloud.</summary>
internal static class TrialCertificates
{
    private static readonly TimeSpan s_lifetime = TimeSpan.FromDays(30);

    /// <summary>Self-signed, for the hostnames that the listener serves.</summary>
    public static ListenerCertificate Make(RoutingListener listener, ObjectName gateway, DateTimeOffset now)
    {
        var names = NamesOf(listener);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={names[0]}", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            alternatives.AddDnsName(name);
        }

        request.CertificateExtensions.Add(alternatives.Build());
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now + s_lifetime);
        return new ListenerCertificate(
            new ObjectName(gateway.Namespace, $"trial-{gateway.Name}-{listener.ListenerSet?.Name}-{listener.Name}"),
            new SecretText(certificate.ExportCertificatePem()),
            new SecretText(key.ExportPkcs8PrivateKeyPem()),
            listener.Span);
    }

    // A common name holds 64 characters, an imported certificate not many names.
    private static List<string> NamesOf(RoutingListener listener)
    {
        var served = listener.Rules.Select(rule => rule.Hostname)
            .Concat(listener.Streams.Select(stream => stream.Hostname))
            .Prepend(listener.Hostname)
            .Where(name => name is { Length: > 0 and <= 64 })
            .Distinct(StringComparer.Ordinal)
            .Take(listener.Hostname is "" ? 20 : 1)
            .ToList();
        return served.Count is 0 ? ["trial.invalid"] : served;
    }
}
