using Gwctl.Compiler.Specs.Decoding;
using Gwctl.Core;

namespace Gwctl.Compiler.Specs.Validation;

/// <summary>References of a route to the same parent tell themselves apart by sectionName, by port or by both, all in
/// the same way.</summary>
internal static class ParentRefs
{
    public static void Check(RouteSpec route, NodeProblems problems)
    {
        for (var later = 1; later < route.ParentRefs.Count; later++)
        {
            for (var earlier = 0; earlier < later; earlier++)
            {
                if (IsSameParent(route.ParentRefs[earlier], route.ParentRefs[later]))
                {
                    CheckPair(route.ParentRefs[earlier], route.ParentRefs[later], problems);
                }
            }
        }
    }

    private static bool IsSameParent(ParentRefSpec left, ParentRefSpec right) =>
        left.Target with { Span = SourceSpan.None } == right.Target with { Span = SourceSpan.None };

    private static void CheckPair(ParentRefSpec earlier, ParentRefSpec later, NodeProblems problems)
    {
        if (earlier.SectionName is null != later.SectionName is null || earlier.Port is null != later.Port is null)
        {
            problems.Add(new Diagnostic("GW1212", Severity.Error, "References to one parent overlap")
            {
                Subject = later.Span,
                Detail = $"This reference and the one at {earlier.Span} name {later.Target.Name} and differ in "
                    + "which of sectionName and port they give.",
                Help = "Give the same of sectionName and port in both, or drop one reference.",
            });
        }
        else if (earlier.SectionName?.Value == later.SectionName?.Value && earlier.Port?.Value == later.Port?.Value)
        {
            problems.Add(new Diagnostic("GW1213", Severity.Error, "Parent is referenced twice")
            {
                Subject = later.Span,
                Detail = $"The reference at {earlier.Span} is the same.",
                Help = "Remove one, or give each its own sectionName or port.",
            });
        }
    }
}
