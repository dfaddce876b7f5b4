using Gwctl.Sandbox.Aws.Ec2;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Elbv2;

/// <summary>A load balancer's subnets, security groups and address type.</summary>
internal static class LoadBalancerNetwork
{
    public static Struct SetSecurityGroups(Call call)
    {
        var arn = call.Input.Required("LoadBalancerArn");
        var document = Elbv2State.LoadBalancer(call, arn);
        var type = document.Required("Type");
        if (type is "network" && !document.Has("SecurityGroups"))
        {
            throw new AwsException(
                "InvalidConfigurationRequest",
                $"Security groups cannot be added to the network load balancer '{arn}' that was created without them");
        }

        var groups = SecurityGroups(call, call.Input, type);
        if (groups.Count is 0)
        {
            throw Elbv2State.Invalid("At least one security group must be specified");
        }

        const string Enforce = "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic";
        var enforced = call.Input.Text(Enforce);
        if (enforced is not null && type is not "network")
        {
            throw new AwsException(
                "InvalidConfigurationRequest",
                $"'{Enforce}' is supported for network load balancers only");
        }

        enforced ??= document.Text(Enforce);
        var after = document.With("SecurityGroups", groups);
        after = enforced is null ? after : after.With(Enforce, enforced);
        call.State.Put(Elbv2State.LoadBalancers(call.Scope), arn, after);
        return new Struct { { "SecurityGroupIds", groups }, { Enforce, enforced } };
    }

    public static Struct SetSubnets(Call call)
    {
        var arn = call.Input.Required("LoadBalancerArn");
        var document = Elbv2State.LoadBalancer(call, arn);
        var type = document.Required("Type");
        var scheme = document.Required("Scheme");
        var wanted = call.Input.Text("IpAddressType") ?? document.Text("IpAddressType");
        var addresses = IpAddressType(wanted, type, scheme);
        var zones = Zones(call, call.Input, new NetworkFacts(type, scheme, addresses));
        if (VpcOf(call, zones) != document.Text("VpcId"))
        {
            throw new AwsException("InvalidSubnet", "All subnets must belong to the load balancer's VPC");
        }

        var sourceNat = SourceNat(call.Input, type, addresses) ?? document.Text("EnablePrefixForIpv6SourceNat");
        var after = document.With("AvailabilityZones", zones).With("IpAddressType", addresses);
        after = sourceNat is null ? after : after.With("EnablePrefixForIpv6SourceNat", sourceNat);
        call.State.Put(Elbv2State.LoadBalancers(call.Scope), arn, after);
        return new Struct
        {
            { "AvailabilityZones", zones },
            { "IpAddressType", addresses },
            { "EnablePrefixForIpv6SourceNat", sourceNat },
        };
    }

    public static Struct SetIpAddressType(Call call)
    {
        var arn = call.Input.Required("LoadBalancerArn");
        var document = Elbv2State.LoadBalancer(call, arn);
        var addresses = IpAddressType(
            call.Input.Text("IpAddressType"), document.Required("Type"), document.Required("Scheme"));
        call.State.Put(Elbv2State.LoadBalancers(call.Scope), arn, document.With("IpAddressType", addresses));
        return new Struct { { "IpAddressType", addresses } };
    }

    /// <summary>The zones that the request's subnets or mappings stand for.</summary>
    public static ListValue Zones(Call call, Struct input, NetworkFacts facts)
    {
        var mappings = input.Structs("SubnetMappings").ToList();
        if (mappings.Count > 0 && input.List("Subnets").Count > 0)
        {
            throw Elbv2State.Invalid("Subnets and subnet mappings cannot be specified at the same time");
        }

        var ids = mappings.Count > 0
            ? mappings.Select(mapping => mapping.Text("SubnetId") ?? "").ToList()
            : [.. input.Texts("Subnets")];
        if (ids.Count is 0)
        {
            throw Elbv2State.Invalid("At least one subnet must be specified");
        }

        var subnets = ids.ConvertAll(id => Network.Subnet(call.Account, call.Region, id)
            ?? throw new AwsException("SubnetNotFound", $"The subnet ID '{id}' does not exist"));
        var zones = subnets.Select(subnet => subnet.Required("AvailabilityZone")).ToList();
        if (zones.Distinct(StringComparer.Ordinal).Count() < zones.Count)
        {
            throw new AwsException(
                "InvalidConfigurationRequest",
                "A load balancer cannot be attached to multiple subnets in the same Availability Zone");
        }

        if (facts.Type is "application" && zones.Count < 2)
        {
            throw Elbv2State.Invalid(
                "At least two subnets in two different Availability Zones must be specified");
        }

        LoadBalancerAddresses.Check(call, mappings, facts);
        return new ListValue(subnets
            .OrderBy(subnet => subnet.Required("AvailabilityZone"), StringComparer.Ordinal)
            .Select(subnet => new Struct
            {
                { "ZoneName", subnet.Required("AvailabilityZone") },
                { "SubnetId", subnet.Required("SubnetId") },
                {
                    "LoadBalancerAddresses", LoadBalancerAddresses.Of(
                        call, mappings.Find(mapping => mapping.Text("SubnetId") == subnet.Text("SubnetId")))
                },
            }));
    }

    public static string VpcOf(Call call, ListValue zones)
    {
        var vpcs = zones.Structs
            .Select(zone => Network.Subnet(call.Account, call.Region, zone.Required("SubnetId"))?.Text("VpcId") ?? "")
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return vpcs is [var vpc]
            ? vpc
            : throw new AwsException("InvalidSubnet", "All subnets must belong to the same VPC");
    }

    public static ListValue SecurityGroups(Call call, Struct input, string type)
    {
        var ids = input.Texts("SecurityGroups").Distinct(StringComparer.Ordinal).ToList();
        if (ids.Count is 0 && type is "application")
        {
            ids.Add(Network.DefaultGroupId(call.Account, call.Region));
        }

        if (ids.Count > call.Quotas.SecurityGroupsPerLoadBalancer)
        {
            throw new AwsException(
                "InvalidConfigurationRequest",
                $"The maximum number of security groups is {call.Quotas.SecurityGroupsPerLoadBalancer}");
        }

        foreach (var id in ids)
        {
            if (Ec2.SecurityGroups.Find(call, id) is null)
            {
                throw new AwsException("InvalidSecurityGroup", $"The security group '{id}' does not exist");
            }
        }

        return ListValue.Of(ids.Order(StringComparer.Ordinal));
    }

    public static string IpAddressType(string? wanted, string type, string scheme)
    {
        var value = wanted ?? "ipv4";
        if (value is "dualstack-without-public-ipv4" && (type is not "application" || scheme is "internal"))
        {
            throw Elbv2State.Invalid(
                "The IP address type 'dualstack-without-public-ipv4' is for internet-facing application load "
                + "balancers");
        }

        return value;
    }

    /// <summary>Whether IPv6 source NAT has its own prefixes: for UDP on dual-stack network load balancers.</summary>
    public static string? SourceNat(Struct input, string type, string addresses)
    {
        var value = input.Text("EnablePrefixForIpv6SourceNat");
        if (value is "on" && (type is not "network" || addresses is not "dualstack"))
        {
            throw new AwsException(
                "InvalidConfigurationRequest",
                "'EnablePrefixForIpv6SourceNat' is supported for dual-stack network load balancers only");
        }

        return value ?? (type is "network" && addresses is "dualstack" ? "off" : null);
    }
}

/// <summary>What decides which addresses a load balancer may be given.</summary>
internal sealed record NetworkFacts(string Type, string Scheme, string IpAddressType);
