using Gwctl.Compiler.Specs;

namespace Gwctl.Cutover.Gates;

/// <summary>The cloud's own word on the new side's targets: each group by itself, because each serves other
/// requests.</summary>
internal static class HealthGate
{
    public static async Task<GateResult> AskAsync(
        CutoverGateSpec.TargetHealth gate, GateContext context, CancellationToken cancellationToken)
    {
        if (context.NewBalancer is not { } balancer)
        {
            return gate.Result(GateVerdict.Inconclusive, "the new side has no load balancer");
        }

        var groups = await context.Balancers.ReadHealthAsync(balancer, cancellationToken);
        var measured = groups.Select(group => new Measurement(group.Name, $"{group.Healthy} of {group.Total} healthy"));
        var bad = groups.Where(group =>
            group.Total is 0 || 100.0 * group.Healthy / group.Total < gate.HealthyPercentMin).ToList();
        return groups.Count is 0
            ? gate.Result(GateVerdict.Fail, "the new load balancer has no targets at all")
            : gate.Result(
                bad.Count is 0 ? GateVerdict.Pass : GateVerdict.Fail,
                bad.Count is 0
                    ? $"each of {groups.Count} groups has at least {gate.HealthyPercentMin} percent healthy targets"
                    : string.Join(
                        ", ", bad.Select(group => $"{group.Name} has {group.Healthy} of {group.Total} healthy")),
                measured);
    }
}
