using Gwctl.Sandbox.Aws;
using Gwctl.Sandbox.DataPlane;
using Gwctl.Sandbox.Gcp;

namespace Gwctl.Sandbox.Hosting;

/// <summary>A sandbox to try things in: in memory, without delays, and with room for everything. What an account's
/// quotas allow is judged elsewhere; there they would only be in the way.</summary>
public static class TrialOptions
{
    /// <param name="account">Null for the sandbox's own.</param>
    /// <param name="region">Null for the sandbox's own.</param>
    public static SandboxOptions Of(string? account, string? region, DataPlaneOptions dataPlane)
    {
        var aws = new AwsOptions { Delays = AwsDelays.None, Quotas = RoomyAws() };
        return new SandboxOptions
        {
            Aws = aws with { AccountId = account ?? aws.AccountId, Region = region ?? aws.Region },
            Gcp = new GcpOptions { Delays = GcpDelays.None, Quotas = RoomyGcp() },
            DataPlane = dataPlane,
        };
    }

    private static AwsQuotas RoomyAws() => new()
    {
        LoadBalancersPerRegion = 10_000,
        NetworkLoadBalancersPerRegion = 10_000,
        RulesPerLoadBalancer = 100_000,
        TargetGroupsPerRegion = 1_000_000,
        TargetGroupsPerLoadBalancer = 100_000,
        TargetsPerLoadBalancer = 1_000_000,
        CertificatesPerLoadBalancer = 10_000,
        CertificatesPerRegion = 100_000,
    };

    private static GcpQuotas RoomyGcp() => new()
    {
        BackendServices = 1_000_000,
        HealthChecks = 1_000_000,
        UrlMaps = 100_000,
        TargetHttpProxies = 100_000,
        TargetHttpsProxies = 100_000,
        TargetTcpProxies = 100_000,
        TargetSslProxies = 100_000,
        ForwardingRules = 100_000,
        GlobalAddresses = 100_000,
        RegionalAddresses = 100_000,
        SslCertificates = 100_000,
        NetworkEndpointGroups = 1_000_000,
        UrlMapBytes = 64 * 1024 * 1024,
    };
}
