namespace Gwctl.Sandbox.DataPlane.Targets;

/// <summary>What health checks have found.</summary>
internal enum TargetHealth
{
    /// <summary>No verdict yet.</summary>
    Initial,
    Healthy,
    Unhealthy,
}

/// <summary>A registered target as it lives: one object for as long as it is registered, whatever else changes.
/// </summary>
internal sealed class LiveTarget(BackendAddress address, Backend backend, EchoIdentity identity)
{
    private volatile TargetHealth _health = backend is Backend.Echo ? TargetHealth.Healthy : TargetHealth.Initial;
    private volatile string _finding = "";
    private int _inFlight;

    public BackendAddress Address => address;

    public Backend Backend => backend;

    public EchoIdentity Identity => identity;

    public TargetHealth Health => _health;

    /// <summary>Why the last check failed, in ELB's words.</summary>
    public string Finding => _finding;

    public int InFlight => Volatile.Read(ref _inFlight);

    public void Judge(TargetHealth health, string finding = "")
    {
        _finding = finding;
        _health = health;
    }

    public void Enter() => Interlocked.Increment(ref _inFlight);

    public void Leave() => Interlocked.Decrement(ref _inFlight);
}
