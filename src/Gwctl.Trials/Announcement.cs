using Gwctl.Core;
using Gwctl.Engine.Providers;

namespace Gwctl.Trials;

/// <summary>A diagnostic of projection, and what it says of requests.</summary>
internal sealed record Announcement(Diagnostic Diagnostic, TrafficEffect Effect)
{
    public bool Says(TrafficDivergence divergence) => (Effect.Divergence & divergence) is not TrafficDivergence.None;

    public bool SaysStatus(int status) =>
        Says(TrafficDivergence.AnsweredItself) && Effect.Statuses.Contains(status);
}
