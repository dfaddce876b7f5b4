using System.Text;
using Gwctl.Core;
using Gwctl.Engine.Marks;
using Gwctl.Providers.Gcp.Reading;

namespace Gwctl.Providers.Gcp.Projection;

/// <summary>What Cloud DNS does of DnsPolicies: the TTL, and weights. Set identifiers mean nothing there: what tells
/// items apart is their Gateway.</summary>
internal static class DnsPolicies
{
    public static long TtlOf(GatewayBuilder gateway, string hostname) =>
        gateway.Gateway.DnsPolicyOf(hostname)?.Ttl is { } ttl
            ? (long)ttl.Value.TotalSeconds
            : gateway.Settings.Dns.TtlSeconds;

    public static void Check(GatewayBuilder gateway)
    {
        foreach (var policy in gateway.Gateway.DnsPolicies)
        {
            var owner = new DnsOwner(gateway.Scope.Owner, OwnedSet.ResourceOf(gateway.Gateway.Name));
            if (policy.Weight is { } weight && Encoding.UTF8.GetByteCount(DnsOwnership.Format(owner))
                > DnsOwnership.TextBytesMax - RecordOwner.MemberBytesMax)
            {
                gateway.Report(new Diagnostic("GW3226", Severity.Error, "Names too long for a weighted record's owner")
                {
                    Subject = weight.Span,
                    Object = policy.Id.ToString(),
                    Detail = $"Whose an item of {policy.Name}'s records is says a text of at most "
                        + $"{DnsOwnership.TextBytesMax} bytes, with the owner id, the Gateway's name and an address.",
                    Help = "Shorten the Gateway's name or the owner id, or take the weight away.",
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
