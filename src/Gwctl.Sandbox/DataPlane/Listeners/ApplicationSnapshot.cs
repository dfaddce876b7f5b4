using Gwctl.Sandbox.DataPlane.Forwarding;
using Gwctl.Sandbox.DataPlane.Rules;
using Gwctl.Sandbox.DataPlane.Tls;

namespace Gwctl.Sandbox.DataPlane.Listeners;

/// <summary>Everything that an Application Load Balancer's listener needs for a request, at one moment. A request keeps
/// the one that it began with.</summary>
/// <param name="LoadBalancerArn">The load balancer.</param>
/// <param name="Settings">Attributes of the load balancer and the listener.</param>
/// <param name="Rules">In order of priority, the default rule last.</param>
/// <param name="Tls">Null for HTTP.</param>
internal sealed record ApplicationSnapshot(
    string LoadBalancerArn, ListenerSettings Settings, LiveRule[] Rules, TlsSettings? Tls);
