using Gwctl.Sandbox.DataPlane.Echo;
using Gwctl.Sandbox.DataPlane.Forwarding;
using Gwctl.Sandbox.DataPlane.Health;
using Gwctl.Sandbox.DataPlane.Listeners;
using Gwctl.Sandbox.DataPlane.Metering;
using Gwctl.Sandbox.DataPlane.Proxies;
using Gwctl.Sandbox.DataPlane.Targets;
using Gwctl.Sandbox.DataPlane.Tls;

namespace Gwctl.Sandbox.DataPlane;

/// <summary>What the listeners of a data plane share.</summary>
internal sealed class DataPlaneParts : IDisposable
{
    private const string KeyDirectory = "keys";

    private readonly TargetClient _client = new();

    /// <param name="options">The data plane's.</param>
    /// <param name="directory">Where the sandbox keeps its state; null for memory.</param>
    /// <param name="unhealthy">Echo targets that fail their health checks from the start.</param>
    /// <param name="clock">The cloud's time.</param>
    public DataPlaneParts(
        DataPlaneOptions options, string? directory, IReadOnlyCollection<string> unhealthy, TimeProvider clock)
    {
        Clock = clock;
        Keys = new KeyRing(directory is null ? null : Path.Combine(directory, KeyDirectory));
        Authority = SandboxAuthority.Open(directory, clock.GetUtcNow());
        Certificates = new CertificateBook(Keys, Authority);
        Targets = new TargetBook(options, unhealthy);
        Health = new HealthMonitor(_client, clock);
        Meter = new RequestMeter(clock);
        var log = new AccessLog(options.AccessLog);
        var courier = new Courier(new EchoBackend(clock), _client, clock);
        var cookies = new StickyCookies(clock);
        Requests = new ApplicationRequests(new Forwarder(courier, cookies, log, clock), log, Meter);
        ProxyRequests = new ProxyRequests(courier, new Mirror(_client, clock), cookies, log, clock);
    }

    /// <summary>The cloud's.</summary>
    public TimeProvider Clock { get; }

    public KeyRing Keys { get; }

    public SandboxAuthority Authority { get; }

    public CertificateBook Certificates { get; }

    public TargetBook Targets { get; }

    public HealthMonitor Health { get; }

    public RequestMeter Meter { get; }

    public ApplicationRequests Requests { get; }

    public ProxyRequests ProxyRequests { get; }

    /// <summary>Deletes every private key of a state directory, the authority's too.</summary>
    public static void DeleteKeys(string directory)
    {
        File.Delete(Path.Combine(directory, SandboxAuthority.FileName));
        var keys = Path.Combine(directory, KeyDirectory);
        if (Directory.Exists(keys))
        {
            Directory.Delete(keys, recursive: true);
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        Authority.Dispose();
    }
}
