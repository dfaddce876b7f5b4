using Gwctl.Core;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Api.Ec2;
using Gwctl.Providers.Aws.Settling;

namespace Gwctl.Providers.Aws.Reading;

/// <summary>Answers a graph's lookups from what was read. Pure.</summary>
internal static class LookupAnswers
{
    /// <summary>A lookup that found nothing is not in the result; one that found too much is not either, and says
    /// so.</summary>
    public static (EquatableList<LookupResult> Results, EquatableList<Diagnostic> Diagnostics) Of(
        EquatableList<AttributeValue.Lookup> wanted,
        NetworkSnapshot network,
        DnsSnapshot dns,
        CertificateSnapshot certificates)
    {
        var results = new List<LookupResult>();
        var diagnostics = new List<Diagnostic>();
        foreach (var lookup in wanted)
        {
            var answer = Lookups.Parse(lookup) switch
            {
                LookupQuery.OfVpc(var vpc) => Text(network.Vpcs.GetValueOrDefault(vpc)),
                LookupQuery.OfVpcCidrs(var vpc) => Cidrs(network.VpcDetails.GetValueOrDefault(vpc)),
                LookupQuery.OfSubnets(var query) => Subnets(query, network),
                LookupQuery.OfZone zone => Zone(zone, dns, diagnostics),
                LookupQuery.OfCertificate(var hostname) => Text(CertificateChoice.For(hostname, certificates.All)),
                LookupQuery.OfInstance(var node) => Text(network.Instances.GetValueOrDefault(node)),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
            if (answer is not null)
            {
                results.Add(new LookupResult(lookup, answer));
            }
        }

        return ([.. results], [.. diagnostics]);
    }

    private static AttributeValue? Text(string? text) => text is null ? null : Attr.Text(text);

    private static AttributeValue? Cidrs(Vpc? vpc) => vpc is null
        ? null
        : Attr.SortedTexts(
            vpc.CidrBlockAssociationSet.Select(block => block.CidrBlock)
                .Concat(vpc.Ipv6CidrBlockAssociationSet.Select(block => block.Ipv6CidrBlock))
                .Append(vpc.CidrBlock)
                .OfType<string>()
                .Distinct(StringComparer.Ordinal));

    private static AttributeValue? Subnets(SubnetQuery query, NetworkSnapshot network) =>
        network.Subnets.GetValueOrDefault(query.Vpc) is { } subnets && SubnetChoice.For(query, subnets) is { } chosen
            ? Attr.SortedTexts(chosen)
            : null;

    private static AttributeValue? Zone(LookupQuery.OfZone zone, DnsSnapshot dns, List<Diagnostic> diagnostics)
    {
        switch (dns.ZoneIds.GetValueOrDefault((zone.Name, zone.IsPrivate)))
        {
            case [var only]:
                return Attr.Text(only);
            case { Count: > 1 } several:
                diagnostics.Add(AmbiguousZone(zone, several));
                return null;
            default:
                return null;
        }
    }

    private static Diagnostic AmbiguousZone(LookupQuery.OfZone zone, IReadOnlyList<string> ids) =>
        new("GW4160", Severity.Warning, "Several hosted zones have the same name")
        {
            Detail = $"The {(zone.IsPrivate ? "private" : "public")} zone {zone.Name} could be any of "
                + $"{string.Join(", ", ids.Order(StringComparer.Ordinal))}.",
            Help = "Give the zone's id in the ProviderConfig's spec.dns.zones.",
        };
}
