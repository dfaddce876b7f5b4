using Gwctl.Core;
using Gwctl.Engine.Marks;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Api.Route53;

namespace Gwctl.Providers.Aws.Reading;

/// <summary>Live DNS records. Pure. The TXT record decides: what it owns is ours, address records or not; address
/// records without ours beside them belong to somebody else.</summary>
internal sealed class LiveDns(LiveBuilder live, DnsSnapshot dns, Answers answers)
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
        foreach (var text in owners.Where(text => DnsShape.OwnerOf(text)?.Owner == live.Scope.Owner))
        {
            if (DnsOwnership.TryParseName(DnsShape.Name(text.Name), out _, out var hostname) && owned.Add(hostname))
            {
                AddOurs(zone, hostname, text, byName[hostname], wanted.GetValueOrDefault((zone, hostname)));
            }
        }

        foreach (var ((_, hostname), node) in wanted.Where(
            found => found.Key.Zone == zone && !owned.Contains(found.Key.Name)))
        {
            var owner = owners.FirstOrDefault(text => OwnsHostname(text, hostname));
            if (byName[hostname].Any() || owner is not null)
            {
                AddForeign(node.Address, zone, hostname, byName[hostname], owner);
            }
        }
    }

    private static bool OwnsHostname(ResourceRecordSet text, string hostname) =>
        DnsOwnership.TryParseName(DnsShape.Name(text.Name), out _, out var owned) && owned == hostname;

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
            Id = $"{zone}/{hostname}",
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
            shape = shape[field] is null ? shape.Put(field, DnsShape.From(record)) : shape;
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
