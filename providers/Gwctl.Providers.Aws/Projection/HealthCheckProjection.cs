using System.Text.RegularExpressions;
using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>Health checks. The defaults find a broken or new target within half a minute: every 15 s, two answers
/// decide, and any answer of 200 to 399 is a healthy one, for the root path often redirects. gRPC backends are asked
/// for the method that AWS asks for, and are healthy when they say that they lack it (12).</summary>
internal static partial class HealthCheckProjection
{
    private const int IntervalSecondsMin = 5;
    private const int IntervalSecondsMax = 300;
    private const int IntervalSecondsDefault = 15;
    private const int TimeoutSecondsMin = 2;
    private const int TimeoutSecondsMax = 120;
    private const int TimeoutSecondsDefault = 5;
    private const int ThresholdMin = 2;
    private const int ThresholdMax = 10;
    private const int ThresholdDefault = 2;
    private const int PathCharactersMax = 1_024;
    private const int MatchMillisecondsMax = 1_000;
    private const string GrpcPath = "/AWS.ALB/healthcheck";
    private const string GrpcCodes = "12";

    public static readonly AttributeValue.Map Default =
        Map("HTTP", "/", "traffic-port", IntervalSecondsDefault, TimeoutSecondsDefault, ThresholdDefault,
            ThresholdDefault, "200-399");

    public static readonly AttributeValue.Map GrpcDefault =
        Map("HTTP", GrpcPath, "traffic-port", IntervalSecondsDefault, TimeoutSecondsDefault, ThresholdDefault,
            ThresholdDefault, GrpcCodes);

    /// <summary>A wrong value is reported, and the default stands in for it.</summary>
    /// <param name="isSecond">The backend also speaks HTTP: a policy's HTTP check is for that.</param>
    public static AttributeValue.Map Of(
        RoutingBackend backend, string protocol, string version, bool isSecond, Action<Diagnostic> report)
    {
        var isGrpc = version is "GRPC";
        var (path, codes) = isGrpc ? (GrpcPath, GrpcCodes) : ("/", "200-399");
        if (backend.Service.Policy is not { HealthCheck: { } check } policy)
        {
            return protocol is "HTTP" && !isGrpc
                ? Default
                : Map(protocol, path, "traffic-port", IntervalSecondsDefault, TimeoutSecondsDefault, ThresholdDefault,
                    ThresholdDefault, codes);
        }

        if (isSecond && check.Protocol?.Value is "HTTP" or "HTTPS")
        {
            return Timed(policy, check, protocol, path, codes, report);
        }

        return Timed(
            policy, check,
            CheckProtocol(policy, check, protocol, isGrpc, report),
            CheckPath(policy, check, path, report),
            CheckCodes(policy, check, codes, isGrpc ? 0 : 200, isGrpc ? 99 : 499, report),
            report);
    }

    private static AttributeValue.Map Timed(
        BackendPolicySpec policy, HealthCheckSpec check, string protocol, string? path, string? codes,
        Action<Diagnostic> report)
    {
        var interval = Seconds(policy, check.Interval, "interval", IntervalSecondsMin, IntervalSecondsMax,
            IntervalSecondsDefault, report);
        var timeoutDefault = Math.Min(TimeoutSecondsDefault, interval - 1);
        var timeout = Seconds(policy, check.Timeout, "timeout", TimeoutSecondsMin, TimeoutSecondsMax, timeoutDefault,
            report);
        if (timeout >= interval)
        {
            report(BackendDiagnostics.HealthCheck(
                policy, check.Timeout?.Span ?? check.Span, $"waits {timeout} s and is made every {interval} s",
                "Make timeout shorter than interval."));
        }

        return Map(
            protocol,
            path,
            check.Port?.Value.ToString() ?? "traffic-port",
            interval,
            timeout,
            Threshold(policy, check.HealthyThreshold, "healthyThreshold", report),
            Threshold(policy, check.UnhealthyThreshold, "unhealthyThreshold", report),
            codes);
    }

    private static string CheckProtocol(
        BackendPolicySpec policy, HealthCheckSpec check, string otherwise, bool isGrpc, Action<Diagnostic> report)
    {
        switch (check.Protocol?.Value)
        {
            case null:
                return otherwise;
            case "HTTP" or "HTTPS":
                return check.Protocol.Value.Value;
            case "GRPC" when isGrpc:
                return otherwise;
            case var other:
                report(BackendDiagnostics.HealthCheck(
                    policy, check.Protocol?.Span ?? check.Span, $"is by {other}, which an ALB makes only for gRPC "
                        + "groups or not at all",
                    "Use HTTP or HTTPS; for gRPC also set protocolVersion to GRPC."));
                return otherwise;
        }
    }

    private static string CheckPath(
        BackendPolicySpec policy, HealthCheckSpec check, string otherwise, Action<Diagnostic> report)
    {
        if (check.Path is not { } path)
        {
            return otherwise;
        }

        if (path.Value.StartsWith('/') && path.Value.Length <= PathCharactersMax)
        {
            return path.Value;
        }

        report(BackendDiagnostics.HealthCheck(
            policy, path.Span, $"asks for '{path.Value}'", $"Begin with / and use at most {PathCharactersMax} "
                + "characters."));
        return otherwise;
    }

    private static string CheckCodes(
        BackendPolicySpec policy, HealthCheckSpec check, string otherwise, int min, int max, Action<Diagnostic> report)
    {
        if (check.SuccessCodes is not { } codes)
        {
            return otherwise;
        }

        var isRight = CodesPattern().IsMatch(codes.Value)
            && codes.Value.Split(',', '-').All(code => int.Parse(code) >= min && int.Parse(code) <= max);
        if (isRight)
        {
            return codes.Value;
        }

        report(BackendDiagnostics.HealthCheck(
            policy, codes.Span, $"takes '{codes.Value}' for healthy", $"Use codes of {min} to {max}, as "
                + $"{min},{min + 1}-{max}."));
        return otherwise;
    }

    private static int Seconds(
        BackendPolicySpec policy,
        Located<TimeSpan>? given,
        string field,
        int min,
        int max,
        int otherwise,
        Action<Diagnostic> report)
    {
        if (given is not { } value)
        {
            return otherwise;
        }

        var seconds = Math.Ceiling(value.Value.TotalSeconds);
        if (seconds >= min && seconds <= max)
        {
            return (int)seconds;
        }

        report(BackendDiagnostics.OutOfBounds(policy, value.Span, $"healthCheck.{field}", (long)seconds, min, max));
        return otherwise;
    }

    private static int Threshold(BackendPolicySpec policy, Located<int>? given, string field, Action<Diagnostic> report)
    {
        if (given is not { } value || value.Value is >= ThresholdMin and <= ThresholdMax)
        {
            return given?.Value ?? ThresholdDefault;
        }

        report(BackendDiagnostics.OutOfBounds(
            policy, value.Span, $"healthCheck.{field}", value.Value, ThresholdMin, ThresholdMax));
        return ThresholdDefault;
    }

    private static AttributeValue.Map Map(
        string protocol, string? path, string port, int interval, int timeout, int healthy, int unhealthy,
        string? matcher) =>
        Shape.Map(
            Shape.Text("protocol", protocol),
            Shape.Text("path", path),
            Shape.Text("port", port),
            Shape.Number("intervalSeconds", interval),
            Shape.Number("timeoutSeconds", timeout),
            Shape.Number("healthyThreshold", healthy),
            Shape.Number("unhealthyThreshold", unhealthy),
            Shape.Text("matcher", matcher));

    [GeneratedRegex(@"^\d{1,3}(-\d{1,3})?(,\d{1,3}(-\d{1,3})?)*\z", RegexOptions.ExplicitCapture, MatchMillisecondsMax)]
    private static partial Regex CodesPattern();
}
