using System.Text;
using Gwctl.Sandbox.Gcp.UrlMaps;
using Microsoft.AspNetCore.Http;

namespace Gwctl.Sandbox.DataPlane.Proxies;

/// <summary>Responses that Google's proxies make themselves, and what they add to those of backends.</summary>
internal static class ProxyResponse
{
    public const string Via = "1.1 google";

    /// <summary>A status with the proxy's words for it.</summary>
    public static async Task WriteAsync(HttpContext context, int status, string words)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.Headers.Via = Via;
        if (status is 204 or 304)
        {
            return;
        }

        var body = Encoding.UTF8.GetBytes(words);
        response.ContentLength = body.Length;
        if (body.Length > 0)
        {
            response.ContentType = "text/plain";
            await response.Body.WriteAsync(body, context.RequestAborted);
        }
    }

    public static Task RedirectAsync(HttpContext context, RouteDecision.Redirect redirect)
    {
        context.Response.Headers.Location = redirect.Location;
        return WriteAsync(context, redirect.Status, "");
    }

    /// <summary>No endpoint may be asked. The classic proxy calls that a bad gateway.</summary>
    public static Task NobodyAsync(HttpContext context, bool isClassic) => isClassic
        ? WriteAsync(context, StatusCodes.Status502BadGateway, "")
        : WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "no healthy upstream");

    /// <summary>The endpoint did not answer, or not in time.</summary>
    /// <param name="status">504 for a timeout.</param>
    public static Task FailAsync(HttpContext context, int status, bool isClassic) =>
        status is StatusCodes.Status504GatewayTimeout
            ? WriteAsync(context, status, "upstream request timeout")
            : isClassic
                ? WriteAsync(context, StatusCodes.Status502BadGateway, "")
                : WriteAsync(
                    context, StatusCodes.Status503ServiceUnavailable,
                    "upstream connect error or disconnect/reset before headers");

    /// <summary>Makes header edits, in order.</summary>
    public static void Edit(IHeaderDictionary headers, IEnumerable<HeaderEdit> edits)
    {
        foreach (var edit in edits)
        {
            switch (edit.Kind)
            {
                case HeaderEditKind.Remove:
                    headers.Remove(edit.Name);
                    break;
                case HeaderEditKind.Set:
                    headers[edit.Name] = edit.Value;
                    break;
                default:
                    headers.Append(edit.Name, edit.Value);
                    break;
            }
        }
    }
}
