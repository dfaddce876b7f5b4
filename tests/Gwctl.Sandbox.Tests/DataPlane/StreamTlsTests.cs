using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Gwctl.Sandbox.Tests.Aws;

namespace Gwctl.Sandbox.Tests.DataPlane;

public sealed class StreamTlsTests
{
    [Fact]
    public async Task A_tls_listener_presents_the_certificate_of_the_server_name_and_passes_on_plain_bytes()
    {
        await using var world = await LiveWorld.StartAsync();
        var listener = await TlsListenerAsync(world, "TCP");
        var second = await world.Sandbox.ImportAsync("b.example.com");
        (await world.Sandbox.Elbv2(
            "AddListenerCertificates", ("ListenerArn", listener), ("Certificates.member.1.CertificateArn", second)))
            .Ok();

        await using var client = await SecureAsync(world, listener, "b.example.com");
        var line = await client.LineAsync();

        Assert.Equal("CN=b.example.com", Presented(client));
        Assert.Equal("listener", line.GetProperty("tlsEndedBy").GetString());
        Assert.Equal("b.example.com", line.GetProperty("sni").GetString());
        await client.SendAsync("hello");
        Assert.Equal("hello", await client.ReadAsync(5));
        await using var other = await SecureAsync(world, listener, "unknown.example.com");
        Assert.Equal("CN=a.example.com", Presented(other));
    }

    [Theory]
    [InlineData("HTTP1Only", "http/1.1")]
    [InlineData("HTTP2Only", "h2")]
    [InlineData("HTTP2Optional", "http/1.1")]
    [InlineData("HTTP2Preferred", "h2")]
    [InlineData("None", "")]
    public async Task The_alpn_policy_decides_on_the_protocol(string policy, string negotiated)
    {
        await using var world = await LiveWorld.StartAsync();
        var listener = await TlsListenerAsync(world, "TCP", ("AlpnPolicy.member.1", policy));

        await using var client = await SecureAsync(
            world, listener, "a.example.com", SslApplicationProtocol.Http2, SslApplicationProtocol.Http11);

        var tls = Assert.IsType<SslStream>(client.Stream);
        Assert.Equal(negotiated, $"{tls.NegotiatedApplicationProtocol}");
    }

    [Fact]
    public async Task Targets_of_a_tls_group_are_spoken_to_through_tls()
    {
        await using var world = await LiveWorld.StartAsync();
        var (pem, key) = TestCertificates.Rsa("backend.test");
        using var certificate = X509Certificate2.CreateFromPem(pem, key);
        await using var server = StreamServer.Start(async socket =>
        {
            await using var secure = new SslStream(new NetworkStream(socket));
            await secure.AuthenticateAsServerAsync(certificate);
            await secure.WriteAsync("over tls"u8.ToArray(), SandboxFixture.Cancellation);
        });
        var listener = await TlsListenerAsync(world, "TLS", [$"127.0.0.1:{server.Port}"]);

        await using var client = await SecureAsync(world, listener, "a.example.com");

        Assert.Equal("over tls", await client.ReadAsync(8));
        Assert.Equal("CN=a.example.com", Presented(client));
    }

    [Fact]
    public async Task A_handshake_is_passed_through_to_the_target()
    {
        await using var world = await LiveWorld.StartAsync();
        var group = await world.GroupAsync("app", ["172.31.0.7:443"], ("Protocol", "TCP"));
        var listener = await world.StreamAsync(await world.NetworkAsync(), "TCP", [(group, 1)]);

        await using var client = await SecureAsync(world, listener, "inside.example.com");
        var line = await client.LineAsync();

        Assert.Equal("CN=gwctl sandbox echo", Presented(client));
        Assert.Equal("target", line.GetProperty("tlsEndedBy").GetString());
        Assert.Equal("inside.example.com", line.GetProperty("sni").GetString());
        Assert.Equal("172.31.0.7:443", line.GetProperty("pod").GetString());
        await client.SendAsync("hello");
        Assert.Equal("hello", await client.ReadAsync(5));
    }

    private static Task<string> TlsListenerAsync(
        LiveWorld world, string groupProtocol, params (string Name, string Value)[] more) =>
        TlsListenerAsync(world, groupProtocol, ["172.31.0.7:443"], more);

    private static async Task<string> TlsListenerAsync(
        LiveWorld world, string groupProtocol, string[] targets, params (string Name, string Value)[] more)
    {
        var group = await world.GroupAsync("app", targets, ("Protocol", groupProtocol));
        var certificate = await world.Sandbox.ImportAsync("a.example.com");
        return await world.StreamAsync(
            await world.NetworkAsync(), "TLS", [(group, 1)],
            [("Certificates.member.1.CertificateArn", certificate), .. more]);
    }

    private static async Task<StreamClient> SecureAsync(
        LiveWorld world, string listener, string serverName, params SslApplicationProtocol[] protocols)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(await world.AddressAsync(listener), SandboxFixture.Cancellation);
        var secure = new SslStream(new NetworkStream(socket, ownsSocket: true));
        await secure.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = serverName,
                ApplicationProtocols = protocols.Length > 0 ? [.. protocols] : null,
                RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,
            },
            SandboxFixture.Cancellation);
        return new StreamClient(secure, socket);
    }

    private static string Presented(StreamClient client) =>
        Assert.IsType<SslStream>(client.Stream).RemoteCertificate?.Subject ?? "";
}
