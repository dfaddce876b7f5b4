using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Api.Ec2;

namespace Gwctl.Providers.Aws.Reading;

/// <summary>Live resources from what EC2 and ACM answered, and listeners' SNI certificates. Pure.</summary>
internal static class LiveOthers
{
    public static void AddSecurityGroups(AwsLiveBuilder live, NetworkSnapshot network, Answers answers)
    {
        foreach (var group in network.SecurityGroups)
        {
            var tags = Tags.From(group.Tags);
            var shape = SecurityGroupShape.From(group);
            var isOurs = live.AddressOf(Kinds.SecurityGroup, group.GroupId, tags);
            var node = isOurs is { } known
                ? live.Wanted[known]
                : live.Wanted.Named(Kinds.SecurityGroup, group.GroupName);
            if ((isOurs ?? Blocked(live, group, node, tags, answers)) is not { } address)
            {
                continue;
            }

            live.Add(new LiveResource
            {
                Address = address,
                Id = group.GroupId,
                Ownership = isOurs is null ? Ownership.Foreign : Ownership.Ours,
                Attributes = shape.Put("tags", UserTags.Live(tags, node?.Attributes)),
                Outputs = isOurs is null ? AttributeMap.Empty : SecurityGroupShape.Outputs(group),
                Fingerprint = Fingerprints.Of(Kinds.SecurityGroup, shape),
                Protected = Marks.IsProtected(tags),
                OwnerText = isOurs is null ? Marks.OwnerText(tags) : "",
            });
        }
    }

    public static void AddCertificates(
        AwsLiveBuilder live, CertificateSnapshot certificates, TagIndex tags, DnsSnapshot dns, Answers answers)
    {
        foreach (var certificate in certificates.All)
        {
            var arn = certificate.CertificateArn;
            var kind = CertificateReading.KindOf(certificate);
            if (live.AddressOf(kind, arn, tags[arn]) is not { } address)
            {
                continue;
            }

            var desired = live.Wanted[address]?.Attributes;
            var shape = kind is Kinds.ImportedCertificate
                ? CertificateShape.Imported(tags[arn], desired)
                : CertificateShape.Requested(
                    certificate, certificates.Details.GetValueOrDefault(arn), desired, dns, answers);
            live.Add(new LiveResource
            {
                Address = address,
                Id = arn,
                Ownership = Ownership.Ours,
                Attributes = shape.Put("tags", UserTags.Live(tags[arn], desired)),
                Outputs = AttributeMap.Empty.Put("arn", arn),
                Fingerprint = Fingerprints.Of(kind, shape),
                Protected = Marks.IsProtected(tags[arn]),
            });
        }
    }

    /// <summary>A listener is ours with its certificates. Which of the wanted ones a live one is, its ARN says; one
    /// that nobody wants has its own id for a key.</summary>
    public static void AddListenerCertificates(AwsLiveBuilder live, ElbSnapshot elb, Answers answers)
    {
        var arns = live.Resources
            .Where(resource => resource.Address.Kind is Kinds.ImportedCertificate or Kinds.RequestedCertificate)
            .GroupBy(resource => resource.Address)
            .ToDictionary(
                group => group.Key,
                group => group.Select(resource => resource.Id).ToHashSet(StringComparer.Ordinal));
        var wanted = live.Wanted.OfKind(Kinds.ListenerCertificate)
            .ToLookup(node => ListenerOf(node), node => node);
        foreach (var listener in elb.Listeners)
        {
            if (live.AddressOf(listener.ListenerArn) is not { Kind: Kinds.Listener } address
                || !live.IsOurs(elb.Tags[listener.ListenerArn]))
            {
                continue;
            }

            foreach (var certificate in elb.Certificates.GetValueOrDefault(listener.ListenerArn, []))
            {
                var nodes = wanted[address].Where(node => Means(node, certificate, arns, answers)).ToList();
                IEnumerable<ResourceAddress> places = nodes.Count > 0
                    ? nodes.Select(node => node.Address)
                    : [address with { Kind = Kinds.ListenerCertificate, Key = $"{address.Key}/{certificate}" }];
                foreach (var (index, place) in places.Index())
                {
                    var twin = index is 0 ? "" : $"|{place.Key}";
                    live.Add(ListenerCertificate(place, listener.ListenerArn, certificate, twin));
                }
            }
        }
    }

    /// <summary>The address of the group that stands in the way of the node; null where it does not.</summary>
    private static ResourceAddress? Blocked(
        AwsLiveBuilder live, SecurityGroup group, ResourceNode? node, Tags tags, Answers answers) =>
        node is not null
        && !live.IsOurs(tags)
        && (node.Attributes["vpc"] is not { } vpc || answers.Text(vpc) is not { } id || id == group.VpcId)
            ? node.Address
            : null;

    private static ResourceAddress? ListenerOf(ResourceNode node) =>
        node.Attributes["listener"] is AttributeValue.Reference(var source, _) ? source : null;

    private static bool Means(
        ResourceNode node,
        string arn,
        Dictionary<ResourceAddress, HashSet<string>> arns,
        Answers answers) => node.Attributes["certificate"] switch
        {
            AttributeValue.Reference(var source, _) => arns.TryGetValue(source, out var found) && found.Contains(arn),
            { } value => answers.Text(value) == arn,
            null => false,
        };

    /// <param name="address">Ours.</param>
    /// <param name="listenerArn">The listener.</param>
    /// <param name="certificateArn">The certificate.</param>
    /// <param name="twin">Tells two wanted ones apart that turned out to be one certificate; empty for the
    /// first.</param>
    private static LiveResource ListenerCertificate(
        ResourceAddress address, string listenerArn, string certificateArn, string twin)
    {
        var attributes = AttributeMap.Empty.Put("listener", listenerArn).Put("certificate", certificateArn);
        return new LiveResource
        {
            Address = address,
            Id = $"{listenerArn}|{certificateArn}{twin}",
            Ownership = Ownership.Ours,
            Attributes = attributes,
            Outputs = AttributeMap.Empty,
            Fingerprint = Fingerprints.Of(Kinds.ListenerCertificate, attributes),
        };
    }
}
