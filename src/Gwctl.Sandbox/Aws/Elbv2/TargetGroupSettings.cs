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

    public static Struct Wanted(Call call)
    {
        var type = call.Input.Text("TargetType") ?? "instance";
        if (type is "lambda")
        {
            return Lambda(call.Input);
        }

        var protocol = call.Input.Text("Protocol") ?? throw Elbv2State.Invalid("A protocol must be specified");
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
        return Checked(settings.Merge(Defaults(protocol, version, type)).Merge(Given(call.Input)));
    }

    /// <summary>The group with the request's health check settings in place of its own.</summary>
    public static Struct Modified(Struct document, Struct input) => Checked(document.Merge(Given(input)));

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

    private static Struct Defaults(string protocol, string? version, string type)
    {
        var grpc = version is "GRPC";
        var checksHttp = protocol is "HTTP" or "HTTPS" || type is "alb";
        return new Struct
        {
            { "HealthCheckProtocol", protocol is "HTTPS" ? "HTTPS" : checksHttp ? "HTTP" : "TCP" },
            { "HealthCheckPort", "traffic-port" },
            { "HealthCheckEnabled", true },
            { "HealthCheckPath", checksHttp ? (grpc ? "/AWS.ALB/healthcheck" : "/") : null },
            { "HealthCheckIntervalSeconds", 30 },
            { "HealthCheckTimeoutSeconds", protocol is "HTTP" or "HTTPS" ? 5 : checksHttp ? 6 : 10 },
            { "HealthyThresholdCount", 5 },
            { "UnhealthyThresholdCount", 2 },
            {
                "Matcher", (checksHttp, grpc) switch
                {
                    (_, true) => new Struct { { "GrpcCode", "12" } },
                    (true, _) => new Struct { { "HttpCode", type is "alb" ? "200-399" : "200" } },
                    _ => null,
                }
            },
        };
    }

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

        var checks = settings.Text("HealthCheckProtocol");
        if (settings.Text("Protocol") is "HTTP" or "HTTPS" && checks is not ("HTTP" or "HTTPS"))
        {
            throw Elbv2State.Invalid(
                $"The health check protocol '{checks}' is not supported for target groups with this protocol");
        }

        if (settings.Text("HealthCheckPath") is { } path && !path.StartsWith('/'))
        {
            throw Elbv2State.Invalid($"Health check path '{path}' must begin with '/'");
        }

        CheckPort(settings.Text("HealthCheckPort"));
        CheckMatcher(settings);
        if (checks is "TCP")
        {
            return settings.Without("HealthCheckPath", "Matcher");
        }

        return settings;
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
        var (low, high) = grpc ? (0, 99) : (200, settings.Text("Protocol") is "HTTP" or "HTTPS" ? 499 : 599);
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
