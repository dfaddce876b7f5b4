using System.Collections.Frozen;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Reading;

/// <summary>Attributes that users may write into a ProviderConfig's maps, with what AWS begins with: one that the specs
/// drop goes back to it. Those that gwctl sets in any case are not among them, nor those that need another to make
/// sense (a log's bucket). Source: Elastic Load Balancing, LoadBalancerAttribute and TargetGroupAttribute.</summary>
internal static class FreeAttributes
{
    private const string CrossZone = "load_balancing.cross_zone.enabled";
    private const string CloseDraining = "deregistration_delay.connection_termination.enabled";
    private const string DenyInternet = "ipv6.deny_all_igw_traffic";

    private static readonly FrozenDictionary<string, string> s_defaults = new Dictionary<string, string>
    {
        ["access_logs.s3.enabled"] = "false",
        ["client_keep_alive.seconds"] = "3600",
        ["connection_logs.s3.enabled"] = "false",
        ["dns_record.client_routing_policy"] = "any_availability_zone",
        ["idle_timeout.timeout_seconds"] = "60",
        ["load_balancing.algorithm.anomaly_mitigation"] = "off",
        ["load_balancing.algorithm.type"] = "round_robin",
        ["proxy_protocol_v2.enabled"] = "false",
        ["routing.http.desync_mitigation_mode"] = "defensive",
        ["routing.http.drop_invalid_header_fields.enabled"] = "false",
        ["routing.http.x_amzn_tls_version_and_cipher_suite.enabled"] = "false",
        ["routing.http.xff_client_port.enabled"] = "false",
        ["routing.http.xff_header_processing.mode"] = "append",
        ["routing.http2.enabled"] = "true",
        ["target_group_health.dns_failover.minimum_healthy_targets.count"] = "1",
        ["target_group_health.dns_failover.minimum_healthy_targets.percentage"] = "off",
        ["target_group_health.unhealthy_state_routing.minimum_healthy_targets.count"] = "1",
        ["target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage"] = "off",
        ["waf.fail_open.enabled"] = "false",
        ["zonal_shift.config.enabled"] = "false",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What AWS begins with.</summary>
    /// <param name="shape">The load balancer or target group.</param>
    /// <param name="name">The attribute's key.</param>
    /// <returns>Null for an attribute that is left as it is.</returns>
    public static string? DefaultOf(AttributeMap shape, string name) => name switch
    {
        CrossZone => shape["targetType"] is not null ? "use_load_balancer_configuration"
            : shape.TextOrNull("type") is "network" ? "false"
            : "true",
        CloseDraining => shape.TextOrNull("protocol") is "UDP" or "TCP_UDP" ? "true" : "false",
        DenyInternet => shape.TextOrNull("ipAddressType") is "ipv4" ? null // AWS takes it for IPv6 alone.
            : shape.TextOrNull("scheme") is "internal" ? "true"
            : "false",
        _ => s_defaults.GetValueOrDefault(name),
    };

    /// <summary>The mark that names those that the specs set; null where there are none, or more than a tag
    /// holds.</summary>
    public static string? NamesValue(AttributeMap shape) => Marks.NamesValue(
        shape.MapOf("attributes").Fields.Select(field => field.Name).Where(name => DefaultOf(shape, name) is not null));

    /// <summary>Those that the specs set when they were last applied, and that can go back.</summary>
    public static IEnumerable<string> Written(AttributeMap shape, Tags tags) =>
        Marks.Names(tags[Marks.AttributeNames]).Where(name => DefaultOf(shape, name) is not null);
}
