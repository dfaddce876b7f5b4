using System.Globalization;
using System.Text.Json.Nodes;
using Gwctl.Sandbox.Kubernetes.Requests;
using Microsoft.AspNetCore.Http;

namespace Gwctl.Sandbox.Kubernetes.Serving;

/// <summary>Answers in the API's form.</summary>
internal static class Respond
{
    public const string JsonType = "application/json";

    public static Task Json(HttpContext context, int status, JsonNode body) =>
        Bytes(context, status, JsonType, JsonForm.ToBytes(body));

    public static async Task Bytes(HttpContext context, int status, string contentType, ReadOnlyMemory<byte> body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        }
    }

    public static Task Error(HttpContext context, ApiException error)
    {
        if (error.RetryAfterSeconds > 0)
        {
            context.Response.Headers.RetryAfter = error.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        }

        return Json(context, error.Code, error.ToStatus());
    }

    /// <summary>Adds warnings that clients show to their users.</summary>
    public static void Warn(HttpContext context, IEnumerable<string> warnings)
    {
        foreach (var warning in warnings)
        {
            var text = warning.Replace("\\", "\\\\", StringComparison.Ordinal)
                .Replace("\"", "\\\"", StringComparison.Ordinal);
            context.Response.Headers.Append("Warning", $"299 - \"{text}\"");
        }
    }
}
