using System.Collections.Frozen;
using System.Net;
using System.Net.Security;
using Gwctl.Sandbox.DataPlane.Rules;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Gwctl.Sandbox.DataPlane.Forwarding;

/// <summary>A request as the target gets it: rewritten, with the load balancer's headers, without those that end at
/// it.</summary>
/// <param name="Method">As the client sent it.</param>
/// <param name="Target">Path and query, undecoded.</param>
/// <param name="Host">The Host header or <c>:authority</c>.</param>
/// <param name="Headers">Without the host.</param>
/// <param name="Upgrades">The client asks for a WebSocket, and the headers say so.</param>
internal sealed record OutgoingRequest(
    string Method, string Target, string Host, HeaderDictionary Headers, bool Upgrades)
{
    private const string ForwardedFor = "X-Forwarded-For";

    private static readonly FrozenSet<string> HopByHop = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "TE", "Trailer",
        "Transfer-Encoding", "Upgrade");

    public static OutgoingRequest Make(
        HttpContext context, RequestFacts facts, LiveRule rule, ListenerSettings settings, TraceId traces)
    {
        var request = context.Request;
        var target = facts.Query is "" ? facts.Path : $"{facts.Path}?{facts.Query}";
        if (rule.UrlRewrite is { } rewrite)
        {
            target = rewrite.Apply(target);
            target = target.StartsWith('/') ? target : "/" + target;
        }

        var host = settings.PreservesHost ? request.Headers.Host.ToString() : WithPort(facts.Host, settings);
        if (rule.HostRewrite is { } hosts)
        {
            host = hosts.Apply(facts.Host);
        }

        var upgrades = IsUpgrade(request);
        var headers = Copy(request, upgrades, settings.DropsInvalidHeaders);
        AddForwarded(context, settings, headers);
        headers[TraceId.Header] = traces.Next(headers[TraceId.Header]);
        AddTls(context, settings, headers);
        settings.ClientCertificates?.Apply(context, headers);
        return new OutgoingRequest(request.Method, target, host, headers, upgrades);
    }

    public static bool IsUpgrade(HttpRequest request) =>
        HttpProtocol.IsHttp11(request.Protocol)
        && request.Headers.Upgrade.ToString().Equals("websocket", StringComparison.OrdinalIgnoreCase)
        && request.Headers.Connection.ToString().Contains("upgrade", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a header belongs to one connection only.</summary>
    public static bool IsHopByHop(string name) => HopByHop.Contains(name);

    /// <summary>On a port that is not the protocol's own the host says so, on the protocol's own it does not.</summary>
    private static string WithPort(string host, ListenerSettings settings) =>
        settings.Port is 80 or 443 || host is "" ? host : $"{host}:{settings.Port}";

    /// <summary>The client's headers but for the host and those that end at the load balancer.</summary>
    public static HeaderDictionary Copy(HttpRequest request, bool upgrades, bool dropsInvalid)
    {
        var headers = new HeaderDictionary(request.Headers.Count + 6);
        var connection = request.Headers.Connection;
        foreach (var (name, values) in request.Headers)
        {
            var dropped = name.Equals("Host", StringComparison.OrdinalIgnoreCase)
                || name.StartsWith(':')
                || IsHopByHop(name)
                || (connection.Count > 0 && IsNamed(connection, name))
                || (dropsInvalid && !IsValid(name));
            if (!dropped)
            {
                headers[name] = values;
            }
        }

        if (upgrades)
        {
            headers["Connection"] = "Upgrade";
            headers["Upgrade"] = "websocket";
        }

        return headers;
    }

    /// <summary>The Connection header may name more headers that end here.</summary>
    private static bool IsNamed(StringValues connection, string name)
    {
        foreach (var line in connection)
        {
            foreach (var part in line.AsSpan().Split(','))
            {
                if (line.AsSpan()[part].Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool IsValid(string name)
    {
        foreach (var letter in name)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not '-')
            {
                return false;
            }
        }

        return true;
    }

    private static void AddForwarded(HttpContext context, ListenerSettings settings, HeaderDictionary headers)
    {
        switch (settings.ForwardedFor)
        {
            case ForwardedForMode.Append:
                var client = Client(context.Connection, settings);
                headers[ForwardedFor] = headers.TryGetValue(ForwardedFor, out var known)
                    ? $"{known}, {client}"
                    : client;
                break;
            case ForwardedForMode.Remove:
                headers.Remove(ForwardedFor);
                break;
        }

        headers["X-Forwarded-Proto"] = settings.Secure ? "https" : "http";
        headers["X-Forwarded-Port"] = settings.Port switch { 80 => "80", 443 => "443", var port => $"{port}" };
    }

    /// <summary>Where the request comes from.</summary>
    public static string ClientAddress(ConnectionInfo connection)
    {
        var address = connection.RemoteIpAddress ?? IPAddress.None;
        return (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
    }

    private static string Client(ConnectionInfo connection, ListenerSettings settings)
    {
        var text = ClientAddress(connection);
        return settings.ForwardsClientPort ? $"{text}:{connection.RemotePort}" : text;
    }

    private static void AddTls(HttpContext context, ListenerSettings settings, HeaderDictionary headers)
    {
        if (settings.ForwardsTls && context.Features.Get<ITlsHandshakeFeature>() is { } tls)
        {
            headers[settings.TlsVersionHeader] = TlsNames.Version(tls.Protocol);
            headers[settings.TlsCipherHeader] = TlsNames.Suite(tls.NegotiatedCipherSuite ?? default(TlsCipherSuite));
        }
    }
}
