namespace Gwctl.Providers.Aws.Api.Wire;

/// <summary>A request as it goes over the wire, before signing. Never logged: a body may hold a private key.</summary>
internal sealed class WireCall
{
    public required HttpMethod Method { get; init; }

    /// <summary>From the first slash, percent-encoded; without query.</summary>
    public string Path { get; init; } = "/";

    /// <summary>Names and values as they are, not yet encoded.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Query { get; init; } = [];

    public string? ContentType { get; init; }

    /// <summary>The <c>X-Amz-Target</c> header of the JSON protocol.</summary>
    public string? Target { get; init; }

    public byte[] Body { get; init; } = [];

    /// <summary>True for S3, which signs the path as it is and wants the body's hash in a header.</summary>
    public bool IsObject { get; init; }
}

/// <summary>Whether a call may be sent again after an attempt that may have been carried out.</summary>
internal enum Repeat
{
    /// <summary>Reads, and writes that a repetition cannot double: it succeeds or fails with a conflict.</summary>
    Always,

    /// <summary>Creations that a repetition could double: only after the service said that it did nothing.</summary>
    OnlyIfNotDone,
}

/// <summary>One operation: its name, its limits and how its answer is read.</summary>
internal sealed record AwsOperation<TResponse>(
    string Name,
    CallClass Class,
    Func<WireNode, TResponse> Read)
{
    public Repeat Repeat { get; init; } = Repeat.Always;

    public bool Writes => Class is not CallClass.Read;
}
