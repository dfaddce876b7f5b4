using Gwctl.Engine.Providers;
using Gwctl.Providers.Aws.Api.Route53;
using Gwctl.Providers.Aws.Reading;

namespace Gwctl.Providers.Aws.Cutover;

/// <summary>Route 53's record sets as members of a name, and back. What is read and written back is the same record,
/// or a DELETE of it would not match.</summary>
internal static class WeightedRecords
{
    public static bool IsAddress(ResourceRecordSet record) =>
        record.Type is RRType.A or RRType.AAAA or RRType.CNAME;

    public static WeightedForm FormOf(IReadOnlyList<ResourceRecordSet> records) => records switch
    {
        [] => WeightedForm.Absent,
        _ when records.Any(HasOtherPolicy) => WeightedForm.Other,
        _ when records.Any(record => record.Weight is not null) => WeightedForm.Weighted,
        _ => WeightedForm.Simple,
    };

    public static IEnumerable<WeightedMember> ToMembers(ResourceRecordSet record)
    {
        var key = record.SetIdentifier ?? "";
        if (record.AliasTarget is { } alias)
        {
            var pointer = new DnsTarget.Pointer(
                alias.DNSName.TrimEnd('.'), alias.HostedZoneId, alias.EvaluateTargetHealth);
            return [Member(pointer, null)];
        }

        var ttl = record.TTL is { } seconds ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null;
        return record.ResourceRecords.Select(value => Member(new DnsTarget.Value(value.Value.TrimEnd('.')), ttl));

        WeightedMember Member(DnsTarget target, TimeSpan? time) => new(record.Type, key, record.Weight, target, time)
        {
            HealthCheckId = record.HealthCheckId,
        };
    }

    public static DnsText ToText(ResourceRecordSet record) => new(
        DnsShape.Name(record.Name),
        [.. record.ResourceRecords.Select(value => DnsShape.Unquoted(value.Value))],
        TimeSpan.FromSeconds(record.TTL ?? 0))
    {
        Key = record.SetIdentifier ?? "",
        Weight = record.Weight,
    };

    /// <summary>A record for each key and type; values of a simple name are put together.</summary>
    public static IEnumerable<ResourceRecordSet> ToRecords(
        string hostname, IEnumerable<WeightedMember> members, IEnumerable<DnsText> texts) => members
        .GroupBy(member => (member.Type, member.Key))
        .Select(group => ToRecord(hostname, [.. group]))
        .Concat(texts.Select(text => new ResourceRecordSet
        {
            Name = text.Name,
            Type = RRType.TXT,
            SetIdentifier = text.Key is "" ? null : text.Key,
            Weight = text.Weight,
            TTL = (long)text.Ttl.TotalSeconds,
            ResourceRecords =
                [.. text.Values.Select(value => new ResourceRecord { Value = DnsShape.Quoted(value) })],
        }));

    /// <summary>Equal for everybody who asks for the name.</summary>
    public static ResourceRecordSet Comparable(ResourceRecordSet record) => record with
    {
        Name = DnsShape.Name(record.Name),
        AliasTarget = record.AliasTarget is { } alias ? alias with { DNSName = DnsShape.Name(alias.DNSName) } : null,
        ResourceRecords =
        [
            .. record.ResourceRecords
                .Select(value => record.Type is RRType.TXT
                    ? value
                    : new ResourceRecord { Value = value.Value.TrimEnd('.') })
                .OrderBy(value => value.Value, StringComparer.Ordinal),
        ],
    };

    private static ResourceRecordSet ToRecord(string hostname, List<WeightedMember> members)
    {
        var first = members[0];
        var record = new ResourceRecordSet
        {
            Name = hostname,
            Type = first.Type,
            SetIdentifier = first.Key is "" ? null : first.Key,
            Weight = first.Weight,
            HealthCheckId = first.HealthCheckId,
        };
        return first.Target is DnsTarget.Pointer pointer
            ? record with
            {
                AliasTarget = new AliasTarget
                {
                    DNSName = pointer.Name,
                    HostedZoneId = pointer.Zone,
                    EvaluateTargetHealth = pointer.EvaluatesHealth,
                },
            }
            : record with
            {
                TTL = (long)(first.Ttl ?? TimeSpan.Zero).TotalSeconds,
                ResourceRecords =
                    [.. members.Select(member => new ResourceRecord { Value = member.Target.ToString() ?? "" })],
            };
    }

    private static bool HasOtherPolicy(ResourceRecordSet record) =>
        record.Region is not null || record.GeoLocation is not null || record.Failover is not null
        || record.MultiValueAnswer is not null || record.CidrRoutingConfig is not null
        || record.GeoProximityLocation is not null || record.TrafficPolicyInstanceId is not null;
}
