using Gwctl.Sandbox.Aws.Elbv2;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.DataPlane.Targets;

/// <summary>Which protocol a target group's targets speak.</summary>
internal enum TargetProtocol
{
    Http1,
    Http2,
    Grpc,
}

/// <summary>How sticky clients are kept with a target.</summary>
internal enum TargetStickiness
{
    None,
    LoadBalancerCookie,
    ApplicationCookie,

    /// <summary>By the client's address, on a Network Load Balancer.</summary>
    SourceAddress,
}

/// <summary>A target group's settings and attributes, read once.</summary>
internal sealed record GroupSettings
{
    public required string Arn { get; init; }

    public required string Name { get; init; }

    /// <summary>HTTPS to the targets; their certificates are not verified.</summary>
    public required bool Secure { get; init; }

    public required TargetProtocol Protocol { get; init; }

    public required bool ChecksHealth { get; init; }

    public required HealthCheck Check { get; init; }

    public required bool LeastOutstanding { get; init; }

    public required TargetStickiness Stickiness { get; init; }

    public required TimeSpan StickyTime { get; init; }

    /// <summary>Connections to targets begin with a proxy protocol header, version 2.</summary>
    public required bool ProxyHeader { get; init; }

    /// <summary>The application's own cookie; empty where stickiness is of another kind.</summary>
    public required string ApplicationCookie { get; init; }

    public static GroupSettings Of(Struct group)
    {
        var attributes = Attributes.Effective(group, Attributes.Kind.TargetGroup);
        var stickiness = attributes.GetValueOrDefault("stickiness.enabled") is not "true" ? TargetStickiness.None
            : attributes.GetValueOrDefault("stickiness.type") switch
            {
                "app_cookie" => TargetStickiness.ApplicationCookie,
                "source_ip" => TargetStickiness.SourceAddress,
                _ => TargetStickiness.LoadBalancerCookie,
            };
        var seconds = stickiness is TargetStickiness.ApplicationCookie
            ? attributes.GetValueOrDefault("stickiness.app_cookie.duration_seconds", "86400")
            : attributes.GetValueOrDefault("stickiness.lb_cookie.duration_seconds", "86400");
        var protocol = group.Text("ProtocolVersion") switch
        {
            "GRPC" => TargetProtocol.Grpc,
            "HTTP2" => TargetProtocol.Http2,
            _ => TargetProtocol.Http1,
        };
        return new GroupSettings
        {
            Arn = group.Required("TargetGroupArn"),
            Name = group.Required("TargetGroupName"),
            Secure = group.Text("Protocol") is "HTTPS" or "TLS",
            Protocol = protocol,
            ChecksHealth = group.Flag("HealthCheckEnabled") is not false,
            Check = HealthCheck.Of(group, protocol),
            LeastOutstanding =
                attributes.GetValueOrDefault("load_balancing.algorithm.type") is "least_outstanding_requests",
            Stickiness = stickiness,
            ProxyHeader = attributes.GetValueOrDefault("proxy_protocol_v2.enabled") is "true",
            StickyTime = TimeSpan.FromSeconds(long.Parse(seconds)),
            ApplicationCookie = stickiness is TargetStickiness.ApplicationCookie
                ? attributes.GetValueOrDefault("stickiness.app_cookie.cookie_name", "")
                : "",
        };
    }

    /// <summary>What names a target in a cookie.</summary>
    public static string KeyOf(LiveTarget target) => $"{target.Address.Id} {target.Address.Port}";
}
