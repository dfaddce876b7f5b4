using System.Collections.Frozen;
using Gwctl.Engine.Providers;

namespace Gwctl.Providers.Aws;

/// <summary>What each diagnostic of projection announces of requests. A code that is not here announces nothing: it is
/// about names, tags, quotas, weights or cookies, and requests fare as the specification says.</summary>
internal static class AnnouncedEffects
{
    private static readonly TrafficEffect s_failure = TrafficEffect.Answers(500);
    private static readonly TrafficEffect s_noTargets = TrafficEffect.Answers(503);
    private static readonly TrafficEffect s_closed = TrafficEffect.Of(TrafficDivergence.Unanswered);

    public static readonly FrozenDictionary<string, TrafficEffect> ByCode = new Dictionary<string, TrafficEffect>
    {
        // Listeners.
        ["GW3120"] = s_closed,
        ["GW3121"] = s_closed,
        ["GW3123"] = s_closed,
        ["GW3124"] = TrafficEffect.Of(TrafficDivergence.LeftOut),
        ["GW3194"] = s_closed,

        // Matches.
        ["GW3130"] = TrafficEffect.Of(TrafficDivergence.LeftOut),
        ["GW3131"] = TrafficEffect.Of(TrafficDivergence.ComparedOtherwise),
        ["GW3132"] = TrafficEffect.Of(TrafficDivergence.ComparedOtherwise),

        // What rules do.
        ["GW3133"] = s_failure,
        ["GW3135"] = s_failure,
        ["GW3137"] = s_failure,
        ["GW3138"] = s_failure,
        ["GW3140"] = s_noTargets,
        ["GW3142"] = s_failure,
        ["GW3143"] = s_failure,
        ["GW3144"] = TrafficEffect.Answers(464),
        ["GW3145"] = TrafficEffect.Answers(464),

        // Backends.
        ["GW3150"] = s_noTargets,
        ["GW3151"] = s_noTargets,
        ["GW3152"] = s_noTargets,
        ["GW3156"] = s_closed,
        ["GW3190"] = new TrafficEffect(
            TrafficDivergence.AnsweredItself | TrafficDivergence.Unanswered, [500]),
        ["GW3192"] = s_closed,

        // Connections.
        ["GW3180"] = TrafficEffect.Of(TrafficDivergence.LeftOut | TrafficDivergence.Unanswered),
        ["GW3181"] = TrafficEffect.Of(TrafficDivergence.LeftOut | TrafficDivergence.Unanswered),
        ["GW3182"] = s_closed,
        ["GW3183"] = TrafficEffect.Of(TrafficDivergence.LeftOut),
        ["GW3184"] = TrafficEffect.Of(TrafficDivergence.TakesMore),
        ["GW3185"] = s_closed,
        ["GW3187"] = s_closed,
        ["GW3188"] = s_closed,
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
