using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Providers.Gcp.Api;

namespace Gwctl.Providers.Gcp.Cutover;

/// <summary>Why a cutover's records cannot be read or written though Google Cloud would take the calls.</summary>
internal static class CutoverFailures
{
    public static ProviderException Stale(string hostname, GcpApiException? exception) =>
        new(new Diagnostic("GW8160", Severity.Error, "Record sets are not as they were read")
        {
            Detail = $"Somebody changed the record sets of {hostname} in between, and nothing was written."
                + (exception is null ? "" : $" Cloud DNS: {exception.ServiceMessage}"),
            Help = "Run again: another runner of the cutover may have taken the step.",
        },
        ProviderFailure.Stale,
        exception);

    public static ProviderException NoZone(string hostname) =>
        new(new Diagnostic("GW8161", Severity.Error, "No managed zone holds the hostname")
        {
            Detail = $"Neither the Cutover nor the ProviderConfig names a DNS zone that holds {hostname}.",
            Help = "Give spec.zone in the Cutover, or spec.dns.zones in the ProviderConfig.",
        });

    public static ProviderException ZoneMissing(string hostname, string name) =>
        new(new Diagnostic("GW8162", Severity.Error, "Managed zone does not exist")
        {
            Detail = $"The project has no managed zone for {name}, which {hostname} is to be changed in.",
            Help = "Correct the zone's DNS name, or use the project that has it.",
        });

    public static ProviderException ZoneAmbiguous(string name, IEnumerable<string> ids) =>
        new(new Diagnostic("GW8163", Severity.Error, "Several managed zones are for the name")
        {
            Detail = $"Managed zones {string.Join(", ", ids)} are all for {name}.",
            Help = "Give the managed zone's name as the zone's id.",
        });

    public static ProviderException NoMetrics(string balancer) =>
        new(new Diagnostic("GW8164", Severity.Error, "Metrics of Google Cloud are not read")
        {
            Detail = $"How the requests to {balancer} fared is in Cloud Monitoring, which gwctl does not read.",
            Help = "Give the gate a prometheus source.",
        });
}
