using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp.Dns;

/// <summary>Cloud DNS v1.</summary>
internal static class DnsService
{
    public static GcpService Create() => new(
        "dns",
        [
            GcpHandler.Writes("changes.create", DnsRecords.CreateChange),
            GcpHandler.Reads("changes.get", DnsRecords.GetChange),
            GcpHandler.Reads("changes.list", DnsRecords.ListChanges),
            GcpHandler.Reads("managedZoneOperations.get", GetOperation),
            GcpHandler.Reads("managedZoneOperations.list", ListOperations),
            GcpHandler.Writes("managedZones.create", DnsZones.Create),
            GcpHandler.Writes("managedZones.delete", DnsZones.Delete),
            GcpHandler.Reads("managedZones.get", DnsTables.Zone),
            GcpHandler.Reads("managedZones.list", DnsZones.List),
            GcpHandler.Writes("managedZones.patch", DnsZones.Patch),
            GcpHandler.Writes("managedZones.update", DnsZones.Update),
            GcpHandler.Reads("projects.get", GetProject),
            GcpHandler.Writes("resourceRecordSets.create", DnsRecords.Create),
            GcpHandler.Writes("resourceRecordSets.delete", DnsRecords.Delete),
            GcpHandler.Reads("resourceRecordSets.get", DnsRecords.Get),
            GcpHandler.Reads("resourceRecordSets.list", DnsRecords.List),
            GcpHandler.Writes("resourceRecordSets.patch", DnsRecords.Patch),
        ]);

    private static Struct GetOperation(GcpCall call)
    {
        var zone = DnsTables.Zone(call).Required("name");
        var id = call.Input.Required("operation");
        return call.State.Get(DnsTables.Operations(call.Project, zone), id) ?? throw new GcpException(
            404, "notFound", $"The 'parameters.operation' resource named '{id}' does not exist.");
    }

    private static Struct ListOperations(GcpCall call)
    {
        var zone = DnsTables.Zone(call).Required("name");
        var (page, next) = Paging.Take(
            call.State.Rows(DnsTables.Operations(call.Project, zone)).Values, operation => operation.Required("id"),
            (int)(call.Input.Number("maxResults") ?? 0), call.Input.Text("pageToken"));
        return new Struct
        {
            { "kind", "dns#managedZoneOperationsListResponse" },
            { "nextPageToken", next },
            { "operations", page.Count is 0 ? null : new ListValue(page) },
        };
    }

    private static Struct GetProject(GcpCall call) => new()
    {
        { "id", call.Project },
        { "kind", "dns#project" },
        { "number", "100000000001" },
        {
            "quota", new Struct
            {
                { "kind", "dns#quota" },
                { "managedZones", call.Quotas.ManagedZones },
                { "resourceRecordsPerRrset", call.Quotas.RecordsPerSet },
                { "rrsetAdditionsPerChange", call.Quotas.ChangesPerCall },
                { "rrsetDeletionsPerChange", call.Quotas.ChangesPerCall },
                { "rrsetsPerManagedZone", call.Quotas.RecordSetsPerZone },
            }
        },
    };
}
