using System.Text.RegularExpressions;
using Gwctl.Sandbox.Aws.Elbv2;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.CloudWatch;

/// <summary>GetMetricData for the metrics of Application Load Balancers.</summary>
internal static partial class MetricData
{
    private const int QueriesMax = 500;
    private const int MinuteSeconds = 60;
    private const string Namespace = "AWS/ApplicationELB";

    /// <summary>Periods below a minute that the API takes; what is published by the minute has no more points for
    /// them.</summary>
    private static readonly long[] ShortPeriods = [1, 5, 10, 20, 30];

    public static Struct Get(Call call)
    {
        var queries = call.Input.Structs("MetricDataQueries").ToList();
        var from = call.Input.Time("StartTime") ?? throw Invalid("The parameter StartTime is required.");
        var to = call.Input.Time("EndTime") ?? throw Invalid("The parameter EndTime is required.");
        if (from >= to)
        {
            throw Invalid("The parameter StartTime must be less than the parameter EndTime.");
        }

        if (queries.Count > QueriesMax)
        {
            throw Invalid($"The collection MetricDataQueries must not have a size greater than {QueriesMax}.");
        }

        if (queries.GroupBy(query => query.Required("Id")).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw Invalid($"The values for parameter id in MetricDataQueries are not unique: {twice.Key}");
        }

        var ascending = call.Input.Text("ScanBy") is "TimestampAscending";
        return new Struct
        {
            { "MetricDataResults", queries.Select(query => Result(call, query, from, to, ascending)).ToList() },
        };
    }

    private static Struct Result(Call call, Struct query, DateTimeOffset from, DateTimeOffset to, bool ascending)
    {
        var id = query.Required("Id");
        if (!IdPattern().IsMatch(id))
        {
            throw Invalid(
                $"The value '{id}' for parameter id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$");
        }

        if (query.Member("MetricStat") is not { } stat)
        {
            throw Invalid($"The sandbox evaluates no expressions; '{id}' must have a MetricStat.");
        }

        var metric = stat.Member("Metric") ?? [];
        var period = stat.Number("Period") ?? MinuteSeconds;
        if (period % MinuteSeconds is not 0 && !ShortPeriods.Contains(period))
        {
            throw Invalid($"The parameter Period must be 1, 5, 10, 20, 30 or a multiple of {MinuteSeconds}.");
        }

        var points = Minutes(call, metric, from, to)
            .GroupBy(minute => minute.Minute.ToUnixTimeSeconds() / Math.Max(period, MinuteSeconds))
            .Select(group => (
                Time: DateTimeOffset.FromUnixTimeSeconds(group.Key * Math.Max(period, MinuteSeconds)),
                Value: Value([.. group], metric.Text("MetricName") ?? "", stat.Required("Stat"))))
            .Where(point => point.Value is not null)
            .OrderBy(point => ascending ? point.Time : DateTimeOffset.MaxValue - (point.Time - DateTimeOffset.MinValue))
            .ToList();
        return new Struct
        {
            { "Id", id },
            { "Label", query.Text("Label") ?? metric.Text("MetricName") },
            { "Timestamps", new ListValue(points.Select(point => new NumberValue(point.Time.ToUnixTimeSeconds()))) },
            { "Values", new ListValue(points.Select(point => new NumberValue(point.Value ?? 0))) },
            { "StatusCode", "Complete" },
        };
    }

    /// <summary>Nothing for a metric that nobody publishes: CloudWatch does not know which there are.</summary>
    private static IReadOnlyList<MinuteOfRequests> Minutes(
        Call call, Struct metric, DateTimeOffset from, DateTimeOffset to)
    {
        var dimensions = metric.Structs("Dimensions").ToList();
        if (metric.Text("Namespace") is not Namespace || dimensions is not [var only]
            || only.Text("Name") is not "LoadBalancer")
        {
            return [];
        }

        var arn = call.State.Rows(Elbv2State.LoadBalancers(call.Scope)).Keys
            .FirstOrDefault(arn => arn.EndsWith($":loadbalancer/{only.Text("Value")}", StringComparison.Ordinal));
        return arn is null ? [] : call.Options.DataPlane?.RequestsOf(arn, from, to) ?? [];
    }

    /// <summary>Null where the minutes have no value of the metric: counts of nothing are not published.</summary>
    private static double? Value(List<MinuteOfRequests> minutes, string metric, string stat)
    {
        if (metric is "TargetResponseTime")
        {
            return Latency(minutes, stat);
        }

        var counts = minutes.Select(minute => (double)(Count(minute, metric) ?? 0)).Where(count => count > 0).ToList();
        return counts.Count is 0 ? null : stat switch
        {
            "Sum" or "SampleCount" => counts.Sum(),
            "Average" => 1,
            "Minimum" => 1,
            "Maximum" => 1,
            _ => throw Unsupported(stat),
        };
    }

    private static double? Latency(List<MinuteOfRequests> minutes, string stat)
    {
        var timed = minutes.Where(minute => minute.Timed > 0).ToList();
        return timed.Count is 0 ? null : stat switch
        {
            "Sum" => timed.Sum(minute => minute.SecondsSum),
            "SampleCount" => timed.Sum(minute => minute.Timed),
            "Average" => timed.Sum(minute => minute.SecondsSum) / timed.Sum(minute => minute.Timed),
            "Minimum" => timed.Min(minute => minute.SecondsMin),
            "Maximum" => timed.Max(minute => minute.SecondsMax),
            _ => throw Unsupported(stat),
        };
    }

    private static long? Count(MinuteOfRequests minute, string metric) =>
        metric is "RequestCount" ? minute.Requests
        : CodePattern().Match(metric) is { Success: true } match
            ? minute.Responses(match.Groups["hundreds"].Value[0] - '0', match.Groups["side"].Value is "Target")
            : null;

    private static AwsException Unsupported(string stat) =>
        Invalid($"The sandbox has no statistic '{stat}'; it has Sum, SampleCount, Average, Minimum and Maximum.");

    private static AwsException Invalid(string message) => new("ValidationError", message) { HttpStatus = 400 };

    [GeneratedRegex("^[a-z][a-zA-Z0-9_]*$", RegexOptions.NonBacktracking)]
    private static partial Regex IdPattern();

    [GeneratedRegex(
        "^HTTPCode_(?<side>Target|ELB)_(?<hundreds>[2-5])XX_Count$",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex CodePattern();
}
