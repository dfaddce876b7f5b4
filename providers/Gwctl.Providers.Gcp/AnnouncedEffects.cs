using System.Collections.Frozen;
using Gwctl.Engine.Providers;

namespace Gwctl.Providers.Gcp;

/// <summary>What each diagnostic of projection announces of requests. A code that is not here announces nothing: it is
/// about names, labels, quotas, weights or cookies, and requests fare as the specification says.</summary>
internal static class AnnouncedEffects
{
    private static readonly TrafficEffect s_failure = TrafficEffect.Answers(500);
    private static readonly TrafficEffect s_noTargets = TrafficEffect.Answers(503);
    private static readonly TrafficEffect s_closed = TrafficEffect.Of(TrafficDivergence.Unanswered);

    public static readonly FrozenDictionary<string, TrafficEffect> ByCode = new Dictionary<string, TrafficEffect>
    {
        // Listeners.
        ["GW3210"] = s_closed,
        ["GW3211"] = s_closed,
        ["GW3212"] = s_closed,
        ["GW3213"] = s_closed,
        ["GW3214"] = s_closed,
        ["GW3215"] = s_closed,
        ["GW3219"] = s_closed,
        ["GW3220"] = s_closed,

        // Matches.
        ["GW3230"] = TrafficEffect.Of(TrafficDivergence.LeftOut),

        // What rules do.
        ["GW3231"] = s_failure,
        ["GW3232"] = s_failure,
        ["GW3234"] = s_failure,
        ["GW3241"] = s_failure,
        ["GW3260"] = s_failure,
        ["GW3269"] = new TrafficEffect(TrafficDivergence.AnsweredItself | TrafficDivergence.Unanswered, [500]),
        ["GW3272"] = s_failure,

        // Backends without endpoints.
        ["GW3261"] = new TrafficEffect(TrafficDivergence.AnsweredItself, [500, 503]),
        ["GW3263"] = s_noTargets,
        ["GW3273"] = s_noTargets,

        // Connections.
        ["GW3243"] = TrafficEffect.Of(TrafficDivergence.LeftOut | TrafficDivergence.Unanswered),
        ["GW3244"] = TrafficEffect.Of(TrafficDivergence.TakesMore),
        ["GW3271"] = s_closed,
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
