using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gwctl.Sandbox.Kubernetes.Kinds;
using Gwctl.Sandbox.Kubernetes.Storage;

namespace Gwctl.Sandbox.Kubernetes.Output;

/// <summary>Objects as the rows that <c>kubectl get</c> prints.</summary>
/// <param name="kind">Of the objects.</param>
/// <param name="version">Whose columns are shown.</param>
/// <param name="includeObject">What each row carries besides: Metadata (the default), Object or None.</param>
/// <param name="now">What ages are counted from.</param>
internal sealed class TableRows(Kind kind, KindVersion version, string includeObject, DateTimeOffset now)
{
    private static readonly Column[] Default = [new("Age", "date", ".metadata.creationTimestamp", 0)];

    private readonly IReadOnlyList<Column> _columns = version.Columns.Count > 0 ? version.Columns : Default;

    public JsonObject Render(IEnumerable<Stored> items, string apiVersion, JsonObject meta)
    {
        var columns = new JsonArray(Definition("Name", "string", "name", 0));
        foreach (var column in _columns)
        {
            var type = column.Type is "date" ? "string" : column.Type;
            columns.Add(Definition(column.Name, type, "", column.Priority));
        }

        return new JsonObject
        {
            ["kind"] = "Table",
            ["apiVersion"] = "meta.k8s.io/v1",
            ["metadata"] = meta,
            ["columnDefinitions"] = columns,
            ["rows"] = new JsonArray([.. items.Select(item => Row(item, apiVersion))]),
        };
    }

    private static JsonObject Definition(string name, string type, string format, int priority) => new()
    {
        ["name"] = name, ["type"] = type, ["format"] = format, ["description"] = "", ["priority"] = priority,
    };

    private JsonObject Row(Stored stored, string apiVersion)
    {
        var value = kind.View(stored.ToJson(apiVersion));
        var cells = new JsonArray(JsonValue.Create(stored.Name));
        foreach (var column in _columns)
        {
            cells.Add(Cell(value, column));
        }

        var row = new JsonObject { ["cells"] = cells };
        switch (includeObject)
        {
            case "Object":
                row["object"] = value;
                break;
            case "None":
                break;
            default:
                row["object"] = new JsonObject
                {
                    ["kind"] = "PartialObjectMetadata",
                    ["apiVersion"] = "meta.k8s.io/v1",
                    ["metadata"] = value.Take("metadata"),
                };
                break;
        }

        return row;
    }

    private JsonNode? Cell(JsonObject value, Column column)
    {
        if (column.Path[0] is '#')
        {
            return JsonPath.Find(value, column.Path[1..]) switch
            {
                [JsonObject members] => members.Count,
                [JsonArray list] => list.Count,
                _ => 0,
            };
        }

        var found = JsonPath.Find(value, column.Path);
        if (column.Type is "date")
        {
            return found is [var time]
                && DateTimeOffset.TryParse(time.ToString(), CultureInfo.InvariantCulture, out var at)
                ? Age(now - at)
                : "<unknown>";
        }

        return (column.Type, found) switch
        {
            (_, []) => null,
            ("integer" or "boolean" or "number", [JsonValue one]) => one.DeepClone(),
            var (_, texts) => string.Join(',', texts.Select(Show)),
        };
    }

    private static string Show(JsonNode node) => node.GetValueKind() switch
    {
        JsonValueKind.String => node.ToString(),
        _ => node.ToJsonString(JsonForm.Options),
    };

    /// <summary>As kubectl writes durations: two units at most.</summary>
    private static string Age(TimeSpan age) => age switch
    {
        { Ticks: < 0 } => "0s",
        { TotalSeconds: < 120 } => $"{(int)age.TotalSeconds}s",
        { TotalMinutes: < 10 } => $"{(int)age.TotalMinutes}m{(age.Seconds > 0 ? $"{age.Seconds}s" : "")}",
        { TotalHours: < 3 } => $"{(int)age.TotalMinutes}m",
        { TotalHours: < 8 } => $"{(int)age.TotalHours}h{(age.Minutes > 0 ? $"{age.Minutes}m" : "")}",
        { TotalHours: < 48 } => $"{(int)age.TotalHours}h",
        { TotalDays: < 8 } => $"{(int)age.TotalDays}d{(age.Hours > 0 ? $"{age.Hours}h" : "")}",
        { TotalDays: < 730 } => $"{(int)age.TotalDays}d",
        _ => $"{(int)(age.TotalDays / 365)}y",
    };
}
