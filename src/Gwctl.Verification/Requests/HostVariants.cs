using Gwctl.Compiler.Routing;
using Gwctl.Verification.Router;

namespace Gwctl.Verification.Requests;

/// <summary>Hosts and server names at the border of a hostname.</summary>
internal static class HostVariants
{
    /// <param name="hostname">A rule's or listener's; empty for every host.</param>
    public static IEnumerable<Variant> Of(Request request, string hostname, RoutingPort port)
    {
        yield return new Variant(
            request with { Host = $"{request.Host}:{port.Port}" }, "the host with its port");
        yield return new Variant(
            request with { Host = CaseText.Swap(request.Host) }, "the host in other case");
        foreach (var (host, why) in NeighboursOf(hostname))
        {
            yield return new Variant(
                request with { Host = host, Sni = request.Scheme is "https" ? host : null }, why);
        }

        if (request.Scheme is "https")
        {
            yield return new Variant(request with { Sni = null }, "no server name");
            yield return new Variant(
                request with { Sni = OtherServerName(request, port) }, "the server name of another host");
            yield return new Variant(
                request with { Sni = CaseText.Swap(request.Sni ?? request.Host) }, "the server name in other case");
        }
    }

    /// <summary>Names beside, above and below a hostname.</summary>
    public static IEnumerable<(string Host, string Why)> NeighboursOf(string hostname)
    {
        yield return (BaseRequests.ForeignHost, "a foreign host");
        if (hostname is ['*', '.', .. var apex])
        {
            yield return (apex, "the wildcard's apex");
            yield return ($"x.{BaseRequests.Word}.{apex}", "two labels below the wildcard's apex");
            yield return ($"x{apex}", "the wildcard's suffix without its dot");
        }
        else if (hostname is not "")
        {
            yield return ($"x.{hostname}", "a label below the hostname");
        }
    }

    /// <summary>A name of another listener of the port, if there is one.</summary>
    private static string OtherServerName(Request request, RoutingPort port)
    {
        foreach (var listener in port.Listeners)
        {
            var pattern = HostPattern.Parse(listener.Hostname);
            if (!pattern.IsAny && !pattern.Matches(request.Host))
            {
                return pattern.IsWildcard ? BaseRequests.Word + pattern.Text[1..] : pattern.Text;
            }
        }

        return BaseRequests.ForeignHost;
    }
}
