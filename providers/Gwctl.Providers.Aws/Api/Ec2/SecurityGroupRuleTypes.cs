using Gwctl.Core;
using Gwctl.Providers.Aws.Api.Wire;

namespace Gwctl.Providers.Aws.Api.Ec2;

/// <summary>
/// Protocol <c>-1</c> is all of them, without ports. Description counts for nothing when a permission is revoked.
/// </summary>
public sealed record IpPermission : IWireShape
{
    public required string IpProtocol { get; init; }
    public int? FromPort { get; init; }
    public int? ToPort { get; init; }
    public EquatableList<UserIdGroupPair> UserIdGroupPairs { get; init; } = [];
    public EquatableList<IpRange> IpRanges { get; init; } = [];
    public EquatableList<Ipv6Range> Ipv6Ranges { get; init; } = [];
    public EquatableList<PrefixListId> PrefixListIds { get; init; } = [];

    void IWireShape.Write(WireWriter to)
    {
        to.Put("IpProtocol", IpProtocol);
        to.Put("FromPort", FromPort);
        to.Put("ToPort", ToPort);
        to.PutList("Groups", UserIdGroupPairs);
        to.PutList("IpRanges", IpRanges);
        to.PutList("Ipv6Ranges", Ipv6Ranges);
        to.PutList("PrefixListIds", PrefixListIds);
    }

    internal static IpPermission Read(WireNode from) => new()
    {
        IpProtocol = from.Text("ipProtocol"),
        FromPort = from.IntOrNull("fromPort"),
        ToPort = from.IntOrNull("toPort"),
        UserIdGroupPairs = from.List("groups", UserIdGroupPair.Read),
        IpRanges = from.List("ipRanges", IpRange.Read),
        Ipv6Ranges = from.List("ipv6Ranges", Ipv6Range.Read),
        PrefixListIds = from.List("prefixListIds", PrefixListId.Read),
    };
}

public sealed record UserIdGroupPair : IWireShape
{
    public string? Description { get; init; }
    public string? UserId { get; init; }
    public string? GroupName { get; init; }
    public string? GroupId { get; init; }
    public string? VpcId { get; init; }
    public string? VpcPeeringConnectionId { get; init; }
    public string? PeeringStatus { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.Put("Description", Description);
        to.Put("UserId", UserId);
        to.Put("GroupName", GroupName);
        to.Put("GroupId", GroupId);
        to.Put("VpcId", VpcId);
        to.Put("VpcPeeringConnectionId", VpcPeeringConnectionId);
        to.Put("PeeringStatus", PeeringStatus);
    }

    internal static UserIdGroupPair Read(WireNode from) => new()
    {
        Description = from.TextOrNull("description"),
        UserId = from.TextOrNull("userId"),
        GroupName = from.TextOrNull("groupName"),
        GroupId = from.TextOrNull("groupId"),
        VpcId = from.TextOrNull("vpcId"),
        VpcPeeringConnectionId = from.TextOrNull("vpcPeeringConnectionId"),
        PeeringStatus = from.TextOrNull("peeringStatus"),
    };
}

public sealed record IpRange : IWireShape
{
    public string? Description { get; init; }
    public required string CidrIp { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.Put("Description", Description);
        to.Put("CidrIp", CidrIp);
    }

    internal static IpRange Read(WireNode from) => new()
    {
        Description = from.TextOrNull("description"),
        CidrIp = from.Text("cidrIp"),
    };
}

public sealed record Ipv6Range : IWireShape
{
    public string? Description { get; init; }
    public required string CidrIpv6 { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.Put("Description", Description);
        to.Put("CidrIpv6", CidrIpv6);
    }

    internal static Ipv6Range Read(WireNode from) => new()
    {
        Description = from.TextOrNull("description"),
        CidrIpv6 = from.Text("cidrIpv6"),
    };
}

public sealed record PrefixListId : IWireShape
{
    public string? Description { get; init; }
    public required string Id { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.Put("Description", Description);
        to.Put("PrefixListId", Id);
    }

    internal static PrefixListId Read(WireNode from) => new()
    {
        Description = from.TextOrNull("description"),
        Id = from.Text("prefixListId"),
    };
}

public sealed record DescribeSecurityGroupRulesRequest : IWireShape
{
    public EquatableList<Filter> Filters { get; init; } = [];
    public EquatableList<string> SecurityGroupRuleIds { get; init; } = [];
    public string? NextToken { get; init; }
    public int? MaxResults { get; init; } // 5–1000

    void IWireShape.Write(WireWriter to)
    {
        to.PutList("Filter", Filters);
        to.PutList("SecurityGroupRuleId", SecurityGroupRuleIds);
        to.Put("NextToken", NextToken);
        to.Put("MaxResults", MaxResults);
    }
}

public sealed record DescribeSecurityGroupRulesResponse
{
    public EquatableList<SecurityGroupRule> SecurityGroupRules { get; init; } = [];
    public string? NextToken { get; init; }

    internal static DescribeSecurityGroupRulesResponse Read(WireNode from) => new()
    {
        SecurityGroupRules = from.List("securityGroupRuleSet", SecurityGroupRule.Read),
        NextToken = from.TextOrNull("nextToken"),
    };
}

public sealed record SecurityGroupRule
{
    public required string SecurityGroupRuleId { get; init; }
    public required string GroupId { get; init; }
    public string? GroupOwnerId { get; init; }
    public required bool IsEgress { get; init; }
    public required string IpProtocol { get; init; }
    public int? FromPort { get; init; }
    public int? ToPort { get; init; }
    public string? CidrIpv4 { get; init; }
    public string? CidrIpv6 { get; init; }
    public string? PrefixListId { get; init; }
    public ReferencedSecurityGroup? ReferencedGroupInfo { get; init; }
    public string? Description { get; init; }
    public EquatableList<Tag> Tags { get; init; } = [];
    public string? SecurityGroupRuleArn { get; init; }

    internal static SecurityGroupRule Read(WireNode from) => new()
    {
        SecurityGroupRuleId = from.Text("securityGroupRuleId"),
        GroupId = from.Text("groupId"),
        GroupOwnerId = from.TextOrNull("groupOwnerId"),
        IsEgress = from.Flag("isEgress"),
        IpProtocol = from.Text("ipProtocol"),
        FromPort = from.IntOrNull("fromPort"),
        ToPort = from.IntOrNull("toPort"),
        CidrIpv4 = from.TextOrNull("cidrIpv4"),
        CidrIpv6 = from.TextOrNull("cidrIpv6"),
        PrefixListId = from.TextOrNull("prefixListId"),
        ReferencedGroupInfo = from.ItemOrNull("referencedGroupInfo", ReferencedSecurityGroup.Read),
        Description = from.TextOrNull("description"),
        Tags = from.List("tagSet", Tag.Read),
        SecurityGroupRuleArn = from.TextOrNull("securityGroupRuleArn"),
    };
}

public sealed record ReferencedSecurityGroup
{
    public string? GroupId { get; init; }
    public string? PeeringStatus { get; init; }
    public string? UserId { get; init; }
    public string? VpcId { get; init; }
    public string? VpcPeeringConnectionId { get; init; }

    internal static ReferencedSecurityGroup Read(WireNode from) => new()
    {
        GroupId = from.TextOrNull("groupId"),
        PeeringStatus = from.TextOrNull("peeringStatus"),
        UserId = from.TextOrNull("userId"),
        VpcId = from.TextOrNull("vpcId"),
        VpcPeeringConnectionId = from.TextOrNull("vpcPeeringConnectionId"),
    };
}

public sealed record AuthorizeSecurityGroupIngressRequest : IWireShape
{
    public required string GroupId { get; init; }
    public EquatableList<IpPermission> IpPermissions { get; init; } = [];
    public EquatableList<TagSpecification> TagSpecifications { get; init; } = [];

    void IWireShape.Write(WireWriter to)
    {
        to.Put("GroupId", GroupId);
        to.PutList("IpPermissions", IpPermissions);
        to.PutList("TagSpecification", TagSpecifications);
    }
}

public sealed record AuthorizeSecurityGroupIngressResponse
{
    public bool? Return { get; init; }
    public EquatableList<SecurityGroupRule> SecurityGroupRules { get; init; } = [];

    internal static AuthorizeSecurityGroupIngressResponse Read(WireNode from) => new()
    {
        Return = from.FlagOrNull("return"),
        SecurityGroupRules = from.List("securityGroupRuleSet", SecurityGroupRule.Read),
    };
}

public sealed record AuthorizeSecurityGroupEgressRequest : IWireShape
{
    public EquatableList<TagSpecification> TagSpecifications { get; init; } = [];
    public required string GroupId { get; init; }
    public EquatableList<IpPermission> IpPermissions { get; init; } = [];

    void IWireShape.Write(WireWriter to)
    {
        to.PutList("TagSpecification", TagSpecifications);
        to.Put("GroupId", GroupId);
        to.PutList("IpPermissions", IpPermissions);
    }
}

public sealed record AuthorizeSecurityGroupEgressResponse
{
    public bool? Return { get; init; }
    public EquatableList<SecurityGroupRule> SecurityGroupRules { get; init; } = [];

    internal static AuthorizeSecurityGroupEgressResponse Read(WireNode from) => new()
    {
        Return = from.FlagOrNull("return"),
        SecurityGroupRules = from.List("securityGroupRuleSet", SecurityGroupRule.Read),
    };
}

public sealed record RevokeSecurityGroupIngressRequest : IWireShape
{
    public required string GroupId { get; init; }
    public EquatableList<IpPermission> IpPermissions { get; init; } = [];
    public EquatableList<string> SecurityGroupRuleIds { get; init; } = [];

    void IWireShape.Write(WireWriter to)
    {
        to.Put("GroupId", GroupId);
        to.PutList("IpPermissions", IpPermissions);
        to.PutList("SecurityGroupRuleId", SecurityGroupRuleIds);
    }
}

public sealed record RevokeSecurityGroupIngressResponse
{
    public bool? Return { get; init; }
    public EquatableList<IpPermission> UnknownIpPermissions { get; init; } = [];
    public EquatableList<RevokedSecurityGroupRule> RevokedSecurityGroupRules { get; init; } = [];

    internal static RevokeSecurityGroupIngressResponse Read(WireNode from) => new()
    {
        Return = from.FlagOrNull("return"),
        UnknownIpPermissions = from.List("unknownIpPermissionSet", IpPermission.Read),
        RevokedSecurityGroupRules = from.List("revokedSecurityGroupRuleSet", RevokedSecurityGroupRule.Read),
    };
}

public sealed record RevokedSecurityGroupRule
{
    public string? SecurityGroupRuleId { get; init; }
    public string? GroupId { get; init; }
    public bool? IsEgress { get; init; }
    public string? IpProtocol { get; init; }
    public int? FromPort { get; init; }
    public int? ToPort { get; init; }
    public string? CidrIpv4 { get; init; }
    public string? CidrIpv6 { get; init; }
    public string? PrefixListId { get; init; }
    public string? ReferencedGroupId { get; init; }
    public string? Description { get; init; }

    internal static RevokedSecurityGroupRule Read(WireNode from) => new()
    {
        SecurityGroupRuleId = from.TextOrNull("securityGroupRuleId"),
        GroupId = from.TextOrNull("groupId"),
        IsEgress = from.FlagOrNull("isEgress"),
        IpProtocol = from.TextOrNull("ipProtocol"),
        FromPort = from.IntOrNull("fromPort"),
        ToPort = from.IntOrNull("toPort"),
        CidrIpv4 = from.TextOrNull("cidrIpv4"),
        CidrIpv6 = from.TextOrNull("cidrIpv6"),
        PrefixListId = from.TextOrNull("prefixListId"),
        ReferencedGroupId = from.TextOrNull("referencedGroupId"),
        Description = from.TextOrNull("description"),
    };
}

public sealed record RevokeSecurityGroupEgressRequest : IWireShape
{
    public EquatableList<string> SecurityGroupRuleIds { get; init; } = [];
    public required string GroupId { get; init; }
    public EquatableList<IpPermission> IpPermissions { get; init; } = [];

    void IWireShape.Write(WireWriter to)
    {
        to.PutList("SecurityGroupRuleId", SecurityGroupRuleIds);
        to.Put("GroupId", GroupId);
        to.PutList("IpPermissions", IpPermissions);
    }
}

public sealed record RevokeSecurityGroupEgressResponse
{
    public bool? Return { get; init; }
    public EquatableList<IpPermission> UnknownIpPermissions { get; init; } = [];
    public EquatableList<RevokedSecurityGroupRule> RevokedSecurityGroupRules { get; init; } = [];

    internal static RevokeSecurityGroupEgressResponse Read(WireNode from) => new()
    {
        Return = from.FlagOrNull("return"),
        UnknownIpPermissions = from.List("unknownIpPermissionSet", IpPermission.Read),
        RevokedSecurityGroupRules = from.List("revokedSecurityGroupRuleSet", RevokedSecurityGroupRule.Read),
    };
}
