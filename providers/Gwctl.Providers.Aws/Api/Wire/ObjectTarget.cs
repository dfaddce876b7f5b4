namespace Gwctl.Providers.Aws.Api.Wire;

/// <summary>A request on one object of a bucket: its body is the object itself.</summary>
internal interface IObjectRequest
{
    ObjectTarget Target { get; }
}

/// <summary>Method, place and content of an object request.</summary>
internal sealed record ObjectTarget(HttpMethod Method, string Bucket, string Key)
{
    /// <summary>Null where there is no body.</summary>
    public string? ContentType { get; init; }

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Path style: the endpoint is the region's, whatever the bucket's name.</summary>
    public string Path =>
        $"/{Uri.EscapeDataString(Bucket)}/{string.Join('/', Key.Split('/').Select(Uri.EscapeDataString))}";
}
