using System.Net.Security;
using Gwctl.Sandbox.Aws.Elbv2;
using Gwctl.Sandbox.DataPlane.Targets;
using Gwctl.Sandbox.DataPlane.Tls;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.DataPlane.Network;

/// <summary>Everything that a Network Load Balancer's listener needs for a flow, at one moment. A flow keeps the one
/// that it began with.</summary>
/// <param name="Route">Where flows go.</param>
/// <param name="TcpIdleTimeout">How long a connection may be quiet: 60 s to 6000 s in the cloud.</param>
/// <param name="UdpIdleTimeout">How long a flow of datagrams may be quiet: 120 s in the cloud.</param>
/// <param name="Certificates">Of a TLS listener; null where the listener passes bytes through.</param>
/// <param name="AlpnPolicy">Of a TLS listener; null where it has none.</param>
internal sealed record NetworkSnapshot(
    NetworkRoute Route,
    TimeSpan TcpIdleTimeout,
    TimeSpan UdpIdleTimeout,
    TlsSettings? Certificates = null,
    string? AlpnPolicy = null)
{
    private const int TcpIdleSeconds = 350;
    private const int UdpIdleSeconds = 120;

    /// <param name="listener">The control plane's document.</param>
    /// <param name="groups">Target groups by ARN.</param>
    /// <param name="certificates">Of a TLS listener.</param>
    /// <param name="idle">In place of the cloud's idle timeouts.</param>
    public static NetworkSnapshot Of(
        Struct listener, Func<string, TargetGroup?> groups, TlsSettings? certificates, TimeSpan? idle)
    {
        var forward = listener.Structs("DefaultActions").First().Member("ForwardConfig") ?? [];
        var weighted = forward.Structs("TargetGroups")
            .Select(tuple => (Group: groups(tuple.Required("TargetGroupArn")), Weight: tuple.Number("Weight") ?? 1))
            .Where(pair => pair.Group is not null)
            .Select(pair => new NetworkGroup(
                pair.Group ?? throw new InvalidOperationException("The group is gone."), (int)pair.Weight));
        var sticky = forward.Member("TargetGroupStickinessConfig")?.Flag("Enabled") ?? false;
        var attributes = Attributes.Effective(listener, Attributes.Kind.Listener);
        var seconds = int.TryParse(attributes.GetValueOrDefault("tcp.idle_timeout.seconds"), out var set)
            ? set
            : TcpIdleSeconds;
        return new NetworkSnapshot(
            new NetworkRoute(listener.Required("ListenerArn"), [.. weighted], sticky),
            idle ?? TimeSpan.FromSeconds(seconds),
            idle ?? TimeSpan.FromSeconds(UdpIdleSeconds),
            certificates,
            listener.Texts("AlpnPolicy").FirstOrDefault());
    }

    /// <summary>What is not as the cloud says; empty where all is well.</summary>
    public string Problem => Certificates?.Problem ?? "";

    /// <summary>How to answer a handshake.</summary>
    public SslServerAuthenticationOptions AnswerTo(string serverName)
    {
        var options = Certificates?.For(serverName)
            ?? throw new InvalidOperationException("The listener is not a secure one.");
        options.ApplicationProtocols = Protocols(AlpnPolicy) is { Count: > 0 } protocols ? protocols : null;
        return options;
    }

    /// <summary>The protocols that a listener's ALPN policy negotiates, the preferred one first.</summary>
    public static List<SslApplicationProtocol> Protocols(string? alpnPolicy)
    {
        var http10 = new SslApplicationProtocol("http/1.0");
        return alpnPolicy switch
        {
            "HTTP1Only" => [SslApplicationProtocol.Http11, http10],
            "HTTP2Only" => [SslApplicationProtocol.Http2],
            "HTTP2Optional" => [SslApplicationProtocol.Http11, http10, SslApplicationProtocol.Http2],
            "HTTP2Preferred" => [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11, http10],
            _ => [],
        };
    }
}
