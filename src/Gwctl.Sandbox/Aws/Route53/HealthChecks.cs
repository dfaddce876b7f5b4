using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Route53;

/// <summary>Health checks, as far as records name them.</summary>
internal static class HealthChecks
{
    private const int PageMax = 100;

    public static Struct Create(Call call)
    {
        var reference = call.Input.Required("CallerReference");
        var config = call.Input.Member("HealthCheckConfig") ?? [];
        var table = RecordState.HealthChecks(call.Account);
        var known = call.State.Rows(table).Values.FirstOrDefault(check => check.Text("CallerReference") == reference);
        if (known is not null && !Value.Same(known.Member("HealthCheckConfig"), config))
        {
            throw new AwsException(
                "HealthCheckAlreadyExists", "A health check with the same caller reference and other settings exists.");
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

    public static Struct Delete(Call call)
    {
        var id = Existing(call, call.Input.Required("HealthCheckId")).Required("Id");
        call.State.Delete(RecordState.HealthChecks(call.Account), id);
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

    private static string Id(string hex) => $"{hex[..8]}-{hex[8..12]}-{hex[12..16]}-{hex[16..20]}-{hex[20..]}";
}
