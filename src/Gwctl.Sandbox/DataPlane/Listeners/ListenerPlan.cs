using Gwctl.Sandbox.DataPlane.Network;

namespace Gwctl.Sandbox.DataPlane.Listeners;

/// <summary>A listener as the control plane has it, and what it needs to live.</summary>
/// <param name="LoadBalancerArn">Its load balancer.</param>
/// <param name="LoadBalancerName">The load balancer's name.</param>
/// <param name="DnsName">The load balancer's.</param>
/// <param name="ListenerArn">Its own.</param>
/// <param name="Protocol">The cloud's word.</param>
/// <param name="Port">The cloud's.</param>
/// <param name="Application">What it does as an Application Load Balancer's listener; null for one of a Network Load
/// Balancer.</param>
/// <param name="Network">What it does as a Network Load Balancer's listener; null for one of an Application Load
/// Balancer.</param>
internal sealed record ListenerPlan(
    string LoadBalancerArn,
    string LoadBalancerName,
    string DnsName,
    string ListenerArn,
    string Protocol,
    int Port,
    ApplicationSnapshot? Application,
    NetworkSnapshot? Network)
{
    /// <summary>A socket outlives changes of anything else.</summary>
    public SocketKey Key => new(ListenerArn, Port, Protocol is "HTTPS" or "TLS", Protocol switch
    {
        "UDP" => SocketTransport.Datagrams,
        "TCP_UDP" => SocketTransport.Both,
        _ => SocketTransport.Connections,
    });
}

/// <summary>What a socket is opened for.</summary>
/// <param name="ListenerArn">The listener.</param>
/// <param name="Port">The cloud's.</param>
/// <param name="Secure">With TLS.</param>
/// <param name="Transport">What it takes.</param>
internal sealed record SocketKey(string ListenerArn, int Port, bool Secure, SocketTransport Transport);

internal enum SocketTransport
{
    Connections,
    Datagrams,
    Both,
}
