namespace Gwctl.Sandbox.Dns;

/// <summary>How the sandbox serves its zones.</summary>
public sealed record DnsOptions
{
    /// <summary>A loopback port, for UDP and TCP alike; 0 takes any that is free for both.</summary>
    public int Port { get; init; }

    /// <summary>What weighted answers are drawn with; a seed makes them repeat.</summary>
    public Random? Random { get; init; }

    /// <summary>From one health check of Route 53's to the next; null is each check's own interval. Only endpoints
    /// within the sandbox are checked.</summary>
    public TimeSpan? HealthCheckInterval { get; init; }
}
