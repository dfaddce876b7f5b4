using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Gwctl.Sandbox.Aws.Ec2;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Elbv2;

/// <summary>The fixed addresses that subnet mappings give a network load balancer: an Elastic IP where it faces the
/// internet, a private address of the subnet where it is internal.</summary>
internal static partial class LoadBalancerAddresses
{
    /// <exception cref="AwsException">A mapping names an address that the load balancer cannot have.</exception>
    public static void Check(Call call, List<Struct> mappings, NetworkFacts facts)
    {
        foreach (var mapping in mappings)
        {
            if (facts.Type is not "network" && mapping.Count > 1)
            {
                throw Invalid("Addresses can be specified for the subnets of network load balancers only");
            }

            CheckAllocation(call, mapping, facts);
            CheckPrivate(call, mapping, facts);
            if (mapping.Has("IPv6Address") && facts.IpAddressType is not "dualstack")
            {
                throw Invalid("An IPv6 address can be specified for dual-stack load balancers only");
            }
        }

        var allocations = mappings.Count(mapping => mapping.Has("AllocationId"));
        if (allocations > 0 && allocations < mappings.Count)
        {
            throw Invalid("You must specify an allocation ID for all subnets or for none");
        }

        if (mappings.Where(mapping => mapping.Has("AllocationId")).DistinctBy(mapping => mapping.Text("AllocationId"))
                .Count() < allocations)
        {
            throw Invalid("An allocation ID cannot be specified more than once");
        }
    }

    /// <summary>What the zone of the mapping shows; empty where AWS chooses the addresses.</summary>
    public static ListValue Of(Call call, Struct? mapping)
    {
        var address = new Struct
        {
            { "IpAddress", mapping?.Text("AllocationId") is { } id ? Find(call, id)?.PublicIp : null },
            { "AllocationId", mapping?.Text("AllocationId") },
            { "PrivateIPv4Address", mapping?.Text("PrivateIPv4Address") },
            { "IPv6Address", mapping?.Text("IPv6Address") },
        };
        return address.Count is 0 ? ListValue.Empty : ListValue.Of(address);
    }

    private static void CheckAllocation(Call call, Struct mapping, NetworkFacts facts)
    {
        if (mapping.Text("AllocationId") is not { } id)
        {
            return;
        }

        if (facts.Scheme is "internal")
        {
            throw Invalid("Allocation IDs cannot be specified for internal load balancers");
        }

        if (Find(call, id) is null)
        {
            throw new AwsException("AllocationIdNotFound", $"The allocation IDs '{id}' do not exist");
        }
    }

    private static void CheckPrivate(Call call, Struct mapping, NetworkFacts facts)
    {
        if (mapping.Text("PrivateIPv4Address") is not { } text)
        {
            return;
        }

        if (facts.Scheme is not "internal")
        {
            throw Invalid("Private IPv4 addresses can be specified for internal load balancers only");
        }

        var subnet = Network.Subnet(call.Account, call.Region, mapping.Text("SubnetId") ?? "");
        var inside = IPAddress.TryParse(text, out var address) && subnet is not null
            && IPNetwork.Parse(subnet.Required("CidrBlock")).Contains(address);
        if (!inside)
        {
            throw Invalid(
                $"The private IPv4 address '{text}' is not in the range of the subnet '{subnet?.Text("SubnetId")}'");
        }
    }

    private static AwsElasticIp? Find(Call call, string id)
    {
        if (call.Options.ElasticIps.Count > 0)
        {
            return call.Options.ElasticIps.FirstOrDefault(address => address.AllocationId == id);
        }

        if (!AllocationPattern().IsMatch(id))
        {
            return null;
        }

        // 203.0.113.0/24 is for documentation: nobody's address is taken in vain.
        var last = SHA256.HashData(Encoding.ASCII.GetBytes(id))[0];
        return new AwsElasticIp(id, $"203.0.113.{last}");
    }

    private static AwsException Invalid(string message) => new("InvalidConfigurationRequest", message);

    [GeneratedRegex(
        @"\Aeipalloc-([0-9a-f]{8}|[0-9a-f]{17})\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AllocationPattern();
}
