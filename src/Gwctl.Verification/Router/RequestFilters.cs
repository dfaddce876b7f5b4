using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Verification.Router;

/// <summary>Header modifiers and rewrites: what makes a request into the one that the backend sees.</summary>
internal static class RequestFilters
{
    /// <param name="filters">In order; of two rewrites the later has the last word.</param>
    /// <param name="match">The rule's path match, whose prefix a rewrite may replace.</param>
    public static ForwardedRequest Apply(
        Request request, EquatableList<HttpFilterSpec> filters, PathMatchSpec match)
    {
        var host = request.Host;
        var path = request.Path;
        var headers = request.Headers;
        foreach (var filter in filters)
        {
            if (filter is HttpFilterSpec.RequestHeaderModifier modifier)
            {
                headers = HeaderEdits.Apply(modifier.Edit, headers);
            }
            else if (filter is HttpFilterSpec.UrlRewrite rewrite)
            {
                host = rewrite.Hostname?.Value ?? host;
                path = rewrite.Path is null ? path : Rewritten(request.Path, rewrite.Path, match);
            }
        }

        return new ForwardedRequest(request.Method, host, path, request.Query, headers);
    }

    /// <summary>The path after a redirect's or rewrite's replacement. A prefix can only be replaced where a prefix
    /// matched; elsewhere, which the specification forbids, the path stays.</summary>
    public static string Rewritten(string path, PathRewriteSpec rewrite, PathMatchSpec match)
    {
        if (!rewrite.ReplacesPrefix)
        {
            return rewrite.Value is "" ? "/" : rewrite.Value;
        }

        return match.Type is PathMatchType.PathPrefix ? PathPrefix.Replace(path, match.Value, rewrite.Value) : path;
    }
}
