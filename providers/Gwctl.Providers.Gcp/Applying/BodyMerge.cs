using System.Text.Json.Nodes;
using Gwctl.Core;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Gcp.Api;
using Gwctl.Providers.Gcp.Reading;

namespace Gwctl.Providers.Gcp.Applying;

/// <summary>Request bodies from attributes. Pure.</summary>
internal static class BodyMerge
{
    /// <summary>All members of a new object.</summary>
    public static JsonObject Insert(
        AttributeMap after, Marks marks, Func<AttributeValue.Secret, SecretText> reveal)
    {
        var body = BodyForm.To(after.Without("location"), reveal);
        body["description"] = marks.ToText();
        return body;
    }

    /// <summary>Some members for a merge patch: maps are to be as they are wanted, so that what else lives in them is
    /// nulled.</summary>
    public static JsonObject Patch(
        IEnumerable<AttributeField> members, JsonObject live, Func<AttributeValue.Secret, SecretText> reveal)
    {
        var body = new JsonObject();
        foreach (var member in members)
        {
            body[member.Name] = Merge(live[member.Name], BodyForm.To(member.Name, member.Value, reveal));
        }

        return WithFingerprint(body, live);
    }

    /// <summary>The whole object, in which <paramref name="managed"/> members that are not wanted are no
    /// more.</summary>
    public static JsonObject Replace(
        AttributeMap after,
        JsonObject live,
        IEnumerable<string> managed,
        Func<AttributeValue.Secret, SecretText> reveal)
    {
        var body = BodyForm.To(after.Without("location"), reveal);
        foreach (var (name, value) in live)
        {
            if (body[name] is null && !managed.Contains(name) && !IsGooglesOwn(name))
            {
                body[name] = value?.DeepClone();
            }
        }

        return body;
    }

    public static JsonObject WithFingerprint(JsonObject body, JsonObject live)
    {
        if (live.TextOrNull("fingerprint") is { } fingerprint)
        {
            body["fingerprint"] = fingerprint;
        }

        return body;
    }

    private static JsonNode Merge(JsonNode? live, JsonNode wanted)
    {
        if (live is not JsonObject found || wanted is not JsonObject want)
        {
            return wanted;
        }

        var merged = new JsonObject();
        foreach (var (name, value) in want)
        {
            merged[name] = value is null ? null : Merge(found[name], value.DeepClone());
        }

        foreach (var (name, _) in found)
        {
            if (!merged.ContainsKey(name))
            {
                merged[name] = null;
            }
        }

        return merged;
    }

    private static bool IsGooglesOwn(string name) =>
        name is "creationTimestamp" or "id" or "kind" or "region" or "selfLink" or "selfLinkWithId";
}
