using System.Globalization;
using Gwctl.Core;
using Gwctl.Providers.Aws.Api.Wire;

namespace Gwctl.Providers.Aws.Api.CloudWatch;

/// <summary>Times in whole seconds; Period a multiple of 60 for what load balancers publish.</summary>
public sealed record GetMetricDataRequest : IWireShape
{
    public required EquatableList<MetricDataQuery> MetricDataQueries { get; init; } // 1–500
    public required DateTimeOffset StartTime { get; init; } // included
    public required DateTimeOffset EndTime { get; init; } // excluded
    public string? NextToken { get; init; }
    public string? ScanBy { get; init; }
    public int? MaxDatapoints { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.PutList("MetricDataQueries", MetricDataQueries);
        to.Put("StartTime", Text(StartTime));
        to.Put("EndTime", Text(EndTime));
        to.Put("NextToken", NextToken);
        to.Put("ScanBy", ScanBy);
        to.Put("MaxDatapoints", MaxDatapoints);
    }

    private static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

public sealed record MetricDataQuery : IWireShape
{
    public required string Id { get; init; } // starts with a lower-case letter
    public MetricStat? MetricStat { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.Put("Id", Id);
        to.Put("MetricStat", MetricStat);
    }
}

public sealed record MetricStat : IWireShape
{
    public required Metric Metric { get; init; }
    public required int Period { get; init; } // seconds
    public required string Stat { get; init; } // Sum, Average, SampleCount, p99, …

    void IWireShape.Write(WireWriter to)
    {
        to.Put("Metric", Metric);
        to.Put("Period", Period);
        to.Put("Stat", Stat);
    }
}

public sealed record Metric : IWireShape
{
    public required string Namespace { get; init; }
    public required string MetricName { get; init; }
    public EquatableList<Dimension> Dimensions { get; init; } = [];

    void IWireShape.Write(WireWriter to)
    {
        to.Put("Namespace", Namespace);
        to.Put("MetricName", MetricName);
        to.PutList("Dimensions", Dimensions);
    }
}

public sealed record Dimension : IWireShape
{
    public required string Name { get; init; }
    public required string Value { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.Put("Name", Name);
        to.Put("Value", Value);
    }
}

public sealed record GetMetricDataResponse
{
    public EquatableList<MetricDataResult> MetricDataResults { get; init; } = [];
    public string? NextToken { get; init; }

    internal static GetMetricDataResponse Read(WireNode from) => new()
    {
        MetricDataResults = from.List("MetricDataResults", MetricDataResult.Read),
        NextToken = from.TextOrNull("NextToken"),
    };
}

/// <summary>A query's values; a query may come on several pages. StatusCode PartialData means more on the
/// next.</summary>
public sealed record MetricDataResult
{
    public required string Id { get; init; }
    public string? StatusCode { get; init; } // Complete, InternalError, PartialData, Forbidden
    public EquatableList<double> Values { get; init; } = [];

    internal static MetricDataResult Read(WireNode from) => new()
    {
        Id = from.Text("Id"),
        StatusCode = from.TextOrNull("StatusCode"),
        Values = from.Texts("Values").Select(Number).ToEquatableList(),
    };

    private static double Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new WireFormatException("A value of a metric is not a number.");
}
