using System.Text.RegularExpressions;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Elbv2;

/// <summary>Creating, describing and deleting load balancers.</summary>
internal static partial class LoadBalancers
{
    private const int PageMax = 400;
    private const int ArnsMax = 20;

    public static Struct Create(Call call)
    {
        var name = call.Input.Required("Name");
        CheckName(name);
        var type = call.Input.Text("Type") ?? "application";
        var wanted = Wanted(call, type);
        if (call.State.Get(Elbv2State.LoadBalancerNames(call.Scope), name) is { } known)
        {
            return Existing(call, known.Required("Arn"), wanted);
        }

        CheckQuota(call, type);
        var id = call.State.NextHex(16);
        var arn = $"arn:aws:elasticloadbalancing:{call.Region}:{call.Account}:loadbalancer/{Prefix(type)}/{name}/{id}";
        ResourceTags.CheckNew(call);
        var document = Document(call, arn, name, type, wanted);
        call.State.Put(Elbv2State.LoadBalancers(call.Scope), arn, document);
        call.State.Put(Elbv2State.LoadBalancerNames(call.Scope), name, new Struct { { "Arn", arn } });
        call.State.Put(Elbv2State.DnsNames, document.Required("DNSName").ToLowerInvariant(), new Struct
        {
            { "LoadBalancerArn", arn },
            { "Scope", call.Scope },
            { "CanonicalHostedZoneId", document.Required("CanonicalHostedZoneId") },
        });
        ResourceTags.PutNew(call, arn);
        return new Struct { { "LoadBalancers", ListValue.Of(Shown(document, call.Now)) } };
    }

    public static Struct Describe(Call call)
    {
        var arns = call.Input.Texts("LoadBalancerArns").ToList();
        var names = call.Input.Texts("Names").ToList();
        if (arns.Count > 0 && names.Count > 0)
        {
            throw Elbv2State.Invalid("Load balancer names and load balancer ARNs cannot be specified at the same time");
        }

        if (arns.Count > ArnsMax)
        {
            throw Elbv2State.Invalid($"The maximum number of load balancer ARNs that can be specified is {ArnsMax}");
        }

        if (arns.Count + names.Count > 0)
        {
            var named = arns.Count > 0
                ? arns.Select(arn => ByArn(call, arn))
                : names.Select(name => ByName(call, name));
            return new Struct
            {
                { "LoadBalancers", named.Select(document => Shown(document, call.Now)) },
            };
        }

        var rows = call.State.Rows(Elbv2State.LoadBalancers(call.Scope));
        var (page, next) = Pages.Take(call, rows, PageMax);
        return new Struct
        {
            { "LoadBalancers", page.Select(document => Shown(document, call.Now)) },
            { "NextMarker", next },
        };
    }

    public static Struct Delete(Call call)
    {
        var arn = call.Input.Required("LoadBalancerArn");
        Elbv2State.CheckArn(arn, "loadbalancer", "load balancer");
        if (call.State.Get(Elbv2State.LoadBalancers(call.Scope), arn) is not { } document)
        {
            // Documented: deleting a load balancer that is not there succeeds.
            return [];
        }

        if (Attributes.Effective(document, Attributes.Kind.LoadBalancer)["deletion_protection.enabled"] is "true")
        {
            throw new AwsException(
                "OperationNotPermitted",
                $"Load balancer '{arn}' cannot be deleted because deletion protection is enabled");
        }

        foreach (var listener in call.State.Rows(Elbv2State.Listeners(call.Scope, arn)).Values)
        {
            Listeners.Remove(call, listener);
        }

        call.State.Delete(Elbv2State.LoadBalancers(call.Scope), arn);
        call.State.Delete(Elbv2State.LoadBalancerNames(call.Scope), document.Required("LoadBalancerName"));
        call.State.Delete(Elbv2State.DnsNames, document.Required("DNSName").ToLowerInvariant());
        ResourceTags.Drop(call, arn);
        return [];
    }

    /// <summary>The document as a client sees it now: provisioning until its time has come.</summary>
    private static Struct Shown(Struct document, DateTimeOffset now)
    {
        var active = document.Time("@ActiveAt") <= now;
        return document.With("State", new Struct { { "Code", active ? "active" : "provisioning" } })
            .Without("@ActiveAt", "@Attributes");
    }

    private static Struct ByArn(Call call, string arn)
    {
        Elbv2State.CheckArn(arn, "loadbalancer", "load balancer");
        return call.State.Get(Elbv2State.LoadBalancers(call.Scope), arn)
            ?? throw new AwsException("LoadBalancerNotFound", "One or more load balancers not found");
    }

    private static Struct ByName(Call call, string name) =>
        call.State.Get(Elbv2State.LoadBalancerNames(call.Scope), name) is { } known
            ? ByArn(call, known.Required("Arn"))
            : throw new AwsException("LoadBalancerNotFound", $"Load balancers '[{name}]' not found");

    private static void CheckName(string name)
    {
        if (name.Length > 32)
        {
            throw Elbv2State.Invalid($"The load balancer name '{name}' cannot be longer than '32' characters");
        }

        if (name.StartsWith("internal-", StringComparison.Ordinal))
        {
            throw Elbv2State.Invalid($"The load balancer name '{name}' cannot begin with 'internal-'");
        }

        if (name.StartsWith('-') || name.EndsWith('-'))
        {
            throw Elbv2State.Invalid($"The load balancer name '{name}' cannot begin or end with '-'");
        }

        if (!NamePattern().IsMatch(name))
        {
            throw Elbv2State.Invalid(
                $"The load balancer name '{name}' can only contain characters that are alphanumeric characters and "
                + "hyphens(-)");
        }
    }

    /// <summary>Everything about the load balancer that the request decides, defaults filled in.</summary>
    private static Struct Wanted(Call call, string type)
    {
        if (type is "gateway")
        {
            throw new AwsException("InvalidConfigurationRequest", "Gateway Load Balancers are not served here");
        }

        var scheme = call.Input.Text("Scheme") ?? "internet-facing";
        var addresses = LoadBalancerNetwork.IpAddressType(call.Input.Text("IpAddressType"), type, scheme);
        var zones = LoadBalancerNetwork.Zones(call, call.Input, new NetworkFacts(type, scheme, addresses));
        return new Struct
        {
            { "Scheme", scheme },
            { "VpcId", LoadBalancerNetwork.VpcOf(call, zones) },
            { "Type", type },
            { "AvailabilityZones", zones },
            { "SecurityGroups", LoadBalancerNetwork.SecurityGroups(call, call.Input, type) },
            { "IpAddressType", addresses },
            { "EnablePrefixForIpv6SourceNat", LoadBalancerNetwork.SourceNat(call.Input, type, addresses) },
        };
    }

    private static Struct Existing(Call call, string arn, Struct wanted)
    {
        var document = Elbv2State.LoadBalancer(call, arn);
        var same = wanted.All(member => Value.Same(member.Value, document[member.Key]));
        if (!same || !ResourceTags.Same(call, arn))
        {
            throw new AwsException(
                "DuplicateLoadBalancerName",
                $"A load balancer with the same name '{document.Required("LoadBalancerName")}' exists, but with "
                + "different settings");
        }

        return new Struct { { "LoadBalancers", ListValue.Of(Shown(document, call.Now)) } };
    }

    private static void CheckQuota(Call call, string type)
    {
        var count = call.State.Rows(Elbv2State.LoadBalancers(call.Scope)).Values
            .Count(document => document.Text("Type") == type);
        var quota = type is "network"
            ? call.Quotas.NetworkLoadBalancersPerRegion
            : call.Quotas.LoadBalancersPerRegion;
        if (count >= quota)
        {
            throw new AwsException("TooManyLoadBalancers", "The maximum number of load balancers has been reached");
        }
    }

    private static Struct Document(Call call, string arn, string name, string type, Struct wanted)
    {
        var dnsName = DnsName(call, name, type, wanted.Required("Scheme"));
        var document = new Struct
        {
            { "LoadBalancerArn", arn },
            { "DNSName", dnsName },
            { "CanonicalHostedZoneId", CanonicalZones.Of(call.Region, type) },
            { "CreatedTime", call.Now },
            { "LoadBalancerName", name },
            { "@ActiveAt", call.Now + call.Options.Delays.LoadBalancerProvisioning },
            { "@Attributes", new Struct() },
        };
        var merged = document.Merge(wanted);
        return (type, merged.List("SecurityGroups").Count) switch
        {
            ("network", 0) => merged.Without("SecurityGroups"),
            ("network", _) => merged.With("EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic", "on"),
            _ => merged,
        };
    }

    private static string DnsName(Call call, string name, string type, string scheme)
    {
        if (type is "network")
        {
            return $"{name}-{call.State.NextHex(16)}.elb.{call.Region}.amazonaws.com";
        }

        var digits = Convert.ToUInt32(call.State.NextHex(8), 16);
        var prefix = scheme is "internal" ? "internal-" : "";
        return $"{prefix}{name}-{digits}.{call.Region}.elb.amazonaws.com";
    }

    private static string Prefix(string type) => type is "network" ? "net" : "app";

    [GeneratedRegex(@"\A[A-Za-z0-9-]+\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamePattern();
}
