using System.Globalization;
using Gwctl.Sandbox.Aws.Route53;
using Gwctl.Sandbox.Dns.Wire;
using Gwctl.Sandbox.State;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Dns;

/// <summary>Answers questions from the hosted zones, as their name servers do.</summary>
internal sealed class DnsAnswerer(DnsZones zones, DnsBalancers balancers, DnsHealth health, Random random)
{
    /// <summary>How many aliases and CNAMEs are followed.</summary>
    private const int HopsMax = 8;

    /// <summary>What Route 53 answers for aliases at load balancers.</summary>
    private const long PointerTtl = 60;

    private readonly Lock _gate = new();

    public DnsResponse Answer(Tables tables, DnsQuery query)
    {
        if (query.Problem is not DnsCode.NoError)
        {
            return new DnsResponse(query.Problem) { IsAuthoritative = false };
        }

        var answers = new List<DnsRecord>();
        var name = query.Name;
        for (var hop = 0; hop < HopsMax; hop++)
        {
            if (zones.Find(tables, name) is not { } zone)
            {
                return OutsideZones(tables, query, name, answers);
            }

            if (Referral(zone, name) is { Count: > 0 } servers)
            {
                return new DnsResponse(DnsCode.NoError)
                {
                    IsAuthoritative = false,
                    Answers = answers,
                    Authority = servers,
                };
            }

            var source = zone.SourceOf(name);
            var found = source is null ? [] : RecordsOf(tables, zone, source, name, query.Type);
            answers.AddRange(found);
            if (found is [{ Type: DnsType.Cname } cname] && query.Type is not (DnsType.Cname or DnsType.Any))
            {
                name = cname.Value.TrimEnd('.').ToLowerInvariant() + ".";
                continue;
            }

            return found.Count > 0
                ? new DnsResponse(DnsCode.NoError) { Answers = answers }
                : new DnsResponse(source is null ? DnsCode.NameError : DnsCode.NoError)
                {
                    Answers = answers,
                    Authority = StartOfAuthority(zone),
                };
        }

        return new DnsResponse(DnsCode.ServerFailure) { Answers = answers };
    }

    /// <summary>Load balancers' names are answered too, as AWS's own servers would; a CNAME that leads elsewhere is the
    /// whole answer; anything else is nobody's business here.</summary>
    private DnsResponse OutsideZones(Tables tables, DnsQuery query, string name, List<DnsRecord> answers)
    {
        if (DnsBalancers.Find(tables, name) is { } arn)
        {
            return new DnsResponse(DnsCode.NoError)
            {
                Answers = [.. answers, .. Pointer(tables, arn, name, query.Type)],
            };
        }

        if (answers.Count > 0)
        {
            return new DnsResponse(DnsCode.NoError) { Answers = answers };
        }

        return DnsBalancers.IsBalancerName(name)
            ? new DnsResponse(DnsCode.NameError)
            : new DnsResponse(DnsCode.Refused) { IsAuthoritative = false };
    }

    private List<DnsRecord> RecordsOf(Tables tables, DnsZone zone, string source, string name, ushort type)
    {
        var byType = zone.At(source).GroupBy(record => DnsType.Of(record.Required("Type"))).ToList();
        var wanted = byType.Where(group => group.Key is not null
            && (group.Key == type || type is DnsType.Any || group.Key is DnsType.Cname));
        return
        [
            .. wanted.SelectMany(group => Chosen(tables, [.. group])
                .SelectMany(record => Answers(tables, zone, record, name, group.Key ?? type, HopsMax))),
        ];
    }

    /// <summary>The one record of a weighted name that answers this time; of any other name what there is.</summary>
    private IEnumerable<Struct> Chosen(Tables tables, List<Struct> group)
    {
        if (!group.Exists(record => record.Has("Weight")))
        {
            // Other policies (latency, geography, failover) choose by what the sandbox does not know: the first well.
            return group.Count is 1
                ? group
                : group.Where(record => IsHealthy(tables, record)).DefaultIfEmpty(group[0]).Take(1);
        }

        lock (_gate)
        {
            return WeightedChoice.Choose(group, record => IsHealthy(tables, record), random) is { } chosen
                ? [chosen]
                : [];
        }
    }

    private bool IsHealthy(Tables tables, Struct record)
    {
        if (record.Text("HealthCheckId") is { } check && !health.IsHealthy(check))
        {
            return false;
        }

        return record.Member("AliasTarget") is not { } alias
            || alias.Flag("EvaluateTargetHealth") is not true
            || DnsBalancers.Find(tables, alias.Required("DNSName")) is not { } arn
            || balancers.IsHealthy(tables, arn);
    }

    private IEnumerable<DnsRecord> Answers(
        Tables tables, DnsZone zone, Struct record, string name, ushort type, int hops)
    {
        if (record.Member("AliasTarget") is not { } alias)
        {
            var ttl = record.Number("TTL") ?? 0;
            return record.Structs("ResourceRecords")
                .Select(value => new DnsRecord(name, type, ttl, value.Required("Value")));
        }

        var target = alias.Required("DNSName");
        if (DnsBalancers.Find(tables, target) is { } arn)
        {
            return Pointer(tables, arn, name, type);
        }

        // An alias at a record of the same zone answers as that record does, under its own name.
        var same = zone.At(target).Where(other => DnsType.Of(other.Required("Type")) == type).ToList();
        return hops is 0 || same.Count is 0
            ? []
            : Chosen(tables, same).SelectMany(other => Answers(tables, zone, other, name, type, hops - 1));
    }

    private IEnumerable<DnsRecord> Pointer(Tables tables, string arn, string name, ushort type) =>
        new[] { DnsType.A, DnsType.Aaaa }
            .Where(family => type == family || type is DnsType.Any)
            .SelectMany(family => balancers.Addresses(tables, arn, family is DnsType.Aaaa)
                .Select(address => new DnsRecord(name, family, PointerTtl, address)));

    /// <summary>The name servers of a zone cut between the apex and the name.</summary>
    private static List<DnsRecord> Referral(DnsZone zone, string name)
    {
        while (name != zone.Name && DnsName.IsWithin(name, zone.Name))
        {
            if (zone.At(name).FirstOrDefault(record => record.Text("Type") is "NS") is { } servers)
            {
                return Plain(servers, name, DnsType.Ns);
            }

            name = DnsZone.Parent(name);
        }

        return [];
    }

    /// <summary>For negative answers, whose TTL is the smaller of the record's and its last number (RFC
    /// 2308).</summary>
    private static List<DnsRecord> StartOfAuthority(DnsZone zone)
    {
        if (zone.At(zone.Name).FirstOrDefault(record => record.Text("Type") is "SOA") is not { } soa)
        {
            return [];
        }

        return
        [
            .. Plain(soa, zone.Name, DnsType.Soa).Select(record => record with
            {
                Ttl = long.TryParse(
                    record.Value.Split(' ')[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var minimum)
                    ? Math.Min(record.Ttl, minimum)
                    : record.Ttl,
            }),
        ];
    }

    private static List<DnsRecord> Plain(Struct record, string name, ushort type) =>
    [
        .. record.Structs("ResourceRecords")
            .Select(value => new DnsRecord(name, type, record.Number("TTL") ?? 0, value.Required("Value"))),
    ];
}
