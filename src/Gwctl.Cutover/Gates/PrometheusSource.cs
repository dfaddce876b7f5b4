using System.Globalization;
using System.Text.Json;
using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Specs.Decoding;
using Gwctl.Engine.Providers;

namespace Gwctl.Cutover.Gates;

/// <summary>Prometheus' HTTP API: instant queries that give one number each.</summary>
internal static class PrometheusSource
{
    private const string WindowWord = "$window";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<MetricsGate.Compared> ReadAsync(
        PrometheusSpec spec, TimeSpan window, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = Patience };
        var next = await SideAsync(http, spec, spec.New, window, cancellationToken);
        var old = spec.Old is null ? null : await SideAsync(http, spec, spec.Old, window, cancellationToken);
        return new MetricsGate.Compared(next, old);
    }

    private static async Task<RequestMetrics> SideAsync(
        HttpClient http, PrometheusSpec spec, MetricQueriesSpec queries, TimeSpan window,
        CancellationToken cancellationToken)
    {
        var requests = await NumberAsync(http, spec, queries.Requests, window, cancellationToken) ?? 0;
        var errors = await NumberAsync(http, spec, queries.Errors, window, cancellationToken) ?? 0;
        var latency = queries.LatencySeconds is null
            ? null
            : await NumberAsync(http, spec, queries.LatencySeconds, window, cancellationToken);
        return new RequestMetrics(requests, errors, latency is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
    }

    /// <summary>Null where the query has no result, or a result that is no number.</summary>
    private static async Task<double?> NumberAsync(
        HttpClient http, PrometheusSpec spec, string query, TimeSpan window, CancellationToken cancellationToken)
    {
        var text = query.Replace(WindowWord, DurationText.Format(window), StringComparison.Ordinal);
        var url = new Uri($"{spec.Url.Value.TrimEnd('/')}/api/v1/query?query={Uri.EscapeDataString(text)}");
        using var answer = await http.GetAsync(url, cancellationToken);
        answer.EnsureSuccessStatusCode();
        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        try
        {
            using var document = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
            return Number(document.RootElement);
        }
        catch (JsonException exception)
        {
            throw new IOException("Prometheus' answer is no JSON.", exception);
        }
    }

    private static double? Number(JsonElement root)
    {
        if (!root.TryGetProperty("data", out var data) || !data.TryGetProperty("result", out var result)
            || result.ValueKind is not JsonValueKind.Array || result.GetArrayLength() is 0)
        {
            return null;
        }

        // A scalar is [time, value]; a vector is a list of series, of which one is meant.
        var sample = result[0].ValueKind is JsonValueKind.Object && result[0].TryGetProperty("value", out var value)
            ? value
            : result;
        var text = sample.ValueKind is JsonValueKind.Array && sample.GetArrayLength() is 2
            && sample[1].ValueKind is JsonValueKind.String ? sample[1].GetString() : null;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number) ? number : null;
    }
}
