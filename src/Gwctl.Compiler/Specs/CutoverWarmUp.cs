namespace Gwctl.Compiler.Specs;

/// <summary>How fast a new side may take traffic: its load balancer, its backends' caches and their autoscaling grow
/// with what they get.</summary>
public static class CutoverWarmUp
{
    /// <summary>Up to this share, in percent, a step may be of any size.</summary>
    public const int FreeShare = 10;

    /// <summary>True where a step to <paramref name="weight"/> more than doubles the new side's share.</summary>
    public static bool IsJump(int before, int weight) => weight > FreeShare && weight > 2 * before;
}
