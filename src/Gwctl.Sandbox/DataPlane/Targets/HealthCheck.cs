using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.DataPlane.Targets;

/// <summary>How a group's targets are checked.</summary>
/// <param name="Speaks">The group's own protocol version.</param>
/// <param name="Protocol"><c>HTTP</c>, <c>HTTPS</c> or <c>TCP</c>.</param>
/// <param name="Port">Null for the target's own.</param>
/// <param name="Path">Starts with a slash; a method's full name for gRPC.</param>
/// <param name="Interval">From one check to the next: 5 s to 300 s.</param>
/// <param name="Timeout">After which a check has failed: 2 s to 120 s.</param>
/// <param name="HealthyThreshold">Successes in a row that make an unhealthy target healthy: 2 to 10.</param>
/// <param name="UnhealthyThreshold">Failures in a row that make a target unhealthy: 2 to 10.</param>
/// <param name="Codes">The codes that are successes, of HTTP or of gRPC; empty for TCP.</param>
internal sealed record HealthCheck(
    TargetProtocol Speaks,
    string Protocol,
    int? Port,
    string Path,
    TimeSpan Interval,
    TimeSpan Timeout,
    int HealthyThreshold,
    int UnhealthyThreshold,
    string Codes)
{
    /// <summary>As whom the checks ask.</summary>
    public string Agent { get; init; } = "ELB-HealthChecker/2.0";

    public static HealthCheck Of(Struct group, TargetProtocol speaks)
    {
        var matcher = group.Member("Matcher");
        return new HealthCheck(
            speaks,
            group.Text("HealthCheckProtocol") ?? "HTTP",
            int.TryParse(group.Text("HealthCheckPort"), out var port) ? port : null,
            group.Text("HealthCheckPath") ?? "/",
            TimeSpan.FromSeconds(group.Number("HealthCheckIntervalSeconds") ?? 30),
            TimeSpan.FromSeconds(group.Number("HealthCheckTimeoutSeconds") ?? 5),
            (int)(group.Number("HealthyThresholdCount") ?? 5),
            (int)(group.Number("UnhealthyThresholdCount") ?? 2),
            matcher?.Text("GrpcCode") ?? matcher?.Text("HttpCode") ?? "");
    }

    /// <summary>Whether a code is one of <see cref="Codes"/>, such as <c>200,301-399</c>.</summary>
    public bool Accepts(int code)
    {
        foreach (var part in Codes.Split(','))
        {
            var ends = part.Split('-');
            if (int.TryParse(ends[0], out var low) && int.TryParse(ends[^1], out var high)
                && code >= low && code <= high)
            {
                return true;
            }
        }

        return false;
    }
}
