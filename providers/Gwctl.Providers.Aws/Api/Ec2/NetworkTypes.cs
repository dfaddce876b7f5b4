using Gwctl.Core;
using Gwctl.Providers.Aws.Api.Wire;

namespace Gwctl.Providers.Aws.Api.Ec2;

public sealed record DescribeVpcsRequest : IWireShape
{
    public EquatableList<Filter> Filters { get; init; } = [];
    public EquatableList<string> VpcIds { get; init; } = [];
    public string? NextToken { get; init; }
    public int? MaxResults { get; init; } // 5–1000

    void IWireShape.Write(WireWriter to)
    {
        to.PutList("Filter", Filters);
        to.PutList("VpcId", VpcIds);
        to.Put("NextToken", NextToken);
        to.Put("MaxResults", MaxResults);
    }
}

public sealed record Filter : IWireShape
{
    public required string Name { get; init; }
    public required EquatableList<string> Values { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.Put("Name", Name);
        to.PutList("Value", Values);
    }
}

public sealed record DescribeVpcsResponse
{
    public string? NextToken { get; init; }
    public EquatableList<Vpc> Vpcs { get; init; } = [];

    internal static DescribeVpcsResponse Read(WireNode from) => new()
    {
        NextToken = from.TextOrNull("nextToken"),
        Vpcs = from.List("vpcSet", Vpc.Read),
    };
}

public sealed record Vpc
{
    public string? OwnerId { get; init; }
    public string? InstanceTenancy { get; init; } // Tenancy
    public EquatableList<VpcIpv6CidrBlockAssociation> Ipv6CidrBlockAssociationSet { get; init; } = [];
    public EquatableList<VpcCidrBlockAssociation> CidrBlockAssociationSet { get; init; } = [];
    public bool? IsDefault { get; init; }
    public EquatableList<Tag> Tags { get; init; } = [];
    public required string VpcId { get; init; }
    public string? State { get; init; } // VpcState
    public string? CidrBlock { get; init; }
    public string? DhcpOptionsId { get; init; }

    internal static Vpc Read(WireNode from) => new()
    {
        OwnerId = from.TextOrNull("ownerId"),
        InstanceTenancy = from.TextOrNull("instanceTenancy"),
        Ipv6CidrBlockAssociationSet = from.List("ipv6CidrBlockAssociationSet", VpcIpv6CidrBlockAssociation.Read),
        CidrBlockAssociationSet = from.List("cidrBlockAssociationSet", VpcCidrBlockAssociation.Read),
        IsDefault = from.FlagOrNull("isDefault"),
        Tags = from.List("tagSet", Tag.Read),
        VpcId = from.Text("vpcId"),
        State = from.TextOrNull("state"),
        CidrBlock = from.TextOrNull("cidrBlock"),
        DhcpOptionsId = from.TextOrNull("dhcpOptionsId"),
    };
}

public sealed record VpcIpv6CidrBlockAssociation
{
    public string? AssociationId { get; init; }
    public string? Ipv6CidrBlock { get; init; }
    public VpcCidrBlockState? Ipv6CidrBlockState { get; init; }
    public string? NetworkBorderGroup { get; init; }
    public string? Ipv6Pool { get; init; }
    public string? Ipv6AddressAttribute { get; init; } // Ipv6AddressAttribute
    public string? IpSource { get; init; } // IpSource

    internal static VpcIpv6CidrBlockAssociation Read(WireNode from) => new()
    {
        AssociationId = from.TextOrNull("associationId"),
        Ipv6CidrBlock = from.TextOrNull("ipv6CidrBlock"),
        Ipv6CidrBlockState = from.ItemOrNull("ipv6CidrBlockState", VpcCidrBlockState.Read),
        NetworkBorderGroup = from.TextOrNull("networkBorderGroup"),
        Ipv6Pool = from.TextOrNull("ipv6Pool"),
        Ipv6AddressAttribute = from.TextOrNull("ipv6AddressAttribute"),
        IpSource = from.TextOrNull("ipSource"),
    };
}

public sealed record VpcCidrBlockState
{
    public string? State { get; init; } // VpcCidrBlockStateCode
    public string? StatusMessage { get; init; }

    internal static VpcCidrBlockState Read(WireNode from) => new()
    {
        State = from.TextOrNull("state"),
        StatusMessage = from.TextOrNull("statusMessage"),
    };
}

public sealed record VpcCidrBlockAssociation
{
    public string? AssociationId { get; init; }
    public string? CidrBlock { get; init; }
    public VpcCidrBlockState? CidrBlockState { get; init; }

    internal static VpcCidrBlockAssociation Read(WireNode from) => new()
    {
        AssociationId = from.TextOrNull("associationId"),
        CidrBlock = from.TextOrNull("cidrBlock"),
        CidrBlockState = from.ItemOrNull("cidrBlockState", VpcCidrBlockState.Read),
    };
}

public sealed record DescribeSubnetsRequest : IWireShape
{
    public EquatableList<Filter> Filters { get; init; } = [];
    public EquatableList<string> SubnetIds { get; init; } = [];
    public string? NextToken { get; init; }
    public int? MaxResults { get; init; } // 5–1000

    void IWireShape.Write(WireWriter to)
    {
        to.PutList("Filter", Filters);
        to.PutList("SubnetId", SubnetIds);
        to.Put("NextToken", NextToken);
        to.Put("MaxResults", MaxResults);
    }
}

public sealed record DescribeSubnetsResponse
{
    public string? NextToken { get; init; }
    public EquatableList<Subnet> Subnets { get; init; } = [];

    internal static DescribeSubnetsResponse Read(WireNode from) => new()
    {
        NextToken = from.TextOrNull("nextToken"),
        Subnets = from.List("subnetSet", Subnet.Read),
    };
}

public sealed record Subnet
{
    public string? AvailabilityZoneId { get; init; }
    public string? OwnerId { get; init; }
    public bool? AssignIpv6AddressOnCreation { get; init; }
    public EquatableList<SubnetIpv6CidrBlockAssociation> Ipv6CidrBlockAssociationSet { get; init; } = [];
    public EquatableList<Tag> Tags { get; init; } = [];
    public string? SubnetArn { get; init; }
    public bool? Ipv6Native { get; init; }
    public string? Type { get; init; }
    public required string SubnetId { get; init; }
    public string? State { get; init; } // SubnetState
    public required string VpcId { get; init; }
    public string? CidrBlock { get; init; }
    public int? AvailableIpAddressCount { get; init; }
    public required string AvailabilityZone { get; init; }
    public bool? DefaultForAz { get; init; }
    public bool? MapPublicIpOnLaunch { get; init; }

    internal static Subnet Read(WireNode from) => new()
    {
        AvailabilityZoneId = from.TextOrNull("availabilityZoneId"),
        OwnerId = from.TextOrNull("ownerId"),
        AssignIpv6AddressOnCreation = from.FlagOrNull("assignIpv6AddressOnCreation"),
        Ipv6CidrBlockAssociationSet = from.List("ipv6CidrBlockAssociationSet", SubnetIpv6CidrBlockAssociation.Read),
        Tags = from.List("tagSet", Tag.Read),
        SubnetArn = from.TextOrNull("subnetArn"),
        Ipv6Native = from.FlagOrNull("ipv6Native"),
        Type = from.TextOrNull("type"),
        SubnetId = from.Text("subnetId"),
        State = from.TextOrNull("state"),
        VpcId = from.Text("vpcId"),
        CidrBlock = from.TextOrNull("cidrBlock"),
        AvailableIpAddressCount = from.IntOrNull("availableIpAddressCount"),
        AvailabilityZone = from.Text("availabilityZone"),
        DefaultForAz = from.FlagOrNull("defaultForAz"),
        MapPublicIpOnLaunch = from.FlagOrNull("mapPublicIpOnLaunch"),
    };
}

public sealed record SubnetIpv6CidrBlockAssociation
{
    public string? AssociationId { get; init; }
    public string? Ipv6CidrBlock { get; init; }
    public SubnetCidrBlockState? Ipv6CidrBlockState { get; init; }
    public string? Ipv6AddressAttribute { get; init; } // Ipv6AddressAttribute
    public string? IpSource { get; init; } // IpSource

    internal static SubnetIpv6CidrBlockAssociation Read(WireNode from) => new()
    {
        AssociationId = from.TextOrNull("associationId"),
        Ipv6CidrBlock = from.TextOrNull("ipv6CidrBlock"),
        Ipv6CidrBlockState = from.ItemOrNull("ipv6CidrBlockState", SubnetCidrBlockState.Read),
        Ipv6AddressAttribute = from.TextOrNull("ipv6AddressAttribute"),
        IpSource = from.TextOrNull("ipSource"),
    };
}

public sealed record SubnetCidrBlockState
{
    public string? State { get; init; } // SubnetCidrBlockStateCode
    public string? StatusMessage { get; init; }

    internal static SubnetCidrBlockState Read(WireNode from) => new()
    {
        State = from.TextOrNull("state"),
        StatusMessage = from.TextOrNull("statusMessage"),
    };
}
