using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Elbv2;

internal static class AccountLimits
{
    public static Struct Describe(Call call)
    {
        var quotas = call.Quotas;
        (string Name, int Max)[] limits =
        [
            ("application-load-balancers", quotas.LoadBalancersPerRegion),
            ("certificates-per-application-load-balancer", quotas.CertificatesPerLoadBalancer),
            ("certificates-per-network-load-balancer", quotas.CertificatesPerLoadBalancer),
            ("condition-values-per-alb-rule", quotas.ConditionValuesPerRule),
            ("condition-wildcards-per-alb-rule", quotas.WildcardsPerRule),
            ("listeners-per-application-load-balancer", quotas.ListenersPerLoadBalancer),
            ("listeners-per-network-load-balancer", quotas.ListenersPerLoadBalancer),
            ("network-load-balancers", quotas.NetworkLoadBalancersPerRegion),
            ("rules-per-application-load-balancer", quotas.RulesPerLoadBalancer),
            ("target-groups", quotas.TargetGroupsPerRegion),
            ("target-groups-per-action-on-application-load-balancer", quotas.TargetGroupsPerAction),
            ("target-groups-per-action-on-network-load-balancer", quotas.TargetGroupsPerNetworkAction),
            ("target-groups-per-application-load-balancer", quotas.TargetGroupsPerLoadBalancer),
            ("targets-per-application-load-balancer", quotas.TargetsPerLoadBalancer),
            ("targets-per-availability-zone-per-network-load-balancer", quotas.TargetsPerZoneOfNetworkLoadBalancer),
            ("targets-per-network-load-balancer", quotas.TargetsPerNetworkLoadBalancer),
            ("targets-per-target-group", quotas.TargetsPerTargetGroup),
        ];
        var rows = limits.Select(limit => KeyValuePair.Create(
            limit.Name, new Struct { { "Name", limit.Name }, { "Max", $"{limit.Max}" } }));
        var (page, next) = Pages.Take(call, rows, 400);
        return new Struct { { "Limits", page }, { "NextMarker", next } };
    }
}
