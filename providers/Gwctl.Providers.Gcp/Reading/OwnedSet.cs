using System.Text.Json.Nodes;
using Gwctl.Core;
using Gwctl.Engine.Marks;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Gcp.Api;

namespace Gwctl.Providers.Gcp.Reading;

/// <summary>A name's record set of one type and the texts beside it that say whose it is. A weighted set is one object
/// whose items have an owner each: two Gateways, of one cluster or of two. Each writes its own item and its own text;
/// all else is written back as it was read. Pure.</summary>
/// <param name="Hostname">Without the last dot.</param>
/// <param name="Record">Null where there is none.</param>
/// <param name="Text">The TXT record set; null where there is none.</param>
internal sealed record OwnedSet(string Zone, string Hostname, string Type, JsonObject? Record, JsonObject? Text)
{
    /// <summary>With the last dot; needed only where a text is written.</summary>
    public string TextName { get; init; } = "";

    /// <summary>Of the ownership record, which has no use for a short one.</summary>
    public const int OwnershipTtlSeconds = 300;

    /// <summary>What a simple record gets, for the moment until its own Gateway gives it its weight, when another of
    /// the same specs is quicker: the largest, for all requests are its own till then.</summary>
    public const int ConvertedWeight = 1_000;

    private const string Values = "rrdatas";

    public IReadOnlyList<RecordOwner> Owners =>
        [.. Text?.Texts(Values).Select(RecordOwner.Parse).OfType<RecordOwner>() ?? []];

    /// <summary>What lives of it.</summary>
    public IReadOnlyList<JsonObject> Records => [.. new[] { Record, Text }.OfType<JsonObject>()];

    /// <summary>Null where the record set answers by no weights, or there is none.</summary>
    public IReadOnlyList<JsonObject>? Items => Policy(Record) is { } weighted ? [.. weighted.Objects("items")] : null;

    /// <summary>There are members already, and nobody owns the whole: another may join them.</summary>
    public bool CanBeJoined => (Record is null || Items is not null)
        && Owners.Count > 0 && Owners.All(owner => owner.Member is not null);

    public static string ResourceOf(ObjectName gateway) => $"gateway/{gateway}";

    /// <summary>The text of a Gateway's; null where it has none here.</summary>
    public RecordOwner? OwnerOf(string owner, ObjectName gateway) =>
        Owners.FirstOrDefault(found => found.Owner == new DnsOwner(owner, ResourceOf(gateway)));

    /// <summary>The text of a Gateway's, or that of another Gateway of the same owner, whose name it is to take
    /// over.</summary>
    public RecordOwner? HolderFor(string owner, ObjectName gateway) => OwnerOf(owner, gateway)
        ?? Owners.FirstOrDefault(found => found.Owner.Owner == owner && !IsCutover(found));

    /// <summary>A cutover's records bear our owner id, but belong to the cutover until it is finished.</summary>
    public static bool IsCutover(RecordOwner owner) =>
        owner.Owner.Resource.StartsWith("cutover/", StringComparison.Ordinal);

    public JsonObject? ItemOf(RecordOwner owner) => owner.Member is { Length: > 0 } value
        ? Items?.FirstOrDefault(item => IsOf(item, value))
        : null;

    /// <summary>Items and texts of others than this owner id's.</summary>
    public bool HasOthers(string owner) => Owners.Any(other => other.Owner.Owner != owner)
        || (Items ?? []).Any(item => !Owners.Any(other => other.Member is { } value && IsOf(item, value)));

    /// <summary>All items share the set's TTL. So that no two owners undo each other's, the first of them by name
    /// decides it.</summary>
    public bool DecidesTtl(DnsOwner owner) => !Owners.Any(other => other.Member is not null
        && other.Owner != owner && string.CompareOrdinal(KeyOf(other.Owner), KeyOf(owner)) < 0);

    /// <summary>For people: who decides the TTL.</summary>
    public string FirstOwner => Owners.Where(owner => owner.Member is not null).Select(owner => owner.Owner)
        .OrderBy(KeyOf, StringComparer.Ordinal).Select(owner => $"owner {owner.Owner}, {owner.Resource}")
        .FirstOrDefault() ?? "";

    /// <summary>What an owner has of it, as a node writes it. A TTL that others decide is what is wanted.</summary>
    /// <param name="wanted">Null where nothing is.</param>
    public AttributeMap ShapeOf(RecordOwner? owner, AttributeMap? wanted)
    {
        if (owner?.Member is null)
        {
            return DnsForm.Shape(Zone, Hostname, Type, Record, Marked(owner));
        }

        var item = ItemOf(owner);
        var shape = DnsForm.Shape(Zone, Hostname, Type, null, Marked(owner));
        return (item is null ? shape : shape.Put("item", DnsForm.Item(item))).Put(
            "ttl", DecidesTtl(owner.Owner) ? Record?.NumberOrNull("ttl") : wanted?.NumberOrNull("ttl"));
    }

    /// <summary>What a plan pins of a shape. The TTL of a weighted set is not only its own.</summary>
    public static string FingerprintOf(AttributeMap shape) => Fingerprints.Of(
        shape[Values] is null && shape["routingPolicy"] is null ? shape.Without("ttl") : shape);

    /// <summary>With the owner's item of this weight. Null where the set is of another kind, or another's member
    /// answers the same.</summary>
    public OwnedSet? WithMember(RecordOwner owner, long weight, long ttl)
    {
        if (Owners.Any(other => other.Owner != owner.Owner && other.Member == owner.Member))
        {
            return null;
        }

        var held = Owners.FirstOrDefault(other => other.Owner == owner.Owner);
        if (Joined(owner, held) is not { } joined)
        {
            return null;
        }

        var items = (joined.Items ?? []).ToList();
        var place = held is not null && joined.ItemOf(held) is { } old ? items.IndexOf(old) : items.Count;
        items.RemoveRange(place, Math.Min(1, items.Count - place));
        items.Insert(place, ItemOf(owner.Member ?? "", weight));
        var named = joined.WithOwner(owner);
        var record = joined.Replaced(items);
        if (named.DecidesTtl(owner.Owner))
        {
            record["ttl"] = ttl;
        }

        return named with { Record = record };
    }

    /// <summary>Without the owner's part: the set goes with its last item.</summary>
    public OwnedSet Without(RecordOwner owner)
    {
        var rest = WithoutOwner(owner);
        if (owner.Member is null)
        {
            return rest.Owners.Count > 0 ? rest : rest with { Record = null };
        }

        if (Items is null || ItemOf(owner) is not { } item)
        {
            return rest;
        }

        var items = Items.Where(other => other != item).ToList();
        return rest with { Record = items.Count is 0 ? null : Replaced(items) };
    }

    /// <summary>With these attributes alone, whatever of the owner id's was there.</summary>
    public OwnedSet Simple(AttributeMap after, RecordOwner owner) =>
        WithOnlyOwner(owner) with { Record = DnsForm.ToRecord(after) };

    /// <summary>With the owner's text in the place of all other owners'.</summary>
    public OwnedSet WithOnlyOwner(RecordOwner owner)
    {
        var values = (Text?.Texts(Values) ?? []).Where(value => RecordOwner.Parse(value) is null);
        return this with { Text = ToText([.. values, Quoted(owner)]) };
    }

    /// <summary>With the owner's text, and all else as it is.</summary>
    public OwnedSet WithOwner(RecordOwner owner)
    {
        var values = (Text?.Texts(Values) ?? []).ToList();
        var place = values.FindIndex(IsOwners);
        values.RemoveAll(IsOwners);
        values.Insert(place < 0 ? values.Count : place, Quoted(owner));
        return this with { Text = ToText(values) };

        bool IsOwners(string value) => RecordOwner.Parse(value)?.Owner == owner.Owner;
    }

    /// <summary>True where nobody would be answered: Cloud DNS does not say what all weights zero mean.</summary>
    public bool IsAllZero => Items is { Count: > 0 } items && items.All(DnsForm.IsZero);

    private OwnedSet WithoutOwner(RecordOwner owner)
    {
        var values = (Text?.Texts(Values) ?? [])
            .Where(value => RecordOwner.Parse(value)?.Owner != owner.Owner).ToList();
        return this with { Text = values.Count is 0 ? null : ToText(values) };
    }

    /// <summary>As a weighted set that a member can join; null where it is of another kind. A simple record that the
    /// member replaces is empty then; one of another Gateway of the same specs becomes its member.</summary>
    private OwnedSet? Joined(RecordOwner owner, RecordOwner? held)
    {
        if (Items is not null)
        {
            return this;
        }

        var empty = this with { Record = Weighted([]) };
        if (Record is null || held is { Member: null })
        {
            return empty;
        }

        return Owners is [{ Member: null } alone] && alone.Owner.Owner == owner.Owner.Owner && !IsCutover(alone)
            && Record.ObjectOrNull("routingPolicy") is null && Record.Texts(Values).ToList() is [var value]
                ? WithOwner(alone with { Member = value }) with
                {
                    Record = Weighted([ItemOf(value, ConvertedWeight)]),
                }
                : null;
    }

    private JsonObject Weighted(IEnumerable<JsonObject> items) => new()
    {
        ["name"] = DnsForm.Name(Hostname),
        ["type"] = Type,
        ["ttl"] = Record?.NumberOrNull("ttl") ?? OwnershipTtlSeconds,
        ["routingPolicy"] = new JsonObject { ["wrr"] = new JsonObject { ["items"] = new JsonArray([.. items]) } },
    };

    /// <summary>With these items in the policy; all else of it as it is. Signatures are Cloud DNS's own to
    /// make.</summary>
    private JsonObject Replaced(List<JsonObject> items)
    {
        Invariant.Holds(Record is not null);
        var record = Record.DeepClone().AsObject();
        record.Remove("signatureRrdatas");
        if (Policy(record) is { } weighted)
        {
            weighted["items"] = new JsonArray([.. items.Select(item =>
            {
                var copy = item.DeepClone().AsObject();
                copy.Remove("signatureRrdatas");
                return copy;
            })]);
        }

        return record;
    }

    private JsonObject ToText(IEnumerable<string> values)
    {
        var text = Text?.DeepClone().AsObject() ?? new JsonObject
        {
            ["type"] = "TXT",
            ["ttl"] = OwnershipTtlSeconds,
        };
        text.Remove("signatureRrdatas");
        text["name"] = TextName is "" ? text.TextOrNull("name") : TextName;
        text[Values] = new JsonArray([.. values.Select(value => (JsonNode)value)]);
        return text;
    }

    /// <summary>The TXT record set as if the owner's text were all of it.</summary>
    private JsonObject? Marked(RecordOwner? owner) => owner is null || Text is null
        ? null
        : new JsonObject
        {
            ["name"] = Text.TextOrNull("name"),
            ["type"] = "TXT",
            [Values] = new JsonArray($"\"{owner.Base}\""),
        };

    private static JsonObject? Policy(JsonObject? record) =>
        record?.ObjectOrNull("routingPolicy") is { } policy
        && policy["geo"] is null && policy["primaryBackup"] is null
            ? policy.ObjectOrNull("wrr")
            : null;

    private static JsonObject ItemOf(string value, long weight) => new()
    {
        ["weight"] = weight,
        [Values] = new JsonArray(value),
    };

    private static bool IsOf(JsonObject item, string value) =>
        item.Texts(Values).ToList() is [var only] && only == value;

    private static string KeyOf(DnsOwner owner) => $"{owner.Owner} {owner.Resource}";

    private static string Quoted(RecordOwner owner) => $"\"{owner.Text}\"";
}
