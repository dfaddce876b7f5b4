using Gwctl.Core;
using Gwctl.Providers.Aws.Api.Wire;

namespace Gwctl.Providers.Aws.Api.Ec2;

/// <summary>Without value, DeleteTags removes the key whatever its value is.</summary>
public sealed record Tag : IWireShape
{
    public required string Key { get; init; }
    public string? Value { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.Put("Key", Key);
        to.Put("Value", Value);
    }

    internal static Tag Read(WireNode from) => new()
    {
        Key = from.Text("key"),
        Value = from.TextOrNull("value"),
    };
}

public sealed record TagSpecification : IWireShape
{
    public required string ResourceType { get; init; }
    public required EquatableList<Tag> Tags { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.Put("ResourceType", ResourceType);
        to.PutList("Tag", Tags);
    }
}

public sealed record CreateTagsRequest : IWireShape
{
    public required EquatableList<string> Resources { get; init; } // at most 1000
    public required EquatableList<Tag> Tags { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.PutList("ResourceId", Resources);
        to.PutList("Tag", Tags);
    }
}

public sealed record CreateTagsResponse;

public sealed record DeleteTagsRequest : IWireShape
{
    public required EquatableList<string> Resources { get; init; }
    public EquatableList<Tag> Tags { get; init; } = []; // at most 1000

    void IWireShape.Write(WireWriter to)
    {
        to.PutList("ResourceId", Resources);
        to.PutList("Tag", Tags);
    }
}

public sealed record DeleteTagsResponse;
