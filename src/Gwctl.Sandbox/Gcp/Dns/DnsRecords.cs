using System.Globalization;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp.Dns;

/// <summary>Record sets and changes. A change is applied whole or not at all, and a deletion must name exactly what is
/// there: that is what makes it a compare-and-swap.</summary>
internal static class DnsRecords
{
    public static Struct List(GcpCall call)
    {
        var zone = DnsTables.Zone(call).Required("name");
        var (name, type) = (call.Input.Text("name"), call.Input.Text("type"));
        if (type is not null && name is null)
        {
            throw new GcpException(
                400, "invalid", "The 'parameters.type' parameter can only be used with 'parameters.name'.");
        }

        var rows = DnsTables.RecordsOf(call.State, call.Project, zone).Where(record =>
            (name is null || record.Text("name") == name) && (type is null || record.Text("type") == type));
        var (page, next) = Paging.Take(
            rows, record => DnsTables.RecordKey(record.Required("name"), record.Required("type")),
            (int)(call.Input.Number("maxResults") ?? 0), call.Input.Text("pageToken"));
        return new Struct
        {
            { "kind", "dns#resourceRecordSetsListResponse" },
            { "nextPageToken", next },
            { "rrsets", page.Count is 0 ? null : new ListValue(page) },
        };
    }

    public static Struct Get(GcpCall call)
    {
        var zone = DnsTables.Zone(call).Required("name");
        var (name, type) = (call.Input.Required("name"), call.Input.Required("type"));
        return call.State.Get(DnsTables.Records(call.Project, zone), DnsTables.RecordKey(name, type))
            ?? throw new GcpException(
                404, "notFound", $"The 'parameters.name' resource named '{name} ({type})' does not exist.");
    }

    public static Struct Create(GcpCall call)
    {
        Apply(call, DnsTables.Zone(call), [call.Body], [], "entity.rrset");
        return Get(call, call.Body);
    }

    public static Struct Patch(GcpCall call)
    {
        var old = Get(call);
        var changed = MergePatch.Apply(old, call.Body, call.Nulls);
        if (call.Body.Has("routingPolicy"))
        {
            changed = changed.Without("rrdatas");
        }
        else if (call.Body.Has("rrdatas"))
        {
            changed = changed.Without("routingPolicy");
        }

        Apply(call, DnsTables.Zone(call), [changed], [old], "entity.rrset");
        return Get(call, changed);
    }

    public static Struct Delete(GcpCall call)
    {
        Apply(call, DnsTables.Zone(call), [], [Get(call)], "entity.rrset");
        return new Struct();
    }

    public static Struct CreateChange(GcpCall call)
    {
        var zone = DnsTables.Zone(call);
        var additions = call.Body.Structs("additions").ToList();
        var deletions = call.Body.Structs("deletions").ToList();
        if (additions.Count + deletions.Count is 0)
        {
            throw new GcpException(400, "required", "The 'entity.change' parameter is required but was missing.");
        }

        if (Math.Max(additions.Count, deletions.Count) > call.Quotas.ChangesPerCall)
        {
            throw GcpErrors.Quota("RRSETS_PER_CHANGE", call.Quotas.ChangesPerCall, "");
        }

        Apply(call, zone, additions, deletions, "entity.change");
        var table = DnsTables.Changes(call.Project, zone.Required("name"));
        var change = call.Body.Without("kind", "isServing")
            .With("id", (call.State.Rows(table).Count + 1).ToString(CultureInfo.InvariantCulture))
            .With("kind", "dns#change")
            .With("startTime", GcpText.UtcTime(call.Now))
            .With("@end", call.Now + call.Options.Delays.DnsChange);
        call.State.Put(table, ChangeKey(change), change);
        return Show(call, change);
    }

    public static Struct GetChange(GcpCall call)
    {
        var zone = DnsTables.Zone(call).Required("name");
        var id = call.Input.Required("changeId");
        return call.State.Get(DnsTables.Changes(call.Project, zone), id.PadLeft(8, '0')) is { } change
            ? Show(call, change)
            : throw new GcpException(
                404, "notFound", $"The 'parameters.changeId' resource named '{id}' does not exist.");
    }

    public static Struct ListChanges(GcpCall call)
    {
        var zone = DnsTables.Zone(call).Required("name");
        var rows = call.State.Rows(DnsTables.Changes(call.Project, zone)).Values;
        var ordered = call.Input.Text("sortOrder") is "descending" ? rows.Reverse() : rows;
        var (page, next) = Paging.Take(
            ordered, ChangeKey, (int)(call.Input.Number("maxResults") ?? 0), call.Input.Text("pageToken"), false);
        return new Struct
        {
            { "changes", page.Count is 0 ? null : new ListValue(page.Select(change => Show(call, change))) },
            { "kind", "dns#changesListResponse" },
            { "nextPageToken", next },
        };
    }

    private static Struct Get(GcpCall call, Struct record)
    {
        var table = DnsTables.Records(call.Project, DnsTables.Zone(call).Required("name"));
        var key = DnsTables.RecordKey(record.Required("name").ToLowerInvariant(), record.Required("type"));
        return call.State.Get(table, key) ?? throw new InvalidOperationException($"The record {key} was not kept.");
    }

    private static void Apply(
        GcpCall call, Struct zone, List<Struct> additions, List<Struct> deletions, string field)
    {
        var table = DnsTables.Records(call.Project, zone.Required("name"));
        var added = additions
            .Select((record, index) => RecordForms.Complete(call, zone, record, $"{field}.additions[{index}]"))
            .ToList();
        for (var index = 0; index < deletions.Count; index++)
        {
            Remove(call, zone, table, deletions[index], $"{field}.deletions[{index}]");
        }

        for (var index = 0; index < added.Count; index++)
        {
            Add(call, table, added[index], $"{field}.additions[{index}]");
        }

        CheckApex(call, zone, table);
        if (call.State.Rows(table).Count > call.Quotas.RecordSetsPerZone)
        {
            throw GcpErrors.Quota("RRSETS_PER_MANAGED_ZONE", call.Quotas.RecordSetsPerZone, "");
        }
    }

    private static void Remove(GcpCall call, Struct zone, string table, Struct record, string field)
    {
        var wanted = RecordForms.Complete(call, zone, record, field);
        var (name, type) = (wanted.Required("name"), wanted.Required("type"));
        var key = DnsTables.RecordKey(name, type);
        if (call.State.Get(table, key) is not { } kept)
        {
            throw new GcpException(
                404, "notFound", $"The '{field}' resource named '{name} ({type})' does not exist.");
        }

        if (!RecordForms.Same(kept, wanted))
        {
            throw new GcpException(412, "conditionNotMet", $"Precondition not met for '{field}'");
        }

        call.State.Delete(table, key);
    }

    private static void Add(GcpCall call, string table, Struct record, string field)
    {
        var (name, type) = (record.Required("name"), record.Required("type"));
        if (call.State.Get(table, DnsTables.RecordKey(name, type)) is not null)
        {
            throw new GcpException(
                409, "alreadyExists", $"The resource '{field}' named '{name} ({type})' already exists");
        }

        var others = call.State.Rows(table).Values.Where(other => other.Text("name") == name).ToList();
        if ((type is "CNAME" && others.Count > 0) || others.Exists(other => other.Text("type") is "CNAME"))
        {
            throw new GcpException(
                400, "cnameResourceRecordSetConflict",
                $"The resource record set '{field}' is invalid because a resource record set with the name '{name}' "
                + "and another type exists beside a CNAME.");
        }

        call.State.Put(table, DnsTables.RecordKey(name, type), record);
    }

    /// <summary>A zone keeps its NS and SOA records.</summary>
    private static void CheckApex(GcpCall call, Struct zone, string table)
    {
        foreach (var type in new[] { "NS", "SOA" })
        {
            if (call.State.Get(table, DnsTables.RecordKey(zone.Required("dnsName"), type)) is null)
            {
                throw new GcpException(
                    400, "invalidZoneApex", $"The zone must contain exactly one resource record set of type {type} "
                    + "at its apex.");
            }
        }
    }

    private static string ChangeKey(Struct change) => change.Required("id").PadLeft(8, '0');

    private static Struct Show(GcpCall call, Struct change) =>
        change.With("status", call.Now < change.Time("@end") ? "pending" : "done");
}
