using System.Text.Json.Nodes;
using Gwctl.Compiler.Topology;
using Gwctl.Kubernetes.Objects;

namespace Gwctl.Controller.Status;

/// <summary>When and for which generation conditions are written.</summary>
public readonly record struct WriterMoment(long Generation, DateTimeOffset Now);

/// <summary>Puts conditions into a list that others write too.</summary>
public static class ConditionList
{
    /// <summary>The API's own bound.</summary>
    public const int MessageCharactersMax = 32_768;

    /// <summary>Types that are ours to remove where they do not hold any more. All others are somebody
    /// else's.</summary>
    private static readonly HashSet<string> Ours = new(StringComparer.Ordinal)
    {
        ConditionTypes.Accepted, ConditionTypes.Programmed, ConditionTypes.ResolvedRefs, ConditionTypes.Conflicted,
        ConditionTypes.OverlappingTlsConfig, ConditionTypes.PartiallyInvalid,
        ConditionTypes.InsecureFrontendValidationMode, ConditionTypes.SupportedVersion,
    };

    /// <summary>The list as it should be: what is the same stays as it is, also its time; a time changes only with the
    /// status; conditions of others stay, and so does one of a newer generation than ours.</summary>
    public static JsonArray Merge(JsonArray? before, IReadOnlyList<Condition> wanted, WriterMoment moment)
    {
        var left = wanted.ToDictionary(condition => condition.Type, StringComparer.Ordinal);
        var merged = new JsonArray();
        foreach (var old in before?.OfType<JsonObject>() ?? [])
        {
            var type = Json.Text(old, "type");
            if (left.Remove(type, out var condition))
            {
                merged.Add(IsNewer(old, moment) ? old.DeepClone() : Body(condition, old, moment));
            }
            else if (!Ours.Contains(type) || IsNewer(old, moment))
            {
                merged.Add(old.DeepClone());
            }
        }

        foreach (var condition in wanted.Where(condition => left.ContainsKey(condition.Type)))
        {
            merged.Add(Body(condition, null, moment));
        }

        return merged;
    }

    private static bool IsNewer(JsonObject old, WriterMoment moment) =>
        old["observedGeneration"] is JsonValue value && value.TryGetValue<long>(out var seen)
            && seen > moment.Generation;

    private static JsonObject Body(Condition condition, JsonObject? old, WriterMoment moment)
    {
        var status = condition.Status switch { true => "True", false => "False", null => "Unknown" };
        var since = old is not null && Json.Text(old, "status") == status ? Json.Text(old, "lastTransitionTime") : "";
        var body = new JsonObject
        {
            ["type"] = condition.Type,
            ["status"] = status,
            ["observedGeneration"] = moment.Generation,
            ["lastTransitionTime"] = since is "" ? Json.Time(moment.Now) : since,
            ["reason"] = condition.Reason,
            ["message"] = condition.Message.Length > MessageCharactersMax
                ? condition.Message[..(MessageCharactersMax - 1)] + "…"
                : condition.Message,
        };
        return old is not null && JsonNode.DeepEquals(old, body) ? (JsonObject)old.DeepClone() : body;
    }
}
