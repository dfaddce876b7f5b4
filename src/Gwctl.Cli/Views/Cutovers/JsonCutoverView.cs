using System.Text.Json;
using Gwctl.Cli.Views.Diagnostics;
using Gwctl.Core;
using Gwctl.Cutover.Paths;
using Gwctl.Cutover.Records;
using Gwctl.Cutover.Running;
using Gwctl.Engine.Providers;

namespace Gwctl.Cli.Views.Cutovers;

/// <summary>One document.</summary>
public sealed class JsonCutoverView(TextWriter writer) : ICutoverView
{
    public void ShowPlans(IReadOnlyList<CutoverPlan> plans) => JsonText.WriteDocument(writer, json =>
    {
        json.WriteStartArray("cutovers");
        foreach (var plan in plans)
        {
            json.WriteStartObject();
            json.WriteString("name", plan.Document.Name.ToString());
            json.WriteStartArray("hostnames");
            foreach (var name in plan.Names)
            {
                Write(json, name);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    public void ShowReports(IReadOnlyList<CutoverReport> reports) => JsonText.WriteDocument(writer, json =>
    {
        json.WriteStartArray("cutovers");
        foreach (var report in reports)
        {
            Write(json, report);
        }

        json.WriteEndArray();
    });

    private static void Write(Utf8JsonWriter json, NamePath name)
    {
        json.WriteStartObject();
        json.WriteString("hostname", name.Hostname);
        json.WriteStartArray("steps");
        foreach (var step in name.Steps)
        {
            json.WriteStartObject();
            json.WriteString("earliest", step.Earliest);
            json.WriteString("after", step.After);
            json.WriteBoolean("needsPerson", step.NeedsPerson);
            json.WriteString("what", step.What);
            Write(json, step.Members);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Write(json, "notes", name.Notes);
        Write(json, name.Problem);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, CutoverReport report)
    {
        json.WriteStartObject();
        json.WriteString("name", report.Document.Name.ToString());
        json.WriteString("at", report.At);
        json.WriteNumber("steps", report.Document.Steps.Count);
        if (report.Share is { } share)
        {
            json.WriteNumber("observedPercent", Math.Round(share, 2));
        }

        json.WriteStartArray("hostnames");
        foreach (var name in report.Names)
        {
            Write(json, name);
        }

        json.WriteEndArray();
        json.WriteStartArray("gates");
        foreach (var gate in report.Gates)
        {
            json.WriteStartObject();
            json.WriteString("name", gate.Name);
            json.WriteString("kind", gate.Kind);
            json.WriteString("verdict", gate.Verdict.ToString().ToLowerInvariant());
            json.WriteString("detail", gate.Detail);
            json.WriteStartObject("measurements");
            foreach (var measurement in gate.Measurements)
            {
                json.WriteString(measurement.Name, measurement.Value);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, NameReport name)
    {
        json.WriteStartObject();
        json.WriteString("hostname", name.Hostname);
        json.WriteString("outcome", name.Outcome.ToString().ToLowerInvariant());
        json.WriteString("text", name.Text);
        Write(json, "until", name.Until);
        Write(json, "drainedAt", name.DrainedAt);
        if (name.Progress is { } progress)
        {
            Write(json, progress);
        }

        Write(json, name.Members);
        Write(json, "written", name.Written);
        Write(json, "notes", name.Notes);
        Write(json, name.Diagnostic);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Progress progress)
    {
        json.WriteStartObject("progress");
        json.WriteString("phase", progress.Phase.ToString().ToLowerInvariant());
        json.WriteNumber("step", progress.Step);
        json.WriteNumber("weight", progress.Weight);
        json.WriteString("at", progress.At);
        json.WriteString("reason", progress.Reason);
        Write(json, "retainedUntil", progress.RetainedUntil);
        json.WriteStartArray("taken");
        foreach (var taken in progress.Taken)
        {
            json.WriteStartObject();
            json.WriteNumber("step", taken.Step);
            json.WriteNumber("weight", taken.Weight);
            json.WriteString("at", taken.At);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, EquatableList<WeightedMember> members)
    {
        json.WriteStartArray("records");
        foreach (var member in members)
        {
            json.WriteStartObject();
            json.WriteString("type", member.Type);
            json.WriteString("key", member.Key);
            if (member.Weight is { } weight)
            {
                json.WriteNumber("weight", weight);
            }

            json.WriteString("target", member.Target.ToString());
            if (member.Ttl is { } ttl)
            {
                json.WriteNumber("ttlSeconds", (long)ttl.TotalSeconds);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, EquatableList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } given)
        {
            json.WriteString(name, given);
        }
    }

    private static void Write(Utf8JsonWriter json, Diagnostic? diagnostic)
    {
        if (diagnostic is not null)
        {
            json.WritePropertyName("diagnostic");
            DiagnosticJson.Write(json, diagnostic);
        }
    }
}
