using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Gwctl.Core;
using Gwctl.Engine.Diff;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Planning.Files;

/// <summary>Writes a plan's members, in one order, all of them always.</summary>
internal sealed class PlanWriter(Utf8JsonWriter json)
{
    /// <summary>The line break and brace that every body ends with.</summary>
    public const int EndLength = 2;

    private static readonly JsonWriterOptions s_options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write(Plan plan, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, s_options);
        new PlanWriter(json).Root(plan);
    }

    private void Root(Plan plan)
    {
        json.WriteStartObject();
        json.WriteNumber("formatVersion", plan.FormatVersion);
        json.WriteString("toolVersion", plan.ToolVersion);
        json.WriteString("purpose", Words.Of(Words.Purposes, plan.Purpose));
        Items("scopes", plan.Scopes, Scope);
        json.WriteStartArray("configs");
        foreach (var config in plan.Configs)
        {
            using var document = JsonDocument.Parse(config);
            document.RootElement.WriteTo(json);
        }

        json.WriteEndArray();
        json.WriteString("inputDigest", plan.InputDigest);
        json.WriteString("createdAt", plan.CreatedAt);
        json.WriteString("expiresAt", plan.ExpiresAt);
        json.WriteNumber("unchanged", plan.Unchanged);
        Items("changes", plan.Changes, Change);
        Items("steps", plan.Steps, Step);
        Items("known", plan.Known, Known);
        json.WriteStartObject("traffic");
        json.WriteNumber("unchanged", plan.Traffic.Unchanged);
        Items("changes", plan.Traffic.Changes, Traffic);
        json.WriteEndObject();
        Items("diagnostics", plan.Diagnostics, Diagnostic);
        Items("blocks", plan.Blocks, Diagnostic);
        json.WriteEndObject();
    }

    private void Scope(ProviderScope scope)
    {
        json.WriteString("name", scope.Name);
        json.WriteString("provider", scope.Provider);
        json.WriteString("account", scope.Account);
        json.WriteString("region", scope.Region);
        json.WriteString("owner", scope.Owner);
    }

    private void Change(Change change)
    {
        var (actions, before, after, differences) = PartsOf(change);
        json.WriteString("address", AddressText.Write(change.Address));
        json.WriteString("kind", change.Address.Kind);
        json.WriteString("gateway", change.Address.Gateway.ToString());
        Texts("actions", actions);
        json.WriteString("reason", change.Reason);
        Attributes("before", before?.Attributes);
        Attributes("after", after?.Attributes);
        Items("differences", differences, Difference);
        if (before is null)
        {
            json.WriteNull("live");
        }
        else
        {
            json.WriteStartObject("live");
            Live(before);
            json.WriteEndObject();
        }

        if (after is null)
        {
            json.WriteNull("node");
        }
        else
        {
            json.WriteStartObject("node");
            Node(after);
            json.WriteEndObject();
        }
    }

    private static (string[] Actions, LiveResource? Before, ResourceNode? After,
        EquatableList<AttributeChange> Differences)
        PartsOf(Change change) => change switch
        {
            Diff.Change.Create create => (["create"], null, create.After, []),
            Diff.Change.Update update => (["update"], update.Before, update.After, update.Attributes),
            Diff.Change.Replace replace => (["replace"], replace.Before, replace.After, replace.Attributes),
            Diff.Change.Delete delete => (["delete"], delete.Before, null, []),
            Diff.Change.Adopt adopt => (["adopt"], adopt.Before, adopt.Node, []),
            _ => throw new System.Diagnostics.UnreachableException($"{change.Address} is no change"),
        };

    private void Difference(AttributeChange difference)
    {
        json.WriteString("path", difference.Path);
        Value("before", difference.Before);
        Value("after", difference.After);
        json.WriteBoolean("forcesReplacement", difference.ForcesReplacement);
    }

    private void Live(LiveResource live)
    {
        json.WriteString("id", live.Id);
        json.WriteString("ownership", Words.Of(Words.Ownerships, live.Ownership));
        json.WriteString("ownerText", live.OwnerText);
        json.WriteString("fingerprint", live.Fingerprint);
        json.WriteBoolean("protected", live.Protected);
        Attributes("outputs", live.Outputs);
    }

    private void Node(ResourceNode node)
    {
        Span("origin", node.Origin);
        Texts("originObjects", node.OriginObjects);
        Texts("hostnames", node.Hostnames);
        json.WriteBoolean("protected", node.Protected);
    }

    private void Step(Step step)
    {
        json.WriteNumber("id", step.Id);
        json.WriteString("action", Words.Of(Words.Actions, step.Action));
        json.WriteString("address", AddressText.Write(step.Address));
        json.WriteString("liveId", step.LiveId);
        json.WriteString("fingerprint", step.Fingerprint);
        json.WriteStartArray("dependsOn");
        foreach (var id in step.DependsOn)
        {
            json.WriteNumberValue(id);
        }

        json.WriteEndArray();
        json.WriteString("note", step.Note);
        Items("members", step.Members, Member);
        Attributes("before", step.Before);
        Attributes("after", step.After);
    }

    private void Member(BatchMember member)
    {
        json.WriteString("address", AddressText.Write(member.Address));
        json.WriteString("liveId", member.LiveId);
        json.WriteString("fingerprint", member.Fingerprint);
        Value("before", member.Before);
        Value("after", member.After);
    }

    private void Known(KnownObject known)
    {
        json.WriteString("address", AddressText.Write(known.Address));
        json.WriteString("id", known.Id);
        Attributes("outputs", known.Outputs);
    }

    private void Traffic(TrafficChange change)
    {
        Row("before", change.Before);
        Row("after", change.After);
    }

    private void Row(string name, TrafficRow? row)
    {
        if (row is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteString("namespace", row.Gateway.Namespace);
        json.WriteString("gateway", row.Gateway.Name);
        json.WriteNumber("port", row.Port);
        json.WriteString("protocol", row.Protocol);
        json.WriteString("host", row.Host);
        json.WriteString("match", row.Match);
        json.WriteString("destination", row.Destination);
        json.WriteEndObject();
    }

    private void Diagnostic(Diagnostic diagnostic)
    {
        json.WriteString("code", diagnostic.Code);
        json.WriteString("severity", Words.Of(Words.Severities, diagnostic.Severity));
        json.WriteString("summary", diagnostic.Summary);
        Span("subject", diagnostic.Subject);
        json.WriteString("detail", diagnostic.Detail);
        json.WriteString("help", diagnostic.Help);
        json.WriteString("object", diagnostic.Object);
        json.WriteString("reason", diagnostic.Reason);
    }

    private void Span(string name, SourceSpan span)
    {
        json.WriteStartObject(name);
        json.WriteString("file", span.File ?? "");
        json.WriteNumber("line", span.Line);
        json.WriteNumber("column", span.Column);
        json.WriteEndObject();
    }

    private void Attributes(string name, AttributeMap? map)
    {
        json.WritePropertyName(name);
        AttributeJson.Write(json, map);
    }

    private void Value(string name, AttributeValue? value)
    {
        json.WritePropertyName(name);
        AttributeJson.Write(json, value);
    }

    private void Texts(string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private void Items<T>(string name, EquatableList<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
