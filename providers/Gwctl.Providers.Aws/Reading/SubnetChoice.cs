using Gwctl.Providers.Aws.Api.Ec2;
using Gwctl.Providers.Aws.Settling;

namespace Gwctl.Providers.Aws.Reading;

/// <summary>Which subnets a load balancer gets: one in each zone, the first by id.</summary>
internal static class SubnetChoice
{
    private const int ZonesMin = 2;

    /// <summary>The tags by which clusters mark their subnets for load balancers; an empty value or 1.</summary>
    private const string PublicRole = "kubernetes.io/role/elb";
    private const string InternalRole = "kubernetes.io/role/internal-elb";

    /// <summary>The ids, sorted; null where fewer than two zones have one.</summary>
    public static IReadOnlyList<string>? For(SubnetQuery query, IReadOnlyList<Subnet> subnets)
    {
        var usable = subnets.Where(subnet => subnet.State is null or SubnetState.Available).ToList();
        var chosen = Candidates(query, usable)
            .OrderBy(subnet => subnet.SubnetId, StringComparer.Ordinal)
            .DistinctBy(subnet => subnet.AvailabilityZone)
            .Select(subnet => subnet.SubnetId)
            .ToList();
        return chosen.Count >= ZonesMin ? chosen : null;
    }

    private static IReadOnlyList<Subnet> Candidates(SubnetQuery query, IReadOnlyList<Subnet> subnets)
    {
        if (query.Tags.Count > 0)
        {
            return [.. subnets.Where(subnet => query.Tags.All(tag => Bears(subnet, tag.Name, tag.Value)))];
        }

        var isPublic = query.Scheme == Api.Elbv2.LoadBalancerSchemeEnum.InternetFacing;
        var role = isPublic ? PublicRole : InternalRole;
        var marked = subnets.Where(subnet => Bears(subnet, role, "1") || HasEmpty(subnet, role)).ToList();
        if (marked.Count > 0)
        {
            return marked;
        }

        // Whether a route leads to an internet gateway would need another permission and another call; subnets that
        // give instances public addresses, and those of a default VPC, have such a route.
        var matching = subnets.Where(subnet => IsPublic(subnet) == isPublic).ToList();
        return matching.Count > 0 || isPublic ? matching : subnets;
    }

    private static bool IsPublic(Subnet subnet) => subnet.MapPublicIpOnLaunch is true || subnet.DefaultForAz is true;

    private static bool Bears(Subnet subnet, string name, string value) =>
        subnet.Tags.Any(tag => tag.Key == name && (value is "" || tag.Value == value));

    private static bool HasEmpty(Subnet subnet, string name) =>
        subnet.Tags.Any(tag => tag.Key == name && tag.Value is (null or ""));
}
