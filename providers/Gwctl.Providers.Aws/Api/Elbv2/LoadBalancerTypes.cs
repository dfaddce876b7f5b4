using Gwctl.Core;
using Gwctl.Providers.Aws.Api.Wire;

namespace Gwctl.Providers.Aws.Api.Elbv2;

/// <summary>
/// Succeeds for a name that exists with the same settings and answers the existing one; with other settings it fails
/// with DuplicateLoadBalancerName.
/// </summary>
public sealed record CreateLoadBalancerRequest : IWireShape
{
    public required string Name { get; init; }
    public EquatableList<string> Subnets { get; init; } = [];
    public EquatableList<SubnetMapping> SubnetMappings { get; init; } = [];
    public EquatableList<string> SecurityGroups { get; init; } = [];
    public string? Scheme { get; init; } // LoadBalancerSchemeEnum
    public EquatableList<Tag> Tags { get; init; } = [];
    public string? Type { get; init; } // LoadBalancerTypeEnum
    public string? IpAddressType { get; init; } // IpAddressType
    public string? CustomerOwnedIpv4Pool { get; init; }
    public string? EnablePrefixForIpv6SourceNat { get; init; } // EnablePrefixForIpv6SourceNatEnum
    public IpamPools? IpamPools { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.Put("Name", Name);
        to.PutList("Subnets", Subnets);
        to.PutList("SubnetMappings", SubnetMappings);
        to.PutList("SecurityGroups", SecurityGroups);
        to.Put("Scheme", Scheme);
        to.PutList("Tags", Tags);
        to.Put("Type", Type);
        to.Put("IpAddressType", IpAddressType);
        to.Put("CustomerOwnedIpv4Pool", CustomerOwnedIpv4Pool);
        to.Put("EnablePrefixForIpv6SourceNat", EnablePrefixForIpv6SourceNat);
        to.Put("IpamPools", IpamPools);
    }
}

public sealed record SubnetMapping : IWireShape
{
    public string? SubnetId { get; init; }
    public string? AllocationId { get; init; }
    public string? PrivateIPv4Address { get; init; }
    public string? IPv6Address { get; init; }
    public string? SourceNatIpv6Prefix { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.Put("SubnetId", SubnetId);
        to.Put("AllocationId", AllocationId);
        to.Put("PrivateIPv4Address", PrivateIPv4Address);
        to.Put("IPv6Address", IPv6Address);
        to.Put("SourceNatIpv6Prefix", SourceNatIpv6Prefix);
    }
}

public sealed record IpamPools : IWireShape
{
    public string? Ipv4IpamPoolId { get; init; }

    void IWireShape.Write(WireWriter to) => to.Put("Ipv4IpamPoolId", Ipv4IpamPoolId);

    internal static IpamPools Read(WireNode from) => new()
    {
        Ipv4IpamPoolId = from.TextOrNull("Ipv4IpamPoolId"),
    };
}

public sealed record CreateLoadBalancerResponse
{
    public EquatableList<LoadBalancer> LoadBalancers { get; init; } = [];

    internal static CreateLoadBalancerResponse Read(WireNode from) => new()
    {
        LoadBalancers = from.List("LoadBalancers", LoadBalancer.Read),
    };
}

/// <summary>
/// Usable once <see cref="LoadBalancerState.Code"/> is <c>active</c>; its ARN and DNS name are there at once.
/// </summary>
public sealed record LoadBalancer
{
    public required string LoadBalancerArn { get; init; }
    public string? DNSName { get; init; }
    public string? CanonicalHostedZoneId { get; init; }
    public DateTimeOffset? CreatedTime { get; init; }
    public required string LoadBalancerName { get; init; }
    public string? Scheme { get; init; } // LoadBalancerSchemeEnum
    public string? VpcId { get; init; }
    public required LoadBalancerState State { get; init; }
    public required string Type { get; init; } // LoadBalancerTypeEnum
    public EquatableList<AvailabilityZone> AvailabilityZones { get; init; } = [];
    public EquatableList<string> SecurityGroups { get; init; } = [];
    public string? IpAddressType { get; init; } // IpAddressType
    public string? CustomerOwnedIpv4Pool { get; init; }
    public string? EnablePrefixForIpv6SourceNat { get; init; } // EnablePrefixForIpv6SourceNatEnum
    public IpamPools? IpamPools { get; init; }

    internal static LoadBalancer Read(WireNode from) => new()
    {
        LoadBalancerArn = from.Text("LoadBalancerArn"),
        DNSName = from.TextOrNull("DNSName"),
        CanonicalHostedZoneId = from.TextOrNull("CanonicalHostedZoneId"),
        CreatedTime = from.TimeOrNull("CreatedTime"),
        LoadBalancerName = from.Text("LoadBalancerName"),
        Scheme = from.TextOrNull("Scheme"),
        VpcId = from.TextOrNull("VpcId"),
        State = from.Item("State", LoadBalancerState.Read),
        Type = from.Text("Type"),
        AvailabilityZones = from.List("AvailabilityZones", AvailabilityZone.Read),
        SecurityGroups = from.Texts("SecurityGroups"),
        IpAddressType = from.TextOrNull("IpAddressType"),
        CustomerOwnedIpv4Pool = from.TextOrNull("CustomerOwnedIpv4Pool"),
        EnablePrefixForIpv6SourceNat = from.TextOrNull("EnablePrefixForIpv6SourceNat"),
        IpamPools = from.ItemOrNull("IpamPools", IpamPools.Read),
    };
}

public sealed record LoadBalancerState
{
    public required string Code { get; init; } // LoadBalancerStateEnum
    public string? Reason { get; init; }

    internal static LoadBalancerState Read(WireNode from) => new()
    {
        Code = from.Text("Code"),
        Reason = from.TextOrNull("Reason"),
    };
}

public sealed record AvailabilityZone
{
    public required string ZoneName { get; init; }
    public string? SubnetId { get; init; }
    public string? OutpostId { get; init; }
    public EquatableList<LoadBalancerAddress> LoadBalancerAddresses { get; init; } = [];
    public EquatableList<string> SourceNatIpv6Prefixes { get; init; } = [];

    internal static AvailabilityZone Read(WireNode from) => new()
    {
        ZoneName = from.Text("ZoneName"),
        SubnetId = from.TextOrNull("SubnetId"),
        OutpostId = from.TextOrNull("OutpostId"),
        LoadBalancerAddresses = from.List("LoadBalancerAddresses", LoadBalancerAddress.Read),
        SourceNatIpv6Prefixes = from.Texts("SourceNatIpv6Prefixes"),
    };
}

public sealed record LoadBalancerAddress
{
    public string? IpAddress { get; init; }
    public string? AllocationId { get; init; }
    public string? PrivateIPv4Address { get; init; }
    public string? IPv6Address { get; init; }

    internal static LoadBalancerAddress Read(WireNode from) => new()
    {
        IpAddress = from.TextOrNull("IpAddress"),
        AllocationId = from.TextOrNull("AllocationId"),
        PrivateIPv4Address = from.TextOrNull("PrivateIPv4Address"),
        IPv6Address = from.TextOrNull("IPv6Address"),
    };
}

public sealed record DescribeLoadBalancersRequest : IWireShape
{
    public EquatableList<string> LoadBalancerArns { get; init; } = []; // at most 20
    public EquatableList<string> Names { get; init; } = [];
    public string? Marker { get; init; }
    public int? PageSize { get; init; } // 1–400

    void IWireShape.Write(WireWriter to)
    {
        to.PutList("LoadBalancerArns", LoadBalancerArns);
        to.PutList("Names", Names);
        to.Put("Marker", Marker);
        to.Put("PageSize", PageSize);
    }
}

public sealed record DescribeLoadBalancersResponse
{
    public EquatableList<LoadBalancer> LoadBalancers { get; init; } = [];
    public string? NextMarker { get; init; }

    internal static DescribeLoadBalancersResponse Read(WireNode from) => new()
    {
        LoadBalancers = from.List("LoadBalancers", LoadBalancer.Read),
        NextMarker = from.TextOrNull("NextMarker"),
    };
}

public sealed record DeleteLoadBalancerRequest : IWireShape
{
    public required string LoadBalancerArn { get; init; }

    void IWireShape.Write(WireWriter to) => to.Put("LoadBalancerArn", LoadBalancerArn);
}

public sealed record DeleteLoadBalancerResponse;

public sealed record DescribeLoadBalancerAttributesRequest : IWireShape
{
    public required string LoadBalancerArn { get; init; }

    void IWireShape.Write(WireWriter to) => to.Put("LoadBalancerArn", LoadBalancerArn);
}

public sealed record DescribeLoadBalancerAttributesResponse
{
    public EquatableList<LoadBalancerAttribute> Attributes { get; init; } = [];

    internal static DescribeLoadBalancerAttributesResponse Read(WireNode from) => new()
    {
        Attributes = from.List("Attributes", LoadBalancerAttribute.Read),
    };
}

public sealed record LoadBalancerAttribute : IWireShape
{
    public required string Key { get; init; }
    public required string Value { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.Put("Key", Key);
        to.Put("Value", Value);
    }

    internal static LoadBalancerAttribute Read(WireNode from) => new()
    {
        Key = from.Text("Key"),
        Value = from.TextOrNull("Value") ?? "",
    };
}

public sealed record ModifyLoadBalancerAttributesRequest : IWireShape
{
    public required string LoadBalancerArn { get; init; }
    public required EquatableList<LoadBalancerAttribute> Attributes { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.Put("LoadBalancerArn", LoadBalancerArn);
        to.PutList("Attributes", Attributes);
    }
}

public sealed record ModifyLoadBalancerAttributesResponse
{
    public EquatableList<LoadBalancerAttribute> Attributes { get; init; } = [];

    internal static ModifyLoadBalancerAttributesResponse Read(WireNode from) => new()
    {
        Attributes = from.List("Attributes", LoadBalancerAttribute.Read),
    };
}

public sealed record SetSecurityGroupsRequest : IWireShape
{
    public required string LoadBalancerArn { get; init; }
    public required EquatableList<string> SecurityGroups { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.Put("LoadBalancerArn", LoadBalancerArn);
        to.PutList("SecurityGroups", SecurityGroups);
    }
}

public sealed record SetSecurityGroupsResponse
{
    public EquatableList<string> SecurityGroupIds { get; init; } = [];

    internal static SetSecurityGroupsResponse Read(WireNode from) => new()
    {
        SecurityGroupIds = from.Texts("SecurityGroupIds"),
    };
}

/// <summary>Give <see cref="Subnets"/> or <see cref="SubnetMappings"/>; what is given replaces all that was.</summary>
public sealed record SetSubnetsRequest : IWireShape
{
    public required string LoadBalancerArn { get; init; }
    public EquatableList<string> Subnets { get; init; } = [];
    public EquatableList<SubnetMapping> SubnetMappings { get; init; } = [];
    public string? IpAddressType { get; init; } // IpAddressType
    public string? EnablePrefixForIpv6SourceNat { get; init; } // EnablePrefixForIpv6SourceNatEnum

    void IWireShape.Write(WireWriter to)
    {
        to.Put("LoadBalancerArn", LoadBalancerArn);
        to.PutList("Subnets", Subnets);
        to.PutList("SubnetMappings", SubnetMappings);
        to.Put("IpAddressType", IpAddressType);
        to.Put("EnablePrefixForIpv6SourceNat", EnablePrefixForIpv6SourceNat);
    }
}

public sealed record SetSubnetsResponse
{
    public EquatableList<AvailabilityZone> AvailabilityZones { get; init; } = [];
    public string? IpAddressType { get; init; } // IpAddressType
    public string? EnablePrefixForIpv6SourceNat { get; init; } // EnablePrefixForIpv6SourceNatEnum

    internal static SetSubnetsResponse Read(WireNode from) => new()
    {
        AvailabilityZones = from.List("AvailabilityZones", AvailabilityZone.Read),
        IpAddressType = from.TextOrNull("IpAddressType"),
        EnablePrefixForIpv6SourceNat = from.TextOrNull("EnablePrefixForIpv6SourceNat"),
    };
}

public sealed record SetIpAddressTypeRequest : IWireShape
{
    public required string LoadBalancerArn { get; init; }
    public required string IpAddressType { get; init; } // IpAddressType

    void IWireShape.Write(WireWriter to)
    {
        to.Put("LoadBalancerArn", LoadBalancerArn);
        to.Put("IpAddressType", IpAddressType);
    }
}

public sealed record SetIpAddressTypeResponse
{
    public string? IpAddressType { get; init; } // IpAddressType

    internal static SetIpAddressTypeResponse Read(WireNode from) => new()
    {
        IpAddressType = from.TextOrNull("IpAddressType"),
    };
}
