using Gwctl.Core;
using Gwctl.Providers.Aws.Api.Wire;

namespace Gwctl.Providers.Aws.Api.Route53;

/// <summary>
/// The same <see cref="CallerReference"/> and settings again answer the same health check. A reference of a deleted one
/// is refused (HealthCheckAlreadyExists) for days.
/// </summary>
public sealed record CreateHealthCheckRequest : IWireShape, IRestRequest
{
    public required string CallerReference { get; init; } // 1–64 characters
    public required HealthCheckConfig HealthCheckConfig { get; init; }

    RestTarget IRestRequest.Target => RestTarget.Post("healthcheck");

    void IWireShape.Write(WireWriter to)
    {
        to.Put("CallerReference", CallerReference);
        to.Put("HealthCheckConfig", HealthCheckConfig);
    }
}

public sealed record CreateHealthCheckResponse
{
    public required HealthCheck HealthCheck { get; init; }

    internal static CreateHealthCheckResponse Read(WireNode from) => new()
    {
        HealthCheck = from.Item("HealthCheck", HealthCheck.Read),
    };
}

public sealed record HealthCheck
{
    public required string Id { get; init; }
    public required string CallerReference { get; init; }
    public required HealthCheckConfig HealthCheckConfig { get; init; }
    public required long HealthCheckVersion { get; init; } // counts changes

    internal static HealthCheck Read(WireNode from) => new()
    {
        Id = from.Text("Id"),
        CallerReference = from.Text("CallerReference"),
        HealthCheckConfig = from.Item("HealthCheckConfig", HealthCheckConfig.Read),
        HealthCheckVersion = from.Long("HealthCheckVersion"),
    };
}

/// <summary>
/// Of checks of an endpoint by name: Type and RequestInterval never change. Without an IP address the name is looked up
/// (IPv4 only) and sent as Host and, with <see cref="EnableSNI"/>, as server name; certificates are not validated.
/// </summary>
public sealed record HealthCheckConfig : IWireShape
{
    public int? Port { get; init; } // 1–65535
    public required string Type { get; init; } // HealthCheckType
    public string? ResourcePath { get; init; } // ≤255; not of TCP
    public string? FullyQualifiedDomainName { get; init; } // ≤255
    public int? RequestInterval { get; init; } // 10 or 30 s
    public int? FailureThreshold { get; init; } // 1–10
    public bool? Inverted { get; init; }
    public bool? Disabled { get; init; }
    public bool? EnableSNI { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.Put("Port", Port);
        to.Put("Type", Type);
        to.Put("ResourcePath", ResourcePath);
        to.Put("FullyQualifiedDomainName", FullyQualifiedDomainName);
        to.Put("RequestInterval", RequestInterval);
        to.Put("FailureThreshold", FailureThreshold);
        to.Put("Inverted", Inverted);
        to.Put("Disabled", Disabled);
        to.Put("EnableSNI", EnableSNI);
    }

    internal static HealthCheckConfig Read(WireNode from) => new()
    {
        Port = from.IntOrNull("Port"),
        Type = from.Text("Type"),
        ResourcePath = from.TextOrNull("ResourcePath"),
        FullyQualifiedDomainName = from.TextOrNull("FullyQualifiedDomainName"),
        RequestInterval = from.IntOrNull("RequestInterval"),
        FailureThreshold = from.IntOrNull("FailureThreshold"),
        Inverted = from.FlagOrNull("Inverted"),
        Disabled = from.FlagOrNull("Disabled"),
        EnableSNI = from.FlagOrNull("EnableSNI"),
    };
}

public sealed record GetHealthCheckRequest : IWireShape, IRestRequest
{
    public required string HealthCheckId { get; init; }

    RestTarget IRestRequest.Target => RestTarget.Get("healthcheck", HealthCheckId);

    void IWireShape.Write(WireWriter to)
    {
    }
}

public sealed record GetHealthCheckResponse
{
    public required HealthCheck HealthCheck { get; init; }

    internal static GetHealthCheckResponse Read(WireNode from) => new()
    {
        HealthCheck = from.Item("HealthCheck", HealthCheck.Read),
    };
}

/// <summary>What is left out stays as it is.</summary>
public sealed record UpdateHealthCheckRequest : IWireShape, IRestRequest
{
    public required string HealthCheckId { get; init; }

    /// <summary>Another one is there: HealthCheckVersionMismatch, and nothing is changed.</summary>
    public long? HealthCheckVersion { get; init; }

    public int? Port { get; init; }
    public string? ResourcePath { get; init; }
    public string? FullyQualifiedDomainName { get; init; }
    public int? FailureThreshold { get; init; }
    public bool? Inverted { get; init; }
    public bool? Disabled { get; init; }
    public bool? EnableSNI { get; init; }

    RestTarget IRestRequest.Target => RestTarget.Post("healthcheck", HealthCheckId);

    void IWireShape.Write(WireWriter to)
    {
        to.Put("HealthCheckVersion", HealthCheckVersion);
        to.Put("Port", Port);
        to.Put("ResourcePath", ResourcePath);
        to.Put("FullyQualifiedDomainName", FullyQualifiedDomainName);
        to.Put("FailureThreshold", FailureThreshold);
        to.Put("Inverted", Inverted);
        to.Put("Disabled", Disabled);
        to.Put("EnableSNI", EnableSNI);
    }
}

public sealed record UpdateHealthCheckResponse
{
    public required HealthCheck HealthCheck { get; init; }

    internal static UpdateHealthCheckResponse Read(WireNode from) => new()
    {
        HealthCheck = from.Item("HealthCheck", HealthCheck.Read),
    };
}

/// <summary>Route 53 does not ask whether records still name the health check.</summary>
public sealed record DeleteHealthCheckRequest : IWireShape, IRestRequest
{
    public required string HealthCheckId { get; init; }

    RestTarget IRestRequest.Target => RestTarget.Delete("healthcheck", HealthCheckId);

    void IWireShape.Write(WireWriter to)
    {
    }
}

public sealed record DeleteHealthCheckResponse;

public sealed record ListHealthChecksRequest : IWireShape, IRestRequest
{
    public string? Marker { get; init; }
    public string? MaxItems { get; init; }

    RestTarget IRestRequest.Target => RestTarget.Get("healthcheck")
        .With("marker", Marker)
        .With("maxitems", MaxItems);

    void IWireShape.Write(WireWriter to)
    {
    }
}

public sealed record ListHealthChecksResponse
{
    public EquatableList<HealthCheck> HealthChecks { get; init; } = [];

    /// <summary>AWS always says so; moto never does, and gives no marker then.</summary>
    public required bool IsTruncated { get; init; }
    public string? NextMarker { get; init; }

    internal static ListHealthChecksResponse Read(WireNode from) => new()
    {
        HealthChecks = from.List("HealthChecks", HealthCheck.Read),
        IsTruncated = from.FlagOrNull("IsTruncated") ?? from.TextOrNull("NextMarker") is not null,
        NextMarker = from.TextOrNull("NextMarker"),
    };
}
