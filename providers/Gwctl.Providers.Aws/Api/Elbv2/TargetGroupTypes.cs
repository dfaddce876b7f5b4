using Gwctl.Core;
using Gwctl.Providers.Aws.Api.Wire;

namespace Gwctl.Providers.Aws.Api.Elbv2;

/// <summary>
/// Succeeds for a name that exists with the same settings; with others it fails with DuplicateTargetGroupName.
/// </summary>
public sealed record CreateTargetGroupRequest : IWireShape
{
    public required string Name { get; init; }
    public string? Protocol { get; init; } // ProtocolEnum
    public string? ProtocolVersion { get; init; }
    public int? Port { get; init; } // 1–65535
    public string? VpcId { get; init; }
    public string? HealthCheckProtocol { get; init; } // ProtocolEnum
    public string? HealthCheckPort { get; init; }
    public bool? HealthCheckEnabled { get; init; }
    public string? HealthCheckPath { get; init; }
    public int? HealthCheckIntervalSeconds { get; init; } // 5–300
    public int? HealthCheckTimeoutSeconds { get; init; } // 2–120
    public int? HealthyThresholdCount { get; init; } // 2–10
    public int? UnhealthyThresholdCount { get; init; } // 2–10
    public Matcher? Matcher { get; init; }
    public string? TargetType { get; init; } // TargetTypeEnum
    public EquatableList<Tag> Tags { get; init; } = [];
    public string? IpAddressType { get; init; } // TargetGroupIpAddressTypeEnum
    public int? TargetControlPort { get; init; } // 1–65535

    void IWireShape.Write(WireWriter to)
    {
        to.Put("Name", Name);
        to.Put("Protocol", Protocol);
        to.Put("ProtocolVersion", ProtocolVersion);
        to.Put("Port", Port);
        to.Put("VpcId", VpcId);
        to.Put("HealthCheckProtocol", HealthCheckProtocol);
        to.Put("HealthCheckPort", HealthCheckPort);
        to.Put("HealthCheckEnabled", HealthCheckEnabled);
        to.Put("HealthCheckPath", HealthCheckPath);
        to.Put("HealthCheckIntervalSeconds", HealthCheckIntervalSeconds);
        to.Put("HealthCheckTimeoutSeconds", HealthCheckTimeoutSeconds);
        to.Put("HealthyThresholdCount", HealthyThresholdCount);
        to.Put("UnhealthyThresholdCount", UnhealthyThresholdCount);
        to.Put("Matcher", Matcher);
        to.Put("TargetType", TargetType);
        to.PutList("Tags", Tags);
        to.Put("IpAddressType", IpAddressType);
        to.Put("TargetControlPort", TargetControlPort);
    }
}

public sealed record Matcher : IWireShape
{
    public string? HttpCode { get; init; }
    public string? GrpcCode { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.Put("HttpCode", HttpCode);
        to.Put("GrpcCode", GrpcCode);
    }

    internal static Matcher Read(WireNode from) => new()
    {
        HttpCode = from.TextOrNull("HttpCode"),
        GrpcCode = from.TextOrNull("GrpcCode"),
    };
}

public sealed record CreateTargetGroupResponse
{
    public EquatableList<TargetGroup> TargetGroups { get; init; } = [];

    internal static CreateTargetGroupResponse Read(WireNode from) => new()
    {
        TargetGroups = from.List("TargetGroups", TargetGroup.Read),
    };
}

public sealed record TargetGroup
{
    public required string TargetGroupArn { get; init; }
    public required string TargetGroupName { get; init; }
    public string? Protocol { get; init; } // ProtocolEnum
    public int? Port { get; init; } // 1–65535
    public string? VpcId { get; init; }
    public string? HealthCheckProtocol { get; init; } // ProtocolEnum
    public string? HealthCheckPort { get; init; }
    public bool? HealthCheckEnabled { get; init; }
    public int? HealthCheckIntervalSeconds { get; init; } // 5–300
    public int? HealthCheckTimeoutSeconds { get; init; } // 2–120
    public int? HealthyThresholdCount { get; init; } // 2–10
    public int? UnhealthyThresholdCount { get; init; } // 2–10
    public string? HealthCheckPath { get; init; }
    public Matcher? Matcher { get; init; }
    public EquatableList<string> LoadBalancerArns { get; init; } = [];
    public string? TargetType { get; init; } // TargetTypeEnum
    public string? ProtocolVersion { get; init; }
    public string? IpAddressType { get; init; } // TargetGroupIpAddressTypeEnum
    public int? TargetControlPort { get; init; } // 1–65535

    internal static TargetGroup Read(WireNode from) => new()
    {
        TargetGroupArn = from.Text("TargetGroupArn"),
        TargetGroupName = from.Text("TargetGroupName"),
        Protocol = from.TextOrNull("Protocol"),
        Port = from.IntOrNull("Port"),
        VpcId = from.TextOrNull("VpcId"),
        HealthCheckProtocol = from.TextOrNull("HealthCheckProtocol"),
        HealthCheckPort = from.TextOrNull("HealthCheckPort"),
        HealthCheckEnabled = from.FlagOrNull("HealthCheckEnabled"),
        HealthCheckIntervalSeconds = from.IntOrNull("HealthCheckIntervalSeconds"),
        HealthCheckTimeoutSeconds = from.IntOrNull("HealthCheckTimeoutSeconds"),
        HealthyThresholdCount = from.IntOrNull("HealthyThresholdCount"),
        UnhealthyThresholdCount = from.IntOrNull("UnhealthyThresholdCount"),
        HealthCheckPath = from.TextOrNull("HealthCheckPath"),
        Matcher = from.ItemOrNull("Matcher", Matcher.Read),
        LoadBalancerArns = from.Texts("LoadBalancerArns"),
        TargetType = from.TextOrNull("TargetType"),
        ProtocolVersion = from.TextOrNull("ProtocolVersion"),
        IpAddressType = from.TextOrNull("IpAddressType"),
        TargetControlPort = from.IntOrNull("TargetControlPort"),
    };
}

public sealed record DescribeTargetGroupsRequest : IWireShape
{
    public string? LoadBalancerArn { get; init; }
    public EquatableList<string> TargetGroupArns { get; init; } = [];
    public EquatableList<string> Names { get; init; } = [];
    public string? Marker { get; init; }
    public int? PageSize { get; init; } // 1–400

    void IWireShape.Write(WireWriter to)
    {
        to.Put("LoadBalancerArn", LoadBalancerArn);
        to.PutList("TargetGroupArns", TargetGroupArns);
        to.PutList("Names", Names);
        to.Put("Marker", Marker);
        to.Put("PageSize", PageSize);
    }
}

public sealed record DescribeTargetGroupsResponse
{
    public EquatableList<TargetGroup> TargetGroups { get; init; } = [];
    public string? NextMarker { get; init; }

    internal static DescribeTargetGroupsResponse Read(WireNode from) => new()
    {
        TargetGroups = from.List("TargetGroups", TargetGroup.Read),
        NextMarker = from.TextOrNull("NextMarker"),
    };
}

/// <summary>Health checks only: nothing else of a target group can change.</summary>
public sealed record ModifyTargetGroupRequest : IWireShape
{
    public required string TargetGroupArn { get; init; }
    public string? HealthCheckProtocol { get; init; } // ProtocolEnum
    public string? HealthCheckPort { get; init; }
    public string? HealthCheckPath { get; init; }
    public bool? HealthCheckEnabled { get; init; }
    public int? HealthCheckIntervalSeconds { get; init; } // 5–300
    public int? HealthCheckTimeoutSeconds { get; init; } // 2–120
    public int? HealthyThresholdCount { get; init; } // 2–10
    public int? UnhealthyThresholdCount { get; init; } // 2–10
    public Matcher? Matcher { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.Put("TargetGroupArn", TargetGroupArn);
        to.Put("HealthCheckProtocol", HealthCheckProtocol);
        to.Put("HealthCheckPort", HealthCheckPort);
        to.Put("HealthCheckPath", HealthCheckPath);
        to.Put("HealthCheckEnabled", HealthCheckEnabled);
        to.Put("HealthCheckIntervalSeconds", HealthCheckIntervalSeconds);
        to.Put("HealthCheckTimeoutSeconds", HealthCheckTimeoutSeconds);
        to.Put("HealthyThresholdCount", HealthyThresholdCount);
        to.Put("UnhealthyThresholdCount", UnhealthyThresholdCount);
        to.Put("Matcher", Matcher);
    }
}

public sealed record ModifyTargetGroupResponse
{
    public EquatableList<TargetGroup> TargetGroups { get; init; } = [];

    internal static ModifyTargetGroupResponse Read(WireNode from) => new()
    {
        TargetGroups = from.List("TargetGroups", TargetGroup.Read),
    };
}

public sealed record DeleteTargetGroupRequest : IWireShape
{
    public required string TargetGroupArn { get; init; }

    void IWireShape.Write(WireWriter to) => to.Put("TargetGroupArn", TargetGroupArn);
}

public sealed record DeleteTargetGroupResponse;

public sealed record DescribeTargetGroupAttributesRequest : IWireShape
{
    public required string TargetGroupArn { get; init; }

    void IWireShape.Write(WireWriter to) => to.Put("TargetGroupArn", TargetGroupArn);
}

public sealed record DescribeTargetGroupAttributesResponse
{
    public EquatableList<TargetGroupAttribute> Attributes { get; init; } = [];

    internal static DescribeTargetGroupAttributesResponse Read(WireNode from) => new()
    {
        Attributes = from.List("Attributes", TargetGroupAttribute.Read),
    };
}

public sealed record TargetGroupAttribute : IWireShape
{
    public required string Key { get; init; }
    public required string Value { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.Put("Key", Key);
        to.Put("Value", Value);
    }

    internal static TargetGroupAttribute Read(WireNode from) => new()
    {
        Key = from.Text("Key"),
        Value = from.TextOrNull("Value") ?? "",
    };
}

public sealed record ModifyTargetGroupAttributesRequest : IWireShape
{
    public required string TargetGroupArn { get; init; }
    public required EquatableList<TargetGroupAttribute> Attributes { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.Put("TargetGroupArn", TargetGroupArn);
        to.PutList("Attributes", Attributes);
    }
}

public sealed record ModifyTargetGroupAttributesResponse
{
    public EquatableList<TargetGroupAttribute> Attributes { get; init; } = [];

    internal static ModifyTargetGroupAttributesResponse Read(WireNode from) => new()
    {
        Attributes = from.List("Attributes", TargetGroupAttribute.Read),
    };
}
