using Gwctl.Core;
using Gwctl.Providers.Aws.Api.Wire;

namespace Gwctl.Providers.Aws.Api.Elbv2;

/// <summary>The bundle is read once, now. Fails with DuplicateTrustStoreName for a name that exists.</summary>
public sealed record CreateTrustStoreRequest : IWireShape
{
    public required string Name { get; init; }
    public required string CaCertificatesBundleS3Bucket { get; init; }
    public required string CaCertificatesBundleS3Key { get; init; }
    public string? CaCertificatesBundleS3ObjectVersion { get; init; }
    public EquatableList<Tag> Tags { get; init; } = [];

    void IWireShape.Write(WireWriter to)
    {
        to.Put("Name", Name);
        to.Put("CaCertificatesBundleS3Bucket", CaCertificatesBundleS3Bucket);
        to.Put("CaCertificatesBundleS3Key", CaCertificatesBundleS3Key);
        to.Put("CaCertificatesBundleS3ObjectVersion", CaCertificatesBundleS3ObjectVersion);
        to.PutList("Tags", Tags);
    }
}

public sealed record CreateTrustStoreResponse
{
    public EquatableList<TrustStore> TrustStores { get; init; } = [];

    internal static CreateTrustStoreResponse Read(WireNode from) => new()
    {
        TrustStores = from.List("TrustStores", TrustStore.Read),
    };
}

public sealed record TrustStore
{
    public string? Name { get; init; }
    public string? TrustStoreArn { get; init; }
    public string? Status { get; init; } // TrustStoreStatus
    public int? NumberOfCaCertificates { get; init; }
    public long? TotalRevokedEntries { get; init; }

    internal static TrustStore Read(WireNode from) => new()
    {
        Name = from.TextOrNull("Name"),
        TrustStoreArn = from.TextOrNull("TrustStoreArn"),
        Status = from.TextOrNull("Status"),
        NumberOfCaCertificates = from.IntOrNull("NumberOfCaCertificates"),
        TotalRevokedEntries = from.LongOrNull("TotalRevokedEntries"),
    };
}

public sealed record DescribeTrustStoresRequest : IWireShape
{
    public EquatableList<string> TrustStoreArns { get; init; } = [];
    public EquatableList<string> Names { get; init; } = [];
    public string? Marker { get; init; }
    public int? PageSize { get; init; } // 1–400

    void IWireShape.Write(WireWriter to)
    {
        to.PutList("TrustStoreArns", TrustStoreArns);
        to.PutList("Names", Names);
        to.Put("Marker", Marker);
        to.Put("PageSize", PageSize);
    }
}

public sealed record DescribeTrustStoresResponse
{
    public EquatableList<TrustStore> TrustStores { get; init; } = [];
    public string? NextMarker { get; init; }

    internal static DescribeTrustStoresResponse Read(WireNode from) => new()
    {
        TrustStores = from.List("TrustStores", TrustStore.Read),
        NextMarker = from.TextOrNull("NextMarker"),
    };
}

/// <summary>Replaces the bundle; the new one is read once, now.</summary>
public sealed record ModifyTrustStoreRequest : IWireShape
{
    public required string TrustStoreArn { get; init; }
    public required string CaCertificatesBundleS3Bucket { get; init; }
    public required string CaCertificatesBundleS3Key { get; init; }
    public string? CaCertificatesBundleS3ObjectVersion { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.Put("TrustStoreArn", TrustStoreArn);
        to.Put("CaCertificatesBundleS3Bucket", CaCertificatesBundleS3Bucket);
        to.Put("CaCertificatesBundleS3Key", CaCertificatesBundleS3Key);
        to.Put("CaCertificatesBundleS3ObjectVersion", CaCertificatesBundleS3ObjectVersion);
    }
}

public sealed record ModifyTrustStoreResponse
{
    public EquatableList<TrustStore> TrustStores { get; init; } = [];

    internal static ModifyTrustStoreResponse Read(WireNode from) => new()
    {
        TrustStores = from.List("TrustStores", TrustStore.Read),
    };
}

/// <summary>Fails with TrustStoreInUse while a listener refers to it.</summary>
public sealed record DeleteTrustStoreRequest : IWireShape
{
    public required string TrustStoreArn { get; init; }

    void IWireShape.Write(WireWriter to) => to.Put("TrustStoreArn", TrustStoreArn);
}

public sealed record DeleteTrustStoreResponse;
