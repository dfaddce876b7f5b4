using Gwctl.Sandbox.DataPlane.Listeners;
using Gwctl.Sandbox.DataPlane.Tls;
using Gwctl.Sandbox.Gcp.UrlMaps;
using Microsoft.AspNetCore.Http;

namespace Gwctl.Sandbox.DataPlane.Proxies;

/// <summary>Everything that a forwarding rule with a target HTTP or HTTPS proxy needs for a request.</summary>
/// <param name="Address">The forwarding rule's.</param>
/// <param name="UrlMap">The link of the URL map.</param>
/// <param name="Services">By link.</param>
/// <param name="IsClassic">The scheme is EXTERNAL: another kind of proxy, with other words of its own.</param>
/// <param name="Tls">Null for HTTP.</param>
/// <param name="Requests">Serves them.</param>
internal sealed record ProxySnapshot(
    string Address, string UrlMap, UrlMapProgram Program, IReadOnlyDictionary<string, LiveService> Services,
    bool IsClassic, bool IsSecure, TimeSpan ClientKeepAlive, TlsSettings? Tls, ProxyRequests Requests) : IHttpSnapshot
{
    public Task ServeAsync(HttpContext context) => Requests.ServeAsync(context, this);
}
