using Gwctl.Compiler.Specs.Decoding;
using Gwctl.Core;

namespace Gwctl.Compiler.Specs.Validation;

/// <summary>A rule that redirects sends nothing to backends.</summary>
internal static class RedirectAlone
{
    public static void Check(RouteSpec route, NodeProblems problems)
    {
        foreach (var rule in route.Rules)
        {
            if (rule.BackendRefs.Count > 0
                && FilterRules.First<HttpFilterSpec.RequestRedirect>(rule.Filters) is { } redirect)
            {
                problems.Add(new Diagnostic("GW1214", Severity.Error, "Redirect has backends")
                {
                    Subject = redirect.Span,
                    Detail = $"The rule redirects every request, so its backendRefs at "
                        + $"{rule.BackendRefs[0].Span} are never reached.",
                    Help = "Remove the backendRefs, or move the redirect to a rule of its own.",
                });
            }
        }
    }
}
