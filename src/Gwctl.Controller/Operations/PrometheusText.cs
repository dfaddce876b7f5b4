using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Gwctl.Controller.Operations;

/// <summary>Gathers what the process measures and writes it in Prometheus' text format (version 0.0.4).</summary>
public sealed class PrometheusText : IDisposable
{
    /// <summary>What durations in seconds are sorted into; everything longer is in the last.</summary>
    private static readonly double[] Seconds =
    [
        0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300,
    ];

    private static readonly double[] Counts = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 5_000, 10_000];

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<Series, Cell> _cells = new();

    /// <param name="prefix">Meters whose names begin so.</param>
    public PrometheusText(string prefix)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name.StartsWith(prefix, StringComparison.Ordinal))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Measure(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Measure(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Measure(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>Everything up to now, sorted by name and labels.</summary>
    public string Write()
    {
        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (var metric in _cells.GroupBy(pair => pair.Key.Instrument)
            .OrderBy(group => NameOf(group.Key), StringComparer.Ordinal))
        {
            var name = NameOf(metric.Key);
            if (metric.Key.Description is { Length: > 0 } description)
            {
                text.Append("# HELP ").Append(name).Append(' ').Append(Escaped(description)).Append('\n');
            }

            text.Append("# TYPE ").Append(name).Append(' ').Append(TypeOf(metric.Key)).Append('\n');
            foreach (var (series, cell) in metric.OrderBy(pair => pair.Key.Labels, StringComparer.Ordinal))
            {
                cell.Write(text, name, series.Labels);
            }
        }

        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

    private readonly record struct Series(Instrument Instrument, string Labels);

    private void Measure(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var series = new Series(instrument, LabelsOf(tags));
        _cells.GetOrAdd(series, static key => new Cell(TypeOf(key.Instrument), BoundsOf(key.Instrument))).Add(value);
    }

    private static string LabelsOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var pairs = new List<string>(tags.Length);
        foreach (var tag in tags)
        {
            pairs.Add($"{Plain(tag.Key)}=\"{Escaped($"{tag.Value}")}\"");
        }

        pairs.Sort(StringComparer.Ordinal);
        return string.Join(',', pairs);
    }

    private static string TypeOf(Instrument instrument)
    {
        var type = instrument.GetType();
        var name = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        return name == typeof(Histogram<>) ? "histogram"
            : name == typeof(Counter<>) || name == typeof(ObservableCounter<>) ? "counter"
            : "gauge";
    }

    private static double[] BoundsOf(Instrument instrument) =>
        TypeOf(instrument) is not "histogram" ? [] : instrument.Unit is "s" ? Seconds : Counts;

    // As OpenTelemetry translates names: the unit, and "total" for what only grows.
    private static string NameOf(Instrument instrument) => Plain(instrument.Name)
        + (instrument.Unit is "s" ? "_seconds" : "")
        + (TypeOf(instrument) is "counter" ? "_total" : "");

    private static string Plain(string name) =>
        string.Create(name.Length, name, static (span, text) =>
        {
            for (var index = 0; index < span.Length; index++)
            {
                span[index] = char.IsAsciiLetterOrDigit(text[index]) ? text[index] : '_';
            }
        });

    private static string Escaped(string text) =>
        text.Replace("\\", "\\\\").Replace("\n", "\\n").Replace("\"", "\\\"");

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>One series.</summary>
    private sealed class Cell(string type, double[] bounds)
    {
        private readonly Lock _gate = new();
        private readonly long[] _buckets = new long[bounds.Length + 1];
        private double _sum;
        private long _count;

        public void Add(double value)
        {
            lock (_gate)
            {
                _count++;
                _sum = type is "gauge" ? value : _sum + value;
                if (type is "histogram")
                {
                    var place = Array.FindIndex(bounds, bound => value <= bound);
                    _buckets[place < 0 ? bounds.Length : place]++;
                }
            }
        }

        public void Write(StringBuilder text, string name, string labels)
        {
            lock (_gate)
            {
                if (type is not "histogram")
                {
                    Line(text, name, labels, Number(_sum));
                    return;
                }

                var below = 0L;
                for (var index = 0; index < _buckets.Length; index++)
                {
                    below += _buckets[index];
                    var bound = index < bounds.Length ? Number(bounds[index]) : "+Inf";
                    var all = labels is "" ? $"le=\"{bound}\"" : $"{labels},le=\"{bound}\"";
                    Line(text, $"{name}_bucket", all, Number(below));
                }

                Line(text, $"{name}_sum", labels, Number(_sum));
                Line(text, $"{name}_count", labels, Number(_count));
            }
        }

        private static void Line(StringBuilder text, string name, string labels, string value)
        {
            text.Append(name);
            if (labels is not "")
            {
                text.Append('{').Append(labels).Append('}');
            }

            text.Append(' ').Append(value).Append('\n');
        }
    }
}
