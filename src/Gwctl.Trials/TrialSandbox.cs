using System.Collections.Concurrent;
using Gwctl.Compiler.Specs;
using Gwctl.Sandbox.DataPlane;
using Gwctl.Sandbox.Hosting;

namespace Gwctl.Trials;

/// <summary>The embedded cloud of a trial: in memory, without delays, and with room for everything.</summary>
internal sealed class TrialSandbox : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, AccessLogEntry> _log;
    private readonly SandboxCloud _cloud;
    private readonly LiveDataPlane _dataPlane;

    private TrialSandbox(
        SandboxCloud cloud, LiveDataPlane dataPlane, ConcurrentDictionary<string, AccessLogEntry> log) =>
        (_cloud, _dataPlane, _log) = (cloud, dataPlane, log);

    public Uri Endpoint => _cloud.Endpoint;

    public IReadOnlyList<DataPlaneEndpoint> Endpoints => _dataPlane.Endpoints;

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
                }),
            cancellationToken);
        return new TrialSandbox(cloud, cloud.DataPlane ?? throw new InvalidOperationException(), log);
    }

    public Task SettleAsync(CancellationToken cancellationToken) => _dataPlane.SettleAsync(cancellationToken);

    /// <summary>What became of the request with this trace id; null where no listener read it.</summary>
    public AccessLogEntry? TakeLog(string traceId) => _log.TryRemove(traceId, out var entry) ? entry : null;

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    private static string? Setting(TrialModel model, string name) => model.Model.Gateways
        .SelectMany(gateway => gateway.Config.Settings?.Fields.AsEnumerable() ?? [])
        .Where(field => field.Name == name)
        .Select(field => (field.Value as SpecNode.Scalar)?.Text)
        .FirstOrDefault(text => text is not null);
}
