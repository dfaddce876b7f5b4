using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Compiler.Topology;

/// <summary>The usable Secrets of a listener, and the worst problem of the others.</summary>
internal sealed record CertificateResolution(EquatableList<SecretSpec> Secrets, Problem? Problem);

/// <summary>Resolves tls.certificateRefs. Looks into the certificates but never at the clock: expiry is not judged
/// here.</summary>
internal sealed class CertificateResolver(SpecIndex index, List<Diagnostic> diagnostics)
{
    private readonly Dictionary<ObjectName, KeyPair> _pairs = [];

    public CertificateResolution Resolve(ParentDraft gateway, ListenerDraft listener, ListenerTlsSpec tls)
    {
        var usable = new List<SecretSpec>();
        var names = new List<string>();
        Problem? worst = null;
        foreach (var reference in tls.CertificateRefs)
        {
            var diagnostic = Check(gateway, reference, out var secret);
            if (diagnostic is null && secret is not null)
            {
                usable.Add(secret);
                names.AddRange(_pairs[secret.Name].Names);
            }

            if (diagnostic is null)
            {
                continue;
            }

            diagnostics.Add(diagnostic);
            worst = worst?.Reason is ConditionReasons.RefNotPermitted || worst?.Reason == diagnostic.Reason
                ? worst
                : new Problem(diagnostic.Reason, diagnostic.Detail);
        }

        if (usable.Count > 0 && !listener.Hostname.IsAny && !names.Exists(name => IsServedBy(listener.Hostname, name)))
        {
            diagnostics.Add(CertificateDiagnostics.HostNotCovered(gateway, listener, tls, names));
        }

        return new CertificateResolution([.. usable], worst);
    }

    /// <summary>What a Gateway shows to backends: one Secret, or why it cannot be used.</summary>
    public Diagnostic? ResolveBackend(GatewayDraft gateway, SpecReference reference, out SecretSpec? secret)
    {
        var problem = Check(gateway, reference, out secret);
        return problem is null or { Reason: ConditionReasons.RefNotPermitted }
            ? problem
            : problem with { Reason = ConditionReasons.InvalidClientCertificateRef };
    }

    /// <summary>A grant is asked for before anything else, so that nothing is said of Secrets that may not be
    /// seen.</summary>
    private Diagnostic? Check(ParentDraft gateway, SpecReference reference, out SecretSpec? secret)
    {
        secret = null;
        var name = new ObjectName(reference.Namespace ?? gateway.Name.Namespace, reference.Name);
        if (!index.Grants.Allows(gateway.ObjectId, new ObjectId(reference.Group, reference.Kind, name)))
        {
            return CertificateDiagnostics.NotPermitted(gateway, reference, name);
        }

        if (reference is not { Group: ApiGroups.Core, Kind: "Secret" })
        {
            return CertificateDiagnostics.Kind(gateway, reference);
        }

        if (!index.Secrets.TryGetValue(name, out var found))
        {
            var names = index.Secrets.Keys.Where(key => key.Namespace == name.Namespace).Select(key => key.Name);
            return CertificateDiagnostics.Missing(
                gateway, reference, name, index.Hints.For($"Secret/{name.Namespace}", name.Name, names));
        }

        var pair = PairOf(found);
        secret = pair.Fault is "" ? found : null;
        return pair.Fault is "" ? null : CertificateDiagnostics.Unusable(gateway, reference, name, pair.Fault);
    }

    private KeyPair PairOf(SecretSpec secret)
    {
        if (!_pairs.TryGetValue(secret.Name, out var pair))
        {
            pair = Inspect(secret);
            _pairs.Add(secret.Name, pair);
        }

        return pair;
    }

    private static KeyPair Inspect(SecretSpec secret)
    {
        if (secret.Type is not "kubernetes.io/tls")
        {
            return KeyPair.Bad($"is of type '{secret.Type}', not kubernetes.io/tls");
        }

        if (secret.Certificate is null || secret.PrivateKey is null)
        {
            return KeyPair.Bad($"has no {(secret.Certificate is null ? "tls.crt" : "tls.key")}");
        }

        using var parsed = Parse(secret.Certificate.Reveal());
        if (parsed is null)
        {
            return KeyPair.Bad("holds a tls.crt that is not a PEM certificate");
        }

        return KeyFault(secret.Certificate.Reveal(), secret.PrivateKey.Reveal()) is { } fault
            ? KeyPair.Bad(fault)
            : new KeyPair("", NamesOf(parsed));
    }

    /// <summary>The leaf, after every certificate of the chain has been read; null where one cannot be.</summary>
    private static X509Certificate2? Parse(string chain)
    {
        try
        {
            var all = new X509Certificate2Collection();
            all.ImportFromPem(chain);
            return all.Count is 0 ? null : all[0];
        }
        catch (CryptographicException)
        {
            // The library names no place in the text, so there is nothing to pass on but that it is not a certificate.
            return null;
        }
    }

    private static string? KeyFault(string chain, string key)
    {
        if (!key.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
        {
            return "holds a tls.key that is not a PEM private key";
        }

        if (key.Contains("ENCRYPTED", StringComparison.Ordinal))
        {
            return "holds a tls.key that is encrypted";
        }

        try
        {
            using var pair = X509Certificate2.CreateFromPem(chain, key);
            return null;
        }
        catch (CryptographicException)
        {
            // The exception's text may describe the key; only the finding leaves this method.
            return "holds a tls.key that does not belong to the certificate in tls.crt";
        }
        catch (ArgumentException)
        {
            return "holds a tls.key that does not belong to the certificate in tls.crt";
        }
    }

    private static EquatableList<string> NamesOf(X509Certificate2 leaf)
    {
        var alternatives = leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        return alternatives is null
            ? [leaf.GetNameInfo(X509NameType.DnsName, forIssuer: false)]
            : [.. alternatives.EnumerateDnsNames()];
    }

    /// <summary>A certificate's wildcard stands for one label only, so it serves a part of a wildcard listener at
    /// best.</summary>
    private static bool IsServedBy(HostPattern hostname, string name) =>
        hostname.Intersect(HostPattern.Parse(name)) is not null;

    /// <summary>What is wrong with a Secret (empty: nothing), and the DNS names that its leaf certificate is
    /// for.</summary>
    private sealed record KeyPair(string Fault, EquatableList<string> Names)
    {
        public static KeyPair Bad(string fault) => new(fault, []);
    }
}
