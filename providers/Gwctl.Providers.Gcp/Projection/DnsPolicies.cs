using Gwctl.Core;

namespace Gwctl.Providers.Gcp.Projection;

/// <summary>What Cloud DNS does of DnsPolicies: the TTL, and no weights.</summary>
internal static class DnsPolicies
{
    public static long TtlOf(GatewayBuilder gateway, string hostname) =>
        gateway.Gateway.DnsPolicyOf(hostname)?.Ttl is { } ttl
            ? (long)ttl.Value.TotalSeconds
            : gateway.Settings.Dns.TtlSeconds;

    /// <remarks>All weights of a name are items of one record set. Two Gateways, of two clusters or even of two owners,
    /// would each have to rewrite the other's items whenever their own change: nobody could tell drift from the
    /// neighbour's change, and a plan for one would undo what was applied for the other.</remarks>
    public static void Check(GatewayBuilder gateway)
    {
        foreach (var policy in gateway.Gateway.DnsPolicies)
        {
            if (policy.Weight is { } weight)
            {
                gateway.Report(new Diagnostic("GW3224", Severity.Error, "Weight that Cloud DNS keeps for nobody alone")
                {
                    Subject = weight.Span,
                    Object = policy.Id.ToString(),
                    Detail = $"DnsPolicy {policy.Name} gives a Gateway a weight beside others of its names. Cloud DNS "
                        + "keeps all weights of a name in one record set, which has one owner: gwctl writes no record "
                        + "for these names.",
                    Help = "Weigh backends within one Gateway (backendRefs' weight); or take the weight away, and move "
                        + "a name from one load balancer to another with a Cutover.",
                });
            }

            if (policy.EvaluateTargetHealth is { Value: true } evaluates)
            {
                gateway.Report(new Diagnostic("GW3225", Severity.Warning, "Health that Cloud DNS does not look at")
                {
                    Subject = evaluates.Span,
                    Object = policy.Id.ToString(),
                    Detail = $"DnsPolicy {policy.Name} wants answers to leave out a load balancer without healthy "
                        + "endpoints; a record with one address is always answered.",
                    Help = "Leave evaluateTargetHealth out of the policy.",
                });
            }

            if (policy.HealthCheck is { } check)
            {
                gateway.Report(new Diagnostic("GW3227", Severity.Error, "Health check that Cloud DNS does not make")
                {
                    Subject = check.Span,
                    Object = policy.Id.ToString(),
                    Detail = $"DnsPolicy {policy.Name} wants a load balancer checked from outside. Cloud DNS checks "
                        + "what stands in policies of its own, and a record with one address is always answered.",
                    Help = "Leave healthCheck out of the policy: an external load balancer of Google's fails over by "
                        + "itself.",
                });
            }
        }
    }
}
