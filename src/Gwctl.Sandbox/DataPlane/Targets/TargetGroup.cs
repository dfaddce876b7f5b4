namespace Gwctl.Sandbox.DataPlane.Targets;

/// <summary>A target group at one moment.</summary>
/// <param name="Settings">What the control plane's documents say.</param>
/// <param name="Targets">Registered and not draining.</param>
/// <param name="Turns">Whose turn it is; lives on when the group changes.</param>
internal sealed record TargetGroup(GroupSettings Settings, LiveTarget[] Targets, TurnCounter Turns)
{
    /// <summary>The target for the next request: by turns, or the one with the least to do, among the healthy ones;
    /// among all of them where none is healthy. Null where the group has no targets.</summary>
    public LiveTarget? Choose()
    {
        if (Targets.Length is 0)
        {
            return null;
        }

        var healthy = 0;
        foreach (var target in Targets)
        {
            healthy += IsUsable(target) ? 1 : 0;
        }

        var all = healthy is 0;
        return Settings.LeastOutstanding ? LeastBusy(all) : AtTurn(Turns.Next(), all ? Targets.Length : healthy, all);
    }

    /// <summary>Whether any target may take requests.</summary>
    public bool HasUsable => Array.Exists(Targets, IsUsable);

    /// <summary>The target that a sticky client belongs to, while it takes requests.</summary>
    public LiveTarget? Find(string key)
    {
        foreach (var target in Targets)
        {
            if (IsUsable(target) && GroupSettings.KeyOf(target) == key)
            {
                return target;
            }
        }

        return null;
    }

    /// <summary>Whether its health checks let the target take requests now.</summary>
    public bool IsUsable(LiveTarget target) => !Settings.ChecksHealth || target.Health is TargetHealth.Healthy;

    private LiveTarget? AtTurn(uint turn, int count, bool all)
    {
        var skip = (int)(turn % (uint)count);
        foreach (var target in Targets)
        {
            if ((all || IsUsable(target)) && skip-- is 0)
            {
                return target;
            }
        }

        // Health changed while we counted; any target is as good as another.
        return Targets[0];
    }

    private LiveTarget? LeastBusy(bool all)
    {
        LiveTarget? best = null;
        var start = (int)(Turns.Next() % (uint)Targets.Length);
        for (var step = 0; step < Targets.Length; step++)
        {
            var target = Targets[(start + step) % Targets.Length];
            if ((all || IsUsable(target)) && (best is null || target.InFlight < best.InFlight))
            {
                best = target;
            }
        }

        return best ?? Targets[0];
    }
}

/// <summary>Counts turns, over all versions of a group.</summary>
internal sealed class TurnCounter
{
    private uint _turn;

    public uint Next() => Interlocked.Increment(ref _turn) - 1;
}
