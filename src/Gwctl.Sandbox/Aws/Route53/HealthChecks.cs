using Gwctl.Sandbox.Dns;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Route53;

/// <summary>Health checks. What they find is the name server's business.</summary>
internal static class HealthChecks
{
    private const int PageMax = 100;
    private const string CheckerRegion = "us-east-1";
    private const string CheckerAddress = "127.0.0.1";

    public static Struct Create(Call call)
    {
        var reference = call.Input.Required("CallerReference");
        var config = HealthCheckRules.WithDefaults(call.Input.Member("HealthCheckConfig") ?? []);
        HealthCheckRules.Validate(config);
        var table = RecordState.HealthChecks(call.Account);
        var checks = call.State.Rows(table);
        var known = checks.Values.FirstOrDefault(check => check.Text("CallerReference") == reference);
        if (known is null
            ? call.State.Get(RecordState.DeletedHealthChecks(call.Account), reference) is not null
            : !Value.Same(known.Member("HealthCheckConfig"), config))
        {
            throw new AwsException(
                "HealthCheckAlreadyExists",
                "A health check with the same caller reference and other settings exists, or did exist.");
        }

        if (known is null && checks.Count >= call.Quotas.HealthChecksPerAccount)
        {
            throw new AwsException(
                "TooManyHealthChecks", $"The account has {checks.Count} health checks: it cannot have more.");
        }

        var check = known ?? new Struct
        {
            { "Id", Id(call.State.NextHex(32)) },
            { "CallerReference", reference },
            { "HealthCheckConfig", config },
            { "HealthCheckVersion", 1 },
        };
        call.State.Put(table, check.Required("Id"), check);
        return new Struct
        {
            { "HealthCheck", check },
            { "Location", $"https://route53.amazonaws.com/2013-04-01/healthcheck/{check.Text("Id")}" },
        };
    }

    public static Struct Get(Call call) => new()
    {
        { "HealthCheck", Existing(call, call.Input.Required("HealthCheckId")) },
    };

    /// <summary>The sandbox has one checker; nothing was observed where it never could make the check.</summary>
    public static Struct Status(Call call)
    {
        var id = Existing(call, call.Input.Required("HealthCheckId")).Required("Id");
        var found = call.Options.HealthOfChecks?.Invoke(id);
        return new Struct
        {
            { "HealthCheckObservations", found is null ? ListValue.Empty : ListValue.Of(Observation(found)) },
        };
    }

    /// <summary>What is not given stays.</summary>
    public static Struct Update(Call call)
    {
        var check = Existing(call, call.Input.Required("HealthCheckId"));
        var version = check.Number("HealthCheckVersion") ?? 1;
        if (call.Input.Number("HealthCheckVersion") is { } wanted && wanted != version)
        {
            throw new AwsException(
                "HealthCheckVersionMismatch", $"The health check has version {version}, not {wanted}.");
        }

        var old = check.Member("HealthCheckConfig") ?? [];
        var given = call.Input.Without("HealthCheckId", "HealthCheckVersion", "ResetElements");
        if (given.Has("IPAddress") && !old.Has("IPAddress"))
        {
            throw HealthCheckRules.Invalid("An IP address cannot be added to a health check that has none.");
        }

        var config = old.Without([.. call.Input.Texts("ResetElements")]).Merge(given);
        HealthCheckRules.Validate(config);
        var updated = check.With("HealthCheckConfig", config).With("HealthCheckVersion", version + 1);
        call.State.Put(RecordState.HealthChecks(call.Account), check.Required("Id"), updated);
        return new Struct { { "HealthCheck", updated } };
    }

    /// <summary>Records that still name it are no hindrance. Its reference stays taken.</summary>
    public static Struct Delete(Call call)
    {
        var check = Existing(call, call.Input.Required("HealthCheckId"));
        var id = check.Required("Id");
        call.State.Delete(RecordState.HealthChecks(call.Account), id);
        call.State.Put(
            RecordState.DeletedHealthChecks(call.Account),
            check.Required("CallerReference"),
            new Struct { { "Id", id } });
        if (call.State.Get(RecordState.TagSets(call.Account, "healthcheck"), id) is not null)
        {
            call.State.Delete(RecordState.TagSets(call.Account, "healthcheck"), id);
        }

        return [];
    }

    public static Struct List(Call call)
    {
        var size = RecordQueries.PageSize(call, PageMax);
        var marker = call.Input.Text("Marker");
        var rows = call.State.Rows(RecordState.HealthChecks(call.Account))
            .Where(row => marker is null || string.CompareOrdinal(row.Key, marker) >= 0)
            .Take(size + 1)
            .ToList();
        return new Struct
        {
            { "HealthChecks", rows.Take(size).Select(row => row.Value) },
            { "Marker", marker },
            { "IsTruncated", rows.Count > size },
            { "NextMarker", rows.Count > size ? rows[size].Key : null },
            { "MaxItems", $"{size}" },
        };
    }

    public static Struct Existing(Call call, string id) =>
        call.State.Get(RecordState.HealthChecks(call.Account), id)
        ?? throw new AwsException("NoSuchHealthCheck", $"A health check with id {id} does not exist.");

    private static Struct Observation(DnsVerdict verdict) => new()
    {
        { "Region", CheckerRegion },
        { "IPAddress", CheckerAddress },
        {
            "StatusReport",
            new Struct { { "Status", verdict.Status }, { "CheckedTime", verdict.At } }
        },
    };

    private static string Id(string hex) => $"{hex[..8]}-{hex[8..12]}-{hex[12..16]}-{hex[16..20]}-{hex[20..]}";
}
