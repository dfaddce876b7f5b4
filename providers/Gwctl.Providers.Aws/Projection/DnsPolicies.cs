using Gwctl.Core;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>What Route 53 cannot do of DnsPolicies.</summary>
internal static class DnsPolicies
{
    /// <summary>Of Route 53's weighted records.</summary>
    private const int WeightMax = 255;

    public static void Check(GatewayBuilder gateway)
    {
        foreach (var policy in gateway.Gateway.DnsPolicies)
        {
            if (policy.Weight is { Value: > WeightMax } weight)
            {
                gateway.Report(new Diagnostic("GW3113", Severity.Error, "Weight that Route 53 does not have")
                {
                    Subject = weight.Span,
                    Object = policy.Id.ToString(),
                    Detail = $"DnsPolicy {policy.Name} has weight {weight.Value}; weights of records go from 0 to "
                        + $"{WeightMax}.",
                    Help = "Divide the weights of all records of the name by the same number: their proportion counts.",
                });
            }

            if (policy is { HealthCheck: { } check, Weight: null })
            {
                gateway.Report(RecordCheckDiagnostics.StandsAlone(policy, check));
            }

            if (policy.HealthCheck is { Interval: { } interval } checks && !RecordHealthChecks.HasInterval(checks))
            {
                gateway.Report(RecordCheckDiagnostics.NoSuchInterval(policy, interval));
            }

            if (policy.Ttl is { } ttl)
            {
                gateway.Report(new Diagnostic("GW3114", Severity.Warning, "TTL that an alias record does not have")
                {
                    Subject = ttl.Span,
                    Object = policy.Id.ToString(),
                    Detail = $"DnsPolicy {policy.Name} has a TTL; gwctl's records are aliases at the load balancer, "
                        + "which Route 53 answers with 60 s.",
                    Help = "Leave ttl out of the policy.",
                });
            }
        }
    }
}
