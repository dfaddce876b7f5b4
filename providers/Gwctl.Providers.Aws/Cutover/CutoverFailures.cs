using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Providers.Aws.Api;

namespace Gwctl.Providers.Aws.Cutover;

/// <summary>Why a cutover's records cannot be read or written though AWS would take the calls.</summary>
internal static class CutoverFailures
{
    public static ProviderException Stale(string hostname, AwsApiException exception) =>
        new(new Diagnostic("GW8150", Severity.Error, "Records are not as they were read")
        {
            Detail = $"Somebody changed the records of {hostname} in between, and nothing was written. Route 53: "
                + string.Join(" ", exception.Messages.Count > 0 ? exception.Messages : [exception.ServiceMessage]),
            Help = "Run again: another runner of the cutover may have taken the step.",
        },
        ProviderFailure.Stale,
        exception);

    public static ProviderException NoZone(string hostname) =>
        new(new Diagnostic("GW8151", Severity.Error, "No zone holds the hostname")
        {
            Detail = $"Neither the Cutover nor the ProviderConfig names a DNS zone that holds {hostname}.",
            Help = "Give spec.zone in the Cutover, or spec.dns.zones in the ProviderConfig.",
        });

    public static ProviderException ZoneMissing(string hostname, string name) =>
        new(new Diagnostic("GW8152", Severity.Error, "DNS zone does not exist")
        {
            Detail = $"The account has no hosted zone {name}, which {hostname} is to be changed in.",
            Help = "Correct the zone's name, or use the credentials of the account that has it.",
        });

    public static ProviderException ZoneAmbiguous(string name, IEnumerable<string> ids) =>
        new(new Diagnostic("GW8153", Severity.Error, "Several DNS zones have the name")
        {
            Detail = $"Hosted zones {string.Join(", ", ids)} all have the name {name}.",
            Help = "Give the zone's id.",
        });

    public static ProviderException NoMetrics(string balancer, string query, string status) =>
        new(new Diagnostic("GW8154", Severity.Error, "Metrics cannot be read")
        {
            Detail = $"CloudWatch answered the query '{query}' for {balancer} with {status}.",
            Help = "Run again later; where it stays, check the permission cloudwatch:GetMetricData.",
        });
}
