using Gwctl.Compiler.Specs.Decoding;
using Gwctl.Core;

namespace Gwctl.Compiler.Specs.Validation;

/// <summary>Which filters stand once, and which not beside each other, in a rule or in a backend reference.</summary>
internal static class FilterRules
{
    public static void Check(RouteSpec route, NodeProblems problems)
    {
        foreach (var rule in route.Rules)
        {
            CheckList(rule.Filters, problems);
            foreach (var backend in rule.BackendRefs)
            {
                CheckList(backend.Filters, problems);
            }
        }
    }

    public static T? First<T>(EquatableList<HttpFilterSpec> filters)
        where T : HttpFilterSpec
    {
        foreach (var filter in filters.AsSpan())
        {
            if (filter is T found)
            {
                return found;
            }
        }

        return null;
    }

    private static void CheckList(EquatableList<HttpFilterSpec> filters, NodeProblems problems)
    {
        if (filters.Count < 2)
        {
            return;
        }

        CheckOnce<HttpFilterSpec.RequestHeaderModifier>(filters, "RequestHeaderModifier", problems);
        CheckOnce<HttpFilterSpec.ResponseHeaderModifier>(filters, "ResponseHeaderModifier", problems);
        CheckOnce<HttpFilterSpec.RequestRedirect>(filters, "RequestRedirect", problems);
        CheckOnce<HttpFilterSpec.UrlRewrite>(filters, "URLRewrite", problems);
        CheckOnce<HttpFilterSpec.Cors>(filters, "CORS", problems);
        if (First<HttpFilterSpec.RequestRedirect>(filters) is { } redirect
            && First<HttpFilterSpec.UrlRewrite>(filters) is { } rewrite)
        {
            problems.Add(new Diagnostic("GW1217", Severity.Error, "Redirect stands beside a rewrite")
            {
                Subject = redirect.Span,
                Detail = $"The same filters have a URLRewrite at {rewrite.Span}; a redirect forwards nothing.",
                Help = "Keep one of the two. A redirect has hostname and path of its own.",
            });
        }
    }

    private static void CheckOnce<T>(EquatableList<HttpFilterSpec> filters, string type, NodeProblems problems)
        where T : HttpFilterSpec
    {
        foreach (var filter in filters.OfType<T>().Skip(1))
        {
            problems.Add(new Diagnostic("GW1216", Severity.Error, "Filter is repeated")
            {
                Subject = filter.Span,
                Detail = $"{type} may stand once; the first is at {First<T>(filters)?.Span}.",
                Help = "Merge the two filters into one.",
            });
        }
    }
}
