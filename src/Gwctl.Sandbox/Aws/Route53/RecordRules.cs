using Gwctl.Sandbox.Aws.Elbv2;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Route53;

/// <summary>What a record set must be, alone and beside the others of its name. The words are Route 53's.</summary>
internal static class RecordRules
{
    private const int WeightedMax = 100;

    private static readonly string[] Policies =
    [
        "Weight", "Region", "Failover", "GeoLocation", "MultiValueAnswer", "GeoProximityLocation", "CidrRoutingConfig",
    ];

    /// <summary>The record in the form in which it is kept.</summary>
    /// <exception cref="AwsException">It is not a record at all: InvalidInput, not a failed batch.</exception>
    public static Struct Normal(Call call, Struct change)
    {
        var record = change.Member("ResourceRecordSet") ?? [];
        record = record.With("Name", DnsName.Normal(record.Required("Name")));
        CheckForm(call, change.Required("Action"), record);
        if (record.Member("AliasTarget") is { } alias)
        {
            record = record.With("AliasTarget", alias.With("DNSName", DnsName.Normal(alias.Required("DNSName"))));
        }

        return record;
    }

    public static string Words(Struct record)
    {
        var identifier = record.Text("SetIdentifier") is { } set ? $", set-identifier='{set}'" : "";
        return $"[name='{record.Text("Name")}', type='{record.Text("Type")}'{identifier}]";
    }

    /// <summary>Same record with the same values, whatever their order.</summary>
    public static bool Same(Struct known, Struct given) =>
        Value.Same(known.Without("ResourceRecords"), given.Without("ResourceRecords"))
        && Values(known).Order(StringComparer.Ordinal).SequenceEqual(Values(given).Order(StringComparer.Ordinal));

    public static bool IsApexRecord(Struct zone, Struct record) =>
        record.Text("Name") == zone.Text("Name") && record.Text("Type") is "NS" or "SOA";

    /// <summary>Everything about the record that needs no other record.</summary>
    public static IEnumerable<string> Check(Call call, Struct zone, Struct record, string action)
    {
        var name = record.Required("Name");
        var zoneName = zone.Required("Name");
        if (!DnsName.IsWithin(name, zoneName))
        {
            yield return $"RRSet with DNS name {name} is not permitted in zone {zoneName}";
        }

        if (!DnsName.IsValid(name))
        {
            yield return $"FATAL problem: DomainLabelTooLong (Domain label is too long) encountered with '{name}'";
        }

        if (action is "DELETE")
        {
            yield break;
        }

        foreach (var problem in RecordValues.Check(record.Required("Type"), Values(record).ToList()))
        {
            yield return problem;
        }

        if (record.Member("AliasTarget") is { } alias && AliasProblem(call, zone, record, alias) is { } wrong)
        {
            yield return wrong;
        }
    }

    /// <summary>Whether the record may stand beside those of its name, as they are at this point of the
    /// batch.</summary>
    public static IEnumerable<string> CheckNeighbours(Call call, Struct zone, Struct record)
    {
        var name = record.Required("Name");
        var type = record.Required("Type");
        var zoneName = zone.Required("Name");
        if (type is "CNAME" && name == zoneName)
        {
            yield return $"RRSet of type CNAME with DNS name {name} is not permitted at apex in zone {zoneName}";
            yield break;
        }

        var neighbours = Named(call, zone, name)
            .Where(other => RecordState.SortKey(other) != RecordState.SortKey(record)).ToList();
        if (type is "CNAME" && neighbours.Exists(other => other.Text("Type") is not "CNAME"))
        {
            yield return $"RRSet of type CNAME with DNS name {name} is not permitted as it conflicts with other "
                + $"records with the same DNS name in zone {zoneName}";
        }
        else if (type is not "CNAME" && neighbours.Exists(other => other.Text("Type") is "CNAME"))
        {
            yield return $"RRSet of type {type} with DNS name {name} is not permitted because a conflicting RRSet of "
                + $"type CNAME with the same DNS name already exists in zone {zoneName}";
        }

        var policy = Policy(record);
        var group = neighbours.Where(other => other.Text("Type") == type).ToList();
        if (policy is null && group.Count > 0)
        {
            yield return $"RRSet with DNS name {name}, type {type} cannot be created as other RRSets exist with the "
                + "same name and type.";
        }
        else if (policy is not null && group.Exists(other => Policy(other) != policy))
        {
            var set = record.Text("SetIdentifier");
            yield return $"RRSet with DNS name {name}, type {type}, SetIdentifier {set} cannot "
                + $"be created as a non-{PolicyWord(policy)} set exists with the same name and type.";
        }
    }

    /// <summary>What records of one name and type must agree on when the batch is done.</summary>
    public static IEnumerable<string> CheckGroups(Call call, Struct zone, IEnumerable<string> names)
    {
        foreach (var group in names.SelectMany(name => Named(call, zone, name))
                     .Where(record => record.Has("Weight"))
                     .GroupBy(record => (Name: record.Required("Name"), Type: record.Required("Type"))))
        {
            var last = group.Last();
            if (group.Where(record => record.Has("TTL")).Select(record => record.Number("TTL")).Distinct().Count() > 1)
            {
                yield return $"RRSet with DNS name {group.Key.Name} and type {group.Key.Type}, SetIdentifier "
                    + $"{last.Text("SetIdentifier")} cannot be created as weighted sets must contain the same TTL.";
            }

            if (group.Count() > WeightedMax)
            {
                yield return $"RRSet with DNS name {group.Key.Name}, type {group.Key.Type} cannot be created as the "
                    + $"limit of {WeightedMax} weighted sets is exceeded.";
            }
        }

        var count = call.State.Rows(RecordState.Records(zone.Required("@Id"))).Count;
        if (count > call.Quotas.RecordsPerHostedZone)
        {
            yield return $"Number of records limit of {call.Quotas.RecordsPerHostedZone} exceeded for zone "
                + $"{zone.Text("Name")}";
        }
    }

    private static IEnumerable<string> Values(Struct record) =>
        record.Structs("ResourceRecords").Select(value => value.Required("Value"));

    private static string? Policy(Struct record) => Array.Find(Policies, record.Has);

    private static string PolicyWord(string policy) => policy switch
    {
        "Weight" => "weighted",
        "Region" => "latency",
        "Failover" => "failover",
        "MultiValueAnswer" => "multivalue answer",
        _ => "geolocation",
    };

    private static List<Struct> Named(Call call, Struct zone, string name)
    {
        var prefix = $"{DnsName.Reversed(name)}\u0001";
        return
        [
            .. call.State.Rows(RecordState.Records(zone.Required("@Id")))
                .SkipWhile(row => string.CompareOrdinal(row.Key, prefix) < 0)
                .TakeWhile(row => row.Key.StartsWith(prefix, StringComparison.Ordinal))
                .Select(row => row.Value),
        ];
    }

    private static void CheckForm(Call call, string action, Struct record)
    {
        var where = $"in Change with [Action={action}, Name={record.Text("Name")}, Type={record.Text("Type")}, "
            + $"SetIdentifier={record.Text("SetIdentifier") ?? "null"}]";
        var plain = record.Has("TTL") && record.Has("ResourceRecords");
        var alias = record.Has("AliasTarget");
        var problem = (plain, alias) switch
        {
            (false, false) => "found none",
            (true, true) => "found more than one",
            _ => null,
        };
        if (problem is not null)
        {
            throw Malformed("Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or "
                + $"TrafficPolicyInstanceId], but {problem} {where}");
        }

        if (alias && (record.Has("TTL") || record.Has("ResourceRecords")))
        {
            throw Malformed($"Unexpected field 'TTL' or 'ResourceRecords' beside 'AliasTarget' {where}");
        }

        var policies = Policies.Count(record.Has);
        if (policies > 0 && !record.Has("SetIdentifier"))
        {
            throw Malformed($"Missing field 'SetIdentifier' {where}");
        }

        if (policies is not 1 && record.Has("SetIdentifier"))
        {
            var found = policies is 0 ? "found none" : "found more than one";
            throw Malformed($"Expected exactly one of [{string.Join(", ", Policies)}], but {found} {where}");
        }

        if (record.Has("Weight") && record.List("ResourceRecords").Count > 1)
        {
            throw Malformed($"Expected exactly one resource record in a weighted resource record set {where}");
        }

        // What names a check that is gone can still be taken away.
        var healthCheck = action is "DELETE" ? null : record.Text("HealthCheckId");
        if (healthCheck is not null && call.State.Get(RecordState.HealthChecks(call.Account), healthCheck) is null)
        {
            throw new AwsException("NoSuchHealthCheck", $"A health check with id {healthCheck} does not exist.");
        }
    }

    private static AwsException Malformed(string message) => new("InvalidInput", $"Invalid request: {message}");

    private static string? AliasProblem(Call call, Struct zone, Struct record, Struct alias)
    {
        var target = alias.Required("DNSName");
        var targetZone = HostedZones.Bare(alias.Required("HostedZoneId"));
        var type = record.Required("Type");
        var words = $"Tried to create an alias that targets {target}, type {type} in zone {targetZone}, but ";
        if (targetZone == zone.Text("@Id"))
        {
            if (!DnsName.IsWithin(target, zone.Required("Name")))
            {
                return words + "the alias target name does not lie within the target zone";
            }

            var found = Named(call, zone, target).Any(other => other.Text("Type") == type);
            return found ? null : words + "that target was not found";
        }

        var ofAws = target.EndsWith(".amazonaws.com.", StringComparison.Ordinal);
        if (!ofAws || !target.Contains(".elb.", StringComparison.Ordinal))
        {
            return ofAws || target.EndsWith(".cloudfront.net.", StringComparison.Ordinal)
                ? null
                : words + "the alias target name does not lie within the target zone";
        }

        return LoadBalancerProblem(call, target, targetZone, type) is { } problem ? words + problem : null;
    }

    private static string? LoadBalancerProblem(Call call, string target, string targetZone, string type)
    {
        var name = target.TrimEnd('.');
        name = name.StartsWith("dualstack.", StringComparison.Ordinal) ? name["dualstack.".Length..] : name;
        if (call.State.Get(Elbv2State.DnsNames, name) is not { } loadBalancer)
        {
            return "that target was not found";
        }

        if (loadBalancer.Text("CanonicalHostedZoneId") != targetZone)
        {
            return "the alias target name does not lie within the target zone";
        }

        return type is "A" or "AAAA" ? null : "that target was not found";
    }
}
