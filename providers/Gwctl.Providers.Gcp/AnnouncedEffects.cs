using System.Collections.Frozen;
using Gwctl.Engine.Providers;

namespace Gwctl.Providers.Gcp;

/// <summary>What each diagnostic of projection announces of requests. A code that is not here announces nothing: it is
/// about names, labels, quotas, weights or sessions, and requests fare as the specification says.</summary>
internal static class AnnouncedEffects
{
    /// <summary>503 is what gRPC clients read as Unavailable.</summary>
    private static readonly TrafficEffect s_failure = TrafficEffect.Answers(500, 503);

    /// <summary>A proxy that reads no requests closes the connection.</summary>
    private static readonly TrafficEffect s_noEndpoints =
        new(TrafficDivergence.AnsweredItself | TrafficDivergence.Unanswered, [503]);

    private static readonly TrafficEffect s_closed = TrafficEffect.Of(TrafficDivergence.Unanswered);
    private static readonly TrafficEffect s_elsewhere =
        TrafficEffect.Of(TrafficDivergence.LeftOut | TrafficDivergence.Unanswered);

    public static readonly FrozenDictionary<string, TrafficEffect> ByCode = new Dictionary<string, TrafficEffect>
    {
        // Listeners.
        ["GW3207"] = s_closed,
        ["GW3208"] = s_closed,
        ["GW3209"] = s_closed,
        ["GW3210"] = s_closed,
        ["GW3211"] = s_closed,
        ["GW3212"] = s_closed,
        ["GW3213"] = s_closed,
        ["GW3214"] = s_closed,
        ["GW3215"] = s_closed,
        ["GW3219"] = s_elsewhere,
        ["GW3220"] = s_closed,

        // What rules match and do.
        ["GW3230"] = TrafficEffect.Of(TrafficDivergence.LeftOut),
        ["GW3245"] = TrafficEffect.Of(TrafficDivergence.ComparedOtherwise),
        ["GW3231"] = s_failure,
        ["GW3232"] = s_failure,
        ["GW3234"] = s_failure,
        ["GW3241"] = s_failure,
        ["GW3269"] = s_failure,

        // Connections.
        ["GW3243"] = s_elsewhere,
        ["GW3244"] = TrafficEffect.Of(TrafficDivergence.TakesMore),
        ["GW3271"] = s_closed,

        // Backends.
        ["GW3260"] = s_noEndpoints,
        ["GW3261"] = s_noEndpoints,
        ["GW3263"] = s_noEndpoints,
        ["GW3272"] = s_failure,
        ["GW3273"] = s_noEndpoints,
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
