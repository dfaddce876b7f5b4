using Gwctl.Sandbox.Aws.Ec2;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Elbv2;

/// <summary>What a target group is: protocol, port and health check, with the documented defaults and bounds.</summary>
internal static class TargetGroupSettings
{
    private static readonly string[] HealthMembers =
    [
        "HealthCheckProtocol", "HealthCheckPort", "HealthCheckEnabled", "HealthCheckPath",
        "HealthCheckIntervalSeconds", "HealthCheckTimeoutSeconds", "HealthyThresholdCount",
        "UnhealthyThresholdCount", "Matcher",
    ];

    private static readonly string[] Protocols = ["HTTP", "HTTPS", "TCP", "TLS", "UDP", "TCP_UDP"];

    private static readonly string[] HealthProtocols = ["HTTP", "HTTPS", "TCP"];

    public static Struct Wanted(Call call)
    {
        var type = call.Input.Text("TargetType") ?? "instance";
        if (type is "lambda")
        {
            return Lambda(call.Input);
        }

        var protocol = call.Input.Text("Protocol") ?? throw Elbv2State.Invalid("A protocol must be specified");
        if (!Protocols.Contains(protocol))
        {
            throw Elbv2State.Invalid(
                $"Target group protocol '{protocol}' must be one of '{string.Join(", ", Protocols)}'");
        }

        var port = call.Input.Number("Port") ?? throw Elbv2State.Invalid("A port must be specified");
        var vpc = call.Input.Text("VpcId") ?? throw Elbv2State.Invalid("A VPC ID must be specified");
        if (Network.Vpc(call.Account, call.Region).Text("VpcId") != vpc)
        {
            throw Elbv2State.Invalid($"The VPC ID '{vpc}' is not found");
        }

        if (type is "alb" && protocol is not "TCP")
        {
            throw new AwsException(
                "InvalidConfigurationRequest", "The protocol of a target group of target type 'alb' must be 'TCP'");
        }

        var http = protocol is "HTTP" or "HTTPS";
        var version = call.Input.Text("ProtocolVersion");
        if (version is not null && (!http || version is not ("HTTP1" or "HTTP2" or "GRPC")))
        {
            throw Elbv2State.Invalid(
                $"The protocol version '{version}' is not supported for target groups with the {protocol} protocol");
        }

        var settings = new Struct
        {
            { "Protocol", protocol },
            { "Port", port },
            { "VpcId", vpc },
            { "TargetType", type },
            { "ProtocolVersion", http ? version ?? "HTTP1" : null },
            { "IpAddressType", call.Input.Text("IpAddressType") ?? "ipv4" },
        };
        var given = Given(call.Input);
        return Checked(settings.Merge(Defaults(settings, given.Text("HealthCheckProtocol"))).Merge(given));
    }

    /// <summary>The group with the request's health check settings in place of its own.</summary>
    public static Struct Modified(Struct document, Struct input)
    {
        var given = Given(input);
        var checks = given.Text("HealthCheckProtocol");
        var before = document.Without("HealthCheckPath", "Matcher");

        // What a check over TCP has no use for is not kept; what a check over HTTP needs besides has its default.
        var kept = document.Text("HealthCheckProtocol") is "TCP" && checks is "HTTP" or "HTTPS"
            ? before.Merge(HttpDefaults(document, checks))
            : checks is "TCP" ? before : document;
        return Checked(kept.Merge(given));
    }

    private static Struct Lambda(Struct input)
    {
        if (input.Has("Port") || input.Has("Protocol") || input.Has("VpcId"))
        {
            throw Elbv2State.Invalid("Protocol, port and VPC ID cannot be specified for target type 'lambda'");
        }

        var defaults = new Struct
        {
            { "TargetType", "lambda" },
            { "HealthCheckEnabled", false },
            { "HealthCheckPath", "/" },
            { "HealthCheckIntervalSeconds", 35 },
            { "HealthCheckTimeoutSeconds", 30 },
            { "HealthyThresholdCount", 5 },
            { "UnhealthyThresholdCount", 2 },
            { "Matcher", new Struct { { "HttpCode", "200" } } },
            { "IpAddressType", "ipv4" },
        };
        return Checked(defaults.Merge(Given(input)));
    }

    /// <param name="wanted">The protocol of the health checks, where the request names one.</param>
    private static Struct Defaults(Struct settings, string? wanted)
    {
        var protocol = settings.Required("Protocol");
        var checks = wanted ?? (protocol is "HTTP" or "HTTPS" ? protocol
            : settings.Text("TargetType") is "alb" ? "HTTP" : "TCP");
        var defaults = new Struct
        {
            { "HealthCheckProtocol", checks },
            { "HealthCheckPort", "traffic-port" },
            { "HealthCheckEnabled", true },
            { "HealthCheckIntervalSeconds", 30 },
            { "HealthCheckTimeoutSeconds", IsHttp(settings) ? 5 : checks is "HTTP" ? 6 : 10 },
            { "HealthyThresholdCount", 5 },
            { "UnhealthyThresholdCount", 2 },
        };
        return checks is "TCP" ? defaults : defaults.Merge(HttpDefaults(settings, checks));
    }

    /// <summary>Path and matcher of checks over HTTP: those of application load balancers take 200 only (gRPC's
    /// "unimplemented", 12, since no server has the path), those of network load balancers every 2xx and 3xx.</summary>
    private static Struct HttpDefaults(Struct settings, string? checks)
    {
        var grpc = settings.Text("ProtocolVersion") is "GRPC";
        var code = IsHttp(settings) ? "200" : "200-399";
        return new Struct
        {
            { "HealthCheckProtocol", checks },
            { "HealthCheckPath", grpc ? "/AWS.ALB/healthcheck" : "/" },
            { "Matcher", new Struct { { grpc ? "GrpcCode" : "HttpCode", grpc ? "12" : code } } },
        };
    }

    private static bool IsHttp(Struct settings) => settings.Text("Protocol") is "HTTP" or "HTTPS";

    private static Struct Given(Struct input)
    {
        var given = new Struct();
        foreach (var name in HealthMembers)
        {
            given.Add(name, input[name]);
        }

        return given;
    }

    private static Struct Checked(Struct settings)
    {
        var interval = settings.Number("HealthCheckIntervalSeconds") ?? 0;
        var timeout = settings.Number("HealthCheckTimeoutSeconds") ?? 0;
        if (timeout >= interval)
        {
            throw Elbv2State.Invalid(
                $"Health check timeout '{timeout}' must be smaller than the interval '{interval}'");
        }

        CheckProtocol(settings);

        if (settings.Text("HealthCheckPath") is { } path && !path.StartsWith('/'))
        {
            throw Elbv2State.Invalid($"Health check path '{path}' must begin with '/'");
        }

        CheckPort(settings.Text("HealthCheckPort"));
        CheckMatcher(settings);
        return settings;
    }

    private static void CheckProtocol(Struct settings)
    {
        var type = settings.Text("TargetType");
        if (type is "lambda")
        {
            return;
        }

        var checks = settings.Text("HealthCheckProtocol");
        if (!HealthProtocols.Contains(checks))
        {
            throw Elbv2State.Invalid(
                $"Health check protocol '{checks}' must be one of '{string.Join(", ", HealthProtocols)}'");
        }

        if (checks is "TCP" && (IsHttp(settings) || type is "alb"))
        {
            throw Elbv2State.Invalid(
                $"The health check protocol '{checks}' is not supported for target groups with the "
                + $"{settings.Text("Protocol")} protocol and target type '{type}'");
        }

        if (checks is "TCP" && (settings.Has("HealthCheckPath") || settings.Has("Matcher")))
        {
            throw new AwsException(
                "InvalidConfigurationRequest",
                "A health check path and a matcher are not supported for health checks with the TCP protocol");
        }

        if (settings.Flag("HealthCheckEnabled") is false)
        {
            throw Elbv2State.Invalid(
                $"Health check enabled must be true for target groups with target type '{type}'");
        }
    }

    private static void CheckPort(string? port)
    {
        var valid = port is null or "traffic-port"
            || (int.TryParse(port, out var number) && number is >= 1 and <= 65535);
        if (!valid)
        {
            throw Elbv2State.Invalid($"Health check port '{port}' must be 'traffic-port' or in the range 1-65535");
        }
    }

    private static void CheckMatcher(Struct settings)
    {
        if (settings.Member("Matcher") is not { } matcher)
        {
            return;
        }

        var grpc = settings.Text("ProtocolVersion") is "GRPC";
        if (matcher.Text(grpc ? "HttpCode" : "GrpcCode") is not null)
        {
            throw Elbv2State.Invalid(grpc
                ? "HTTP codes cannot be specified for target groups with protocol version GRPC"
                : "gRPC codes can only be specified for target groups with protocol version GRPC");
        }

        var code = matcher.Text(grpc ? "GrpcCode" : "HttpCode")
            ?? throw Elbv2State.Invalid("Health check matcher codes must be specified");
        var lambda = settings.Text("TargetType") is "lambda";
        var (low, high) = grpc ? (0, 99) : (200, IsHttp(settings) || lambda ? 499 : 599);
        foreach (var part in code.Split(','))
        {
            var ends = part.Split('-');
            var valid = ends.Length <= 2
                && ends.All(end => int.TryParse(end, out var number) && number >= low && number <= high)
                && (ends.Length is 1 || int.Parse(ends[0]) <= int.Parse(ends[1]));
            if (!valid)
            {
                throw Elbv2State.Invalid($"Health check matcher code '{code}' must be within {low}-{high}");
            }
        }
    }
}
