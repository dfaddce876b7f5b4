using System.Net;

namespace Gwctl.Sandbox.DataPlane.Network;

/// <summary>What the listeners of Network Load Balancers share.</summary>
/// <param name="clock">The cloud's time.</param>
/// <param name="loadBalancers">Where a load balancer (ARN) listens for a port; null where it does not.</param>
internal sealed class NetworkParts(TimeProvider clock, Func<string, int, IPEndPoint?> loadBalancers)
{
    public TimeProvider Clock { get; } = clock;

    public SourceMemory Memory { get; } = new();

    /// <summary>Serves every connection of them all.</summary>
    public TcpForwarder Tcp =>
        field ??= new TcpForwarder(new NetworkEcho(new EchoCertificates(Clock), Clock), Memory, loadBalancers, Clock);
}
