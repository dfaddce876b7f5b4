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
        var root = document.RootElement;
        var target = root.GetProperty("path").GetString() ?? "";
        var question = target.IndexOf('?', StringComparison.Ordinal);
        var headers = root.GetProperty("headers").EnumerateObject().SelectMany(header =>
            header.Value.EnumerateArray().Select(value => new HeaderField(header.Name, value.GetString() ?? "")));
        return new ForwardedRequest(
            root.GetProperty("method").GetString() ?? "",
            root.GetProperty("host").GetString() ?? "",
            question < 0 ? target : target[..question],
            question < 0 ? null : target[(question + 1)..],
            [.. headers]);
    }
}
