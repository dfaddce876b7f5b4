using Gwctl.Compiler.Specs.Decoding;
using Gwctl.Core;

namespace Gwctl.Compiler.Specs.Validation;

/// <summary>All rules of a route together may have 128 matches.</summary>
internal static class MatchCount
{
    private const int MatchesMax = 128;

    public static void Check(RouteSpec route, NodeProblems problems)
    {
        var count = 0;
        foreach (var rule in route.Rules)
        {
            count += rule.Matches.Count + rule.GrpcMatches.Count;
        }

        if (count > MatchesMax)
        {
            problems.Add(new Diagnostic("GW1210", Severity.Error, "Route has too many matches")
            {
                Subject = route.Rules[0].Span,
                Detail = $"Its rules have {count} matches in all; {MatchesMax} are allowed.",
                Help = "Split the route.",
            });
        }
    }
}
