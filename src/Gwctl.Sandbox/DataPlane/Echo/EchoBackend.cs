using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Gwctl.Sandbox.DataPlane.Echo;

/// <summary>Answers as the echo server of the Gateway API's conformance tests does: with the request, in JSON.
/// </summary>
internal sealed class EchoBackend(TimeProvider clock)
{
    private const string SetHeader = "X-Echo-Set-Header";

    private static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        IndentSize = 1,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Answers a request into the context's response.</summary>
    /// <param name="context">Holds the body of the request and the response.</param>
    /// <param name="request">The request as the backend is to see it.</param>
    /// <param name="identity">Whom to answer as.</param>
    /// <param name="tls">Null over plain HTTP.</param>
    /// <param name="finish">Has the last word on the response's headers.</param>
    public Task ServeAsync(
        HttpContext context, EchoRequest request, EchoIdentity identity, EchoTls? tls,
        Action<HttpResponse>? finish)
    {
        if (request.IsGrpc)
        {
            return EchoGrpc.ServeAsync(context, request, identity, tls, finish);
        }

        if (request.IsWebSocket)
        {
            return EchoWebSocket.ServeAsync(context, request, finish);
        }

        return Delay(request.Target) is { } delay
            ? ServeLateAsync(context, request, identity, tls, finish, delay)
            : AnswerAsync(context, request, identity, tls, finish);
    }

    /// <summary>The time that <c>?delay=</c> asks the backend to take; null where it asks none.</summary>
    public static TimeSpan? Delay(string target)
    {
        var at = target.IndexOf("delay=", StringComparison.Ordinal);
        if (at < 1 || target[at - 1] is not ('?' or '&'))
        {
            return null;
        }

        var value = target.AsSpan(at + "delay=".Length);
        var end = value.IndexOf('&');
        return GoDuration.Parse(end < 0 ? value : value[..end]);
    }

    private async Task ServeLateAsync(
        HttpContext context, EchoRequest request, EchoIdentity identity, EchoTls? tls,
        Action<HttpResponse>? finish, TimeSpan delay)
    {
        await Task.Delay(delay, clock, context.RequestAborted);
        await AnswerAsync(context, request, identity, tls, finish);
    }

    private static Task AnswerAsync(
        HttpContext context, EchoRequest request, EchoIdentity identity, EchoTls? tls,
        Action<HttpResponse>? finish)
    {
        var path = request.Path;
        var response = context.Response;
        if (path is "/health")
        {
            finish?.Invoke(response);
            return response.WriteAsync("OK", context.RequestAborted);
        }

        if (path.StartsWith("/status/", StringComparison.Ordinal))
        {
            var code = path["/status/".Length..];
            var valid = code.Length is 3 && int.TryParse(code, out _) && code[0] >= '2';
            response.StatusCode = valid ? int.Parse(code) : StatusCodes.Status400BadRequest;
            finish?.Invoke(response);
            return Task.CompletedTask;
        }

        return WriteAssertionsAsync(context, request, identity, tls, finish);
    }

    private static async Task WriteAssertionsAsync(
        HttpContext context, EchoRequest request, EchoIdentity identity, EchoTls? tls,
        Action<HttpResponse>? finish)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        Write(buffer, request, identity, tls);
        var response = context.Response;
        SetHeaders(request.Headers, response.Headers);
        response.ContentType = "application/json";
        response.Headers.XContentTypeOptions = "nosniff";
        response.ContentLength = buffer.WrittenCount;
        finish?.Invoke(response);
        await response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
    }

    private static void Write(
        ArrayBufferWriter<byte> buffer, EchoRequest request, EchoIdentity identity, EchoTls? tls)
    {
        using var json = new Utf8JsonWriter(buffer, Indented);
        json.WriteStartObject();
        json.WriteString("path", request.Target);
        json.WriteString("host", request.Host);
        json.WriteString("method", request.Method);
        json.WriteString("proto", request.IsHttp2 ? "HTTP/2.0" : "HTTP/1.1");
        json.WriteStartObject("headers");
        foreach (var (name, values) in request.Headers)
        {
            json.WriteStartArray(CanonicalName(name));
            foreach (var value in values)
            {
                json.WriteStringValue(value);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteString("namespace", identity.Namespace);
        json.WriteString("ingress", identity.Ingress);
        json.WriteString("service", identity.Service);
        json.WriteString("pod", identity.Pod);
        if (tls is not null)
        {
            json.WriteStartObject("tls");
            json.WriteString("version", tls.Version);
            json.WriteString("serverName", tls.ServerName);
            json.WriteString("negotiatedProtocol", tls.NegotiatedProtocol);
            json.WriteString("cipherSuite", tls.CipherSuite);
            json.WriteEndObject();
        }

        json.WriteString("sni", tls?.ServerName ?? "");
        json.WriteEndObject();
    }

    /// <summary><c>name:value</c> pairs that the response is to carry; a name given twice gets both values.</summary>
    private static void SetHeaders(IHeaderDictionary asked, IHeaderDictionary headers)
    {
        if (!asked.TryGetValue(SetHeader, out var lines))
        {
            return;
        }

        foreach (var pair in lines.SelectMany(line => (line ?? "").Split(',')))
        {
            var colon = pair.IndexOf(':');
            var name = (colon < 0 ? pair : pair[..colon]).Trim();
            var value = colon < 0 ? "" : pair[(colon + 1)..].Trim();
            if (name is not "")
            {
                headers[name] = headers.TryGetValue(name, out var known) ? $"{known},{value}" : value;
            }
        }
    }

    /// <summary>Go's spelling of header names, which the conformance tests expect: <c>X-Forwarded-For</c>.</summary>
    private static string CanonicalName(string name)
    {
        var isCanonical = true;
        var upper = true;
        foreach (var letter in name)
        {
            isCanonical &= upper ? !char.IsAsciiLetterLower(letter) : !char.IsAsciiLetterUpper(letter);
            upper = letter is '-';
        }

        return isCanonical ? name : string.Create(name.Length, name, static (letters, source) =>
        {
            var upper = true;
            for (var index = 0; index < letters.Length; index++)
            {
                var letter = source[index];
                letters[index] = upper ? char.ToUpperInvariant(letter) : char.ToLowerInvariant(letter);
                upper = letter is '-';
            }
        });
    }
}
