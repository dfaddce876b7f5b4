using Gwctl.Compiler.Routing;
using Gwctl.Core;

namespace Gwctl.Verification.Router;

/// <summary>How a rule fared for a request.</summary>
public enum RuleVerdictKind
{
    Won,

    /// <summary>Another listener of the port has the request.</summary>
    OtherListener,
    Hostname,
    Path,
    Method,
    Header,
    QueryParam,

    /// <summary>It matches, and so does the winner, which comes before it.</summary>
    LowerPrecedence,
}

/// <summary>How one rule fared, and why.</summary>
/// <param name="Name">The header or parameter that fails; empty for other verdicts.</param>
/// <param name="Why">A clause for people.</param>
public sealed record RuleVerdict(
    RoutingListener Listener, RoutingRule Rule, RuleVerdictKind Kind, string Name, string Why);

/// <summary>An answer, and for every rule of the port why it did or did not give it.</summary>
/// <param name="Rules">By listener, then by precedence.</param>
public sealed record Explanation(Request Request, Answer Answer, EquatableList<RuleVerdict> Rules);
