using System.Net;

namespace Gwctl.Sandbox.DataPlane;

/// <summary>Where a listener of the cloud really listens.</summary>
/// <param name="LoadBalancerId">Its load balancer: an ARN, or a project and an address of Google's.</param>
/// <param name="LoadBalancerName">The load balancer's name.</param>
/// <param name="DnsName">The load balancer's name in DNS, at Google its address.</param>
/// <param name="ListenerId">The listener: an ARN, or the link of a forwarding rule.</param>
/// <param name="Protocol">The cloud's word, such as <c>HTTPS</c>.</param>
/// <param name="Port">The cloud's port.</param>
/// <param name="Address">A loopback address and port; null where it could not listen.</param>
/// <param name="Problem">Why it does not listen, or what is not as the cloud says; empty where all is well.</param>
public sealed record DataPlaneEndpoint(
    string LoadBalancerId,
    string LoadBalancerName,
    string DnsName,
    string ListenerId,
    string Protocol,
    int Port,
    IPEndPoint? Address,
    string Problem)
{
    private bool IsAmazons => ListenerId.StartsWith("arn:", StringComparison.Ordinal);

    /// <summary>The header by which the cloud's load balancers know a request again.</summary>
    public string TraceHeader => IsAmazons ? "X-Amzn-Trace-Id" : "X-Cloud-Trace-Context";

    /// <summary>That header's value for a request.</summary>
    /// <param name="number">Of the request; not negative.</param>
    public string TraceOf(long number) =>
        IsAmazons ? $"Root=1-00000000-{number:x24}" : $"{number:x32}/1;o=0";
}
