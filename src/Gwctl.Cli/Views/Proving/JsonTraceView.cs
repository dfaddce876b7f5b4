using System.Text.Json;
using Gwctl.Cli.Commands.Proving;
using Gwctl.Cli.Views.Diagnostics;
using Gwctl.Verification.Router;

namespace Gwctl.Cli.Views.Proving;

/// <summary>One document.</summary>
public sealed class JsonTraceView(TextWriter writer) : ITraceView
{
    public void Show(Request request, IReadOnlyList<GatewayTrace> traces, bool all) =>
        JsonText.WriteDocument(writer, json =>
        {
            json.WriteString("request", RequestText.Of(request));
            json.WriteStartArray("gateways");
            foreach (var trace in traces)
            {
                Write(json, trace);
            }

            json.WriteEndArray();
        });

    private static void Write(Utf8JsonWriter json, GatewayTrace trace)
    {
        json.WriteStartObject();
        json.WriteString("gateway", trace.Gateway.ToString());
        json.WriteBoolean("agree", trace.Differences.Count is 0);
        WriteSpec(json, trace.BySpec.Answer);
        json.WriteStartObject("byCloud");
        json.WriteString("rule", trace.ByCloud.Rule?.Address.ToString());
        json.WriteString("answer", RequestText.Of(trace.ByCloud.Observed));
        json.WriteNumber("status", trace.ByCloud.Observed.Status);
        json.WriteString("backend", trace.ByCloud.Observed.BackendId);
        json.WriteString("location", trace.ByCloud.Observed.Location);
        json.WriteEndObject();
        json.WriteStartArray("differences");
        foreach (var difference in trace.Differences)
        {
            json.WriteStartObject();
            json.WriteString("field", difference.Field);
            json.WriteString("bySpec", difference.BySpec);
            json.WriteString("byCloud", difference.ByCloud);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (trace.AnnouncedBy is { } diagnostic)
        {
            json.WritePropertyName("announcedBy");
            DiagnosticJson.Write(json, diagnostic);
        }

        WriteRules(json, trace.BySpec);
        WriteDrift(json, trace);
        json.WriteEndObject();
    }

    private static void WriteSpec(Utf8JsonWriter json, Answer answer)
    {
        json.WriteStartObject("bySpec");
        json.WriteString("listener", answer.Listener?.Name);
        json.WriteString("rule", answer.Rule is { } rule ? RequestText.Of(rule.Origin) : null);
        json.WriteString("answer", RequestText.Of(answer));
        json.WriteString("why", answer.Why);
        json.WriteEndObject();
    }

    private static void WriteRules(Utf8JsonWriter json, Explanation explanation)
    {
        json.WriteStartArray("rules");
        foreach (var verdict in explanation.Rules)
        {
            json.WriteStartObject();
            json.WriteString("listener", verdict.Listener.Name);
            json.WriteString("rule", RequestText.Of(verdict.Rule.Origin));
            json.WriteString("verdict", verdict.Kind.ToString());
            json.WriteString("why", verdict.Why);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteDrift(Utf8JsonWriter json, GatewayTrace trace)
    {
        if (trace.Drift is not { } drift)
        {
            return;
        }

        json.WriteStartArray("differsLive");
        foreach (var address in drift.Objects)
        {
            json.WriteStringValue(address);
        }

        json.WriteEndArray();
        json.WriteStartArray("liveTraffic");
        foreach (var change in drift.Traffic)
        {
            var row = change.Before ?? change.After;
            json.WriteStartObject();
            json.WriteString("host", row?.Host);
            json.WriteString("match", row?.Match);
            json.WriteString("live", change.Before?.Destination);
            json.WriteString("specs", change.After?.Destination);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
