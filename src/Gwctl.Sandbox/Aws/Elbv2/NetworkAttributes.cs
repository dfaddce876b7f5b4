using System.Collections.Frozen;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Elbv2;

/// <summary>What target group attributes depend on for network load balancers: defaults by protocol and target type,
/// and values that some protocols do not take, as the guide to network load balancers has them.</summary>
internal static class NetworkAttributes
{
    private const string ConnectionTermination = "deregistration_delay.connection_termination.enabled";
    private const string UnhealthyTermination = "target_health_state.unhealthy.connection_termination.enabled";
    private const string PreserveClientIp = "preserve_client_ip.enabled";

    /// <param name="table">The defaults of a group of TCP targets given by instance.</param>
    public static FrozenDictionary<string, string> Defaults(FrozenDictionary<string, string> table, Struct group)
    {
        var values = new Dictionary<string, string>(table, StringComparer.Ordinal);
        if (IsDatagram(group))
        {
            values[ConnectionTermination] = "true";
            values[UnhealthyTermination] = "false";
        }
        else if (group.Text("TargetType") is "ip")
        {
            values[PreserveClientIp] = "false";
        }

        return values.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <exception cref="AwsException">The group's protocol does not take the value.</exception>
    public static void Check(Struct group, string key, string value)
    {
        var protocol = group.Text("Protocol");
        var problem = (key, value) switch
        {
            ("stickiness.type", "lb_cookie" or "app_cookie") when protocol is not ("HTTP" or "HTTPS") =>
                $"Stickiness type '{value}' is",
            ("stickiness.type", "source_ip") when protocol is "HTTP" or "HTTPS" => $"Stickiness type '{value}' is",
            ("stickiness.enabled", "true") when protocol is "TLS" => "Stickiness is",
            (PreserveClientIp, "false") when IsDatagram(group) => "Disabling client IP preservation is",
            (UnhealthyTermination, "true") when IsDatagram(group) =>
                "Terminating the connections of unhealthy targets is",
            _ => null,
        };
        if (problem is not null)
        {
            throw new AwsException(
                "InvalidConfigurationRequest",
                $"{problem} not supported for target groups with the {protocol} protocol");
        }

        if (key is PreserveClientIp && value is "false" && group.Text("TargetType") is "alb")
        {
            throw new AwsException(
                "InvalidConfigurationRequest",
                "Disabling client IP preservation is not supported for target groups with target type 'alb'");
        }
    }

    private static bool IsDatagram(Struct group) => group.Text("Protocol") is "UDP" or "TCP_UDP";
}
