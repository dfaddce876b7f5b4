using System.Diagnostics;
using System.Text.Json;
using Gwctl.Cli.Arguments;
using Gwctl.Cli.Hosting;
using Gwctl.Cli.Views.Texts;
using Gwctl.Trials;

namespace Gwctl.Cli.Views.Proving;

/// <summary>Shows what <c>verify</c> found.</summary>
public interface IVerificationView
{
    /// <param name="all">Announced differences too; else they are counted.</param>
    void Show(VerificationReport report, bool all);
}

/// <summary>Chooses a view.</summary>
public static class VerificationViews
{
    public static IVerificationView For(CommandHost host) => host.Talk.Format switch
    {
        OutputFormat.Text => new TextVerificationView(host.Result),
        OutputFormat.Json => new JsonVerificationView(host.Context.Output),
        _ => throw new UnreachableException(),
    };
}

/// <summary>Each difference with its request and both answers, then the verdict.</summary>
public sealed class TextVerificationView(StyledWriter writer) : IVerificationView
{
    public void Show(VerificationReport report, bool all)
    {
        foreach (var found in report.Disagreements.Where(found => all || found.AnnouncedBy is null))
        {
            Write(found);
        }

        foreach (var unreached in report.Unreached)
        {
            writer.Write("not asked ", Tone.Warning).Write(RequestText.Of(unreached.Rule), Tone.Strong)
                .Line($" on listener {unreached.Listener}: {unreached.Why}");
        }

        WriteVerdict(report);
        writer.Flush();
    }

    private void Write(Disagreement found)
    {
        var announced = found.AnnouncedBy is not null;
        writer.Write(announced ? "announced " : "UNANNOUNCED ", announced ? Tone.Note : Tone.Error)
            .Line(RequestText.Question(found), Tone.Strong);
        var table = new TextTable(indent: 2);
        table.Row("why asked", RequestText.WhyAsked(found));
        var (bySpec, why) = RequestText.BySpec(found);
        table.Row("by the spec", $"{bySpec} — {why}");
        table.Row("by the cloud", $"{RequestText.Of(found.ByCloud.Observed)} — {RequestText.Of(found.ByCloud.Rule)}");
        foreach (var difference in found.Differences)
        {
            table.Row("differs", difference.ToString());
        }

        if (found.AnnouncedBy is { } diagnostic)
        {
            table.Row("announced by", $"{diagnostic.Code} {diagnostic.Summary} {diagnostic.Subject}");
        }

        table.Write(writer);
        writer.Line();
    }

    private void WriteVerdict(VerificationReport report)
    {
        var unannounced = report.Unannounced.Count();
        var announced = report.Disagreements.Count - unannounced;
        var connections = report.Connections is 0 ? "" : $" and {Quantity.Of(report.Connections, "connection")}";
        var asked = $"{Quantity.Of(report.Requests, "request")}{connections} for {Quantity.Of(report.Rules, "rule")}";
        writer.Write(unannounced is 0 ? "Verified" : "Not verified", unannounced is 0 ? Tone.Add : Tone.Error)
            .Line($": {asked}, {Quantity.Of(announced, "announced difference")}, {unannounced} unannounced.");
        if (unannounced > 0)
        {
            writer.Line("An unannounced difference is a bug in the translation: please report it with the specs.");
        }
    }
}

/// <summary>One document.</summary>
public sealed class JsonVerificationView(TextWriter writer) : IVerificationView
{
    public void Show(VerificationReport report, bool all) => JsonText.WriteDocument(writer, json =>
    {
        var unannounced = report.Unannounced.Count();
        json.WriteBoolean("verified", unannounced is 0);
        json.WriteNumber("rules", report.Rules);
        json.WriteNumber("requests", report.Requests);
        json.WriteNumber("connections", report.Connections);
        json.WriteNumber("announced", report.Disagreements.Count - unannounced);
        json.WriteNumber("unannounced", unannounced);
        json.WriteStartArray("differences");
        foreach (var found in report.Disagreements)
        {
            Write(json, found);
        }

        json.WriteEndArray();
        json.WriteStartArray("notAsked");
        foreach (var unreached in report.Unreached)
        {
            json.WriteStartObject();
            json.WriteString("rule", RequestText.Of(unreached.Rule));
            json.WriteString("listener", unreached.Listener);
            json.WriteString("why", unreached.Why);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static void Write(Utf8JsonWriter json, Disagreement found)
    {
        json.WriteStartObject();
        json.WriteString("gateway", found.Gateway.ToString());
        json.WriteString(found is Disagreement.OfConnection ? "connection" : "request", RequestText.Question(found));
        json.WriteString("why", RequestText.WhyAsked(found));
        json.WriteString("bySpec", RequestText.BySpec(found).What);
        json.WriteString("byCloud", RequestText.Of(found.ByCloud.Observed));
        json.WriteStartArray("fields");
        foreach (var difference in found.Differences)
        {
            json.WriteStartObject();
            json.WriteString("field", difference.Field);
            json.WriteString("bySpec", difference.BySpec);
            json.WriteString("byCloud", difference.ByCloud);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (found.AnnouncedBy is { } diagnostic)
        {
            json.WriteString("announcedBy", diagnostic.Code);
        }

        json.WriteEndObject();
    }
}
