using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Gwctl.Sandbox.DataPlane;
using Gwctl.Sandbox.DataPlane.Echo;
using Gwctl.Sandbox.Tests.Aws;

namespace Gwctl.Sandbox.Tests.DataPlane;

/// <summary>HTTPS listeners: certificates, HTTP/2, gRPC.</summary>
public sealed class SecureTests
{
    private static CancellationToken Cancellation => SandboxFixture.Cancellation;

    [Fact]
    public async Task Server_names_choose_the_certificate()
    {
        await using var world = await LiveWorld.StartAsync();
        var listener = await SecureListenerAsync(world, await world.Sandbox.ImportAsync("default.example.com"));
        foreach (var name in (string[])["www.example.com", "*.shop.example.com"])
        {
            (await world.Sandbox.Elbv2(
                "AddListenerCertificates", ("ListenerArn", listener),
                ("Certificates.member.1.CertificateArn", await world.Sandbox.ImportAsync(name)))).Ok();
        }

        var address = await world.AddressAsync(listener);

        Assert.Equal("CN=www.example.com", await SubjectAsync(address, "www.example.com"));
        Assert.Equal("CN=www.example.com", await SubjectAsync(address, "WWW.Example.com"));
        Assert.Equal("CN=*.shop.example.com", await SubjectAsync(address, "a.shop.example.com"));
        Assert.Equal("CN=default.example.com", await SubjectAsync(address, "b.a.shop.example.com"));
        Assert.Equal("CN=default.example.com", await SubjectAsync(address, "other.example.com"));
    }

    [Fact]
    public async Task An_issued_certificate_is_signed_by_the_sandboxs_authority()
    {
        await using var world = await LiveWorld.StartAsync();
        var arn = await IssuedAsync(world, "www.example.com");
        var address = await world.AddressAsync(await SecureListenerAsync(world, arn));
        using var authority = X509Certificate2.CreateFromPem(world.Plane.AuthorityPem);

        using var client = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = (_, cancellationToken) => ConnectAsync(address, cancellationToken),
            SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    CustomTrustStore = { authority },
                    RevocationMode = X509RevocationMode.NoCheck,
                },
            },
        });
        var echoed = await Echoed.GetAsync(client, "https://www.example.com/");

        Assert.Equal("https", echoed.Header("X-Forwarded-Proto"));
        Assert.Equal("443", echoed.Header("X-Forwarded-Port"));
        await Assert.ThrowsAsync<HttpRequestException>(
            () => client.GetAsync("https://other.example.com/", Cancellation));
    }

    [Theory]
    [InlineData(true, "2.0")]
    [InlineData(false, "1.1")]
    public async Task Http2_is_offered_as_the_load_balancer_says(bool enabled, string version)
    {
        await using var world = await LiveWorld.StartAsync();
        (await world.Sandbox.Elbv2(
            "ModifyLoadBalancerAttributes", ("LoadBalancerArn", world.LoadBalancer),
            ("Attributes.member.1.Key", "routing.http2.enabled"),
            ("Attributes.member.1.Value", enabled ? "true" : "false"))).Ok();
        var listener = await SecureListenerAsync(world, await world.Sandbox.ImportAsync("www.example.com"));
        using var client = await TrustingClientAsync(world, listener);
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://www.example.com/")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };

        var echoed = await Echoed.SendAsync(client, request);

        Assert.Equal(version, echoed.Response.Version.ToString());
        Assert.Equal("HTTP/1.1", echoed["proto"]);
    }

    [Theory]
    [InlineData("HTTP1", "1.1", "GET", "", 200)]
    [InlineData("HTTP1", "2.0", "POST", "application/grpc", 464)]
    [InlineData("HTTP2", "1.1", "GET", "", 464)]
    [InlineData("HTTP2", "2.0", "GET", "", 200)]
    [InlineData("GRPC", "1.1", "POST", "application/grpc", 464)]
    [InlineData("GRPC", "2.0", "GET", "", 464)]
    public async Task Protocols_must_fit_the_target_group(
        string group, string version, string method, string contentType, int status)
    {
        await using var world = await LiveWorld.StartAsync();
        var arn = await world.GroupAsync("app", ["172.31.0.7"], ("ProtocolVersion", group));
        var listener = await SecureListenerAsync(world, await world.Sandbox.ImportAsync("www.example.com"), arn);
        using var client = await TrustingClientAsync(world, listener);
        using var request = new HttpRequestMessage(new HttpMethod(method), "https://www.example.com/")
        {
            Version = Version.Parse(version),
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        if (contentType is not "")
        {
            request.Content = new ByteArrayContent(new byte[5]);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        using var response = await client.SendAsync(request, Cancellation);

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Theory]
    [InlineData(false, "Echo", "0")]
    [InlineData(true, "Echo", "0")]
    [InlineData(false, "EchoThree", "12")]
    [InlineData(true, "EchoThree", "12")]
    public async Task Grpc_calls_reach_echo_and_real_targets(bool real, string method, string status)
    {
        await using var backend = await EchoServer.StartAsync(
            new EchoServerOptions { Identity = new EchoIdentity("ns", "app", "pod-7"), Http2 = true }, Cancellation);
        await using var world = await LiveWorld.StartAsync(
            new DataPlaneOptions { IdentityOf = _ => new EchoIdentity("ns", "app", "pod-7") });
        var arn = await world.GroupAsync(
            "app", [real ? $"{backend.EndPoint}" : "172.31.0.7"], ("ProtocolVersion", "GRPC"));
        var listener = await SecureListenerAsync(world, await world.Sandbox.ImportAsync("www.example.com"), arn);
        using var client = await TrustingClientAsync(world, listener);
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            $"https://www.example.com/gateway_api_conformance.echo_basic.grpcecho.GrpcEcho/{method}")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(new byte[5]),
        };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/grpc");
        request.Headers.TryAddWithoutValidation("X-Color", "blue");

        using var response = await client.SendAsync(request, Cancellation);
        var body = await response.Content.ReadAsByteArrayAsync(Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var told = response.TrailingHeaders.TryGetValues("grpc-status", out var values)
            || response.Headers.TryGetValues("grpc-status", out values);
        Assert.True(told);
        Assert.Equal(status, Assert.Single(values ?? []));
        if (status is "0")
        {
            Assert.Equal(body.Length - 5, BinaryPrimitives.ReadInt32BigEndian(body.AsSpan(1)));
            var text = Encoding.UTF8.GetString(body);
            Assert.Contains("GrpcEcho/Echo", text, StringComparison.Ordinal);
            Assert.Contains("pod-7", text, StringComparison.Ordinal);
            Assert.Contains("x-color\u0012\u0004blue", text, StringComparison.Ordinal);
            Assert.Contains("www.example.com", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Targets_over_tls_are_not_verified()
    {
        var (pem, key) = TestCertificates.Rsa("some.where.else");
        using var ephemeral = X509Certificate2.CreateFromPem(pem, key);
        using var certificate = X509CertificateLoader.LoadPkcs12(ephemeral.Export(X509ContentType.Pkcs12), null);
        await using var backend = await EchoServer.StartAsync(
            new EchoServerOptions { Identity = new EchoIdentity("", "tls", ""), Certificate = certificate },
            Cancellation);
        await using var world = await LiveWorld.StartAsync();
        var group = await world.GroupAsync("app", [$"{backend.EndPoint}"], ("Protocol", "HTTPS"));
        using var client = await world.ClientAsync(await world.ForwardingListenerAsync(group));

        var echoed = await Echoed.GetAsync(client, "http://a.example.com/");

        Assert.Equal("tls", echoed["service"]);
        Assert.StartsWith("TLSv1.", echoed.Json.GetProperty("tls").GetProperty("version").GetString() ?? "",
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_are_kept_in_files_of_their_own_and_go_with_the_certificate()
    {
        var directory = Directory.CreateTempSubdirectory("gwctl-keys-");
        try
        {
            await using (var world = await LiveWorld.StartAsync(directory: directory.FullName))
            {
                var first = await world.Sandbox.ImportAsync("a.example.com");
                await SecureListenerAsync(world, await world.Sandbox.ImportAsync("b.example.com"));
                (await world.Sandbox.Acm("DeleteCertificate", $$"""{"CertificateArn":"{{first}}"}""")).Ok();
                await world.Plane.SettleAsync(Cancellation);
                var file = Assert.Single(Directory.GetFiles(Path.Combine(directory.FullName, "keys")));
                Assert.True(
                    OperatingSystem.IsWindows()
                    || File.GetUnixFileMode(file) is (UnixFileMode.UserRead | UnixFileMode.UserWrite));
                Assert.DoesNotContain(
                    "PRIVATE KEY", world.Sandbox.Cloud.Aws.Snapshot(), StringComparison.Ordinal);
            }

            await using var again = await SandboxFixture.StartAsync(
                directory: directory.FullName, dataPlane: new DataPlaneOptions());
            var plane = Assert.IsType<LiveDataPlane>(again.Cloud.DataPlane);
            await plane.SettleAsync(Cancellation);
            var endpoint = Assert.Single(plane.Endpoints);
            Assert.Equal("", endpoint.Problem);
            var address = Assert.IsType<IPEndPoint>(endpoint.Address);
            Assert.Equal("CN=b.example.com", await SubjectAsync(address, "x.example.com"));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static async Task<string> SecureListenerAsync(LiveWorld world, string certificate, string? group = null) =>
        await world.ForwardingListenerAsync(
            group ?? await world.GroupAsync("any", ["172.31.0.7"]), 443, ("Protocol", "HTTPS"),
            ("Certificates.member.1.CertificateArn", certificate),
            ("SslPolicy", "ELBSecurityPolicy-TLS13-1-2-2021-06"));

    private static Task<HttpClient> TrustingClientAsync(LiveWorld world, string listener) => world.ClientAsync(
        listener, handler => handler.SslOptions.RemoteCertificateValidationCallback = LiveWorld.TrustsAll);

    private static async Task<string> IssuedAsync(LiveWorld world, string name)
    {
        var sandbox = world.Sandbox;
        var asked = (await sandbox.Acm(
            "RequestCertificate", $$"""{"DomainName":"{{name}}","ValidationMethod":"DNS"}""")).Ok();
        var arn = asked.Json().GetProperty("CertificateArn").GetString() ?? "";
        var described = (await sandbox.Acm("DescribeCertificate", $$"""{"CertificateArn":"{{arn}}"}""")).Ok().Json();
        var record = described.GetProperty("Certificate").GetProperty("DomainValidationOptions")[0]
            .GetProperty("ResourceRecord");
        (await sandbox.ChangeAsync(
            await sandbox.ZoneAsync(),
            ("CREATE", Route53World.Record(
                record.GetProperty("Name").GetString() ?? "", "CNAME", 60,
                record.GetProperty("Value").GetString() ?? "")))).Ok();
        return arn;
    }

    private static async Task<string> SubjectAsync(IPEndPoint address, string serverName)
    {
        await using var stream = await ConnectAsync(address, Cancellation);
        await using var tls = new SslStream(stream, false, LiveWorld.TrustsAll);
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = serverName }, Cancellation);
        return tls.RemoteCertificate?.Subject ?? "";
    }

    private static async ValueTask<Stream> ConnectAsync(IPEndPoint address, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(address, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
