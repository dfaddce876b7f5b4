using System.Collections.Frozen;
using Gwctl.Sandbox.Contracts;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Elbv2;

/// <summary>Which attributes there are, their defaults, and the values that they take. Numeric bounds are the
/// contract's.</summary>
internal static class AttributeTable
{
    private static readonly FrozenDictionary<string, string> Application = Table("""
        access_logs.s3.bucket=
        access_logs.s3.enabled=false
        access_logs.s3.prefix=
        client_keep_alive.seconds=3600
        connection_logs.s3.bucket=
        connection_logs.s3.enabled=false
        connection_logs.s3.prefix=
        deletion_protection.enabled=false
        idle_timeout.timeout_seconds=60
        ipv6.deny_all_igw_traffic=false
        load_balancing.cross_zone.enabled=true
        routing.http.desync_mitigation_mode=defensive
        routing.http.drop_invalid_header_fields.enabled=false
        routing.http.preserve_host_header.enabled=false
        routing.http.x_amzn_tls_version_and_cipher_suite.enabled=false
        routing.http.xff_client_port.enabled=false
        routing.http.xff_header_processing.mode=append
        routing.http2.enabled=true
        waf.fail_open.enabled=false
        zonal_shift.config.enabled=false
        """);

    private static readonly FrozenDictionary<string, string> Network = Table("""
        access_logs.s3.bucket=
        access_logs.s3.enabled=false
        access_logs.s3.prefix=
        deletion_protection.enabled=false
        dns_record.client_routing_policy=any_availability_zone
        ipv6.deny_all_igw_traffic=false
        load_balancing.cross_zone.enabled=false
        secondary_ips.auto_assigned.per_subnet=0
        zonal_shift.config.enabled=false
        """);

    private static readonly FrozenDictionary<string, string> GroupOfHttp = Table("""
        deregistration_delay.timeout_seconds=300
        load_balancing.algorithm.anomaly_mitigation=off
        load_balancing.algorithm.type=round_robin
        load_balancing.cross_zone.enabled=use_load_balancer_configuration
        slow_start.duration_seconds=0
        stickiness.app_cookie.cookie_name=
        stickiness.app_cookie.duration_seconds=86400
        stickiness.enabled=false
        stickiness.lb_cookie.duration_seconds=86400
        stickiness.type=lb_cookie
        target_group_health.dns_failover.minimum_healthy_targets.count=1
        target_group_health.dns_failover.minimum_healthy_targets.percentage=off
        target_group_health.unhealthy_state_routing.minimum_healthy_targets.count=1
        target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage=off
        """);

    private static readonly FrozenDictionary<string, string> GroupOfTcp = Table("""
        deregistration_delay.connection_termination.enabled=false
        deregistration_delay.timeout_seconds=300
        load_balancing.cross_zone.enabled=use_load_balancer_configuration
        preserve_client_ip.enabled=true
        proxy_protocol_v2.enabled=false
        stickiness.enabled=false
        stickiness.type=source_ip
        target_group_health.dns_failover.minimum_healthy_targets.count=1
        target_group_health.dns_failover.minimum_healthy_targets.percentage=off
        target_group_health.unhealthy_state_routing.minimum_healthy_targets.count=1
        target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage=off
        target_health_state.unhealthy.connection_termination.enabled=true
        target_health_state.unhealthy.draining_interval_seconds=0
        """);

    /// <summary>A group whose target is an application load balancer: that one keeps the connections.</summary>
    private static readonly FrozenDictionary<string, string> GroupOfAlb = Table("""
        load_balancing.cross_zone.enabled=use_load_balancer_configuration
        preserve_client_ip.enabled=true
        target_group_health.dns_failover.minimum_healthy_targets.count=1
        target_group_health.dns_failover.minimum_healthy_targets.percentage=off
        target_group_health.unhealthy_state_routing.minimum_healthy_targets.count=1
        target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage=off
        """);

    private static readonly FrozenDictionary<string, string> GroupOfLambda = Table("""
        lambda.multi_value_headers.enabled=false
        """);

    private static readonly FrozenDictionary<string, string> ListenerOfHttp = Table("""
        routing.http.response.access_control_allow_credentials.header_value=
        routing.http.response.access_control_allow_headers.header_value=
        routing.http.response.access_control_allow_methods.header_value=
        routing.http.response.access_control_allow_origin.header_value=
        routing.http.response.access_control_expose_headers.header_value=
        routing.http.response.access_control_max_age.header_value=
        routing.http.response.content_security_policy.header_value=
        routing.http.response.server.enabled=true
        routing.http.response.strict_transport_security.header_value=
        routing.http.response.x_content_type_options.header_value=
        routing.http.response.x_frame_options.header_value=
        """);

    private static readonly FrozenDictionary<string, string> ListenerOfHttps = Table($"""
        {string.Join('\n', ListenerOfHttp.Select(pair => $"{pair.Key}={pair.Value}"))}
        routing.http.request.x_amzn_mtls_clientcert.header_name=
        routing.http.request.x_amzn_mtls_clientcert_issuer.header_name=
        routing.http.request.x_amzn_mtls_clientcert_leaf.header_name=
        routing.http.request.x_amzn_mtls_clientcert_serial_number.header_name=
        routing.http.request.x_amzn_mtls_clientcert_subject.header_name=
        routing.http.request.x_amzn_mtls_clientcert_validity.header_name=
        routing.http.request.x_amzn_tls_cipher_suite.header_name=
        routing.http.request.x_amzn_tls_version.header_name=
        """);

    private static readonly FrozenDictionary<string, string> ListenerOfTcp = Table("""
        tcp.idle_timeout.seconds=350
        """);

    private static readonly FrozenDictionary<string, string> Empty = Table("");

    /// <summary>The values of attributes that take one of a few.</summary>
    private static readonly FrozenDictionary<string, string[]> Choices = new Dictionary<string, string[]>
    {
        ["dns_record.client_routing_policy"] =
            ["any_availability_zone", "availability_zone_affinity", "partial_availability_zone_affinity"],
        ["routing.http.desync_mitigation_mode"] = ["defensive", "monitor", "strictest"],
        ["routing.http.xff_header_processing.mode"] = ["append", "preserve", "remove"],
        ["load_balancing.algorithm.type"] = ["least_outstanding_requests", "round_robin", "weighted_random"],
        ["load_balancing.algorithm.anomaly_mitigation"] = ["off", "on"],
        ["ipv6.deny_all_igw_traffic"] = ["false", "true"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IReadOnlyDictionary<string, string> Defaults(Struct document, Attributes.Kind kind) => kind switch
    {
        Attributes.Kind.LoadBalancer => document.Text("Type") is "network" ? Network : Application,
        Attributes.Kind.Listener => document.Text("Protocol") switch
        {
            "HTTP" => ListenerOfHttp,
            "HTTPS" => ListenerOfHttps,
            "TCP" => ListenerOfTcp,
            _ => Empty,
        },
        _ when document.Text("TargetType") is "lambda" => GroupOfLambda,
        _ when document.Text("Protocol") is "HTTP" or "HTTPS" => GroupOfHttp,
        _ when document.Text("TargetType") is "alb" => GroupOfAlb,
        _ => NetworkAttributes.Defaults(GroupOfTcp, document),
    };

    /// <exception cref="AwsException">There is no such attribute on the object, or it does not take the
    /// value.</exception>
    public static void Check(Struct document, Attributes.Kind kind, string key, string value)
    {
        var words = kind switch
        {
            Attributes.Kind.LoadBalancer => "Load balancer",
            Attributes.Kind.Listener => "Listener",
            _ => "Target group",
        };
        if (!Known(kind).Contains(key))
        {
            throw Elbv2State.Invalid($"{words} attribute key '{key}' is not recognized");
        }

        var logs = key.StartsWith("health_check_logs.", StringComparison.Ordinal);
        if (!Defaults(document, kind).ContainsKey(key) && !logs)
        {
            throw new AwsException(
                "InvalidConfigurationRequest", $"{words} attribute key '{key}' is not supported on this resource");
        }

        if (kind is Attributes.Kind.TargetGroup)
        {
            NetworkAttributes.Check(document, key, value);
        }

        if (ChoicesOf(document, kind, key) is { } choices && !choices.Contains(value))
        {
            throw new AwsException(
                "InvalidConfigurationRequest",
                $"{words} attribute '{key}' value '{value}' must be one of '[{string.Join(", ", choices)}]'");
        }
    }

    private static IReadOnlyList<string> Known(Attributes.Kind kind)
    {
        var shape = kind switch
        {
            Attributes.Kind.LoadBalancer => "LoadBalancerAttribute",
            Attributes.Kind.Listener => "ListenerAttribute",
            _ => "TargetGroupAttribute",
        };
        var input = ContractCatalog.Load("elbv2").Operations[$"Modify{shape}s"].Input;
        return input?.Member("Attributes")?.Shape.Element?.Shape.Member("Key")?.Prose.Enum ?? [];
    }

    private static string[]? ChoicesOf(Struct document, Attributes.Kind kind, string key)
    {
        if (kind is Attributes.Kind.TargetGroup && key is "stickiness.type")
        {
            return document.Text("Protocol") is "HTTP" or "HTTPS"
                ? ["app_cookie", "lb_cookie"]
                : ["source_ip"];
        }

        if (kind is Attributes.Kind.TargetGroup && key is "load_balancing.cross_zone.enabled")
        {
            return ["false", "true", "use_load_balancer_configuration"];
        }

        return key.EndsWith(".enabled", StringComparison.Ordinal) ? ["false", "true"] : Choices.GetValueOrDefault(key);
    }

    private static FrozenDictionary<string, string> Table(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split('=', 2))
            .ToFrozenDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
}
