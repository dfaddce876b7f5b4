namespace Gwctl.Engine.Apply;

/// <summary>How to walk a plan.</summary>
public sealed record ExecutorOptions
{
    public const int DefaultParallelism = 16;

    public static readonly TimeSpan DefaultHeartbeat = TimeSpan.FromSeconds(10);

    public required TimeProvider Clock { get; init; }

    /// <summary>How many calls may be in flight at once, 1 or more. Waits do not count.</summary>
    public int Parallelism { get; init; } = DefaultParallelism;

    /// <summary>How often a step under way says so.</summary>
    public TimeSpan Heartbeat { get; init; } = DefaultHeartbeat;
}
