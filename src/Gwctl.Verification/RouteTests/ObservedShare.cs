using Gwctl.Core;
using Gwctl.Verification.Comparison;
using Gwctl.Verification.Router;

namespace Gwctl.Verification.RouteTests;

/// <summary>One thing that may become of a request.</summary>
/// <param name="Share">Of the requests, above 0 up to 1; null where it is not known, as after a single try.</param>
public sealed record ObservedShare(Observed Observed, double? Share)
{
    /// <summary>How far the share may be from the true one, in percentage points: above 0 where it was counted over
    /// tries.</summary>
    public int Tolerance { get; init; }
}

/// <summary>Says what becomes of a request at a Gateway: by the specification, by a cloud's configuration, or by
/// sending it.</summary>
/// <returns>All that may become of it, or one try.</returns>
public delegate Task<EquatableList<ObservedShare>> RequestSource(
    ObjectName gateway, Request request, CancellationToken cancellationToken);

/// <summary>The specification as a source.</summary>
public static class SpecificationSource
{
    /// <summary>Asks the router of each Gateway.</summary>
    public static RequestSource Of(IEnumerable<CompiledRouter> routers)
    {
        var byName = routers.ToDictionary(router => router.Gateway.Name);
        return (gateway, request, _) => Task.FromResult(Possible(byName[gateway].Route(request)));
    }

    /// <summary>What an answer allows, seen from outside. A backend's own status is not known: it is 0.</summary>
    public static EquatableList<ObservedShare> Possible(Answer answer) => answer.Outcome switch
    {
        Outcome.Forward forward => [.. forward.Shares.Select(ShareOf)],
        Outcome.Redirect redirect =>
            [new(new Observed { Status = redirect.Status, Location = redirect.Location }, 1)],
        Outcome.Preflight preflight => [new(new Observed { Status = 204, Headers = preflight.Headers }, 1)],
        Outcome.Respond respond => [new(new Observed { Status = respond.Status }, 1)],
        Outcome.Stream { Answer.Shares: [_, ..] shares } => [.. shares.Select(ShareOf)],
        _ => [new(Observed.Refused, 1)],
    };

    private static ObservedShare ShareOf(BackendShare share) => new(
        share.Status is { } status
            ? new Observed { Status = status }
            : new Observed { BackendId = share.BackendId, Seen = share.Request },
        share.Fraction);

    private static ObservedShare ShareOf(StreamShare share) => new(
        share is { BackendId: not null, HasEndpoints: true }
            ? new Observed { BackendId = share.BackendId }
            : Observed.Refused,
        share.Fraction);
}
