using Gwctl.Sandbox.DataPlane.Forwarding;
using Gwctl.Sandbox.Gcp.UrlMaps;

namespace Gwctl.Sandbox.DataPlane.Proxies;

/// <summary>Which outcomes a retry policy tries anew.</summary>
internal static class Retries
{
    public static bool Wants(RetryPolicy policy, DeliveryOutcome outcome) => policy.Conditions.Any(condition =>
        condition switch
        {
            "5xx" => outcome.Status >= 500,
            "gateway-error" => outcome.Status is 502 or 503 or 504,
            "retriable-4xx" => outcome is { Answered: true, Status: 409 },
            "connect-failure" or "reset" or "refused-stream" => outcome is { Answered: false, Status: not 504 },
            _ => false,
        });
}
