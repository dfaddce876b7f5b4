using System.Collections.Concurrent;

namespace Gwctl.Sandbox.DataPlane.Targets;

/// <summary>The targets and groups that live now, and what must outlive their changes: turns, health, requests in
/// flight.</summary>
internal sealed class TargetBook(DataPlaneOptions options, IReadOnlyCollection<string> unhealthy)
{
    private readonly ConcurrentDictionary<BackendAddress, LiveTarget> _targets = new();
    private readonly ConcurrentDictionary<string, TurnCounter> _turns = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _told = new(StringComparer.Ordinal);

    public IEnumerable<LiveTarget> Targets => _targets.Values;

    public LiveTarget? Find(BackendAddress address) => _targets.GetValueOrDefault(address);

    public TurnCounter TurnsOf(string groupArn) => _turns.GetOrAdd(groupArn, _ => new TurnCounter());

    public LiveTarget Take(BackendAddress address) => _targets.GetOrAdd(address, Make);

    /// <summary>Forgets every target that is in none of the groups.</summary>
    public void Keep(IReadOnlySet<BackendAddress> registered)
    {
        foreach (var address in _targets.Keys)
        {
            if (!registered.Contains(address))
            {
                _targets.TryRemove(address, out _);
            }
        }
    }

    /// <summary>Says how echo targets are from now on.</summary>
    /// <param name="address">An IP address or instance id, with a port (<c>10.0.0.1:80</c>) or for all of its
    /// ports.</param>
    /// <param name="healthy">False until told otherwise.</param>
    public void Tell(string address, bool healthy)
    {
        _told[address] = healthy;
        foreach (var target in _targets.Values)
        {
            if (target.Backend is Backend.Echo)
            {
                target.Judge(Told(target.Address), "Target.FailedHealthChecks");
            }
        }
    }

    private LiveTarget Make(BackendAddress address)
    {
        var backend = options.Backends?.Invoke(address) ?? Backend.Default(address);
        var identity = options.IdentityOf?.Invoke(address)
            ?? new EchoIdentity("", address.TargetGroupName, $"{address.Id}:{address.Port}");
        var target = new LiveTarget(address, backend, identity);
        if (backend is Backend.Echo)
        {
            target.Judge(Told(address), "Target.FailedHealthChecks");
        }

        return target;
    }

    private TargetHealth Told(BackendAddress address)
    {
        var healthy = _told.TryGetValue($"{address.Id}:{address.Port}", out var exact) ? exact
            : _told.TryGetValue(address.Id, out var all) ? all
            : !unhealthy.Contains(address.Id);
        return healthy ? TargetHealth.Healthy : TargetHealth.Unhealthy;
    }
}
