using Gwctl.Core;
using Gwctl.Providers.Aws.Api.Wire;

namespace Gwctl.Providers.Aws.Api.Tagging;

/// <summary>
/// A hint only: the index lags behind and lists what is deleted. Confirm with the service that owns the resource.
/// </summary>
public sealed record GetResourcesRequest : IWireShape
{
    public string? PaginationToken { get; init; }
    public EquatableList<TagFilter> TagFilters { get; init; } = [];
    public int? ResourcesPerPage { get; init; }
    public EquatableList<string> ResourceTypeFilters { get; init; } = [];
    public EquatableList<string> ResourceARNList { get; init; } = [];

    void IWireShape.Write(WireWriter to)
    {
        to.Put("PaginationToken", PaginationToken);
        to.PutList("TagFilters", TagFilters);
        to.Put("ResourcesPerPage", ResourcesPerPage);
        to.PutList("ResourceTypeFilters", ResourceTypeFilters);
        to.PutList("ResourceARNList", ResourceARNList);
    }
}

public sealed record TagFilter : IWireShape
{
    public required string Key { get; init; }
    public EquatableList<string> Values { get; init; } = [];

    void IWireShape.Write(WireWriter to)
    {
        to.Put("Key", Key);
        to.PutList("Values", Values);
    }
}

public sealed record GetResourcesResponse
{
    public string? PaginationToken { get; init; }
    public EquatableList<ResourceTagMapping> ResourceTagMappingList { get; init; } = [];

    internal static GetResourcesResponse Read(WireNode from) => new()
    {
        PaginationToken = from.TextOrNull("PaginationToken"),
        ResourceTagMappingList = from.List("ResourceTagMappingList", ResourceTagMapping.Read),
    };
}

public sealed record ResourceTagMapping
{
    public required string ResourceARN { get; init; }
    public EquatableList<Tag> Tags { get; init; } = [];

    internal static ResourceTagMapping Read(WireNode from) => new()
    {
        ResourceARN = from.Text("ResourceARN"),
        Tags = from.List("Tags", Tag.Read),
    };
}

public sealed record Tag
{
    public required string Key { get; init; }
    public required string Value { get; init; }

    internal static Tag Read(WireNode from) => new()
    {
        Key = from.Text("Key"),
        Value = from.TextOrNull("Value") ?? "",
    };
}

/// <summary>
/// At most <see cref="TaggingLimits.ResourcesPerCallMax"/> ARNs; some may fail while the call succeeds.
/// </summary>
public sealed record TagResourcesRequest : IWireShape
{
    public required EquatableList<string> ResourceARNList { get; init; }
    public required EquatableList<KeyValuePair<string, string>> Tags { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.PutList("ResourceARNList", ResourceARNList);
        to.PutMap("Tags", Tags);
    }
}

public sealed record TagResourcesResponse
{
    public EquatableList<KeyValuePair<string, FailureInfo>> FailedResourcesMap { get; init; } = [];

    internal static TagResourcesResponse Read(WireNode from) => new()
    {
        FailedResourcesMap = from.Map("FailedResourcesMap", FailureInfo.Read),
    };
}

public sealed record FailureInfo
{
    public int? StatusCode { get; init; }
    public string? ErrorCode { get; init; } // ErrorCode
    public string? ErrorMessage { get; init; }

    internal static FailureInfo Read(WireNode from) => new()
    {
        StatusCode = from.IntOrNull("StatusCode"),
        ErrorCode = from.TextOrNull("ErrorCode"),
        ErrorMessage = from.TextOrNull("ErrorMessage"),
    };
}

/// <summary>
/// At most <see cref="TaggingLimits.ResourcesPerCallMax"/> ARNs; some may fail while the call succeeds.
/// </summary>
public sealed record UntagResourcesRequest : IWireShape
{
    public required EquatableList<string> ResourceARNList { get; init; }
    public required EquatableList<string> TagKeys { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.PutList("ResourceARNList", ResourceARNList);
        to.PutList("TagKeys", TagKeys);
    }
}

public sealed record UntagResourcesResponse
{
    public EquatableList<KeyValuePair<string, FailureInfo>> FailedResourcesMap { get; init; } = [];

    internal static UntagResourcesResponse Read(WireNode from) => new()
    {
        FailedResourcesMap = from.Map("FailedResourcesMap", FailureInfo.Read),
    };
}
