using static Gwctl.Sandbox.Aws.OperationHandler;

namespace Gwctl.Sandbox.Aws.Route53;

/// <summary>Route 53, API version 2013-04-01. A global service: its state is by account only.</summary>
internal static class Route53Service
{
    public static AwsService Create() => new("route53",
    [
        Writes("CreateHostedZone", HostedZones.Create),
        Reads("GetHostedZone", HostedZones.Get),
        Reads("GetHostedZoneCount", HostedZones.Count),
        Reads("ListHostedZones", HostedZones.List),
        Reads("ListHostedZonesByName", HostedZones.ListByName),
        Writes("UpdateHostedZoneComment", HostedZones.UpdateComment),
        Writes("DeleteHostedZone", HostedZones.Delete),
        Writes("ChangeResourceRecordSets", RecordChanges.Run),
        Reads("ListResourceRecordSets", RecordQueries.List),
        Reads("GetChange", RecordQueries.GetChange),
        Writes("ChangeTagsForResource", ZoneTags.Change),
        Reads("ListTagsForResource", ZoneTags.List),
        Reads("ListTagsForResources", ZoneTags.ListMany),
        Writes("CreateHealthCheck", HealthChecks.Create),
        Reads("GetHealthCheck", HealthChecks.Get),
        Reads("GetHealthCheckStatus", HealthChecks.Status),
        Reads("ListHealthChecks", HealthChecks.List),
        Writes("UpdateHealthCheck", HealthChecks.Update),
        Writes("DeleteHealthCheck", HealthChecks.Delete),
    ]);
}
