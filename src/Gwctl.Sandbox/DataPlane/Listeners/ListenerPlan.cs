using Gwctl.Sandbox.DataPlane.Network;

namespace Gwctl.Sandbox.DataPlane.Listeners;

/// <summary>A listener as the control plane has it, and what it needs to live.</summary>
/// <param name="LoadBalancerArn">Its load balancer: an ARN, or one of Google's addresses.</param>
/// <param name="LoadBalancerName">The load balancer's name.</param>
/// <param name="DnsName">The load balancer's.</param>
/// <param name="ListenerArn">Its own: an ARN, or a link to one of Google's forwarding rules.</param>
/// <param name="Protocol">The cloud's word.</param>
/// <param name="Port">The cloud's.</param>
/// <param name="Application">What it does with requests; null for one that reads none.</param>
/// <param name="Network">What it does with flows; null for one that reads requests.</param>
internal sealed record ListenerPlan(
    string LoadBalancerArn,
    string LoadBalancerName,
    string DnsName,
    string ListenerArn,
    string Protocol,
    int Port,
    IHttpSnapshot? Application,
    NetworkSnapshot? Network)
{
    /// <summary>A socket outlives changes of anything else.</summary>
    public SocketKey Key => new(ListenerArn, Port, Protocol is "HTTPS" or "TLS" or "SSL", Protocol switch
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
