using Gwctl.Sandbox.DataPlane.Forwarding;
using Gwctl.Sandbox.DataPlane.Rules;
using Gwctl.Sandbox.DataPlane.Tls;
using Microsoft.AspNetCore.Http;

namespace Gwctl.Sandbox.DataPlane.Listeners;

/// <summary>Everything that an Application Load Balancer's listener needs for a request.</summary>
/// <param name="LoadBalancerArn">The load balancer.</param>
/// <param name="Settings">Attributes of the load balancer and the listener.</param>
/// <param name="Rules">In order of priority, the default rule last.</param>
/// <param name="Tls">Null for HTTP.</param>
/// <param name="Requests">Serves them.</param>
internal sealed record ApplicationSnapshot(
    string LoadBalancerArn, ListenerSettings Settings, LiveRule[] Rules, TlsSettings? Tls,
    ApplicationRequests Requests) : IHttpSnapshot
{
    public bool IsSecure => Settings.Secure;

    public TimeSpan ClientKeepAlive => Settings.ClientKeepAlive;

    public Task ServeAsync(HttpContext context) => Requests.ServeAsync(context, this);
}
