using System.Diagnostics;
using System.Text.Json;
using Gwctl.Cli.Arguments;
using Gwctl.Cli.Hosting;
using Gwctl.Cli.Views.Diagnostics;
using Gwctl.Cli.Views.Graphs;
using Gwctl.Cli.Views.Plans;
using Gwctl.Cli.Views.Texts;
using Gwctl.Engine.Diff;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Resources;

namespace Gwctl.Cli.Views.Drifts;

/// <summary>Shows how the cloud differs from the specs.</summary>
public interface IDriftView
{
    /// <param name="drift">The plan that would repair it.</param>
    void Show(Plan drift);
}

/// <summary>Chooses a view.</summary>
public static class DriftViews
{
    public static IDriftView For(CommandHost host, SourceTexts sources) => host.Talk.Format switch
    {
        OutputFormat.Text => new TextDriftView(host.Result, sources),
        OutputFormat.Json => new JsonDriftView(host.Context.Output),
        OutputFormat.Markdown => new MarkdownDriftView(host.Context.Output),
        _ => throw new UnreachableException(),
    };

    /// <summary>What is wrong with the object, after its address.</summary>
    public static string Sentence(Change change) => change switch
    {
        Change.Create => "is missing",
        Change.Update => "has changed",
        Change.Replace => "has changed so that only a replacement repairs it",
        Change.Delete => "is not wanted by the specs",
        Change.Adopt => "is not ours",
        _ => throw new UnreachableException(),
    };

    public static string Kind(Change change) => change switch
    {
        Change.Create => "missing",
        Change.Update => "changed",
        Change.Replace => "changed",
        Change.Delete => "unwanted",
        Change.Adopt => "foreign",
        _ => throw new UnreachableException(),
    };
}

/// <summary>For reading: each object with its differences, live value first.</summary>
public sealed class TextDriftView(StyledWriter writer, SourceTexts sources) : IDriftView
{
    private const int Indent = 6;

    public void Show(Plan drift)
    {
        var attributes = new AttributeBlock(writer, ValueText.For(drift));
        foreach (var change in drift.Changes)
        {
            writer.Write(change.Address.ToString(), Tone.Strong).Line($" {DriftViews.Sentence(change)}", Tone.Change);
            if (change is Change.Update or Change.Replace)
            {
                attributes.WriteChanges(
                    change is Change.Update update ? update.Attributes : ((Change.Replace)change).Attributes, Indent);
            }

            writer.Line();
        }

        var diagnostics = new TextDiagnosticsView(writer, sources);
        foreach (var diagnostic in DiagnosticList.Tidy(drift.Diagnostics))
        {
            diagnostics.Write(diagnostic);
        }

        var count = Quantity.Of(drift.Changes.Count, "object");
        writer.Line(drift.Changes.Count is 0
            ? $"No drift. {Quantity.Of(drift.Unchanged, "object")} as the specs want."
            : $"Drift: {count} not as the specs want. Left is live, right is wanted; 'gwctl apply' repairs it.");
        writer.Flush();
    }
}

/// <summary>One document.</summary>
public sealed class JsonDriftView(TextWriter writer) : IDriftView
{
    public void Show(Plan drift) => JsonText.WriteDocument(writer, json =>
    {
        json.WriteBoolean("drift", drift.Changes.Count > 0);
        json.WriteNumber("unchanged", drift.Unchanged);
        json.WriteStartArray("objects");
        foreach (var change in drift.Changes)
        {
            Write(json, change);
        }

        json.WriteEndArray();
        DiagnosticJson.WriteMembers(json, DiagnosticList.Tidy(drift.Diagnostics));
    });

    private static void Write(Utf8JsonWriter json, Change change)
    {
        json.WriteStartObject();
        json.WriteString("address", change.Address.ToString());
        json.WriteString("state", DriftViews.Kind(change));
        json.WriteString("reason", change.Reason);
        json.WriteStartArray("differences");
        var differences = change switch
        {
            Change.Update update => update.Attributes,
            Change.Replace replace => replace.Attributes,
            _ => [],
        };
        foreach (var difference in differences)
        {
            json.WriteStartObject();
            json.WriteString("path", difference.Path);
            Write(json, "live", difference.Before);
            Write(json, "wanted", difference.After);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, AttributeValue? value)
    {
        json.WritePropertyName(name);
        if (value is null)
        {
            json.WriteNullValue();
        }
        else
        {
            AttributeJson.Write(json, value);
        }
    }
}

/// <summary>For an issue or a job's summary.</summary>
public sealed class MarkdownDriftView(TextWriter writer) : IDriftView
{
    /// <summary>The first line, by which a tool finds its own comment.</summary>
    public const string Heading = "## gwctl drift";

    public void Show(Plan drift)
    {
        var page = new MarkdownPage(MarkdownPlanView.CharactersMaxDefault - MarkdownPlanView.ReserveForNote);
        page.Add(drift.Changes.Count is 0
            ? $"{Heading}\n\n**No drift.**\n\n"
            : $"{Heading}\n\n**{Quantity.Of(drift.Changes.Count, "object")} not as the specs want.**\n\n");
        page.AddItems("", "\n", drift.Changes.Select(change =>
            $"- {Markdown.Code(change.Address.ToString())} {DriftViews.Sentence(change)}\n"));
        page.AddItems(
            "<details><summary>Differences</summary>\n\n",
            "\n</details>\n",
            drift.Changes.Select(change => Block(change, drift)));
        writer.Write(page.Finish("`gwctl drift -o json` has everything"));
        writer.Flush();
    }

    private static string Block(Change change, Plan drift)
    {
        using var text = new StringWriter { NewLine = "\n" };
        var block = new ChangeBlock(
            new StyledWriter(text, Terminal.None), new PlanActions(drift), ValueText.For(drift));
        block.Write(change);
        return Markdown.DiffBlock(text.ToString());
    }
}
