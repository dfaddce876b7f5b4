using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Api.Acm;

namespace Gwctl.Providers.Aws.Reading;

/// <summary>ACM certificates of ours.</summary>
internal static class CertificateShape
{
    /// <summary>ACM never gives a private key back, so that both halves are known by the digests in the marks
    /// alone.</summary>
    public static AttributeMap Imported(Tags tags, AttributeMap? desired) => AttributeMap.Empty
        .Put("chain", Secret(tags[Marks.ChainDigest], desired?["chain"]))
        .Put("privateKey", Secret(tags[Marks.PrivateKeyDigest], desired?["privateKey"]));

    /// <param name="detail">Null where the reading is shallow: then the validation records are taken to be
    /// there.</param>
    public static AttributeMap Requested(
        CertificateSummary certificate,
        CertificateDetail? detail,
        AttributeMap? desired,
        DnsSnapshot dns,
        Answers answers) =>
        AttributeMap.Empty
            .Put("domain", certificate.DomainName)
            .Put("alternativeNames", Attr.SortedTexts(
                (detail?.SubjectAlternativeNames ?? certificate.SubjectAlternativeNameSummaries)
                .Where(name => name != certificate.DomainName)))
            .Put("zones", detail is null
                ? desired?["zones"] is { } zones ? answers.Full(zones) : null
                : Zones(detail, dns));

    private static AttributeValue.Secret? Secret(string? digest, AttributeValue? desired) => digest is null
        ? null
        : new AttributeValue.Secret((desired as AttributeValue.Secret)?.Source ?? "", digest);

    /// <summary>Each name's zone: where its validation record is.</summary>
    private static AttributeValue Zones(CertificateDetail detail, DnsSnapshot dns)
    {
        var zones = AttributeMap.Empty;
        foreach (var validation in detail.DomainValidationOptions)
        {
            if (validation.ResourceRecord is { } record && ZoneWith(record, dns) is { } zone)
            {
                zones = zones.Put(validation.DomainName, zone);
            }
        }

        return Attr.Map(zones);
    }

    private static string? ZoneWith(ResourceRecord wanted, DnsSnapshot dns) => dns.Records
        .Where(zone => zone.Value.Any(record => record.Type == wanted.Type
            && DnsShape.SameName(record.Name, wanted.Name)
            && record.ResourceRecords.Any(value => DnsShape.SameName(value.Value, wanted.Value))))
        .Select(zone => zone.Key)
        .Order(StringComparer.Ordinal)
        .FirstOrDefault();
}
