using System.Buffers.Binary;
using Microsoft.AspNetCore.Http;

namespace Gwctl.Sandbox.DataPlane.Echo;

/// <summary>The conformance tests' gRPC echo: <c>gateway_api_conformance.echo_basic.grpcecho.GrpcEcho</c>.</summary>
internal static class EchoGrpc
{
    public const string Service = "gateway_api_conformance.echo_basic.grpcecho.GrpcEcho";

    private const int PrefixBytes = 5;
    private const int MessageBytesMax = 4 * 1024 * 1024;
    private const int Unimplemented = 12;
    private const int ResourceExhausted = 8;

    public static async Task ServeAsync(
        HttpContext context, EchoRequest request, EchoIdentity identity, EchoTls? tls,
        Action<HttpResponse>? finish)
    {
        var response = context.Response;
        response.ContentType = "application/grpc";
        if (request.Path is not ($"/{Service}/Echo" or $"/{Service}/EchoTwo"))
        {
            Fail(response, Unimplemented, "unknown method", finish);
            return;
        }

        if (await ReadMessageAsync(context.Request.Body, context.RequestAborted) is not { } message)
        {
            Fail(response, ResourceExhausted, "message too large or cut off", finish);
            return;
        }

        finish?.Invoke(response);
        var answer = Answer(request, identity, tls, message);
        var frame = new byte[PrefixBytes + answer.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), answer.Length);
        answer.CopyTo(frame.AsSpan(PrefixBytes));
        await response.Body.WriteAsync(frame, context.RequestAborted);
        response.AppendTrailer("grpc-status", "0");
    }

    /// <summary>An answer of headers alone, as gRPC has it for a call that fails at once.</summary>
    private static void Fail(HttpResponse response, int status, string words, Action<HttpResponse>? finish)
    {
        response.Headers["grpc-status"] = $"{status}";
        response.Headers["grpc-message"] = words;
        finish?.Invoke(response);
    }

    private static async Task<byte[]?> ReadMessageAsync(Stream body, CancellationToken cancellationToken)
    {
        var prefix = new byte[PrefixBytes];
        if (await body.ReadAtLeastAsync(prefix, PrefixBytes, false, cancellationToken) < PrefixBytes)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(prefix.AsSpan(1));
        if (prefix[0] is not 0 || length > MessageBytesMax)
        {
            return null;
        }

        var message = new byte[length];
        var count = await body.ReadAtLeastAsync(message, message.Length, false, cancellationToken);
        return count == message.Length ? message : null;
    }

    private static byte[] Answer(EchoRequest request, EchoIdentity identity, EchoTls? tls, byte[] message)
    {
        var assertions = new ProtoWriter();
        assertions.Text(1, request.Path);
        foreach (var (name, values) in request.Headers)
        {
            foreach (var value in values)
            {
                assertions.Message(2, Pair(name.ToLowerInvariant(), value ?? ""));
            }
        }

        assertions.Message(2, Pair(":authority", request.Host));
        assertions.Text(3, request.Host);
        var context = new ProtoWriter();
        context.Text(1, identity.Namespace);
        context.Text(2, identity.Ingress);
        context.Text(3, identity.Service);
        context.Text(4, identity.Pod);
        assertions.Message(4, context);
        if (tls is not null)
        {
            var seen = new ProtoWriter();
            seen.Text(1, tls.Version);
            seen.Text(2, tls.NegotiatedProtocol);
            seen.Text(3, tls.ServerName);
            seen.Text(4, tls.CipherSuite);
            assertions.Message(5, seen);
        }

        var answer = new ProtoWriter();
        answer.Message(1, assertions);
        answer.Bytes(2, message);
        return answer.ToArray();
    }

    private static ProtoWriter Pair(string name, string value)
    {
        var pair = new ProtoWriter();
        pair.Text(1, name);
        pair.Text(2, value);
        return pair;
    }
}
