using Gwctl.Sandbox.State;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp.Dns;

/// <summary>Managed zones.</summary>
internal static class DnsZones
{
    private const long ApexTtl = 21600;

    private static readonly string[] Fixed = ["id", "creationTime", "nameServers", "name", "dnsName", "visibility"];

    public static void Seed(Transaction state, GcpZone zone, DateTimeOffset now)
    {
        if (state.Get(DnsTables.Zones(zone.Project), zone.Name) is null)
        {
            var content = new Struct { { "name", zone.Name }, { "dnsName", zone.DnsName }, { "description", "" } };
            Put(state, zone.Project, content, now);
        }
    }

    public static Struct Create(GcpCall call)
    {
        var body = call.Body;
        foreach (var member in new[] { "name", "dnsName", "description" })
        {
            if (!body.Has(member))
            {
                throw new GcpException(
                    400, "required", $"The 'entity.managedZone.{member}' parameter is required but was missing.");
            }
        }

        var name = body.Required("name");
        if (call.State.Get(DnsTables.Zones(call.Project), name) is not null)
        {
            throw new GcpException(
                409, "alreadyExists", $"The resource 'entity.managedZone' named '{name}' already exists");
        }

        if (!DnsNames.IsValid(body.Required("dnsName")))
        {
            throw new GcpException(
                400, "invalid", $"Invalid value for 'entity.managedZone.dnsName': '{body.Required("dnsName")}'");
        }

        var limit = call.Quotas.ManagedZones;
        if (call.State.Rows(DnsTables.Zones(call.Project)).Count >= limit)
        {
            throw GcpErrors.Quota("MANAGED_ZONES", limit, "globally");
        }

        return Put(call.State, call.Project, body.Without("nameServerSet", "kind"), call.Now);
    }

    public static Struct List(GcpCall call)
    {
        var zones = call.State.Rows(DnsTables.Zones(call.Project)).Values;
        var shown = zones.Where(zone => call.Input.Text("dnsName") is not { } name || zone.Text("dnsName") == name);
        var (page, next) = Paging.Take(
            shown, zone => zone.Required("name"), (int)(call.Input.Number("maxResults") ?? 0),
            call.Input.Text("pageToken"));
        return new Struct
        {
            { "kind", "dns#managedZonesListResponse" },
            { "managedZones", page.Count is 0 ? null : new ListValue(page) },
            { "nextPageToken", next },
        };
    }

    public static Struct Update(GcpCall call)
    {
        var old = DnsTables.Zone(call);
        CheckFixed(old, call.Body);
        var content = call.Body.Without("kind");
        foreach (var member in Fixed.Append("cloudLoggingConfig").Where(member => !content.Has(member)))
        {
            content = old[member] is { } kept ? content.With(member, kept) : content;
        }

        return Change(call, old, content.With("kind", "dns#managedZone"));
    }

    public static Struct Patch(GcpCall call)
    {
        var old = DnsTables.Zone(call);
        CheckFixed(old, call.Body);
        return Change(call, old, MergePatch.Apply(old, call.Body.Without("kind"), call.Nulls));
    }

    public static Struct Delete(GcpCall call)
    {
        var zone = DnsTables.Zone(call);
        var name = zone.Required("name");
        var apex = zone.Required("dnsName");
        var others = DnsTables.RecordsOf(call.State, call.Project, name).Any(record =>
            record.Text("name") != apex || record.Text("type") is not ("NS" or "SOA"));
        if (others)
        {
            throw new GcpException(
                400, "containerNotEmpty",
                $"The resource named '{name}' cannot be deleted because it contains one or more 'resource records'.");
        }

        foreach (var table in new[]
        {
            DnsTables.Records(call.Project, name), DnsTables.Changes(call.Project, name),
            DnsTables.Operations(call.Project, name),
        })
        {
            foreach (var key in call.State.Rows(table).Keys)
            {
                call.State.Delete(table, key);
            }
        }

        call.State.Delete(DnsTables.Zones(call.Project), name);
        return new Struct();
    }

    private static Struct Put(Transaction state, string project, Struct content, DateTimeOffset now)
    {
        var name = content.Required("name");
        var letter = (char)('a' + (Convert.ToInt32(state.NextHex(2), 16) % 5));
        var servers = Enumerable.Range(1, 4).Select(number => $"ns-cloud-{letter}{number}.googledomains.com.").ToList();
        var zone = content
            .With("cloudLoggingConfig", (content.Member("cloudLoggingConfig") ?? new Struct())
                .With("kind", "dns#managedZoneCloudLoggingConfig"))
            .With("creationTime", GcpText.UtcTime(now))
            .With("id", GcpText.NextId(state))
            .With("kind", "dns#managedZone")
            .With("nameServers", servers)
            .With("visibility", content.Text("visibility") ?? "public");
        state.Put(DnsTables.Zones(project), name, zone);
        var apex = content.Required("dnsName");
        PutApex(state, project, name, apex, "NS", servers);
        PutApex(
            state, project, name, apex, "SOA",
            [$"{servers[0]} cloud-dns-hostmaster.google.com. 1 21600 3600 259200 300"]);
        return zone;
    }

    private static void PutApex(
        Transaction state, string project, string zone, string apex, string type, IEnumerable<string> data) =>
        state.Put(DnsTables.Records(project, zone), DnsTables.RecordKey(apex, type), new Struct
        {
            { "kind", "dns#resourceRecordSet" },
            { "name", apex },
            { "rrdatas", data },
            { "ttl", ApexTtl },
            { "type", type },
        });

    private static void CheckFixed(Struct old, Struct body)
    {
        foreach (var member in Fixed)
        {
            if (body[member] is { } wanted && !Value.Same(wanted, old[member]))
            {
                throw new GcpException(
                    400, "invalid", $"The 'entity.managedZone.{member}' parameter cannot be changed.");
            }
        }
    }

    private static Struct Change(GcpCall call, Struct old, Struct content)
    {
        var name = old.Required("name");
        call.State.Put(DnsTables.Zones(call.Project), name, content);
        var operation = new Struct
        {
            { "id", call.State.NextHex(32) },
            { "kind", "dns#operation" },
            { "startTime", GcpText.UtcTime(call.Now) },
            { "status", "done" },
            { "type", "UPDATE" },
            { "user", call.Options.User },
            { "zoneContext", new Struct { { "newValue", content }, { "oldValue", old } } },
        };
        call.State.Put(DnsTables.Operations(call.Project, name), operation.Required("id"), operation);
        return operation;
    }
}
