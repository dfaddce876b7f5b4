using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Api.Ec2;

namespace Gwctl.Providers.Aws.Reading;

/// <summary>Security groups: one map for each protocol, port range and CIDR block, as EC2 keeps its rules apart
/// too.</summary>
internal static class SecurityGroupShape
{
    /// <summary>Every protocol, all ports.</summary>
    private const string AnyProtocol = "-1";

    public static AttributeMap From(SecurityGroup group) => AttributeMap.Empty
        .Put("name", group.GroupName)
        .Put("description", group.Description)
        .Put("vpc", group.VpcId)
        .Put("ingress", AttributeOrder.Sorted(group.IpPermissions.SelectMany(From)));

    public static AttributeMap Outputs(SecurityGroup group) => AttributeMap.Empty.Put("id", group.GroupId);

    public static IpPermission ToPermission(AttributeMap rule)
    {
        var permission = new IpPermission
        {
            IpProtocol = rule.TextOf("protocol"),
            FromPort = rule.NumberOrNull("fromPort"),
            ToPort = rule.NumberOrNull("toPort"),
        };
        return rule switch
        {
            _ when rule.TextOrNull("source") is { } group =>
                permission with { UserIdGroupPairs = [new UserIdGroupPair { GroupId = group }] },
            _ when rule.TextOrNull("prefixList") is { } list =>
                permission with { PrefixListIds = [new PrefixListId { Id = list }] },
            _ when rule.TextOf("cidr") is var cidr && cidr.Contains(':') =>
                permission with { Ipv6Ranges = [new Ipv6Range { CidrIpv6 = cidr }] },
            _ => permission with { IpRanges = [new IpRange { CidrIp = rule.TextOf("cidr") }] },
        };
    }

    /// <summary>Sources that are no CIDR blocks are never planned; they are shown so that the difference is seen and
    /// repaired.</summary>
    private static IEnumerable<AttributeValue> From(IpPermission permission)
    {
        var ports = AttributeMap.Empty
            .Put("protocol", permission.IpProtocol)
            .Put("fromPort", permission.IpProtocol is AnyProtocol ? null : permission.FromPort)
            .Put("toPort", permission.IpProtocol is AnyProtocol ? null : permission.ToPort);
        return
        [
            .. permission.IpRanges.Select(range => Attr.Map(ports.Put("cidr", range.CidrIp))),
            .. permission.Ipv6Ranges.Select(range => Attr.Map(ports.Put("cidr", range.CidrIpv6))),
            .. permission.UserIdGroupPairs.Select(pair => Attr.Map(ports.Put("source", pair.GroupId))),
            .. permission.PrefixListIds.Select(list => Attr.Map(ports.Put("prefixList", list.Id))),
        ];
    }
}
