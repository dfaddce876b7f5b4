using Gwctl.Core;
using Gwctl.Engine.Marks;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Api.Route53;

namespace Gwctl.Providers.Aws.Reading;

/// <summary>Live DNS records. Pure. The TXT record decides: what it owns is ours, address records or not; address
/// records without ours beside them belong to somebody else.</summary>
internal sealed class LiveDns(AwsLiveBuilder live, DnsSnapshot dns, Answers answers)
{
    private static readonly EquatableList<string> AddressTypes = [RRType.A, RRType.AAAA, RRType.CNAME];

    public void AddAll()
    {
        var wanted = new Dictionary<(string Zone, string Name), ResourceNode>();
        foreach (var node in live.Wanted.OfKind(Kinds.DnsRecord))
        {
            if (node.Attributes["zone"] is { } zone && answers.Text(zone) is { } id)
            {
                wanted.TryAdd((id, DnsShape.Name(node.Attributes.TextOf("name"))), node);
            }
        }

        foreach (var (zone, records) in dns.Records.OrderBy(found => found.Key, StringComparer.Ordinal))
        {
            AddZone(zone, records, wanted);
        }
    }

    private void AddZone(
        string zone,
        IReadOnlyList<ResourceRecordSet> records,
        Dictionary<(string Zone, string Name), ResourceNode> wanted)
    {
        var byName = records.Where(record => AddressTypes.Contains(record.Type))
            .ToLookup(record => DnsShape.Name(record.Name));
        var owners = records.Where(record => DnsShape.OwnerOf(record) is not null).ToList();
        var owned = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in owners.Where(IsOurs))
        {
            if (DnsOwnership.TryParseName(DnsShape.Name(text.Name), out _, out var hostname) && owned.Add(hostname))
            {
                var own = byName[hostname].Where(
                    record => text.SetIdentifier is null || record.SetIdentifier == text.SetIdentifier);
                AddOurs(zone, hostname, text, own, wanted.GetValueOrDefault((zone, hostname)));
            }
        }

        foreach (var ((_, hostname), node) in wanted.Where(
            found => found.Key.Zone == zone && !owned.Contains(found.Key.Name)))
        {
            var set = node.Attributes.TextOrNull("setIdentifier");
            var owner = owners.FirstOrDefault(text => OwnsHostname(text, hostname) && InTheWay(text, set));
            var there = byName[hostname].Where(record => InTheWay(record, set)).ToList();
            if (there.Count > 0 || owner is not null)
            {
                AddForeign(node.Address, zone, hostname, there, owner);
            }
        }
    }

    /// <summary>A cutover's records bear our owner id, but belong to the cutover until it is finished.</summary>
    private bool IsOurs(ResourceRecordSet text) => DnsShape.OwnerOf(text) is { } owner
        && owner.Owner == live.Scope.Owner
        && !owner.Resource.StartsWith("cutover/", StringComparison.Ordinal);

    /// <summary>Weighted records of a name stand beside each other; every other record is in the way of all.</summary>
    /// <param name="set">The wanted record's set identifier; null where it is a simple one.</param>
    private static bool InTheWay(ResourceRecordSet record, string? set) =>
        set is null || record.Weight is null || record.SetIdentifier == set;

    /// <summary>Old registries of external-dns write the text at the name itself.</summary>
    private static bool OwnsHostname(ResourceRecordSet text, string hostname) =>
        DnsShape.SameName(text.Name, hostname)
        || (DnsOwnership.TryParseName(DnsShape.Name(text.Name), out _, out var owned) && owned == hostname);

    private void AddOurs(
        string zone,
        string hostname,
        ResourceRecordSet text,
        IEnumerable<ResourceRecordSet> addresses,
        ResourceNode? node)
    {
        if ((node?.Address ?? AddressOf(hostname, text)) is not { } address)
        {
            live.Note(UnreadableOwner(hostname, text));
            return;
        }

        var attributes = Shape(zone, hostname, addresses).Put("ownership", DnsShape.Ownership(text));
        live.Add(new LiveResource
        {
            Address = address,
            Id = text.SetIdentifier is { } set ? $"{zone}/{hostname}/{set}" : $"{zone}/{hostname}",
            Ownership = Ownership.Ours,
            Attributes = attributes,
            Outputs = AttributeMap.Empty,
            Fingerprint = Fingerprints.Of(Kinds.DnsRecord, attributes),
        });
    }

    private void AddForeign(
        ResourceAddress address,
        string zone,
        string hostname,
        IEnumerable<ResourceRecordSet> addresses,
        ResourceRecordSet? owner)
    {
        var attributes = Shape(zone, hostname, addresses);
        live.Add(new LiveResource
        {
            Address = address,
            Id = $"{zone}/{hostname}",
            Ownership = Ownership.Foreign,
            Attributes = attributes,
            Outputs = AttributeMap.Empty,
            Fingerprint = Fingerprints.Of(Kinds.DnsRecord, attributes),
            OwnerText = owner is not null && DnsShape.OwnerOf(owner) is { } mark
                ? $"external-dns registry, owner {mark.Owner}{(mark.Resource is "" ? "" : $", {mark.Resource}")}"
                : "",
        });
    }

    public static AttributeMap Shape(string zone, string hostname, IEnumerable<ResourceRecordSet> addresses)
    {
        var shape = AttributeMap.Empty.Put("zone", zone).Put("name", hostname);
        foreach (var record in addresses)
        {
            var field = record.Type.ToLowerInvariant();
            shape = shape[field] is null
                ? shape.Put(field, DnsShape.From(record)).Put("setIdentifier", record.SetIdentifier)
                    .Put("weight", record.Weight)
                : shape;
        }

        return shape;
    }

    /// <summary>From the text's <c>gateway/namespace/name</c>.</summary>
    private ResourceAddress? AddressOf(string hostname, ResourceRecordSet text) =>
        DnsShape.OwnerOf(text)?.Resource.Split('/') is [_, var space, var name]
            ? new ResourceAddress(live.Scope.Name, Kinds.DnsRecord, new ObjectName(space, name), hostname)
            : null;

    private static Diagnostic UnreadableOwner(string hostname, ResourceRecordSet text) =>
        new("GW4162", Severity.Warning, "A DNS ownership record does not say for which Gateway it is")
        {
            Detail =
                $"{DnsShape.Name(text.Name)} says that gwctl owns {hostname}, and names no Gateway; it is passed over.",
            Help = "Delete the TXT record and the records it owns, if nobody needs them.",
        };
}
