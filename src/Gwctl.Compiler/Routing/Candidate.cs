using Gwctl.Compiler.Specs;

namespace Gwctl.Compiler.Routing;

/// <summary>A match on a hostname, on its way to its place.</summary>
/// <param name="Hostname">What the listener and the route have in common.</param>
/// <param name="Written">The hostname as the route has it; any host where it has none.</param>
internal readonly record struct Candidate(
    HostPattern Hostname, HostPattern Written, RouteSpec Route, LoweredRule Rule, LoweredMatch Match)
{
    /// <summary>The order in which a request is tried, over all routes of a listener. It is total: input order is no
    /// part of it.</summary>
    /// <remarks>Gateway API, HTTPRouteSpec.hostnames, HTTPRouteRule.matches and GRPCRouteRule.matches. Hostnames of
    /// equal length that differ have no request in common; they are kept apart by text so that each host's rules stand
    /// together. Where a listener's hostname makes two of them equal, the more specific one as written comes
    /// first.</remarks>
    public static int ByPrecedence(Candidate left, Candidate right)
    {
        var byHostname = CompareHostnames(left.Hostname, right.Hostname);
        if (byHostname is not 0)
        {
            return byHostname;
        }

        var byWritten = CompareHostnames(left.Written, right.Written);
        if (byWritten is not 0)
        {
            return byWritten;
        }

        var byMatch = left.Match.Rank.CompareTo(right.Match.Rank);
        if (byMatch is not 0)
        {
            return byMatch;
        }

        var byRoute = CompareRoutes(left.Route, right.Route);
        if (byRoute is not 0)
        {
            return byRoute;
        }

        var byRule = left.Match.Origin.RuleIndex.CompareTo(right.Match.Origin.RuleIndex);
        return byRule is not 0 ? byRule : left.Match.Origin.MatchIndex.CompareTo(right.Match.Origin.MatchIndex);
    }

    private static int CompareHostnames(HostPattern left, HostPattern right)
    {
        var byExactLength = right.ExactLength.CompareTo(left.ExactLength);
        if (byExactLength is not 0)
        {
            return byExactLength;
        }

        var byLength = right.Text.Length.CompareTo(left.Text.Length);
        return byLength is not 0 ? byLength : string.CompareOrdinal(left.Text, right.Text);
    }

    /// <summary>The oldest first; one whose age is not known is taken to be the youngest.</summary>
    private static int CompareRoutes(RouteSpec left, RouteSpec right)
    {
        var leftAge = left.Meta.CreatedAt ?? DateTimeOffset.MaxValue;
        var byAge = leftAge.CompareTo(right.Meta.CreatedAt ?? DateTimeOffset.MaxValue);
        if (byAge is not 0)
        {
            return byAge;
        }

        var byName = left.Name.CompareTo(right.Name);
        return byName is not 0 ? byName : left.Kind.CompareTo(right.Kind);
    }
}
