using System.Net;
using System.Security.Cryptography;
using System.Text;
using Gwctl.Sandbox.Aws;
using Gwctl.Sandbox.Aws.Elbv2;
using Gwctl.Sandbox.State;

namespace Gwctl.Sandbox.Dns;

/// <summary>What a load balancer's name answers, and whether its targets are well.</summary>
/// <param name="plane">Null where load balancers listen nowhere.</param>
/// <param name="addressOf">The address that a load balancer's listeners have; null where it has none.</param>
/// <param name="unhealthy">Targets that fail their health checks where there is no data plane to ask.</param>
internal sealed class DnsBalancers(
    IDataPlane? plane, Func<string, IPAddress?> addressOf, IReadOnlyCollection<string> unhealthy)
{
    private const string DualStack = "dualstack.";

    /// <summary>The load balancer's ARN by its name in DNS; null where no load balancer has it.</summary>
    public static string? Find(Tables tables, string name)
    {
        var bare = name.TrimEnd('.');
        bare = bare.StartsWith(DualStack, StringComparison.Ordinal) ? bare[DualStack.Length..] : bare;
        return tables.Rows(Elbv2State.DnsNames).GetValueOrDefault(bare)?.Text("LoadBalancerArn");
    }

    /// <summary>Whether names end in what only load balancers' names end in.</summary>
    public static bool IsBalancerName(string name) => name.EndsWith(".elb.amazonaws.com.", StringComparison.Ordinal);

    /// <summary>Its addresses of a family. The data plane listens on IPv4 only, so that IPv6 clients get the IPv4
    /// address in IPv6's form.</summary>
    public IEnumerable<string> Addresses(Tables tables, string arn, bool isIpv6)
    {
        var scope = Elbv2State.ScopeOf(arn);
        var type = tables.Rows(Elbv2State.LoadBalancers(scope)).GetValueOrDefault(arn)?.Text("IpAddressType");
        var serves = isIpv6 ? type is "dualstack" or "dualstack-without-public-ipv4"
            : type is not "dualstack-without-public-ipv4";
        var address = plane is null ? Documentation(arn) : addressOf(arn);
        return !serves || address is null ? [] : [(isIpv6 ? address.MapToIPv6() : address).ToString()];
    }

    /// <summary>False where a target group in use has no healthy target, or no target at all.</summary>
    public bool IsHealthy(Tables tables, string arn)
    {
        var scope = Elbv2State.ScopeOf(arn);
        return tables.Rows(Elbv2State.LoadBalancerGroups(scope, arn)).Keys.All(group =>
            tables.Rows(Elbv2State.Targets(scope, group)).Values
                .Where(target => !target.Has("@DrainedAt"))
                .Any(target => IsWell(group, target.Required("Id"), target.Number("Port") ?? 0)));
    }

    private bool IsWell(string group, string id, long port) =>
        plane?.HealthOf(group, id, port) is { } verdict ? verdict.State is "healthy" : !unhealthy.Contains(id);

    /// <summary>203.0.113.0/24 is for documentation: nobody's address is taken in vain.</summary>
    private static IPAddress Documentation(string arn) =>
        new([203, 0, 113, SHA256.HashData(Encoding.UTF8.GetBytes(arn))[0]]);
}
