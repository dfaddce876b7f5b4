using Gwctl.Core;
using Gwctl.Verification.Router;

namespace Gwctl.Verification.Comparison;

/// <summary>What a request came to at a load balancer, or by its configuration.</summary>
public sealed record Observed
{
    /// <summary>No connection, or no answer on it.</summary>
    public static readonly Observed Refused = new() { IsRefused = true };

    public bool IsRefused { get; init; }

    /// <summary>The response's status; 0 for a connection that carries no HTTP.</summary>
    public int Status { get; init; }

    /// <summary>The Location header; null where there is none.</summary>
    public string? Location { get; init; }

    /// <summary>The response's headers; null where they are not known, and then not compared.</summary>
    public EquatableList<HeaderField>? Headers { get; init; }

    /// <summary>The backend that answered, a <see cref="Compiler.Routing.RoutingBackend.Id"/>; null where the load
    /// balancer did.</summary>
    public string? BackendId { get; init; }

    /// <summary>The request as the backend saw it; null where it is not known, and then not compared.</summary>
    public ForwardedRequest? Seen { get; init; }
}

/// <summary>One way in which what happened is not what the specification says.</summary>
/// <param name="Field">connection, backend, status, location, method, host, path, query, <c>header X</c> or
/// <c>response header X</c>.</param>
/// <param name="BySpec">What the specification says; of several possible answers all.</param>
/// <param name="ByCloud">What happened.</param>
public sealed record Difference(string Field, string BySpec, string ByCloud)
{
    public override string ToString() => $"{Field}: {BySpec} by the specification, {ByCloud} by the cloud";
}
