using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Api.Elbv2;

namespace Gwctl.Providers.Aws.Reading;

/// <summary>Load balancers and listeners as AWS describes them, without what takes a call of its own (attributes,
/// tags).</summary>
internal static class LoadBalancerShape
{
    public static AttributeMap From(LoadBalancer loadBalancer) => AttributeMap.Empty
        .Put("name", loadBalancer.LoadBalancerName)
        .Put("type", loadBalancer.Type is LoadBalancerTypeEnum.Application ? null : loadBalancer.Type)
        .Put("scheme", loadBalancer.Scheme)
        .Put("ipAddressType", loadBalancer.IpAddressType)
        .Put("subnets", Attr.SortedTexts(loadBalancer.AvailabilityZones.Select(zone => zone.SubnetId).OfType<string>()))
        .Put("eipAllocations", Allocations(loadBalancer))
        .Put("securityGroups", Attr.SortedTexts(loadBalancer.SecurityGroups));

    /// <summary>Route 53 keeps alias targets in lower case: so does everything here that names the load
    /// balancer.</summary>
    public static AttributeMap Outputs(LoadBalancer loadBalancer) => AttributeMap.Empty
        .Put("arn", loadBalancer.LoadBalancerArn)
        .Put("dnsName", loadBalancer.DNSName?.ToLowerInvariant())
        .Put("zoneId", loadBalancer.CanonicalHostedZoneId);

    public static AttributeMap From(Listener listener)
    {
        var certificate = listener.Certificates.FirstOrDefault(found => found.IsDefault is not false);
        return AttributeMap.Empty
            .Put("loadBalancer", listener.LoadBalancerArn)
            .Put("port", listener.Port)
            .Put("protocol", listener.Protocol)
            .Put("sslPolicy", listener.SslPolicy is "" ? null : listener.SslPolicy)
            .Put("certificate", certificate?.CertificateArn)
            .Put("mutualAuthentication", MutualAuthenticationOf(listener))
            .Put("alpnPolicy", listener.Protocol is ProtocolEnum.TLS ? AlpnPolicyOf(listener) : null)
            .Put("defaultActions", ActionShape.From(listener.DefaultActions));
    }

    /// <summary>Null where it is off, which is how listeners begin.</summary>
    private static AttributeValue? MutualAuthenticationOf(Listener listener) =>
        listener.MutualAuthentication is { Mode: { } mode and not "off" } mutual
            ? Attr.Map(AttributeMap.Empty.Put("mode", mode).Put("trustStore", mutual.TrustStoreArn))
            : null;

    /// <summary>AWS takes a list of one, and leaves it out where it is None.</summary>
    private static string AlpnPolicyOf(Listener listener) =>
        listener.AlpnPolicy is [var policy, ..] ? policy : "None";

    /// <summary>In the order of the subnets' ids; null where there are none.</summary>
    private static AttributeValue? Allocations(LoadBalancer loadBalancer)
    {
        var allocations = loadBalancer.AvailabilityZones
            .OrderBy(zone => zone.SubnetId, StringComparer.Ordinal)
            .SelectMany(zone => zone.LoadBalancerAddresses)
            .Select(address => address.AllocationId)
            .OfType<string>()
            .Select(AttributeValue (allocation) => new AttributeValue.Text(allocation))
            .ToList();
        return allocations.Count is 0 ? null : Attr.List(allocations);
    }
}
