using System.Collections.Concurrent;
using Gwctl.Compiler.Specs;
using Gwctl.Sandbox.DataPlane;
using Gwctl.Sandbox.Hosting;
using Gwctl.Verification.Router;

namespace Gwctl.Trials;

/// <summary>The embedded cloud of a trial: in memory, without delays, and with room for everything.</summary>
internal sealed class TrialSandbox : IAsyncDisposable
{
    // Nobody asks before all is applied.
    private static readonly TimeSpan s_gatherTime = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<string, AccessLogEntry> _log;
    private readonly SandboxCloud _cloud;
    private readonly LiveDataPlane _dataPlane;

    private long _traces;

    private TrialSandbox(
        SandboxCloud cloud, LiveDataPlane dataPlane, ConcurrentDictionary<string, AccessLogEntry> log) =>
        (_cloud, _dataPlane, _log) = (cloud, dataPlane, log);

    public Uri Endpoint => _cloud.Endpoint;

    public IEnumerable<TrialEndpoint> Endpoints => _dataPlane.Endpoints.Select(endpoint => new TrialEndpoint(
        endpoint.ListenerId, endpoint.Port, endpoint.Protocol is "UDP" or "TCP_UDP",
        endpoint.Protocol is not "UDP", endpoint.Address, endpoint.TraceHeader, endpoint.TraceOf));

    public static async Task<TrialSandbox> StartAsync(TrialModel model, CancellationToken cancellationToken)
    {
        var log = new ConcurrentDictionary<string, AccessLogEntry>(StringComparer.Ordinal);
        var cloud = await SandboxCloud.StartAsync(
            TrialOptions.Of(
                Setting(model, "account"),
                Setting(model, "region"),
                new DataPlaneOptions
                {
                    AccessLog = entry => log[entry.TraceId] = entry,
                    // Free ports: nothing of the machine's own is in the way, and no permission is needed.
                    OwnAddresses = false,
                    Backends = static _ => new Backend.Echo(),
                    GatherTime = s_gatherTime,
                }),
            cancellationToken);
        return new TrialSandbox(cloud, cloud.DataPlane ?? throw new InvalidOperationException(), log);
    }

    public Task SettleAsync(CancellationToken cancellationToken) => _dataPlane.SettleAsync(cancellationToken);

    /// <summary>A header that the load balancers write to their log: it makes one request known again.</summary>
    public HeaderField NextTrace(TrialEndpoint endpoint)
    {
        var number = Interlocked.Increment(ref _traces);
        return new HeaderField(endpoint.TraceHeader, endpoint.TraceOf(number));
    }

    /// <summary>What became of the request with this header; null where no listener read it.</summary>
    public TrialOutcome? TakeOutcome(HeaderField trace)
    {
        if (!_log.TryRemove(trace.Value, out var entry))
        {
            return null;
        }

        var parts = entry.RuleId.Split('#', 2);
        return new TrialOutcome(parts[0], parts is [_, var part] ? part : "", entry.Target?.Id);
    }

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    private static string? Setting(TrialModel model, string name) => model.Model.Gateways
        .SelectMany(gateway => gateway.Config.Settings?.Fields.AsEnumerable() ?? [])
        .Where(field => field.Name == name)
        .Select(field => (field.Value as SpecNode.Scalar)?.Text)
        .FirstOrDefault(text => text is not null);
}
