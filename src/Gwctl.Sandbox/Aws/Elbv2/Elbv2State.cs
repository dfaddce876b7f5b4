using Gwctl.Sandbox.State;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Elbv2;

/// <summary>Where the objects of ELBv2 stand in the state, and how their ARNs name each other.</summary>
/// <remarks>A listener's ARN holds its load balancer's, and a rule's its listener's, so parents need no index. Uses of
/// target groups and certificates do: they are looked at on every describe and delete.</remarks>
internal static class Elbv2State
{
    public static string LoadBalancers(string scope) => $"elbv2/{scope}/load-balancer";

    /// <summary>Every account and region that has load balancers or target groups.</summary>
    public static IEnumerable<string> Scopes(Tables tables) => tables.ByName.Keys
        .Select(name => name.Split('/'))
        .Where(parts => parts is ["elbv2", _, _, "load-balancer" or "target-group"])
        .Select(parts => $"{parts[1]}/{parts[2]}")
        .Distinct(StringComparer.Ordinal)
        .Order(StringComparer.Ordinal);

    public static IReadOnlySet<string> LoadBalancerArns(Tables tables) => Scopes(tables)
        .SelectMany(scope => tables.Rows(LoadBalancers(scope)).Keys)
        .ToHashSet(StringComparer.Ordinal);

    public static string LoadBalancerNames(string scope) => $"elbv2/{scope}/load-balancer-name";

    public static string Listeners(string scope, string loadBalancerArn) => $"elbv2/{scope}/listener/{loadBalancerArn}";

    public static string Rules(string scope, string listenerArn) => $"elbv2/{scope}/rule/{listenerArn}";

    public static string TargetGroups(string scope) => $"elbv2/{scope}/target-group";

    public static string TargetGroupNames(string scope) => $"elbv2/{scope}/target-group-name";

    public static string Targets(string scope, string targetGroupArn) => $"elbv2/{scope}/target/{targetGroupArn}";

    /// <summary>By rule ARN: which load balancer's rule forwards to the group.</summary>
    public static string TargetGroupUses(string scope, string targetGroupArn) => $"elbv2/{scope}/use/{targetGroupArn}";

    /// <summary>By target group ARN: how many of the load balancer's rules forward to the group.</summary>
    public static string LoadBalancerGroups(string scope, string loadBalancerArn) =>
        $"elbv2/{scope}/load-balancer-group/{loadBalancerArn}";

    /// <summary>By listener ARN: which listeners present the certificate.</summary>
    public static string CertificateUses(string certificateArn) => $"elbv2/certificate-use/{certificateArn}";

    public static string TrustStores(string scope) => $"elbv2/{scope}/trust-store";

    public static string TrustStoreNames(string scope) => $"elbv2/{scope}/trust-store-name";

    /// <summary>By listener ARN: which listeners verify clients against the trust store.</summary>
    public static string TrustStoreUses(string scope, string trustStoreArn) =>
        $"elbv2/{scope}/trust-store-use/{trustStoreArn}";

    public static string TagSets(string scope) => $"elbv2/{scope}/tags";

    /// <summary>By DNS name, over all accounts and regions: what a Route 53 alias may point at.</summary>
    public const string DnsNames = "elbv2/dns-name";

    public static string LoadBalancerOf(string listenerArn)
    {
        var parts = listenerArn.Replace(":listener/", ":loadbalancer/", StringComparison.Ordinal).Split('/');
        return string.Join('/', parts.Take(4));
    }

    public static string ListenerOf(string ruleArn)
    {
        var parts = ruleArn.Replace(":listener-rule/", ":listener/", StringComparison.Ordinal).Split('/');
        return string.Join('/', parts.Take(5));
    }

    /// <summary>The scope in an ARN: <c>arn:aws:elasticloadbalancing:REGION:ACCOUNT:…</c>.</summary>
    public static string ScopeOf(string arn) =>
        arn.Split(':') is [_, _, _, var region, var account, ..] ? $"{account}/{region}" : "";

    public static Struct LoadBalancer(Call call, string arn)
    {
        CheckArn(arn, "loadbalancer", "load balancer");
        return call.State.Get(LoadBalancers(call.Scope), arn)
            ?? throw new AwsException("LoadBalancerNotFound", $"Load balancer '{arn}' not found");
    }

    public static Struct Listener(Call call, string arn)
    {
        CheckArn(arn, "listener", "listener");
        return call.State.Get(Listeners(call.Scope, LoadBalancerOf(arn)), arn)
            ?? throw new AwsException("ListenerNotFound", $"Listener '{arn}' not found");
    }

    public static Struct Rule(Call call, string arn)
    {
        CheckArn(arn, "listener-rule", "listener rule");
        return call.State.Get(Rules(call.Scope, ListenerOf(arn)), arn)
            ?? throw new AwsException("RuleNotFound", $"Rule '{arn}' not found");
    }

    public static Struct TargetGroup(Call call, string arn)
    {
        CheckArn(arn, "targetgroup", "target group");
        return call.State.Get(TargetGroups(call.Scope), arn)
            ?? throw new AwsException("TargetGroupNotFound", $"Target groups '{arn}' not found");
    }

    public static Struct TrustStore(Call call, string arn)
    {
        CheckArn(arn, "truststore", "trust store");
        return call.State.Get(TrustStores(call.Scope), arn)
            ?? throw new AwsException("TrustStoreNotFound", $"Trust store '{arn}' not found");
    }

    /// <summary>The load balancers that forward to the group, in order.</summary>
    public static IEnumerable<string> LoadBalancersOf(Transaction state, string scope, string targetGroupArn) =>
        state.Rows(TargetGroupUses(scope, targetGroupArn)).Values
            .Select(use => use.Required("LoadBalancerArn"))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);

    public static void CheckArn(string arn, string kind, string words)
    {
        if (!arn.StartsWith("arn:aws:elasticloadbalancing:", StringComparison.Ordinal)
            || !arn.Contains($":{kind}/", StringComparison.Ordinal))
        {
            throw new AwsException("ValidationError", $"'{arn}' is not a valid {words} ARN") { HttpStatus = 400 };
        }
    }

    public static AwsException Invalid(string message) => new("ValidationError", message) { HttpStatus = 400 };
}
