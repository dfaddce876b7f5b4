using Gwctl.Sandbox.DataPlane.Targets;
using Microsoft.AspNetCore.Http;

namespace Gwctl.Sandbox.DataPlane.Forwarding;

/// <summary>A request on its way to a target.</summary>
internal sealed record Delivery
{
    public required HttpContext Context { get; init; }

    public required OutgoingRequest Outgoing { get; init; }

    public required LiveTarget Target { get; init; }

    public required GroupSettings Group { get; init; }

    /// <summary>Until the response begins, and then for each of its parts.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Has the last word on the headers of the target's response.</summary>
    public required Action<HttpResponse> Finish { get; init; }

    /// <summary>Answers with a status of the load balancer's own.</summary>
    public required Func<int, Task> Fail { get; init; }

    /// <summary>Whether an outcome is to be kept from the client, for a further try.</summary>
    public Func<DeliveryOutcome, bool> IsRetried { get; init; } = static _ => false;
}

/// <summary>How a target took a request.</summary>
/// <param name="Status">Its response's, or the one that the load balancer would answer with.</param>
/// <param name="Answered">False where no response came.</param>
internal readonly record struct DeliveryOutcome(int Status, bool Answered);
