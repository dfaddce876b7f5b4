using System.Text.Json.Nodes;
using Gwctl.Sandbox.Kubernetes.Applying;
using Gwctl.Sandbox.Kubernetes.Kinds;
using Gwctl.Sandbox.Kubernetes.Requests;
using Gwctl.Sandbox.Kubernetes.Storage;

namespace Gwctl.Sandbox.Kubernetes.Writing;

/// <summary>What a write is about and how it is to be done.</summary>
internal sealed record WriteTarget
{
    public required Kind Kind { get; init; }

    public required KindVersion Version { get; init; }

    public required ApiRequest Request { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>What the writer is to be told besides the answer.</summary>
    public List<string> Warnings { get; } = [];

    public string Key => Stored.KeyOf(Request.Namespace, Request.Name);

    public string ApiVersion => Kind.ApiVersion(Version);

    public bool IsStatus => Request.Subresource is "status";

    public FieldWriter Writer => new(Request.FieldManager, ApiVersion, Request.Subresource, Now);
}

/// <summary>What a write leads to.</summary>
/// <param name="Value">The object as it is now, or the Status that says it is gone.</param>
/// <param name="Created">It was not there before.</param>
internal sealed record WriteResult(JsonObject Value, bool Created);
