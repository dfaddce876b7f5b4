using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>What there is to say about the health checks of DnsPolicies.</summary>
internal static class RecordCheckDiagnostics
{
    public static Diagnostic StandsAlone(DnsPolicySpec policy, DnsHealthCheckSpec check) =>
        new("GW3115", Severity.Warning, "Health check of a record that stands alone")
        {
            Subject = check.Span,
            Object = policy.Id.ToString(),
            Detail = $"DnsPolicy {policy.Name} has a health check and no weight: Route 53 has no other record to "
                + "answer with. gwctl makes no health check.",
            Help = "Give weight and setIdentifier, or leave healthCheck out.",
        };

    public static Diagnostic OutOfReach(DnsPolicySpec policy, DnsHealthCheckSpec check, bool isInternal) =>
        new("GW3116", Severity.Error, "Health check that cannot reach the load balancer")
        {
            Subject = check.Span,
            Object = policy.Id.ToString(),
            Detail = $"DnsPolicy {policy.Name} has a health check. Route 53 checks names from the internet and by "
                + "IPv4; "
                + (isInternal ? "the Gateway's load balancer is internal." : "the load balancer has no public IPv4."),
            Help = "Use evaluateTargetHealth, which needs no checker, and leave healthCheck out.",
        };

    public static Diagnostic Unanswered(DnsPolicySpec policy, DnsHealthCheckSpec check, string why) =>
        new("GW3117", Severity.Warning, "Health check that may never succeed")
        {
            Subject = check.Hostname?.Span ?? check.Port?.Span ?? check.Span,
            Object = policy.Id.ToString(),
            Detail = $"DnsPolicy {policy.Name}: {why}. While a check fails, answers leave the Gateway out.",
            Help = "Check a port and a host that the Gateway serves: hostname may be a name of this Gateway alone; "
                + "TCP asks for no host.",
        };

    public static Diagnostic OfWeightedName(DnsPolicySpec policy, Located<string> hostname) =>
        new("GW3118", Severity.Error, "Health check of a name that leads to others too")
        {
            Subject = hostname.Span,
            Object = policy.Id.ToString(),
            Detail = $"DnsPolicy {policy.Name} has {hostname.Value} checked, which its weights share out: the check "
                + "would follow them, and see another load balancer than the one that it is to judge.",
            Help = "Name a host that leads to this Gateway alone, or leave hostname out: then the load balancer's own "
                + "name is checked.",
        };

    public static Diagnostic NoSuchInterval(DnsPolicySpec policy, Located<TimeSpan> interval) =>
        new("GW3119", Severity.Error, "Interval that Route 53 does not have")
        {
            Subject = interval.Span,
            Object = policy.Id.ToString(),
            Detail = $"DnsPolicy {policy.Name} has a health check every {interval.Value.TotalSeconds:0.###} s.",
            Help = "Route 53 checks every 30 s, or every 10 s, which costs more.",
        };
}
