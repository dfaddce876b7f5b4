using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Elbv2;

/// <summary>Which target groups a listener can forward to, alone and together.</summary>
internal static class TargetGroupFit
{
    /// <exception cref="AwsException">The listener cannot forward to the group.</exception>
    public static void Check(Struct group, ListenerFacts listener)
    {
        var protocol = group.Text("Protocol");
        string[] allowed = listener.Protocol switch
        {
            "HTTP" or "HTTPS" => ["HTTP", "HTTPS"],
            "TLS" => ["TCP", "TLS"],
            "TCP" => ["TCP", "TCP_UDP"],
            "UDP" => ["TCP_UDP", "UDP"],
            _ => [listener.Protocol],
        };

        // Only a group of functions has no protocol, and only application load balancers call functions.
        var fits = protocol is null ? !listener.IsNetwork : allowed.Contains(protocol);
        if (!fits)
        {
            throw new AwsException(
                "IncompatibleProtocols",
                $"The listener protocol '{listener.Protocol}' and target group protocol '{protocol ?? "none"}' are "
                + "incompatible");
        }

        if (group.Text("ProtocolVersion") is "GRPC" or "HTTP2" && listener.Protocol is not "HTTPS")
        {
            throw Elbv2State.Invalid(
                $"Target groups with protocol version {group.Text("ProtocolVersion")} need an HTTPS listener");
        }

        if (listener.IsNetwork)
        {
            CheckNetwork(group, listener);
        }
    }

    /// <summary>What AWS documents of weighted target groups on a network load balancer's listener.</summary>
    /// <exception cref="AwsException">The groups do not go together.</exception>
    public static void CheckTogether(IReadOnlyList<Struct> groups, ListenerFacts listener, bool sticky)
    {
        if (sticky && listener.Protocol is "TLS")
        {
            throw Invalid("Target group stickiness is not supported for TLS listeners");
        }

        if (groups.Count < 2)
        {
            return;
        }

        if (listener.Protocol is "TLS" && groups.DistinctBy(group => group.Text("Protocol")).Count() > 1)
        {
            throw Invalid("All target groups of a TLS listener's action must have the same protocol");
        }

        if (groups.DistinctBy(group => group.Text("IpAddressType")).Count() > 1)
        {
            throw Invalid("All target groups of an action must have the same IP address type");
        }

        if (!sticky && groups.Any(IsSticky))
        {
            throw Invalid(
                "Target group stickiness must be enabled on an action with several target groups if one of them has "
                + "stickiness enabled");
        }
    }

    public static bool IsSticky(Struct group) =>
        Attributes.Effective(group, Attributes.Kind.TargetGroup).GetValueOrDefault("stickiness.enabled") is "true";

    private static void CheckNetwork(Struct group, ListenerFacts listener)
    {
        if (group.Text("TargetType") is "alb" && listener.Protocol is not "TCP")
        {
            throw Invalid("Target groups with target type 'alb' need a TCP listener");
        }

        if (listener.Protocol is "TLS" && IsSticky(group))
        {
            throw Invalid("Target groups with stickiness enabled are not supported for TLS listeners");
        }

        var six = group.Text("IpAddressType") is "ipv6";
        var dual = listener.LoadBalancer.Text("IpAddressType") is "dualstack";
        if (six && !dual)
        {
            throw Invalid("Target groups with IP address type 'ipv6' need a dual-stack load balancer");
        }

        if (dual && !six && listener.Protocol is ("UDP" or "TCP_UDP"))
        {
            throw Invalid("UDP listeners of dual-stack load balancers need target groups with IP address type 'ipv6'");
        }
    }

    private static AwsException Invalid(string message) => new("InvalidConfigurationRequest", message);
}
