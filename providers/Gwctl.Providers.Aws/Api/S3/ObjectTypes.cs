using Gwctl.Providers.Aws.Api.Wire;

namespace Gwctl.Providers.Aws.Api.S3;

/// <summary>Replaces what is there under the key.</summary>
public sealed record PutObjectRequest : IWireShape, IObjectRequest
{
    public required string Bucket { get; init; }

    /// <summary>Without a slash in front; slashes part it.</summary>
    public required string Key { get; init; }

    public required string ContentType { get; init; }

    public required ReadOnlyMemory<byte> Body { get; init; }

    ObjectTarget IObjectRequest.Target =>
        new(HttpMethod.Put, Bucket, Key) { ContentType = ContentType, Body = Body };

    void IWireShape.Write(WireWriter to)
    {
    }
}

public sealed record PutObjectResponse;

/// <summary>Succeeds where nothing is there too.</summary>
public sealed record DeleteObjectRequest : IWireShape, IObjectRequest
{
    public required string Bucket { get; init; }

    public required string Key { get; init; }

    ObjectTarget IObjectRequest.Target => new(HttpMethod.Delete, Bucket, Key);

    void IWireShape.Write(WireWriter to)
    {
    }
}

public sealed record DeleteObjectResponse;
