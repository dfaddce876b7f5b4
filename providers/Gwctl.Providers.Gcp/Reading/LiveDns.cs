using System.Text.Json.Nodes;
using Gwctl.Core;
using Gwctl.Engine.Marks;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Gcp.Api;

namespace Gwctl.Providers.Gcp.Reading;

/// <summary>Live DNS records. Pure. The TXT record decides: what it owns is ours, record set or not; a record set
/// without ours beside it belongs to somebody else.</summary>
internal sealed class LiveDns(GcpLiveBuilder live, DnsSnapshot dns, Answers answers)
{
    private static readonly EquatableList<string> AddressTypes = ["A", "AAAA", "CNAME"];

    public void AddAll()
    {
        var wanted = new Dictionary<RecordName, ResourceNode>();
        foreach (var node in live.Wanted.OfKind(Kinds.DnsRecord))
        {
            if (node.Attributes["zone"] is { } zone && answers.Text(zone) is { } name)
            {
                wanted.TryAdd(
                    new RecordName(
                        name, DnsForm.Hostname(node.Attributes.TextOf("name")), node.Attributes.TextOf("type")),
                    node);
            }
        }

        foreach (var (zone, records) in dns.Records.OrderBy(found => found.Key, StringComparer.Ordinal))
        {
            AddZone(zone, records, wanted);
        }
    }

    private void AddZone(
        string zone, IReadOnlyList<JsonObject> records, Dictionary<RecordName, ResourceNode> wanted)
    {
        var byName = records.Where(record => AddressTypes.Contains(TypeOf(record)))
            .ToLookup(record => HostnameOf(record), StringComparer.Ordinal);
        var owners = records.Where(record => DnsForm.OwnerOf(record) is not null).ToList();
        var owned = new HashSet<RecordName>();
        foreach (var text in owners.Where(IsOurs))
        {
            if (DnsOwnership.TryParseName(HostnameOf(text), out var type, out var hostname)
                && owned.Add(new RecordName(zone, hostname, type)))
            {
                AddOurs(new RecordName(zone, hostname, type), byName[hostname], text, wanted);
            }
        }

        foreach (var (name, node) in wanted.Where(found => found.Key.Zone == zone && !owned.Contains(found.Key)))
        {
            var owner = owners.Find(text => Owns(text, name));
            var inTheWay = byName[name.Hostname].Where(record => IsInTheWay(record, name, owned)).ToList();
            if (inTheWay.Count > 0 || owner is not null)
            {
                AddForeign(node, name, inTheWay, owner);
            }
        }
    }

    /// <summary>A cutover's records bear our owner id, but belong to the cutover until it is finished.</summary>
    private bool IsOurs(JsonObject text) => DnsForm.OwnerOf(text) is { } owner
        && owner.Owner == live.Scope.Owner
        && !owner.Resource.StartsWith("cutover/", StringComparison.Ordinal);

    /// <summary>The same type, or an alias, which suffers nothing beside it.</summary>
    private static bool IsInTheWay(JsonObject record, RecordName name, HashSet<RecordName> owned)
    {
        var type = TypeOf(record);
        return (type == name.Type || type is "CNAME") && !owned.Contains(name with { Type = type });
    }

    /// <summary>Old registries of external-dns write the text at the name itself.</summary>
    private static bool Owns(JsonObject text, RecordName name) => HostnameOf(text) == name.Hostname
        || (DnsOwnership.TryParseName(HostnameOf(text), out var type, out var owned)
            && owned == name.Hostname && (type == name.Type || type is "CNAME"));

    private void AddOurs(
        RecordName name,
        IEnumerable<JsonObject> records,
        JsonObject text,
        Dictionary<RecordName, ResourceNode> wanted)
    {
        if ((wanted.GetValueOrDefault(name)?.Address ?? AddressOf(name, text)) is not { } address)
        {
            live.Note(UnreadableOwner(name, text));
            return;
        }

        var record = records.FirstOrDefault(found => TypeOf(found) == name.Type);
        var shape = DnsForm.Shape(name.Zone, name.Hostname, name.Type, record, text);
        live.Add(Resource(address, name, shape, Ownership.Ours) with
        {
            Attributes = Fitting.Fit(shape, live.Wanted[address]?.Attributes),
        });
    }

    private void AddForeign(ResourceNode node, RecordName name, List<JsonObject> records, JsonObject? owner)
    {
        var record = records.Find(found => TypeOf(found) == name.Type) ?? records.FirstOrDefault();
        var shape = DnsForm.Shape(name.Zone, name.Hostname, name.Type, record, text: null);
        live.Add(Resource(node.Address, name, shape, Ownership.Foreign) with
        {
            OwnerText = owner is not null && DnsForm.OwnerOf(owner) is { } mark
                ? $"external-dns registry, owner {mark.Owner}{(mark.Resource is "" ? "" : $", {mark.Resource}")}"
                : "",
        });
    }

    private static LiveResource Resource(
        ResourceAddress address, RecordName name, AttributeMap shape, Ownership ownership) => new()
        {
            Address = address,
            Id = $"{name.Zone}/{name.Hostname}/{name.Type}",
            Ownership = ownership,
            Attributes = shape,
            Outputs = AttributeMap.Empty,
            Fingerprint = Fingerprints.Of(shape),
        };

    /// <summary>From the text's <c>gateway/namespace/name</c>.</summary>
    private ResourceAddress? AddressOf(RecordName name, JsonObject text) =>
        DnsForm.OwnerOf(text)?.Resource.Split('/') is [_, var space, var gateway]
            ? new ResourceAddress(
                live.Scope.Name, Kinds.DnsRecord, new ObjectName(space, gateway), $"{name.Hostname}/{name.Type}")
            : null;

    private static string TypeOf(JsonObject record) => record.TextOrNull("type") ?? "";

    private static string HostnameOf(JsonObject record) => DnsForm.Hostname(record.TextOrNull("name") ?? "");

    private static Diagnostic UnreadableOwner(RecordName name, JsonObject text) =>
        new("GW4262", Severity.Warning, "A DNS ownership record does not say for which Gateway it is")
        {
            Detail = $"{HostnameOf(text)} says that gwctl owns {name.Hostname}, and names no Gateway; it is passed "
                + "over.",
            Help = "Delete the TXT record and the records it owns, if nobody needs them.",
        };

    /// <param name="Hostname">In lower case, without the last dot.</param>
    private sealed record RecordName(string Zone, string Hostname, string Type);
}
