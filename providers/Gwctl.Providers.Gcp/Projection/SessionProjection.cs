using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Providers.Gcp.Projection;

/// <summary>How a backend service keeps clients on an endpoint.</summary>
/// <param name="CookieName">Empty for Google's own cookie.</param>
/// <param name="Seconds">0 for as long as the browser runs.</param>
internal sealed record Session(string CookieName, int Seconds);

/// <summary>A rule's session persistence; null leaves it to the backend's policy.</summary>
internal sealed record SessionChoice(Session? Session);

/// <summary>sessionPersistence of a route rule (experimental in the Gateway API): a cookie that names the
/// endpoint.</summary>
internal static class SessionProjection
{
    /// <summary>Null where Google cannot, which has been reported then.</summary>
    public static SessionChoice? Of(RoutingRule rule, RoutingAction.Forward forward, Action<Diagnostic> report)
    {
        if (rule.SessionPersistence is not { } session)
        {
            return new SessionChoice(null);
        }

        var seconds = session.AbsoluteTimeout is { } timeout ? (long)Math.Ceiling(timeout.TotalSeconds) : 0;
        if (WhyRefused(session, seconds) is { } why)
        {
            report(RuleDiagnostics.Session(rule.Origin, session.Span, why));
            return null;
        }

        if (forward.Backends.Count(backend => backend.BackendId is not null) > 1)
        {
            report(RuleDiagnostics.SessionOverBackends(rule.Origin, session.Span));
        }

        return new SessionChoice(new Session(session.SessionName ?? "", (int)seconds));
    }

    private static string? WhyRefused(SessionPersistenceSpec session, long seconds) =>
        session.Type is not "Cookie" ? "Google keeps sessions by cookies, not by headers of the session's own."
        : session.IdleTimeout is not null ? "Google's cookies have no idle timeout."
        : seconds > GcpLimits.AffinitySecondsMax
            ? $"Google keeps sessions for {GcpLimits.AffinitySecondsMax} seconds at most."
        : null;
}
