using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>How long a rule keeps a client on a target; 0 leaves it to the backend's policy.</summary>
internal readonly record struct SessionChoice(int Seconds);

/// <summary>sessionPersistence of a route rule (experimental in the Gateway API): stickiness of the target
/// groups.</summary>
internal static class SessionProjection
{
    /// <summary>AWS's own default.</summary>
    public const int DefaultSeconds = 86_400;

    /// <summary>Null where an ALB cannot, which has been reported then.</summary>
    public static SessionChoice? Of(RoutingRule rule, Action<Diagnostic> report)
    {
        if (rule.SessionPersistence is not { } session)
        {
            return new SessionChoice(0);
        }

        var seconds = session.AbsoluteTimeout is { } timeout
            ? (long)Math.Ceiling(timeout.TotalSeconds)
            : DefaultSeconds;
        if (WhyRefused(session, seconds) is { } why)
        {
            report(RuleDiagnostics.Session(rule.Origin, session.Span, why));
            return null;
        }

        report(RuleDiagnostics.SessionDivergence(rule.Origin, session.Span));
        return new SessionChoice((int)seconds);
    }

    private static string? WhyRefused(SessionPersistenceSpec session, long seconds) =>
        session.Type is not "Cookie" ? "an ALB keeps sessions by cookies, not by headers."
        : session.SessionName is not null ? "an ALB's cookie has the name AWSALB, and no other can be chosen."
        : session.IdleTimeout is not null ? "an ALB's cookie has no idle timeout."
        : seconds is < 1 or > AlbLimits.StickinessSecondsMax
            ? $"an ALB keeps sessions for 1 to {AlbLimits.StickinessSecondsMax} seconds."
        : null;
}
