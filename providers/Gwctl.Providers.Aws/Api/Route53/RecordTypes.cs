using Gwctl.Core;
using Gwctl.Providers.Aws.Api.Wire;

namespace Gwctl.Providers.Aws.Api.Route53;

public sealed record ChangeResourceRecordSetsRequest : IWireShape, IRestRequest
{
    public required string HostedZoneId { get; init; }
    public required ChangeBatch ChangeBatch { get; init; }

    RestTarget IRestRequest.Target => RestTarget.Post("hostedzone", Route53Text.Id(HostedZoneId), "rrset", "");

    void IWireShape.Write(WireWriter to) => to.Put("ChangeBatch", ChangeBatch);
}

/// <summary>
/// All of it or nothing. A DELETE that does not match every value, or a CREATE of what exists, fails the batch with
/// InvalidChangeBatch; so DELETE of what was seen with CREATE is a compare-and-swap.
/// </summary>
public sealed record ChangeBatch : IWireShape
{
    public string? Comment { get; init; }
    public required EquatableList<Change> Changes { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.Put("Comment", Comment);
        to.PutList("Changes", "Change", Changes);
    }
}

public sealed record Change : IWireShape
{
    public required string Action { get; init; } // ChangeAction
    public required ResourceRecordSet ResourceRecordSet { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.Put("Action", Action);
        to.Put("ResourceRecordSet", ResourceRecordSet);
    }
}

/// <summary>
/// Identified by name, type and SetIdentifier. Values stay as the wire has them, escapes and quotes included.
/// </summary>
public sealed record ResourceRecordSet : IWireShape
{
    public required string Name { get; init; }
    public required string Type { get; init; } // RRType
    public string? SetIdentifier { get; init; }
    public long? Weight { get; init; } // 0–255
    public string? Region { get; init; }
    public GeoLocation? GeoLocation { get; init; }
    public string? Failover { get; init; } // ResourceRecordSetFailover
    public bool? MultiValueAnswer { get; init; }
    public long? TTL { get; init; } // 0–2147483647
    public EquatableList<ResourceRecord> ResourceRecords { get; init; } = [];
    public AliasTarget? AliasTarget { get; init; }
    public string? HealthCheckId { get; init; }
    public string? TrafficPolicyInstanceId { get; init; }
    public CidrRoutingConfig? CidrRoutingConfig { get; init; }
    public GeoProximityLocation? GeoProximityLocation { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.Put("Name", Name);
        to.Put("Type", Type);
        to.Put("SetIdentifier", SetIdentifier);
        to.Put("Weight", Weight);
        to.Put("Region", Region);
        to.Put("GeoLocation", GeoLocation);
        to.Put("Failover", Failover);
        to.Put("MultiValueAnswer", MultiValueAnswer);
        to.Put("TTL", TTL);
        to.PutList("ResourceRecords", "ResourceRecord", ResourceRecords);
        to.Put("AliasTarget", AliasTarget);
        to.Put("HealthCheckId", HealthCheckId);
        to.Put("TrafficPolicyInstanceId", TrafficPolicyInstanceId);
        to.Put("CidrRoutingConfig", CidrRoutingConfig);
        to.Put("GeoProximityLocation", GeoProximityLocation);
    }

    internal static ResourceRecordSet Read(WireNode from) => new()
    {
        Name = Route53Text.Name(from.Text("Name")),
        Type = from.Text("Type"),
        SetIdentifier = from.TextOrNull("SetIdentifier"),
        Weight = from.LongOrNull("Weight"),
        Region = from.TextOrNull("Region"),
        GeoLocation = from.ItemOrNull("GeoLocation", GeoLocation.Read),
        Failover = from.TextOrNull("Failover"),
        MultiValueAnswer = from.FlagOrNull("MultiValueAnswer"),
        TTL = from.LongOrNull("TTL"),
        ResourceRecords = from.List("ResourceRecords", ResourceRecord.Read),
        AliasTarget = from.ItemOrNull("AliasTarget", AliasTarget.Read),
        HealthCheckId = from.TextOrNull("HealthCheckId"),
        TrafficPolicyInstanceId = from.TextOrNull("TrafficPolicyInstanceId"),
        CidrRoutingConfig = from.ItemOrNull("CidrRoutingConfig", CidrRoutingConfig.Read),
        GeoProximityLocation = from.ItemOrNull("GeoProximityLocation", GeoProximityLocation.Read),
    };
}

public sealed record GeoLocation : IWireShape
{
    public string? ContinentCode { get; init; }
    public string? CountryCode { get; init; }
    public string? SubdivisionCode { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.Put("ContinentCode", ContinentCode);
        to.Put("CountryCode", CountryCode);
        to.Put("SubdivisionCode", SubdivisionCode);
    }

    internal static GeoLocation Read(WireNode from) => new()
    {
        ContinentCode = from.TextOrNull("ContinentCode"),
        CountryCode = from.TextOrNull("CountryCode"),
        SubdivisionCode = from.TextOrNull("SubdivisionCode"),
    };
}

public sealed record ResourceRecord : IWireShape
{
    public required string Value { get; init; }

    void IWireShape.Write(WireWriter to) => to.Put("Value", Value);

    internal static ResourceRecord Read(WireNode from) => new()
    {
        Value = from.Text("Value"),
    };
}

/// <summary>For a load balancer HostedZoneId is its CanonicalHostedZoneId, not a zone of ours.</summary>
public sealed record AliasTarget : IWireShape
{
    public required string HostedZoneId { get; init; }
    public required string DNSName { get; init; }
    public required bool EvaluateTargetHealth { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.Put("HostedZoneId", HostedZoneId);
        to.Put("DNSName", DNSName);
        to.Put("EvaluateTargetHealth", EvaluateTargetHealth);
    }

    internal static AliasTarget Read(WireNode from) => new()
    {
        HostedZoneId = Route53Text.Id(from.Text("HostedZoneId")),
        DNSName = Route53Text.Name(from.Text("DNSName")),
        EvaluateTargetHealth = from.Flag("EvaluateTargetHealth"),
    };
}

public sealed record CidrRoutingConfig : IWireShape
{
    public required string CollectionId { get; init; }
    public required string LocationName { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.Put("CollectionId", CollectionId);
        to.Put("LocationName", LocationName);
    }

    internal static CidrRoutingConfig Read(WireNode from) => new()
    {
        CollectionId = from.Text("CollectionId"),
        LocationName = from.Text("LocationName"),
    };
}

public sealed record GeoProximityLocation : IWireShape
{
    public string? AWSRegion { get; init; }
    public string? LocalZoneGroup { get; init; }
    public Coordinates? Coordinates { get; init; }
    public int? Bias { get; init; } // -99–99

    void IWireShape.Write(WireWriter to)
    {
        to.Put("AWSRegion", AWSRegion);
        to.Put("LocalZoneGroup", LocalZoneGroup);
        to.Put("Coordinates", Coordinates);
        to.Put("Bias", Bias);
    }

    internal static GeoProximityLocation Read(WireNode from) => new()
    {
        AWSRegion = from.TextOrNull("AWSRegion"),
        LocalZoneGroup = from.TextOrNull("LocalZoneGroup"),
        Coordinates = from.ItemOrNull("Coordinates", Coordinates.Read),
        Bias = from.IntOrNull("Bias"),
    };
}

public sealed record Coordinates : IWireShape
{
    public required string Latitude { get; init; }
    public required string Longitude { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.Put("Latitude", Latitude);
        to.Put("Longitude", Longitude);
    }

    internal static Coordinates Read(WireNode from) => new()
    {
        Latitude = from.Text("Latitude"),
        Longitude = from.Text("Longitude"),
    };
}

public sealed record ChangeResourceRecordSetsResponse
{
    public required ChangeInfo ChangeInfo { get; init; }

    internal static ChangeResourceRecordSetsResponse Read(WireNode from) => new()
    {
        ChangeInfo = from.Item("ChangeInfo", ChangeInfo.Read),
    };
}

/// <summary>Status turns from PENDING to INSYNC, mostly within a minute.</summary>
public sealed record ChangeInfo
{
    public required string Id { get; init; }
    public required string Status { get; init; } // ChangeStatus
    public required DateTimeOffset SubmittedAt { get; init; }
    public string? Comment { get; init; }

    internal static ChangeInfo Read(WireNode from) => new()
    {
        Id = Route53Text.Id(from.Text("Id")),
        Status = from.Text("Status"),
        SubmittedAt = from.Time("SubmittedAt"),
        Comment = from.TextOrNull("Comment"),
    };
}

public sealed record ListResourceRecordSetsRequest : IWireShape, IRestRequest
{
    public required string HostedZoneId { get; init; }
    public string? StartRecordName { get; init; }
    public string? StartRecordType { get; init; } // RRType
    public string? StartRecordIdentifier { get; init; }
    public string? MaxItems { get; init; }

    RestTarget IRestRequest.Target => RestTarget.Get("hostedzone", Route53Text.Id(HostedZoneId), "rrset")
        .With("name", StartRecordName)
        .With("type", StartRecordType)
        .With("identifier", StartRecordIdentifier)
        .With("maxitems", MaxItems);

    void IWireShape.Write(WireWriter to)
    {
    }
}

public sealed record ListResourceRecordSetsResponse
{
    public EquatableList<ResourceRecordSet> ResourceRecordSets { get; init; } = [];
    public required bool IsTruncated { get; init; }
    public string? NextRecordName { get; init; }
    public string? NextRecordType { get; init; } // RRType
    public string? NextRecordIdentifier { get; init; }

    internal static ListResourceRecordSetsResponse Read(WireNode from) => new()
    {
        ResourceRecordSets = from.List("ResourceRecordSets", ResourceRecordSet.Read),
        IsTruncated = from.Flag("IsTruncated"),
        NextRecordName = Route53Text.Name(from.TextOrNull("NextRecordName")),
        NextRecordType = from.TextOrNull("NextRecordType"),
        NextRecordIdentifier = from.TextOrNull("NextRecordIdentifier"),
    };
}

public sealed record GetChangeRequest : IWireShape, IRestRequest
{
    public required string Id { get; init; }

    RestTarget IRestRequest.Target => RestTarget.Get("change", Route53Text.Id(Id));

    void IWireShape.Write(WireWriter to)
    {
    }
}

public sealed record GetChangeResponse
{
    public required ChangeInfo ChangeInfo { get; init; }

    internal static GetChangeResponse Read(WireNode from) => new()
    {
        ChangeInfo = from.Item("ChangeInfo", ChangeInfo.Read),
    };
}
