using Gwctl.Core;
using Gwctl.Providers.Aws.Api.Wire;

namespace Gwctl.Providers.Aws.Api.Ec2;

public sealed record DescribeSecurityGroupsRequest : IWireShape
{
    public EquatableList<string> GroupIds { get; init; } = [];
    public EquatableList<string> GroupNames { get; init; } = [];
    public string? NextToken { get; init; }
    public int? MaxResults { get; init; } // 5–1000
    public EquatableList<Filter> Filters { get; init; } = [];

    void IWireShape.Write(WireWriter to)
    {
        to.PutList("GroupId", GroupIds);
        to.PutList("GroupName", GroupNames);
        to.Put("NextToken", NextToken);
        to.Put("MaxResults", MaxResults);
        to.PutList("Filter", Filters);
    }
}

public sealed record DescribeSecurityGroupsResponse
{
    public string? NextToken { get; init; }
    public EquatableList<SecurityGroup> SecurityGroups { get; init; } = [];

    internal static DescribeSecurityGroupsResponse Read(WireNode from) => new()
    {
        NextToken = from.TextOrNull("nextToken"),
        SecurityGroups = from.List("securityGroupInfo", SecurityGroup.Read),
    };
}

public sealed record SecurityGroup
{
    public required string GroupId { get; init; }
    public EquatableList<IpPermission> IpPermissionsEgress { get; init; } = [];
    public EquatableList<Tag> Tags { get; init; } = [];
    public string? VpcId { get; init; }
    public string? SecurityGroupArn { get; init; }
    public string? OwnerId { get; init; }
    public required string GroupName { get; init; }
    public string? Description { get; init; }
    public EquatableList<IpPermission> IpPermissions { get; init; } = [];

    internal static SecurityGroup Read(WireNode from) => new()
    {
        GroupId = from.Text("groupId"),
        IpPermissionsEgress = from.List("ipPermissionsEgress", IpPermission.Read),
        Tags = from.List("tagSet", Tag.Read),
        VpcId = from.TextOrNull("vpcId"),
        SecurityGroupArn = from.TextOrNull("securityGroupArn"),
        OwnerId = from.TextOrNull("ownerId"),
        GroupName = from.Text("groupName"),
        Description = from.TextOrNull("groupDescription"),
        IpPermissions = from.List("ipPermissions", IpPermission.Read),
    };
}

/// <summary>A name that the VPC has already fails with InvalidGroup.Duplicate.</summary>
public sealed record CreateSecurityGroupRequest : IWireShape
{
    public required string Description { get; init; }
    public required string GroupName { get; init; }
    public string? VpcId { get; init; }
    public EquatableList<TagSpecification> TagSpecifications { get; init; } = [];

    void IWireShape.Write(WireWriter to)
    {
        to.Put("GroupDescription", Description);
        to.Put("GroupName", GroupName);
        to.Put("VpcId", VpcId);
        to.PutList("TagSpecification", TagSpecifications);
    }
}

public sealed record CreateSecurityGroupResponse
{
    public required string GroupId { get; init; }
    public EquatableList<Tag> Tags { get; init; } = [];
    public string? SecurityGroupArn { get; init; }

    internal static CreateSecurityGroupResponse Read(WireNode from) => new()
    {
        GroupId = from.Text("groupId"),
        Tags = from.List("tagSet", Tag.Read),
        SecurityGroupArn = from.TextOrNull("securityGroupArn"),
    };
}

/// <summary>Fails with DependencyViolation while a network interface uses the group.</summary>
public sealed record DeleteSecurityGroupRequest : IWireShape
{
    public required string GroupId { get; init; }

    void IWireShape.Write(WireWriter to) => to.Put("GroupId", GroupId);
}

public sealed record DeleteSecurityGroupResponse
{
    public bool? Return { get; init; }
    public string? GroupId { get; init; }

    internal static DeleteSecurityGroupResponse Read(WireNode from) => new()
    {
        Return = from.FlagOrNull("return"),
        GroupId = from.TextOrNull("groupId"),
    };
}
