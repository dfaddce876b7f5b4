using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;

namespace Gwctl.Verification.Router;

/// <summary>The Location of a redirect (Gateway API, HTTPRequestRedirectFilter).</summary>
internal static class RedirectLocation
{
    /// <summary>Absolute. The query is the request's: the specification has nothing that would change it.</summary>
    public static string Of(Request request, HttpFilterSpec.RequestRedirect filter, PathMatchSpec match)
    {
        var scheme = filter.Scheme?.Value ?? request.Scheme;
        var host = filter.Hostname?.Value ?? Authority.NameOf(request.Host).ToString();
        var port = PortOf(request, filter);
        var path = filter.Path is null ? request.Path : RequestFilters.Rewritten(request.Path, filter.Path, match);
        var shownPort = port == Authority.WellKnownPort(scheme) ? "" : $":{port}";
        var query = request.Query is null ? "" : $"?{request.Query}";
        return $"{scheme}://{host}{shownPort}{path}{query}";
    }

    /// <summary>As written; else that of a scheme that is written; else the listener's.</summary>
    private static int PortOf(Request request, HttpFilterSpec.RequestRedirect filter)
    {
        if (filter.Port is { } port)
        {
            return port.Value;
        }

        return filter.Scheme is { } scheme
            ? Authority.WellKnownPort(scheme.Value) ?? request.Port
            : request.Port;
    }
}
