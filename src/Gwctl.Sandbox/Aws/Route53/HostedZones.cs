using System.Text;
using Gwctl.Sandbox.State;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Route53;

/// <summary>Hosted zones.</summary>
internal static class HostedZones
{
    private const int PageMax = 100;
    private const int TtlOfNs = 172_800;
    private const int TtlOfSoa = 900;

    public static Struct Create(Call call)
    {
        var name = DnsName.Normal(call.Input.Required("Name"));
        if (!DnsName.IsValid(name))
        {
            throw new AwsException("InvalidDomainName", $"{call.Input.Text("Name")} is not a valid domain name.");
        }

        var reference = call.Input.Required("CallerReference");
        var zones = call.State.Rows(RecordState.Zones(call.Account));
        if (zones.Values.Any(zone => zone.Text("CallerReference") == reference))
        {
            throw new AwsException(
                "HostedZoneAlreadyExists",
                $"A hosted zone has already been created with the specified caller reference.");
        }

        if (zones.Count >= call.Quotas.HostedZonesPerAccount)
        {
            throw new AwsException(
                "TooManyHostedZones", "Limits Exceeded: MAX_HOSTED_ZONES_BY_OWNER - Cannot create more.");
        }

        var vpc = call.Input.Member("VPC");
        var config = new Struct
        {
            { "Comment", call.Input.Member("HostedZoneConfig")?.Text("Comment") },
            { "PrivateZone", vpc is not null },
        };
        var zone = Put(call.State, call.Account, name, reference, config, vpc);
        var id = zone.Required("@Id");
        return new Struct
        {
            { "HostedZone", Shown(call.State, zone) },
            { "ChangeInfo", RecordChanges.Note(call, null) },
            { "DelegationSet", vpc is null ? Delegation(id) : null },
            { "VPC", vpc },
            { "Location", $"https://route53.amazonaws.com/2013-04-01/hostedzone/{id}" },
        };
    }

    public static Struct Get(Call call)
    {
        var zone = Existing(call, call.Input.Required("Id"));
        var isPrivate = zone.Member("Config")?.Flag("PrivateZone") is true;
        return new Struct
        {
            { "HostedZone", Shown(call.State, zone) },
            { "DelegationSet", isPrivate ? null : Delegation(zone.Required("@Id")) },
            { "VPCs", zone.Member("@Vpc") is { } vpc ? ListValue.Of(vpc) : null },
        };
    }

    public static Struct Delete(Call call)
    {
        var zone = Existing(call, call.Input.Required("Id"));
        var id = zone.Required("@Id");
        var records = call.State.Rows(RecordState.Records(id));
        if (records.Count > 2)
        {
            throw new AwsException(
                "HostedZoneNotEmpty",
                "The specified hosted zone contains non-required resource record sets and so cannot be deleted.");
        }

        foreach (var key in records.Keys)
        {
            call.State.Delete(RecordState.Records(id), key);
        }

        call.State.Delete(RecordState.Zones(call.Account), id);
        call.State.Delete(RecordState.ZonesNamed(zone.Required("Name")), id);
        if (call.State.Get(RecordState.TagSets(call.Account, "hostedzone"), id) is not null)
        {
            call.State.Delete(RecordState.TagSets(call.Account, "hostedzone"), id);
        }

        return new Struct { { "ChangeInfo", RecordChanges.Note(call, null) } };
    }

    public static Struct UpdateComment(Call call)
    {
        var zone = Existing(call, call.Input.Required("Id"));
        var config = (zone.Member("Config") ?? []).With("Comment", call.Input.Text("Comment") ?? "");
        var after = zone.With("Config", config);
        call.State.Put(RecordState.Zones(call.Account), zone.Required("@Id"), after);
        return new Struct { { "HostedZone", Shown(call.State, after) } };
    }

    public static Struct Count(Call call) => new()
    {
        { "HostedZoneCount", call.State.Rows(RecordState.Zones(call.Account)).Count },
    };

    /// <summary>By id; the marker is the first id of the page.</summary>
    public static Struct List(Call call)
    {
        var size = RecordQueries.PageSize(call, PageMax);
        var marker = call.Input.Text("Marker");
        var wantsPrivate = call.Input.Text("HostedZoneType") is "PrivateHostedZone";
        var rows = call.State.Rows(RecordState.Zones(call.Account))
            .Where(row => marker is null || string.CompareOrdinal(row.Key, marker) >= 0)
            .Where(row => !wantsPrivate || row.Value.Member("Config")?.Flag("PrivateZone") is true)
            .Take(size + 1)
            .ToList();
        return new Struct
        {
            { "HostedZones", rows.Take(size).Select(row => Shown(call.State, row.Value)) },
            { "Marker", marker },
            { "IsTruncated", rows.Count > size },
            { "NextMarker", rows.Count > size ? rows[size].Key : null },
            { "MaxItems", $"{size}" },
        };
    }

    /// <summary>By reversed name, then id.</summary>
    public static Struct ListByName(Call call)
    {
        var size = RecordQueries.PageSize(call, PageMax);
        var name = call.Input.Text("DNSName");
        var id = call.Input.Text("HostedZoneId");
        if (id is not null && name is null)
        {
            throw new AwsException("InvalidInput", "The hosted zone ID can be specified only with a DNS name.");
        }

        var start = name is null ? "" : $"{DnsName.Reversed(DnsName.Normal(name))}\u0001{Bare(id ?? "")}";
        var rows = call.State.Rows(RecordState.Zones(call.Account)).Values
            .Select(zone => (Key: $"{DnsName.Reversed(zone.Required("Name"))}\u0001{zone.Required("@Id")}", Zone: zone))
            .OrderBy(row => row.Key, StringComparer.Ordinal)
            .Where(row => string.CompareOrdinal(row.Key, start) >= 0)
            .Take(size + 1)
            .ToList();
        var next = rows.Count > size ? rows[size].Zone : null;
        return new Struct
        {
            { "HostedZones", rows.Take(size).Select(row => Shown(call.State, row.Zone)) },
            { "DNSName", name },
            { "HostedZoneId", id },
            { "IsTruncated", next is not null },
            { "NextDNSName", next?.Text("Name") },
            { "NextHostedZoneId", next?.Text("@Id") },
            { "MaxItems", $"{size}" },
        };
    }

    /// <summary>A zone that the sandbox starts with; nothing where the account has one of the name.</summary>
    public static void Seed(Transaction state, string account, string name)
    {
        var normal = DnsName.Normal(name);
        if (state.Rows(RecordState.Zones(account)).Values.Any(zone => zone.Text("Name") == normal))
        {
            return;
        }

        var config = new Struct { { "Comment", "Made by the sandbox" }, { "PrivateZone", false } };
        Put(state, account, normal, $"sandbox {normal}", config, null);
    }

    /// <exception cref="AwsException">The account has no such zone.</exception>
    public static Struct Existing(Call call, string id) =>
        call.State.Get(RecordState.Zones(call.Account), Bare(id))
        ?? throw new AwsException("NoSuchHostedZone", $"No hosted zone found with ID: {Bare(id)}");

    /// <summary>Answers carry ids with their path; requests may too.</summary>
    public static string Bare(string id) => id[(id.LastIndexOf('/') + 1)..];

    private static Struct Put(
        Transaction state, string account, string name, string reference, Struct config, Struct? vpc)
    {
        var id = $"Z{state.NextHex(20).ToUpperInvariant()}";
        var zone = new Struct
        {
            { "Id", $"/hostedzone/{id}" },
            { "Name", name },
            { "CallerReference", reference },
            { "Config", config },
            { "@Id", id },
            { "@Vpc", vpc },
        };
        state.Put(RecordState.Zones(account), id, zone);
        state.Put(RecordState.ZonesNamed(name), id, new Struct { { "Account", account } });
        var servers = Delegation(id).Texts("NameServers").ToList();
        PutRecord(state, id, name, "NS", TtlOfNs, servers.Select(server => $"{server}."));
        var soa = $"{servers[0]}. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400";
        PutRecord(state, id, name, "SOA", TtlOfSoa, [soa]);
        return zone;
    }

    private static void PutRecord(
        Transaction state, string zoneId, string name, string type, int ttl, IEnumerable<string> values)
    {
        var record = new Struct
        {
            { "Name", name },
            { "Type", type },
            { "TTL", ttl },
            { "ResourceRecords", values.Select(value => new Struct { { "Value", value } }) },
        };
        state.Put(RecordState.Records(zoneId), RecordState.SortKey(record), record);
    }

    private static Struct Shown(Transaction state, Struct zone) => zone.Without("@Id", "@Vpc")
        .With("ResourceRecordSetCount", state.Rows(RecordState.Records(zone.Required("@Id"))).Count);

    private static Struct Delegation(string zoneId)
    {
        var seed = Encoding.ASCII.GetBytes(zoneId).Aggregate(0, (sum, next) => (sum * 31 + next) % 512);
        return new Struct
        {
            {
                "NameServers", new[]
                {
                    $"ns-{seed}.awsdns-{seed % 64:D2}.com", $"ns-{512 + seed}.awsdns-{seed % 64:D2}.net",
                    $"ns-{1024 + seed}.awsdns-{seed % 64:D2}.org", $"ns-{1536 + seed}.awsdns-{seed % 64:D2}.co.uk",
                }
            },
        };
    }
}
