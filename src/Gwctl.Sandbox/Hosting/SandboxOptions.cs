using Gwctl.Sandbox.Aws;
using Gwctl.Sandbox.DataPlane;
using Gwctl.Sandbox.Dns;
using Gwctl.Sandbox.Gcp;
using Gwctl.Sandbox.Kubernetes;

namespace Gwctl.Sandbox.Hosting;

/// <summary>How a sandbox starts.</summary>
public sealed record SandboxOptions
{
    /// <summary>Where the state lives; null keeps it in memory. One process at a time may use a directory.</summary>
    public string? StateDirectory { get; init; }

    /// <summary>A loopback port; 0 takes any free one.</summary>
    public int Port { get; init; }

    /// <summary>The cloud's own time: what is settled, in sync, drained or issued by now.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public AwsOptions Aws { get; init; } = new();

    public GcpOptions Gcp { get; init; } = new();

    /// <summary>Makes load balancers listen and forward. Null: only the clouds' APIs are served.</summary>
    public DataPlaneOptions? DataPlane { get; init; }

    /// <summary>Serves a Kubernetes API too, at a port of its own. Null: none.</summary>
    public KubernetesOptions? Kubernetes { get; init; }

    /// <summary>Serves the hosted zones to DNS clients. Null: nobody answers.</summary>
    public DnsOptions? Dns { get; init; }
}
