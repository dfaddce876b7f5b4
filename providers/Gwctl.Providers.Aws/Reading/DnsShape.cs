using Gwctl.Engine.Marks;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Api.Route53;

namespace Gwctl.Providers.Aws.Reading;

/// <summary>Route 53 records, both ways. Names come with a last dot and in lower case.</summary>
internal static class DnsShape
{
    /// <summary>For records that answer with values instead of an alias; the ownership record has none of its
    /// own.</summary>
    private const long OwnershipTtlSeconds = 300;

    public static string Name(string name) => name.TrimEnd('.').ToLowerInvariant();

    public static bool SameName(string left, string right) => Name(left) == Name(right);

    /// <summary>One address record: an alias, or, where somebody made it one, plain values.</summary>
    public static AttributeValue From(ResourceRecordSet record) => Attr.Map(record.AliasTarget is { } alias
        ? AttributeMap.Empty
            .Put("aliasName", Name(alias.DNSName))
            .Put("aliasZone", alias.HostedZoneId)
            .Put("evaluateTargetHealth", Attr.Flag(alias.EvaluateTargetHealth))
            .Put("healthCheck", record.HealthCheckId)
        : AttributeMap.Empty
            .Put("ttlSeconds", record.TTL)
            .Put("values", Attr.SortedTexts(record.ResourceRecords.Select(value => value.Value))));

    public static AttributeValue Ownership(ResourceRecordSet text) => Attr.Map(AttributeMap.Empty
        .Put("name", Name(text.Name))
        .Put("value", Unquoted(text.ResourceRecords.Select(value => value.Value).FirstOrDefault(IsOwnership, ""))));

    /// <summary>Who owns by this TXT record; null where it is another kind of text.</summary>
    public static DnsOwner? OwnerOf(ResourceRecordSet record) => record.Type is RRType.TXT
        ? record.ResourceRecords.Select(value => DnsOwnership.Parse(value.Value))
            .FirstOrDefault(owner => owner is not null)
        : null;

    /// <summary>The records that the attributes of a DNS record describe.</summary>
    public static IEnumerable<ResourceRecordSet> ToRecords(AttributeMap attributes)
    {
        foreach (var (field, type) in new[] { ("a", RRType.A), ("aaaa", RRType.AAAA) })
        {
            if (attributes.MapOrNull(field) is { } address)
            {
                yield return Weighted(attributes, ToRecord(attributes.TextOf("name"), type, address));
            }
        }

        if (attributes.MapOrNull("ownership") is { } ownership)
        {
            yield return Weighted(attributes, new ResourceRecordSet
            {
                Name = ownership.TextOf("name"),
                Type = RRType.TXT,
                TTL = OwnershipTtlSeconds,
                ResourceRecords = [new ResourceRecord { Value = Quoted(ownership.TextOf("value")) }],
            });
        }
    }

    /// <summary>One of several records of a name: the text that owns it is one of several too.</summary>
    private static ResourceRecordSet Weighted(AttributeMap attributes, ResourceRecordSet record) => record with
    {
        SetIdentifier = TextOf(attributes, "setIdentifier"),
        Weight = attributes.NumberOrNull("weight"),
    };

    private static ResourceRecordSet ToRecord(string name, string type, AttributeMap address) => new()
    {
        Name = name,
        Type = type,
        AliasTarget = new AliasTarget
        {
            DNSName = address.TextOf("aliasName"),
            HostedZoneId = address.TextOf("aliasZone"),
            EvaluateTargetHealth = address["evaluateTargetHealth"] is AttributeValue.Flag { Value: true },
        },
        HealthCheckId = TextOf(address, "healthCheck"),
    };

    /// <summary>Empty is what is to end: no value.</summary>
    private static string? TextOf(AttributeMap attributes, string name) =>
        attributes.TextOrNull(name) is { Length: > 0 } text ? text : null;

    private static bool IsOwnership(string value) => DnsOwnership.Parse(value) is not null;

    public static string Quoted(string text) => text.StartsWith('"') ? text : $"\"{text}\"";

    /// <summary>The text between the quotes; a value of several strings, or with escapes, stays as it is.</summary>
    public static string Unquoted(string text) =>
        text.Length >= 2 && text[0] is '"' && text[^1] is '"' && !text.AsSpan(1, text.Length - 2).ContainsAny("\"\\")
            ? text[1..^1]
            : text;
}
