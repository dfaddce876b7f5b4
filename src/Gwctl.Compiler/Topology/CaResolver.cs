using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Compiler.Topology;

/// <summary>What references to CA certificates resolve to: the PEM texts of the valid ones, and what is wrong with the
/// others.</summary>
internal sealed record CaResolution(EquatableList<string> Certificates, List<Diagnostic> Problems);

/// <summary>Resolves caCertificateRefs. Reads the certificates but never the clock: expiry is not judged
/// here.</summary>
internal sealed class CaResolver(SpecIndex index)
{
    private readonly Dictionary<ObjectId, string> _faults = [];

    /// <param name="kindReason">The reason where a reference names a kind that holds no certificates.</param>
    public CaResolution Resolve(ObjectId referrer, EquatableList<SpecReference> references, string kindReason)
    {
        var texts = new List<string>();
        var problems = new List<Diagnostic>();
        foreach (var reference in references)
        {
            if (Check(referrer, reference, kindReason, out var text) is { } problem)
            {
                problems.Add(problem);
            }
            else
            {
                texts.Add(text);
            }
        }

        return new CaResolution([.. texts], problems);
    }

    /// <summary>A grant is asked for before anything else, so that nothing is said of objects that may not be
    /// seen.</summary>
    private Diagnostic? Check(ObjectId referrer, SpecReference reference, string kindReason, out string text)
    {
        text = "";
        var name = new ObjectName(reference.Namespace ?? referrer.Name.Namespace, reference.Name);
        var target = new ObjectId(reference.Group, reference.Kind, name);
        if (!index.Grants.Allows(referrer, target))
        {
            return CaDiagnostics.NotPermitted(referrer, reference, name);
        }

        if (reference is not { Group: ApiGroups.Core, Kind: "ConfigMap" or "Secret" })
        {
            return CaDiagnostics.Kind(referrer, reference, kindReason);
        }

        var (isFound, entry) = Find(reference.Kind, name);
        if (!isFound)
        {
            return CaDiagnostics.Missing(referrer, reference, name, HintOf(reference.Kind, name));
        }

        if (entry is not { } found)
        {
            return CaDiagnostics.NoEntry(referrer, reference, name);
        }

        text = found.Value;
        var fault = FaultOf(target, text);
        return fault is "" ? null : CaDiagnostics.BadPem(referrer, reference, name, found.Span, fault);
    }

    private (bool IsFound, Located<string>? Entry) Find(string kind, ObjectName name)
    {
        if (kind is "ConfigMap")
        {
            return (index.ConfigMaps.TryGetValue(name, out var map), map?.CaCertificate);
        }

        return index.Secrets.TryGetValue(name, out var secret)
            ? (true, secret.CaCertificate is { } text ? new Located<string>(text.Reveal(), secret.Span) : null)
            : (false, null);
    }

    private string HintOf(string kind, ObjectName name)
    {
        var all = kind is "ConfigMap" ? index.ConfigMaps.Keys.AsEnumerable() : index.Secrets.Keys;
        var names = all.Where(key => key.Namespace == name.Namespace).Select(key => key.Name);
        return index.Hints.For($"{kind}/{name.Namespace}", name.Name, names);
    }

    private string FaultOf(ObjectId target, string text)
    {
        if (!_faults.TryGetValue(target, out var fault))
        {
            fault = Judge(text);
            _faults.Add(target, fault);
        }

        return fault;
    }

    /// <summary>Empty where every CERTIFICATE block parses and there is at least one.</summary>
    private static string Judge(string text)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(text);
            return certificates.Count is 0 ? "has no CERTIFICATE block" : "";
        }
        catch (CryptographicException)
        {
            // The library names no place in the text, so there is nothing to pass on but that it is no certificate.
            return "has a CERTIFICATE block that holds no certificate";
        }
        finally
        {
            foreach (var certificate in certificates)
            {
                certificate.Dispose();
            }
        }
    }
}
