using Gwctl.Compiler.Routing;
using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>Health checks of a Network Load Balancer's groups: by a TCP connection, unless the policy asks for
/// HTTP.</summary>
internal static partial class HealthCheckProjection
{
    private const int NetworkCodesMin = 200;
    private const int NetworkCodesMax = 599;

    public static readonly AttributeValue.Map NetworkDefault =
        Map("TCP", null, "traffic-port", IntervalSecondsDefault, TimeoutSecondsDefault, ThresholdDefault,
            ThresholdDefault, null);

    /// <summary>A wrong value is reported, and the default stands in for it.</summary>
    public static AttributeValue.Map OfNetwork(RoutingBackend backend, Action<Diagnostic> report)
    {
        if (backend.Service.Policy is not { HealthCheck: { } check } policy)
        {
            return NetworkDefault;
        }

        var protocol = check.Protocol?.Value ?? (check.Path is null ? "TCP" : "HTTP");
        switch (protocol)
        {
            case "TCP":
                return Timed(policy, check, "TCP", null, null, report);
            case "HTTP" or "HTTPS":
                return Timed(
                    policy, check, protocol,
                    CheckPath(policy, check, "/", report),
                    CheckCodes(policy, check, "200-399", NetworkCodesMin, NetworkCodesMax, report),
                    report);
            default:
                report(BackendDiagnostics.HealthCheck(
                    policy, check.Protocol?.Span ?? check.Span, $"is by {protocol}, which an NLB does not make",
                    "Use TCP, HTTP or HTTPS."));
                return Timed(policy, check, "TCP", null, null, report);
        }
    }
}
