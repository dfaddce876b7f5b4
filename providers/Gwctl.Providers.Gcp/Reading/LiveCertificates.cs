using Gwctl.Core;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Gcp.Api;

namespace Gwctl.Providers.Gcp.Reading;

/// <summary>Live resources from what Certificate Manager answered. Pure.</summary>
internal sealed class LiveCertificates(GcpLiveBuilder live, CertificateSnapshot certificates, DnsSnapshot dns)
{
    public void AddAll()
    {
        if (certificates.IsDisabled)
        {
            live.Note(Disabled());
        }

        foreach (var item in certificates.Items)
        {
            Add(item);
        }
    }

    private void Add(CertificateItem item)
    {
        var kind = CertificateKind.Of(item.Kind);
        var name = item.Name[(item.Name.LastIndexOf('/') + 1)..];
        if (live.Place(item.Kind, CertificateKind.Location, name, item.Name, item.Body) is not var (address, ownership))
        {
            return;
        }

        var raw = kind.Shape(live.Scope.Project, item.Name, item.Body);
        var shape = item.Kind is Kinds.DnsAuthorization ? raw.Put("zone", ZoneOf(item)) : raw;
        live.Add(new LiveResource
        {
            Address = address,
            Id = item.Name,
            Ownership = ownership,
            Attributes = Fitting.Fit(shape, live.Wanted[address]?.Attributes),
            Outputs = ownership is Ownership.Ours ? kind.Outputs(item.Name) : AttributeMap.Empty,
            Fingerprint = Fingerprints.Of(raw),
            Protected = ownership is Ownership.Ours && Marks.From(item.Body).IsProtected,
            OwnerText = ownership is Ownership.Foreign ? Marks.OwnerText(item.Body) : "",
        });
    }

    /// <summary>The managed zone that holds the record by which the authorization is proved; null where none
    /// does.</summary>
    private string? ZoneOf(CertificateItem item)
    {
        if (item.Body.ObjectOrNull("dnsResourceRecord") is not { } proof)
        {
            return null;
        }

        var wanted = DnsForm.Hostname(proof.TextOrNull("name") ?? "");
        var data = DnsForm.Hostname(proof.TextOrNull("data") ?? "");
        return dns.Records
            .Where(zone => zone.Value.Any(record => record.TextOrNull("type") is "CNAME"
                && DnsForm.Hostname(record.TextOrNull("name") ?? "") == wanted
                && record.Texts("rrdatas").Any(text => DnsForm.Hostname(text) == data)))
            .Select(zone => zone.Key)
            .Order(StringComparer.Ordinal)
            .FirstOrDefault();
    }

    private static Diagnostic Disabled() =>
        new("GW4263", Severity.Note, "Certificate Manager is not enabled in the project")
        {
            Detail = "The specs want nothing of it, and gwctl does not look there for what earlier specs wanted.",
            Help = "Enable certificatemanager.googleapis.com if gwctl ever made certificates there.",
        };
}
