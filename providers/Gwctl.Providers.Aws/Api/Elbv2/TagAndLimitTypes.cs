using Gwctl.Core;
using Gwctl.Providers.Aws.Api.Wire;

namespace Gwctl.Providers.Aws.Api.Elbv2;

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

public sealed record AddTagsRequest : IWireShape
{
    public required EquatableList<string> ResourceArns { get; init; }
    public required EquatableList<Tag> Tags { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.PutList("ResourceArns", ResourceArns);
        to.PutList("Tags", Tags);
    }
}

public sealed record AddTagsResponse;

public sealed record RemoveTagsRequest : IWireShape
{
    public required EquatableList<string> ResourceArns { get; init; }
    public required EquatableList<string> TagKeys { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.PutList("ResourceArns", ResourceArns);
        to.PutList("TagKeys", TagKeys);
    }
}

public sealed record RemoveTagsResponse;

/// <summary>
/// At most <see cref="Elbv2Limits.DescribeTagsArnsMax"/> ARNs; one that is gone fails the whole call.
/// </summary>
public sealed record DescribeTagsRequest : IWireShape
{
    public required EquatableList<string> ResourceArns { get; init; } // at most 20

    void IWireShape.Write(WireWriter to) => to.PutList("ResourceArns", ResourceArns);
}

public sealed record DescribeTagsResponse
{
    public EquatableList<TagDescription> TagDescriptions { get; init; } = [];

    internal static DescribeTagsResponse Read(WireNode from) => new()
    {
        TagDescriptions = from.List("TagDescriptions", TagDescription.Read),
    };
}

public sealed record TagDescription
{
    public required string ResourceArn { get; init; }
    public EquatableList<Tag> Tags { get; init; } = [];

    internal static TagDescription Read(WireNode from) => new()
    {
        ResourceArn = from.Text("ResourceArn"),
        Tags = from.List("Tags", Tag.Read),
    };
}

public sealed record DescribeAccountLimitsRequest : IWireShape
{
    public string? Marker { get; init; }
    public int? PageSize { get; init; } // 1–400

    void IWireShape.Write(WireWriter to)
    {
        to.Put("Marker", Marker);
        to.Put("PageSize", PageSize);
    }
}

public sealed record DescribeAccountLimitsResponse
{
    public EquatableList<Limit> Limits { get; init; } = [];
    public string? NextMarker { get; init; }

    internal static DescribeAccountLimitsResponse Read(WireNode from) => new()
    {
        Limits = from.List("Limits", Limit.Read),
        NextMarker = from.TextOrNull("NextMarker"),
    };
}

public sealed record Limit
{
    public required string Name { get; init; }
    public required string Max { get; init; }

    internal static Limit Read(WireNode from) => new()
    {
        Name = from.Text("Name"),
        Max = from.Text("Max"),
    };
}
