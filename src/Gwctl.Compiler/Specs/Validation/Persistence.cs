using Gwctl.Compiler.Specs.Decoding;
using Gwctl.Core;

namespace Gwctl.Compiler.Specs.Validation;

/// <summary>A cookie that outlives the session needs an end, and a header has no cookie settings.</summary>
internal static class Persistence
{
    public static void Check(RouteSpec route, NodeProblems problems)
    {
        foreach (var rule in route.Rules)
        {
            if (rule.SessionPersistence is not { HasCookieConfig: true } persistence)
            {
                continue;
            }

            if (persistence is { CookieLifetime: "Permanent", AbsoluteTimeout: null })
            {
                problems.Add(new Diagnostic("GW1221", Severity.Error, "Permanent cookie has no timeout")
                {
                    Subject = persistence.Span,
                    Detail = "cookieConfig.lifetimeType is Permanent and absoluteTimeout is not given.",
                    Help = "Give absoluteTimeout.",
                });
            }

            if (persistence.Type is "Header")
            {
                problems.Add(new Diagnostic("GW1222", Severity.Error, "Header persistence has cookie settings")
                {
                    Subject = persistence.Span,
                    Detail = "cookieConfig is given, but the type is Header.",
                    Help = "Remove cookieConfig or change the type to Cookie.",
                });
            }
        }
    }
}
