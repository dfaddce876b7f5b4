using Gwctl.Core;
using Gwctl.Providers.Aws.Api.Wire;

namespace Gwctl.Providers.Aws.Api.Route53;

public sealed record ListTagsForResourceRequest : IWireShape, IRestRequest
{
    public required string ResourceType { get; init; } // TagResourceType
    public required string ResourceId { get; init; }

    RestTarget IRestRequest.Target => RestTarget.Get("tags", ResourceType, Route53Text.Id(ResourceId));

    void IWireShape.Write(WireWriter to)
    {
    }
}

public sealed record ListTagsForResourceResponse
{
    public required ResourceTagSet ResourceTagSet { get; init; }

    internal static ListTagsForResourceResponse Read(WireNode from) => new()
    {
        ResourceTagSet = from.Item("ResourceTagSet", ResourceTagSet.Read),
    };
}

public sealed record ResourceTagSet
{
    public required string ResourceType { get; init; } // TagResourceType
    public required string ResourceId { get; init; }
    public EquatableList<Tag> Tags { get; init; } = [];

    internal static ResourceTagSet Read(WireNode from) => new()
    {
        ResourceType = from.Text("ResourceType"),
        ResourceId = from.Text("ResourceId"),
        Tags = from.List("Tags", Tag.Read),
    };
}

public sealed record Tag : IWireShape
{
    public required string Key { get; init; }
    public required string Value { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.Put("Key", Key);
        to.Put("Value", Value);
    }

    internal static Tag Read(WireNode from) => new()
    {
        Key = from.Text("Key"),
        Value = from.TextOrNull("Value") ?? "",
    };
}

/// <summary>At most <see cref="Route53Limits.TaggedResourcesPerCallMax"/> resources.</summary>
public sealed record ListTagsForResourcesRequest : IWireShape, IRestRequest
{
    public required string ResourceType { get; init; } // TagResourceType
    public required EquatableList<string> ResourceIds { get; init; }

    RestTarget IRestRequest.Target => RestTarget.Post("tags", ResourceType);

    void IWireShape.Write(WireWriter to) => to.PutList("ResourceIds", "ResourceId", ResourceIds);
}

public sealed record ListTagsForResourcesResponse
{
    public EquatableList<ResourceTagSet> ResourceTagSets { get; init; } = [];

    internal static ListTagsForResourcesResponse Read(WireNode from) => new()
    {
        ResourceTagSets = from.List("ResourceTagSets", ResourceTagSet.Read),
    };
}

public sealed record ChangeTagsForResourceRequest : IWireShape, IRestRequest
{
    public required string ResourceType { get; init; } // TagResourceType
    public required string ResourceId { get; init; }
    public EquatableList<Tag> AddTags { get; init; } = [];
    public EquatableList<string> RemoveTagKeys { get; init; } = [];

    RestTarget IRestRequest.Target => RestTarget.Post("tags", ResourceType, Route53Text.Id(ResourceId));

    void IWireShape.Write(WireWriter to)
    {
        to.PutList("AddTags", "Tag", AddTags);
        to.PutList("RemoveTagKeys", "Key", RemoveTagKeys);
    }
}

public sealed record ChangeTagsForResourceResponse;
