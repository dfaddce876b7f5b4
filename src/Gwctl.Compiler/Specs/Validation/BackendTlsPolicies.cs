using Gwctl.Compiler.Specs.Decoding;
using Gwctl.Compiler.Specs.Kinds;
using Gwctl.Core;

namespace Gwctl.Compiler.Specs.Validation;

/// <summary>A BackendTLSPolicy says once what it trusts, and its targets are distinct.</summary>
internal static class BackendTlsPolicies
{
    public static void Check(BackendTlsPolicySpec policy, NodeProblems problems)
    {
        switch (policy.CaCertificateRefs.Count, policy.WellKnownCaCertificates)
        {
            case (0, null):
                problems.Add(TlsDiagnostics.NoCaCertificates(policy.ValidationSpan));
                break;
            case ( > 0, { } wellKnown):
                problems.Add(TlsDiagnostics.CaCertificatesTwice(wellKnown.Span));
                break;
            default:
                break;
        }

        for (var later = 1; later < policy.TargetRefs.Count; later++)
        {
            CheckTarget(policy, policy.TargetRefs[later], later, problems);
        }
    }

    /// <summary>Against the targets before it; one complaint is enough.</summary>
    private static void CheckTarget(
        BackendTlsPolicySpec policy, PolicyTargetSpec target, int position, NodeProblems problems)
    {
        var name = $"{target.Target.Kind} {target.Target.Name}";
        foreach (var earlier in policy.TargetRefs.Take(position))
        {
            var isSame = earlier.Target with { Span = SourceSpan.None }
                == target.Target with { Span = SourceSpan.None };
            if (isSame && earlier.SectionName is null != target.SectionName is null)
            {
                problems.Add(TlsDiagnostics.TargetsOverlap(target.Target.Span, name, earlier.Target.Span));
                return;
            }

            if (isSame && earlier.SectionName?.Value == target.SectionName?.Value)
            {
                problems.Add(TlsDiagnostics.TargetTwice(target.Target.Span, name, earlier.Target.Span));
                return;
            }
        }
    }
}
