using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Gwctl.Sandbox.Kubernetes.Output;

/// <summary>The part of JSONPath that printer columns use: members, indexes, <c>[*]</c> and
/// <c>[?(@.type=="Ready")]</c>.</summary>
internal static partial class JsonPath
{
    public static IReadOnlyList<JsonNode> Find(JsonNode root, string path)
    {
        IEnumerable<JsonNode?> found = [root];
        foreach (Match step in StepForm().Matches(path))
        {
            found = Take(found, step);
        }

        return [.. found.OfType<JsonNode>()];
    }

    private static IEnumerable<JsonNode?> Take(IEnumerable<JsonNode?> nodes, Match step)
    {
        if (step.Groups["name"] is { Success: true } name)
        {
            var plain = name.Value.Replace("\\.", ".", StringComparison.Ordinal);
            return nodes.Select(node => (node as JsonObject)?[plain]);
        }

        if (step.Groups["quoted"] is { Success: true } quoted)
        {
            return nodes.Select(node => (node as JsonObject)?[quoted.Value]);
        }

        if (step.Groups["index"] is { Success: true } index)
        {
            var place = int.Parse(index.Value);
            return nodes.Select(node => node is JsonArray list && place < list.Count ? list[place] : null);
        }

        var all = nodes.SelectMany(node => node switch
        {
            JsonArray list => list.AsEnumerable(),
            JsonObject members => members.Select(member => member.Value),
            _ => [],
        });
        return step.Groups["field"] is { Success: true } field
            ? all.Where(item => (item as JsonObject)?[field.Value]?.ToString() == step.Groups["value"].Value)
            : all;
    }

    [GeneratedRegex(
        """\.(?<name>(?:[^.\[\]\\]|\\.)+)|\['(?<quoted>[^']*)'\]|\[(?<index>\d+)\]|\[\*\]|"""
        + """\[\?\(@\.(?<field>[\w-]+)\s*==\s*["'](?<value>[^"']*)["']\)\]""", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex StepForm();
}
