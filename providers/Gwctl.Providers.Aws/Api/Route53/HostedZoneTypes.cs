using Gwctl.Core;
using Gwctl.Providers.Aws.Api.Wire;

namespace Gwctl.Providers.Aws.Api.Route53;

public sealed record ListHostedZonesRequest : IWireShape, IRestRequest
{
    public string? Marker { get; init; }
    public string? MaxItems { get; init; }
    public string? DelegationSetId { get; init; }
    public string? HostedZoneType { get; init; } // HostedZoneType

    RestTarget IRestRequest.Target => RestTarget.Get("hostedzone")
        .With("marker", Marker)
        .With("maxitems", MaxItems)
        .With("delegationsetid", DelegationSetId)
        .With("hostedzonetype", HostedZoneType);

    void IWireShape.Write(WireWriter to)
    {
    }
}

public sealed record ListHostedZonesResponse
{
    public EquatableList<HostedZone> HostedZones { get; init; } = [];
    public required bool IsTruncated { get; init; }
    public string? NextMarker { get; init; }

    internal static ListHostedZonesResponse Read(WireNode from) => new()
    {
        HostedZones = from.List("HostedZones", HostedZone.Read),
        IsTruncated = from.Flag("IsTruncated"),
        NextMarker = from.TextOrNull("NextMarker"),
    };
}

public sealed record HostedZone
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required string CallerReference { get; init; }
    public HostedZoneConfig? Config { get; init; }
    public long? ResourceRecordSetCount { get; init; }

    internal static HostedZone Read(WireNode from) => new()
    {
        Id = Route53Text.Id(from.Text("Id")),
        Name = Route53Text.Name(from.Text("Name")),
        CallerReference = from.Text("CallerReference"),
        Config = from.ItemOrNull("Config", HostedZoneConfig.Read),
        ResourceRecordSetCount = from.LongOrNull("ResourceRecordSetCount"),
    };
}

public sealed record HostedZoneConfig
{
    public string? Comment { get; init; }
    public bool? PrivateZone { get; init; }

    internal static HostedZoneConfig Read(WireNode from) => new()
    {
        Comment = from.TextOrNull("Comment"),
        PrivateZone = from.FlagOrNull("PrivateZone"),
    };
}

public sealed record ListHostedZonesByNameRequest : IWireShape, IRestRequest
{
    public string? DNSName { get; init; }
    public string? HostedZoneId { get; init; }
    public string? MaxItems { get; init; }

    RestTarget IRestRequest.Target => RestTarget.Get("hostedzonesbyname")
        .With("dnsname", DNSName)
        .With("hostedzoneid", HostedZoneId)
        .With("maxitems", MaxItems);

    void IWireShape.Write(WireWriter to)
    {
    }
}

public sealed record ListHostedZonesByNameResponse
{
    public EquatableList<HostedZone> HostedZones { get; init; } = [];
    public required bool IsTruncated { get; init; }
    public string? NextDNSName { get; init; }
    public string? NextHostedZoneId { get; init; }

    internal static ListHostedZonesByNameResponse Read(WireNode from) => new()
    {
        HostedZones = from.List("HostedZones", HostedZone.Read),
        IsTruncated = from.Flag("IsTruncated"),
        NextDNSName = Route53Text.Name(from.TextOrNull("NextDNSName")),
        NextHostedZoneId = from.TextOrNull("NextHostedZoneId"),
    };
}

public sealed record GetHostedZoneRequest : IWireShape, IRestRequest
{
    public required string Id { get; init; }

    RestTarget IRestRequest.Target => RestTarget.Get("hostedzone", Route53Text.Id(Id));

    void IWireShape.Write(WireWriter to)
    {
    }
}

public sealed record GetHostedZoneResponse
{
    public required HostedZone HostedZone { get; init; }
    public DelegationSet? DelegationSet { get; init; }
    public EquatableList<VPC> VPCs { get; init; } = [];

    internal static GetHostedZoneResponse Read(WireNode from) => new()
    {
        HostedZone = from.Item("HostedZone", HostedZone.Read),
        DelegationSet = from.ItemOrNull("DelegationSet", DelegationSet.Read),
        VPCs = from.List("VPCs", VPC.Read),
    };
}

public sealed record DelegationSet
{
    public string? Id { get; init; }
    public string? CallerReference { get; init; }
    public EquatableList<string> NameServers { get; init; } = [];

    internal static DelegationSet Read(WireNode from) => new()
    {
        Id = Route53Text.Id(from.TextOrNull("Id")),
        CallerReference = from.TextOrNull("CallerReference"),
        NameServers = from.Texts("NameServers"),
    };
}

public sealed record VPC
{
    public string? VPCRegion { get; init; }
    public string? VPCId { get; init; }

    internal static VPC Read(WireNode from) => new()
    {
        VPCRegion = from.TextOrNull("VPCRegion"),
        VPCId = from.TextOrNull("VPCId"),
    };
}
