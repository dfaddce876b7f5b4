using System.Text.Json.Nodes;
using Gwctl.Core;
using Gwctl.Engine.Marks;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Gcp.Api;

namespace Gwctl.Providers.Gcp.Reading;

/// <summary>Live DNS records. Pure. The TXT record decides: what it owns is ours, record set or not; a record set
/// without ours beside it belongs to somebody else. Of a weighted set each item has an owner.</summary>
internal sealed class LiveDns(GcpLiveBuilder live, DnsSnapshot dns, Answers answers)
{
    private static readonly EquatableList<string> AddressTypes = ["A", "AAAA", "CNAME"];

    public void AddAll()
    {
        var wanted = live.Wanted.OfKind(Kinds.DnsRecord)
            .Select(node => (Zone: node.Attributes["zone"] is { } zone ? answers.Text(zone) : null, Node: node))
            .Where(found => found.Zone is not null)
            .ToLookup(found => found.Zone, found => found.Node, StringComparer.Ordinal);
        foreach (var (zone, records) in dns.Records.OrderBy(found => found.Key, StringComparer.Ordinal))
        {
            new ZoneDns(live, zone, records).AddAll([.. wanted[zone]]);
        }
    }

    /// <summary>The id of a Gateway's record, or of its item of a weighted one: no other owner's has it.</summary>
    public static string IdOf(AttributeMap shape, string owner, ObjectName gateway) => IdOf(
        shape.TextOf("zone"), shape.TextOf("name"), shape.TextOf("type"),
        shape["item"] is null ? null : $"{owner}/{gateway}");

    /// <summary>For people: whose the record set is; empty where no text says so.</summary>
    public static string TextOf(IEnumerable<RecordOwner> owners)
    {
        var texts = owners.Select(owner => owner.Owner)
            .Select(owner => $"owner {owner.Owner}{(owner.Resource is "" ? "" : $", {owner.Resource}")}")
            .Distinct(StringComparer.Ordinal).ToList();
        return texts.Count is 0 ? "" : $"external-dns registry, {string.Join("; ", texts)}";
    }

    private static string IdOf(string zone, string name, string type, string? member) =>
        $"{zone}/{DnsForm.Hostname(name)}/{type}{(member is null ? "" : $"/{member}")}";

    private static string TypeOf(JsonObject record) => record.TextOrNull("type") ?? "";

    private static string HostnameOf(JsonObject record) => DnsForm.Hostname(record.TextOrNull("name") ?? "");

    /// <param name="Hostname">In lower case, without the last dot.</param>
    private sealed record RecordName(string Hostname, string Type)
    {
        public static RecordName Of(ResourceNode node) =>
            new(DnsForm.Hostname(node.Attributes.TextOf("name")), node.Attributes.TextOf("type"));
    }

    /// <summary>One zone's.</summary>
    private sealed class ZoneDns(GcpLiveBuilder live, string zone, IReadOnlyList<JsonObject> records)
    {
        private readonly ILookup<string, JsonObject> _addresses = records
            .Where(record => AddressTypes.Contains(TypeOf(record))).ToLookup(HostnameOf, StringComparer.Ordinal);

        private readonly List<JsonObject> _texts = [.. records.Where(record => DnsForm.OwnerOf(record) is not null)];

        private readonly HashSet<ResourceAddress> _found = [];

        public void AddAll(List<ResourceNode> wanted)
        {
            var sets = new Dictionary<RecordName, OwnedSet>();
            foreach (var text in _texts)
            {
                if (DnsOwnership.TryParseName(HostnameOf(text), out var type, out var hostname))
                {
                    sets.TryAdd(new RecordName(hostname, type), SetOf(hostname, type, text));
                }
            }

            var byName = wanted.ToLookup(RecordName.Of);
            foreach (var (name, set) in sets)
            {
                AddOurs(set, [.. byName[name]]);
            }

            var owned = sets.Where(set => set.Value.Owners.Any(IsOurs)).Select(set => set.Key).ToHashSet();
            foreach (var node in wanted.Where(node => !_found.Contains(node.Address)))
            {
                var name = RecordName.Of(node);
                AddForeign(node, sets.GetValueOrDefault(name) ?? SetOf(name.Hostname, name.Type, null), owned);
            }

            foreach (var nodes in byName)
            {
                NoteWeights(sets.GetValueOrDefault(nodes.Key), nodes.Where(IsMember).ToList());
            }
        }

        private OwnedSet SetOf(string hostname, string type, JsonObject? text) => new(
            zone, hostname, type, _addresses[hostname].FirstOrDefault(record => TypeOf(record) == type), text);

        private bool IsOurs(RecordOwner owner) =>
            owner.Owner.Owner == live.Scope.Owner && !OwnedSet.IsCutover(owner);

        private static bool IsMember(ResourceNode node) => node.Attributes["item"] is not null;

        private static bool IsOf(ResourceNode node, RecordOwner owner) =>
            OwnedSet.ResourceOf(node.Address.Gateway) == owner.Owner.Resource;

        private void AddOurs(OwnedSet set, List<ResourceNode> wanted)
        {
            foreach (var owner in set.Owners.Where(IsOurs).OrderBy(owner => !wanted.Exists(node => IsOf(node, owner))))
            {
                // Another Gateway of ours may take over the name, but only where it wants all of it.
                var node = wanted.Find(node => IsOf(node, owner))
                    ?? wanted.Find(node => !_found.Contains(node.Address) && !IsMember(node));
                if (node is not null && _found.Contains(node.Address))
                {
                    continue;
                }

                if (node is not null && !IsMember(node) && set.Items is not null && set.HasOthers(live.Scope.Owner))
                {
                    Add(node, set, OwnerShape(set, null), Ownership.Foreign, TextOf(
                        set.Owners.Where(other => other.Owner.Owner != live.Scope.Owner)));
                    continue;
                }

                if ((node?.Address ?? AddressOf(set, owner)) is { } address)
                {
                    AddOurs(set, owner, address, node);
                }
                else
                {
                    live.Note(DnsFindings.UnreadableOwner(
                        HostnameOf(set.Text ?? []), set.Hostname));
                }
            }
        }

        private void AddOurs(OwnedSet set, RecordOwner owner, ResourceAddress address, ResourceNode? node)
        {
            if (!_found.Add(address))
            {
                return;
            }

            var shape = set.ShapeOf(owner, node?.Attributes);
            live.Add(Resource(address, set, owner.Member is not null, shape, Ownership.Ours) with
            {
                Attributes = Fitting.Fit(shape, live.Wanted[address]?.Attributes),
            });
        }

        private void AddForeign(ResourceNode node, OwnedSet set, HashSet<RecordName> owned)
        {
            var name = RecordName.Of(node);
            if (owned.Contains(name))
            {
                return;
            }

            var isJoined = IsMember(node) && set.CanBeJoined;
            var inTheWay = _addresses[name.Hostname].FirstOrDefault(record =>
                TypeOf(record) == name.Type ? !isJoined
                : TypeOf(record) is "CNAME" && !owned.Contains(name with { Type = "CNAME" }));
            var owner = _texts.Find(text => Owns(text, name) && !(isJoined && text == set.Text));
            if (inTheWay is not null || owner is not null)
            {
                Add(node, set, OwnerShape(set, inTheWay), Ownership.Foreign, TextOf(
                    owner is null ? [] : new OwnedSet("", "", "", null, owner).Owners));
            }
        }

        /// <summary>Old registries of external-dns write the text at the name itself.</summary>
        private static bool Owns(JsonObject text, RecordName name) => HostnameOf(text) == name.Hostname
            || (DnsOwnership.TryParseName(HostnameOf(text), out var type, out var owned)
                && owned == name.Hostname && (type == name.Type || type is "CNAME"));

        /// <summary>As it is, whosever it is.</summary>
        private static AttributeMap OwnerShape(OwnedSet set, JsonObject? record) =>
            (record is null ? set : set with { Record = record }).ShapeOf(null, null);

        private void Add(ResourceNode node, OwnedSet set, AttributeMap shape, Ownership ownership, string owner)
        {
            _found.Add(node.Address);
            var asked = IsMember(node) ? shape.Put("item", Attr.Map(AttributeMap.Empty)) : shape;
            live.Add(Resource(node.Address, set, IsMember(node), asked, ownership) with { OwnerText = owner });
        }

        private LiveResource Resource(
            ResourceAddress address, OwnedSet set, bool isMember, AttributeMap shape, Ownership ownership) => new()
            {
                Address = address,
                Id = IdOf(set.Zone, set.Hostname, set.Type, isMember ? $"{live.Scope.Owner}/{address.Gateway}" : null),
                Ownership = ownership,
                Attributes = shape,
                Outputs = AttributeMap.Empty,
                Fingerprint = OwnedSet.FingerprintOf(shape),
            };

        /// <summary>From the text's <c>gateway/namespace/name</c>.</summary>
        private ResourceAddress? AddressOf(OwnedSet set, RecordOwner owner) =>
            owner.Owner.Resource.Split('/') is [_, var space, var gateway]
                ? new ResourceAddress(
                    live.Scope.Name, Kinds.DnsRecord, new ObjectName(space, gateway), $"{set.Hostname}/{set.Type}")
                : null;

        /// <param name="set">Null where there is none yet.</param>
        /// <param name="nodes">That want an item of it.</param>
        private void NoteWeights(OwnedSet? set, List<ResourceNode> nodes)
        {
            foreach (var node in nodes)
            {
                var owner = new DnsOwner(live.Scope.Owner, OwnedSet.ResourceOf(node.Address.Gateway));
                if (set?.Record?.NumberOrNull("ttl") is { } ttl && set.CanBeJoined && !set.DecidesTtl(owner)
                    && node.Attributes.NumberOf("ttl") is var wanted && wanted != ttl)
                {
                    live.Note(DnsFindings.TtlOfOthers(node, set.Hostname, ttl, wanted, set.FirstOwner));
                }
            }

            var own = nodes.Select(node => set?.OwnerOf(live.Scope.Owner, node.Address.Gateway))
                .Select(owner => owner is null ? null : set?.ItemOf(owner)).ToHashSet();
            var others = (set?.Items ?? []).Where(item => !own.Contains(item));
            if (nodes.Count > 0 && others.All(DnsForm.IsZero) && nodes.TrueForAll(IsZero))
            {
                live.Note(DnsFindings.AllZero(
                    nodes[0].Address, RecordName.Of(nodes[0]).Hostname, Severity.Warning) with
                {
                    Subject = nodes[0].Origin,
                });
            }
        }

        private static bool IsZero(ResourceNode node) => node.Attributes.MapOf("item").NumberOrNull("weight") is 0;
    }
}
