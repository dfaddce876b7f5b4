using Gwctl.Core;

namespace Gwctl.Engine.Providers;

/// <summary>In which ways requests may fare otherwise than the Gateway API says.</summary>
[Flags]
public enum TrafficDivergence
{
    None = 0,

    /// <summary>What the diagnostic stands at is not in the cloud: its requests are those of whoever is next.</summary>
    LeftOut = 1,

    /// <summary>The term that the diagnostic stands at is compared otherwise: requests that do not carry it letter by
    /// letter may be matched, or not.</summary>
    ComparedOtherwise = 2,

    /// <summary>The load balancer answers itself, by one of <see cref="TrafficEffect.Statuses"/>.</summary>
    AnsweredItself = 4,

    /// <summary>Connections are refused, or nobody answers on them.</summary>
    Unanswered = 8,

    /// <summary>Requests or connections of others come too.</summary>
    TakesMore = 16,
}

/// <summary>What a diagnostic of projection means for requests: so much it announces, and nothing else.</summary>
/// <param name="Statuses">With <see cref="TrafficDivergence.AnsweredItself"/>.</param>
public sealed record TrafficEffect(TrafficDivergence Divergence, EquatableList<int> Statuses)
{
    /// <summary>For codes that say nothing of requests.</summary>
    public static readonly TrafficEffect None = new(TrafficDivergence.None, []);

    public static TrafficEffect Of(TrafficDivergence divergence) => new(divergence, []);

    public static TrafficEffect Answers(params EquatableList<int> statuses) =>
        new(TrafficDivergence.AnsweredItself, statuses);
}
