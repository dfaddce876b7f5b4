using System.Text;
using Gwctl.Sandbox.DataPlane.Rules;
using Microsoft.AspNetCore.Http;

namespace Gwctl.Sandbox.DataPlane.Forwarding;

/// <summary>Responses that the load balancer makes itself.</summary>
internal static class ElbResponse
{
    private const string Server = "awselb/2.0";

    /// <summary>An error page.</summary>
    public static Task ErrorAsync(HttpContext context, ListenerSettings settings, int status)
    {
        var words = $"{status} {Reason(status)}".TrimEnd();
        return WriteAsync(
            context, settings, status, "text/html",
            $"<html>\r\n<head><title>{words}</title></head>\r\n<body>\r\n<center><h1>{words}</h1></center>\r\n"
            + "</body>\r\n</html>\r\n");
    }

    public static Task FixedAsync(HttpContext context, ListenerSettings settings, FixedResponseAction action) =>
        WriteAsync(
            context, settings, action.Status, $"{action.ContentType ?? "text/plain"}; charset=utf-8", action.Body);

    public static Task RedirectAsync(HttpContext context, ListenerSettings settings, int status, string location)
    {
        context.Response.Headers.Location = location;
        return ErrorAsync(context, settings, status);
    }

    /// <summary>What the listener's attributes demand of every response.</summary>
    public static void Finish(HttpResponse response, ListenerSettings settings)
    {
        if (!settings.ServerHeader)
        {
            response.Headers.Remove("Server");
        }

        foreach (var (name, value) in settings.ResponseHeaders)
        {
            response.Headers[name] = value;
        }
    }

    private static async Task WriteAsync(
        HttpContext context, ListenerSettings settings, int status, string contentType, string body)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.Headers.Server = Server;
        if (status is not 204 and not 304)
        {
            response.ContentType = contentType;
            response.ContentLength = Encoding.UTF8.GetByteCount(body);
        }

        Finish(response, settings);
        if (status is not 204 and not 304)
        {
            await response.Body.WriteAsync(Encoding.UTF8.GetBytes(body), context.RequestAborted);
        }
    }

    private static string Reason(int status) => status switch
    {
        301 => "Moved Permanently",
        302 => "Found",
        400 => "Bad Request",
        405 => "Not Allowed",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Temporarily Unavailable",
        504 => "Gateway Time-out",
        _ => "",
    };
}
