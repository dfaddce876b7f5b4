using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Gcp.Projection;

/// <summary>A health check's attributes beside name and location.</summary>
internal sealed record CheckForm(string Type, EquatableList<AttributeField?> Fields);

/// <summary>Health checks. Google's HTTP checks know one healthy answer, 200, which many an application does not give
/// on <c>/</c>: so a backend whose policy says nothing is healthy when it takes connections. Every 15 s, two answers
/// decide.</summary>
internal static class HealthCheckProjection
{
    private const int IntervalSecondsDefault = 15;
    private const int TimeoutSecondsDefault = 5;
    private const int SecondsMax = 300;
    private const int ThresholdDefault = 2;
    private const int ThresholdMax = 10;
    private const string HealthyCode = "200";

    /// <summary>A wrong value is reported, and the default stands in for it.</summary>
    /// <param name="protocol">The backend service's.</param>
    public static CheckForm Of(RoutingBackend backend, string protocol, bool isGrpc, Action<Diagnostic> report)
    {
        if (backend.Service.Policy is not { HealthCheck: { } check } policy)
        {
            return Form("TCP", null, null, IntervalSecondsDefault, TimeoutSecondsDefault, ThresholdDefault,
                ThresholdDefault);
        }

        var interval = Bounded(
            policy, check.Interval, "interval", SecondsMax, IntervalSecondsDefault, report);
        var timeout = Bounded(
            policy, check.Timeout, "timeout", SecondsMax, Math.Min(TimeoutSecondsDefault, interval), report);
        if (timeout > interval)
        {
            report(BackendDiagnostics.HealthCheck(
                policy, check.Timeout?.Span ?? check.Span, $"waits {timeout} s and is made every {interval} s",
                "Make timeout no longer than interval."));
            timeout = interval;
        }

        var type = TypeOf(check, protocol, isGrpc);
        if (type.StartsWith("HTTP", StringComparison.Ordinal))
        {
            WarnOfCodes(policy, check, report);
        }

        return Form(
            type, check.Path?.Value, check.Port?.Value, interval, timeout,
            Threshold(policy, check.HealthyThreshold, "healthyThreshold", report),
            Threshold(policy, check.UnhealthyThreshold, "unhealthyThreshold", report));
    }

    /// <summary>The policy's; where it names a path alone, by what the backend speaks.</summary>
    private static string TypeOf(HealthCheckSpec check, string protocol, bool isGrpc) =>
        (check.Protocol?.Value, protocol) switch
        {
            ("GRPC", "HTTP2" or "HTTPS") => "GRPC_WITH_TLS",
            ({ } given, _) => given,
            (null, "TCP") => "TCP",
            (null, _) when check.Path is null => "TCP",
            (null, "HTTP2") => isGrpc ? "GRPC_WITH_TLS" : "HTTP2",
            (null, "HTTPS") => "HTTPS",
            _ => isGrpc ? "GRPC" : "HTTP",
        };

    private static void WarnOfCodes(BackendPolicySpec policy, HealthCheckSpec check, Action<Diagnostic> report)
    {
        if (check.SuccessCodes is { } codes && codes.Value is not HealthyCode)
        {
            report(BackendDiagnostics.OneHealthyCode(policy, codes.Span, codes.Value));
        }
    }

    private static CheckForm Form(
        string type, string? path, int? port, int interval, int timeout, int healthy, int unhealthy)
    {
        var (member, hasPath) = type switch
        {
            "HTTP" => ("httpHealthCheck", true),
            "HTTPS" => ("httpsHealthCheck", true),
            "HTTP2" => ("http2HealthCheck", true),
            "GRPC" => ("grpcHealthCheck", false),
            "GRPC_WITH_TLS" => ("grpcTlsHealthCheck", false),
            _ => ("tcpHealthCheck", false),
        };
        return new CheckForm(type,
        [
            Shape.Text("type", type),
            Shape.Number("checkIntervalSec", interval),
            Shape.Number("timeoutSec", timeout),
            Shape.Number("healthyThreshold", healthy),
            Shape.Number("unhealthyThreshold", unhealthy),
            Shape.Field(member, Shape.Map(
                hasPath ? Shape.Text("requestPath", path ?? "/") : null,
                Shape.Text("portSpecification", port is null ? "USE_SERVING_PORT" : "USE_FIXED_PORT"),
                port is { } number ? Shape.Number("port", number) : null)),
        ]);
    }

    private static int Bounded(
        BackendPolicySpec policy, Located<TimeSpan>? given, string field, int max, int otherwise,
        Action<Diagnostic> report)
    {
        var seconds = given is { } value ? (long)Math.Ceiling(value.Value.TotalSeconds) : otherwise;
        if (seconds >= 1 && seconds <= max)
        {
            return (int)seconds;
        }

        report(BackendDiagnostics.OutOfBounds(
            policy, given?.Span ?? policy.Span, $"healthCheck.{field}", seconds, 1, max));
        return otherwise;
    }

    private static int Threshold(BackendPolicySpec policy, Located<int>? given, string field, Action<Diagnostic> report)
    {
        if (given is not { } value || value.Value is >= 1 and <= ThresholdMax)
        {
            return given?.Value ?? ThresholdDefault;
        }

        report(BackendDiagnostics.OutOfBounds(
            policy, value.Span, $"healthCheck.{field}", value.Value, 1, ThresholdMax));
        return ThresholdDefault;
    }
}
