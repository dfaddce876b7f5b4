using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Elbv2;

/// <summary>Keeps track of which rules forward to which target groups, and of the limits on that.</summary>
internal static class TargetGroupUse
{
    /// <exception cref="AwsException">A group belongs to another load balancer, or there are too many
    /// groups.</exception>
    public static void Change(
        Call call, string ruleArn, IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        var loadBalancerArn = Elbv2State.LoadBalancerOf(Elbv2State.ListenerOf(ruleArn));
        foreach (var group in before.Except(after, StringComparer.Ordinal))
        {
            call.State.Delete(Elbv2State.TargetGroupUses(call.Scope, group), ruleArn);
            Count(call, loadBalancerArn, group, -1);
        }

        foreach (var group in after.Except(before, StringComparer.Ordinal))
        {
            var owners = Elbv2State.LoadBalancersOf(call.State, call.Scope, group);
            if (owners.Any(owner => owner != loadBalancerArn))
            {
                throw new AwsException(
                    "TargetGroupAssociationLimit",
                    $"The following target groups cannot be associated with more than one load balancer: {group}");
            }

            call.State.Put(Elbv2State.TargetGroupUses(call.Scope, group), ruleArn, new Struct
            {
                { "LoadBalancerArn", loadBalancerArn },
                { "Since", call.Now },
            });
            Count(call, loadBalancerArn, group, +1);
        }

        var groups = call.State.Rows(Elbv2State.LoadBalancerGroups(call.Scope, loadBalancerArn)).Count;
        if (groups > call.Quotas.TargetGroupsPerLoadBalancer)
        {
            throw new AwsException(
                "TooManyUniqueTargetGroupsPerLoadBalancer",
                $"The maximum number of unique target groups on load balancer '{loadBalancerArn}' has been reached");
        }
    }

    private static void Count(Call call, string loadBalancerArn, string group, long step)
    {
        var table = Elbv2State.LoadBalancerGroups(call.Scope, loadBalancerArn);
        var count = (call.State.Get(table, group)?.Number("Count") ?? 0) + step;
        if (count is 0)
        {
            call.State.Delete(table, group);
        }
        else
        {
            call.State.Put(table, group, new Struct { { "Count", count } });
        }
    }
}
