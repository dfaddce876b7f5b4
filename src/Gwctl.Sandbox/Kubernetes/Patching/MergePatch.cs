using System.Text.Json.Nodes;

namespace Gwctl.Sandbox.Kubernetes.Patching;

/// <summary>JSON merge patch (RFC 7396).</summary>
internal static class MergePatch
{
    public static JsonNode? Apply(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject members)
        {
            return patch?.DeepClone();
        }

        var result = (target as JsonObject)?.Copy() ?? [];
        foreach (var (name, member) in members)
        {
            if (member is null)
            {
                result.Remove(name);
            }
            else
            {
                result[name] = Apply(result[name], member);
            }
        }

        return result;
    }
}
