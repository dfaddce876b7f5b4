using Gwctl.Compiler.Specs.Decoding;
using Gwctl.Core;

namespace Gwctl.Compiler.Specs.Validation;

/// <summary>A GRPCRoute may have no rules at all, and then does nothing. HTTPRoute has a default rule, and the other
/// kinds must have one.</summary>
internal static class RouteWithoutRules
{
    public static void Check(RouteSpec route, NodeProblems problems)
    {
        if (route is { Kind: RouteKind.Grpc, Rules.Count: 0 })
        {
            problems.Add(new Diagnostic("GW1253", Severity.Warning, "Route has no rules")
            {
                Subject = route.Span,
                Detail = $"{route.Title} matches no call: a GRPCRoute has no rule by default.",
                Help = "Add a rule; one with only backendRefs matches every call.",
            });
        }
    }
}
