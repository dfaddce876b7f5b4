using System.Net;

namespace Gwctl.Sandbox.DataPlane;

/// <summary>How load balancers really listen and forward.</summary>
public sealed record DataPlaneOptions
{
    /// <summary>Where a registered target leads. Null: loopback addresses are dialled, every other target is served
    /// by the built-in echo.</summary>
    public Func<BackendAddress, Backend>? Backends { get; init; }

    /// <summary>Whom the echo answers as. Null, or null for a target: pod <c>address:port</c>, service the target
    /// group's name.</summary>
    public Func<BackendAddress, EchoIdentity?>? IdentityOf { get; init; }

    /// <summary>Told of each request that a load balancer has read, from any thread, before it is carried out.
    /// </summary>
    public Action<AccessLogEntry>? AccessLog { get; init; }

    /// <summary>How long requests in flight may still take when their listener is deleted.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long changes are gathered before the load balancers take them over, all at once: many changes at
    /// a time then cost one look at the state.</summary>
    public TimeSpan GatherTime { get; init; } = TimeSpan.Zero;

    /// <summary>How long connections and flows of datagrams through a Network Load Balancer may be quiet. Null: as long
    /// as in the cloud, 350 s unless the listener's attribute says otherwise, and 120 s for datagrams.</summary>
    public TimeSpan? StreamIdleTimeout { get; init; }

    /// <summary>Gives each load balancer an address of its own in 127.0.0.0/8, and listeners the cloud's port where
    /// that is permitted. False: 127.0.0.1 and free ports.</summary>
    public bool OwnAddresses { get; init; } = true;
}

/// <summary>A registered target: of a target group, or at Google an endpoint of a backend service.</summary>
/// <param name="TargetGroupArn">The group that it is registered in: an ARN, or the link of a backend service.</param>
/// <param name="TargetGroupName">The group's name.</param>
/// <param name="Id">An IP address or an instance id.</param>
/// <param name="Port">1 to 65535.</param>
public sealed record BackendAddress(string TargetGroupArn, string TargetGroupName, string Id, int Port);

/// <summary>What stands behind a target.</summary>
public abstract record Backend
{
    private Backend()
    {
    }

    /// <summary>The built-in echo, in process.</summary>
    public sealed record Echo : Backend;

    /// <summary>A real server.</summary>
    public sealed record Dial(IPEndPoint EndPoint) : Backend;

    /// <summary>Loopback addresses are dialled, everything else echoes.</summary>
    public static Backend Default(BackendAddress address) =>
        IPAddress.TryParse(address.Id, out var ip) && IPAddress.IsLoopback(ip)
            ? new Dial(new IPEndPoint(ip, address.Port))
            : new Echo();
}

/// <summary>Whom the echo answers as.</summary>
public sealed record EchoIdentity(string Namespace, string Service, string Pod, string Ingress = "");
