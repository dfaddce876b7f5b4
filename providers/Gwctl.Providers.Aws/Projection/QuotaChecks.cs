namespace Gwctl.Providers.Aws.Projection;

/// <summary>Compares what a Gateway needs with the account's quotas.</summary>
internal sealed class QuotaChecks(GatewayBuilder gateway)
{
    private readonly GatewayBuilder _gateway = gateway;

    public static void OfApplication(GatewayBuilder gateway, PortCounts counts, int ports, int groups, int targets)
    {
        var quotas = gateway.Settings.Quotas;
        var checks = new QuotaChecks(gateway);
        checks.Check("Rules per Application Load Balancer", counts.Rules, quotas.RulesPerLoadBalancer,
            "rulesPerLoadBalancer");
        checks.Check("Target Groups per Application Load Balancer", groups, quotas.TargetGroupsPerLoadBalancer,
            "targetGroupsPerLoadBalancer");
        checks.Check("Listeners per Application Load Balancer", ports, quotas.ListenersPerLoadBalancer,
            "listenersPerLoadBalancer");
        checks.Check("Certificates per Application Load Balancer", counts.ExtraCertificates,
            quotas.CertificatesPerLoadBalancer, "certificatesPerLoadBalancer");
        checks.Check("Targets per Application Load Balancer", targets, quotas.TargetsPerLoadBalancer,
            "targetsPerLoadBalancer");
    }

    public static void OfNetwork(GatewayBuilder gateway, int ports, int extraCertificates)
    {
        var quotas = gateway.Settings.Quotas;
        var checks = new QuotaChecks(gateway);
        checks.Check("Listeners per Network Load Balancer", ports, quotas.ListenersPerLoadBalancer,
            "listenersPerLoadBalancer");
        checks.Check("Certificates per Network Load Balancer", extraCertificates, quotas.CertificatesPerLoadBalancer,
            "certificatesPerLoadBalancer");
    }

    private void Check(string quota, int count, int max, string setting)
    {
        if (count > max)
        {
            _gateway.Report(AwsDiagnostics.OverQuota(_gateway.Gateway, quota, count, max, setting));
        }
    }
}
