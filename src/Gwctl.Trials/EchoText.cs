using System.Text.Json;
using Gwctl.Verification.Router;

namespace Gwctl.Trials;

/// <summary>Reads what the echo says it saw.</summary>
internal static class EchoText
{
    /// <summary>Null where the answer is not the echo's JSON: to HEAD, or in gRPC's own form.</summary>
    public static ForwardedRequest? Read(Reply reply)
    {
        if (reply.Body.Length is 0 || reply.Header("Content-Type") is not "application/json")
        {
            return null;
        }

        using var document = JsonDocument.Parse(reply.Body);
        var target = Text(document.RootElement, "path");
        var question = target.IndexOf('?', StringComparison.Ordinal);
        return new ForwardedRequest(
            Text(document.RootElement, "method"),
            Text(document.RootElement, "host"),
            question < 0 ? target : target[..question],
            question < 0 ? null : target[(question + 1)..],
            [.. Headers(document.RootElement)]);
    }

    private static IEnumerable<HeaderField> Headers(JsonElement root)
    {
        if (!root.TryGetProperty("headers", out var headers))
        {
            yield break;
        }

        foreach (var header in headers.EnumerateObject())
        {
            foreach (var value in header.Value.EnumerateArray())
            {
                yield return new HeaderField(header.Name, value.GetString() ?? "");
            }
        }
    }

    private static string Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var found) ? found.GetString() ?? "" : "";
}
