using Gwctl.Core;
using Gwctl.Providers.Aws.Api.Wire;

namespace Gwctl.Providers.Aws.Api.Elbv2;

public sealed record RegisterTargetsRequest : IWireShape
{
    public required string TargetGroupArn { get; init; }
    public required EquatableList<TargetDescription> Targets { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.Put("TargetGroupArn", TargetGroupArn);
        to.PutList("Targets", Targets);
    }
}

/// <summary>
/// Id is an instance id, an IP address or an ARN, as the target type says. Without port: the group's own.
/// </summary>
public sealed record TargetDescription : IWireShape
{
    public required string Id { get; init; }
    public int? Port { get; init; } // 1–65535
    public string? AvailabilityZone { get; init; }
    public string? QuicServerId { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.Put("Id", Id);
        to.Put("Port", Port);
        to.Put("AvailabilityZone", AvailabilityZone);
        to.Put("QuicServerId", QuicServerId);
    }

    internal static TargetDescription Read(WireNode from) => new()
    {
        Id = from.Text("Id"),
        Port = from.IntOrNull("Port"),
        AvailabilityZone = from.TextOrNull("AvailabilityZone"),
        QuicServerId = from.TextOrNull("QuicServerId"),
    };
}

public sealed record RegisterTargetsResponse;

public sealed record DeregisterTargetsRequest : IWireShape
{
    public required string TargetGroupArn { get; init; }
    public required EquatableList<TargetDescription> Targets { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.Put("TargetGroupArn", TargetGroupArn);
        to.PutList("Targets", Targets);
    }
}

public sealed record DeregisterTargetsResponse;

public sealed record DescribeTargetHealthRequest : IWireShape
{
    public required string TargetGroupArn { get; init; }
    public EquatableList<TargetDescription> Targets { get; init; } = [];
    public EquatableList<string> Include { get; init; } = []; // DescribeTargetHealthInputIncludeEnum

    void IWireShape.Write(WireWriter to)
    {
        to.Put("TargetGroupArn", TargetGroupArn);
        to.PutList("Targets", Targets);
        to.PutList("Include", Include);
    }
}

public sealed record DescribeTargetHealthResponse
{
    public EquatableList<TargetHealthDescription> TargetHealthDescriptions { get; init; } = [];

    internal static DescribeTargetHealthResponse Read(WireNode from) => new()
    {
        TargetHealthDescriptions = from.List("TargetHealthDescriptions", TargetHealthDescription.Read),
    };
}

public sealed record TargetHealthDescription
{
    public required TargetDescription Target { get; init; }
    public string? HealthCheckPort { get; init; }
    public required TargetHealth TargetHealth { get; init; }
    public AnomalyDetection? AnomalyDetection { get; init; }
    public AdministrativeOverride? AdministrativeOverride { get; init; }

    internal static TargetHealthDescription Read(WireNode from) => new()
    {
        Target = from.Item("Target", TargetDescription.Read),
        HealthCheckPort = from.TextOrNull("HealthCheckPort"),
        TargetHealth = from.Item("TargetHealth", TargetHealth.Read),
        AnomalyDetection = from.ItemOrNull("AnomalyDetection", AnomalyDetection.Read),
        AdministrativeOverride = from.ItemOrNull("AdministrativeOverride", AdministrativeOverride.Read),
    };
}

public sealed record TargetHealth
{
    public required string State { get; init; } // TargetHealthStateEnum
    public string? Reason { get; init; } // TargetHealthReasonEnum
    public string? Description { get; init; }

    internal static TargetHealth Read(WireNode from) => new()
    {
        State = from.Text("State"),
        Reason = from.TextOrNull("Reason"),
        Description = from.TextOrNull("Description"),
    };
}

public sealed record AnomalyDetection
{
    public string? Result { get; init; } // AnomalyResultEnum
    public string? MitigationInEffect { get; init; } // MitigationInEffectEnum

    internal static AnomalyDetection Read(WireNode from) => new()
    {
        Result = from.TextOrNull("Result"),
        MitigationInEffect = from.TextOrNull("MitigationInEffect"),
    };
}

public sealed record AdministrativeOverride
{
    public string? State { get; init; } // TargetAdministrativeOverrideStateEnum
    public string? Reason { get; init; } // TargetAdministrativeOverrideReasonEnum
    public string? Description { get; init; }

    internal static AdministrativeOverride Read(WireNode from) => new()
    {
        State = from.TextOrNull("State"),
        Reason = from.TextOrNull("Reason"),
        Description = from.TextOrNull("Description"),
    };
}
