using System.Text.Json;
using Gwctl.Trials;

namespace Gwctl.Cli.Views.Proving;

/// <summary>One document.</summary>
public sealed class JsonTestView(TextWriter writer) : ITestView
{
    public void Show(TestReport report) => JsonText.WriteDocument(writer, json =>
    {
        json.WriteBoolean("passed", report.Failed is 0);
        json.WriteNumber("cases", report.Cases.Count);
        json.WriteNumber("failed", report.Failed);
        json.WriteStartArray("results");
        foreach (var tested in report.Cases)
        {
            Write(json, tested);
        }

        json.WriteEndArray();
    });

    private static void Write(Utf8JsonWriter json, TestedCase tested)
    {
        json.WriteStartObject();
        json.WriteString("test", tested.Test.Name.ToString());
        json.WriteString("case", tested.Case.Name.Value);
        json.WriteBoolean("passed", tested.Passed);
        json.WriteString("file", tested.Case.Span.File);
        json.WriteNumber("line", tested.Case.Span.Line);
        json.WriteString("request", FailureText.Of(tested.Sides[0].Result));
        json.WriteStartArray("sides");
        foreach (var side in tested.Sides)
        {
            Write(json, side);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, SideResult side)
    {
        json.WriteStartObject();
        json.WriteString("against", side.Side is TestSide.Spec ? "spec" : "cloud");
        json.WriteBoolean("passed", side.Result.Passed);
        if (side.Result.Gateway is { } gateway)
        {
            json.WriteString("gateway", gateway.ToString());
        }

        if (side.Result.Explanation is { } explanation)
        {
            json.WriteString("why", explanation.Answer.Why);
        }

        json.WriteStartArray("failures");
        foreach (var failure in side.Result.Failures)
        {
            json.WriteStartObject();
            json.WriteString("field", failure.Field);
            json.WriteString("expected", failure.Expected);
            json.WriteString("got", failure.Got);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (side.AnnouncedBy is { } diagnostic)
        {
            json.WriteString("announcedBy", diagnostic.Code);
        }

        json.WriteEndObject();
    }
}
