using Gwctl.Compiler.Specs.Decoding;
using Gwctl.Core;

namespace Gwctl.Compiler.Specs.Validation;

/// <summary>A replaced prefix needs a prefix: the rule has exactly one match, of type PathPrefix.</summary>
internal static class PrefixReplacement
{
    public static void Check(RouteSpec route, NodeProblems problems)
    {
        foreach (var rule in route.Rules)
        {
            if (rule.Matches is [{ Path.Type: PathMatchType.PathPrefix }])
            {
                continue;
            }

            CheckFilters(rule.Filters, problems);
            foreach (var backend in rule.BackendRefs)
            {
                CheckFilters(backend.Filters, problems);
            }
        }
    }

    private static void CheckFilters(EquatableList<HttpFilterSpec> filters, NodeProblems problems)
    {
        foreach (var filter in filters)
        {
            var path = filter switch
            {
                HttpFilterSpec.RequestRedirect redirect => redirect.Path,
                HttpFilterSpec.UrlRewrite rewrite => rewrite.Path,
                _ => null,
            };
            if (path is { ReplacesPrefix: true })
            {
                problems.Add(new Diagnostic("GW1215", Severity.Error, "Replaced prefix has no single prefix match")
                {
                    Subject = path.Span,
                    Detail = "replacePrefixMatch replaces what the rule's one PathPrefix match matched, but the "
                        + "rule has several matches or one of another type.",
                    Help = "Give the rule exactly one match with a path of type PathPrefix, or use replaceFullPath.",
                });
            }
        }
    }
}
