using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using System.Text.Json.Nodes;
using Gwctl.Sandbox.Tests.DataPlane;

namespace Gwctl.Sandbox.Tests.Gcp.DataPlane;

/// <summary>HTTPS, SSL and TCP proxies.</summary>
public sealed class SecureTests
{
    [Fact]
    public async Task Server_names_choose_among_a_proxys_certificates_and_the_first_is_the_default()
    {
        await using var world = await ProxyWorld.StartAsync();
        await ServeAsync(world, """
            "sslCertificates":["global/sslCertificates/one","global/sslCertificates/two"]
            """);
        var address = await world.AddressAsync(443);

        Assert.Equal("CN=two.example.com", await SubjectAsync(address, "two.example.com"));
        Assert.Equal("CN=one.example.com", await SubjectAsync(address, "other.example.com"));
        using var client = await world.ClientAsync(443);
        var echoed = await Echoed.GetAsync(client, "https://two.example.com/x");
        Assert.Equal(("web", "https"), (echoed["service"], echoed.Header("X-Forwarded-Proto")));
    }

    [Fact]
    public async Task A_certificate_maps_entries_choose_by_their_own_hostnames()
    {
        await using var world = await ProxyWorld.StartAsync();
        await world.Gcp.Certificates("POST", "global/certificateMaps?certificateMapId=m", "{}");
        await EntryAsync(world, "named", "named.example.com", "\"hostname\":\"www.example.com\"");
        await EntryAsync(world, "main", "main.example.com", "\"matcher\":\"PRIMARY\"");
        await ServeAsync(world, $"""
            "certificateMap":"//certificatemanager.googleapis.com/projects/{GcpFixture.Project}/locations/global/certificateMaps/m"
            """);
        var address = await world.AddressAsync(443);

        Assert.Equal("CN=named.example.com", await SubjectAsync(address, "www.example.com"));
        Assert.Equal("CN=main.example.com", await SubjectAsync(address, "named.example.com"));
    }

    [Fact]
    public async Task A_map_without_a_primary_entry_refuses_other_names()
    {
        await using var world = await ProxyWorld.StartAsync();
        await world.Gcp.Certificates("POST", "global/certificateMaps?certificateMapId=m", "{}");
        await EntryAsync(world, "named", "named.example.com", "\"hostname\":\"www.example.com\"");
        await ServeAsync(world, $"""
            "certificateMap":"//certificatemanager.googleapis.com/projects/{GcpFixture.Project}/locations/global/certificateMaps/m"
            """);
        var address = await world.AddressAsync(443);

        Assert.Equal("CN=named.example.com", await SubjectAsync(address, "www.example.com"));
        var refusal = await Record.ExceptionAsync(() => SubjectAsync(address, "other.example.com"));
        Assert.True(refusal is IOException or AuthenticationException, $"{refusal}");
    }

    [Fact]
    public async Task Keys_are_kept_for_the_data_plane_and_for_as_long_as_their_certificate()
    {
        var directory = Directory.CreateTempSubdirectory("gwctl-gcp-keys-");
        try
        {
            await KeepAndDropAsync(directory.FullName);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static async Task KeepAndDropAsync(string directory)
    {
        var keys = Path.Combine(directory, "keys");
        await using var world = await ProxyWorld.StartAsync(directory: directory);
        await world.Gcp.Insert("global/sslCertificates", Certificates.Insertion("one", "one.example.com"));
        await world.Gcp.Insert("global/sslCertificates", Certificates.Insertion("two", "two.example.com"));

        Assert.Equal(2, Directory.GetFiles(keys).Length);
        Assert.DoesNotContain("PRIVATE KEY", world.Gcp.Cloud.Gcp.Snapshot(), StringComparison.Ordinal);
        (await world.Gcp.Compute("DELETE", "global/sslCertificates/one")).Ok();

        Assert.Single(Directory.GetFiles(keys));
    }

    [Fact]
    public async Task A_TCP_proxy_passes_connections_to_its_service()
    {
        await using var world = await ProxyWorld.StartAsync();
        await world.ServiceAsync("db", ["10.0.0.9:5432"], "\"protocol\":\"TCP\"");
        await world.Gcp.Insert(
            "global/targetTcpProxies", """{"name":"proxy","service":"global/backendServices/db"}""");
        await world.RuleAsync("targetTcpProxies/proxy", 5432);

        using var socket = await ProxyWorld.ConnectAsync(await world.AddressAsync(5432), ProxyWorld.Cancellation);
        await using var stream = new NetworkStream(socket);

        Assert.Contains("10.0.0.9:5432", await GreetAsync(stream), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_SSL_proxy_ends_TLS()
    {
        await using var world = await ProxyWorld.StartAsync();
        await world.ServiceAsync("db", ["10.0.0.9:5432"], "\"protocol\":\"TCP\"");
        await world.Gcp.Insert("global/sslCertificates", Certificates.Insertion("one", "db.example.com"));
        await world.Gcp.Insert("global/targetSslProxies", """
            {"name":"proxy","service":"global/backendServices/db","sslCertificates":["global/sslCertificates/one"]}
            """);
        await world.RuleAsync("targetSslProxies/proxy", 443);

        using var socket = await ProxyWorld.ConnectAsync(await world.AddressAsync(443), ProxyWorld.Cancellation);
        await using var tls = new SslStream(new NetworkStream(socket), false, LiveWorld.TrustsAll);
        await tls.AuthenticateAsClientAsync("db.example.com");

        Assert.Equal("CN=db.example.com", tls.RemoteCertificate?.Subject);
        Assert.Contains("10.0.0.9:5432", await GreetAsync(tls), StringComparison.Ordinal);
    }

    private static async Task<string> GreetAsync(Stream stream)
    {
        await stream.WriteAsync("hello\n"u8.ToArray(), ProxyWorld.Cancellation);
        var answer = new byte[4096];
        var count = await stream.ReadAtLeastAsync(answer, 1, false, ProxyWorld.Cancellation);
        return Encoding.UTF8.GetString(answer, 0, count);
    }

    /// <summary>A service behind an HTTPS proxy, with the certificates <c>one</c> and <c>two</c> at hand.</summary>
    private static async Task ServeAsync(ProxyWorld world, string certificates)
    {
        await world.ServiceAsync("web", ["10.0.0.1:80"]);
        await world.Gcp.Insert("global/sslCertificates", Certificates.Insertion("one", "one.example.com"));
        await world.Gcp.Insert("global/sslCertificates", Certificates.Insertion("two", "two.example.com"));
        await world.Gcp.Insert("global/urlMaps", """{"name":"map","defaultService":"global/backendServices/web"}""");
        await world.Gcp.Insert(
            "global/targetHttpsProxies", $$"""{"name":"proxy","urlMap":"global/urlMaps/map",{{certificates}}}""");
        await world.RuleAsync("targetHttpsProxies/proxy", 443);
    }

    private static async Task EntryAsync(ProxyWorld world, string name, string certified, string served)
    {
        var (chain, key) = Certificates.Make(certified);
        (await world.Gcp.Certificates(
            "POST", $"global/certificates?certificateId={name}",
            new JsonObject
            {
                ["selfManaged"] = new JsonObject { ["pemCertificate"] = chain, ["pemPrivateKey"] = key },
            }.ToJsonString())).Ok();
        (await world.Gcp.Certificates(
            "POST", $"global/certificateMaps/m/certificateMapEntries?certificateMapEntryId={name}",
            $$"""{"certificates":["projects/{{GcpFixture.Project}}/locations/global/certificates/{{name}}"],{{served}}}"""))
            .Ok();
    }

    private static async Task<string> SubjectAsync(IPEndPoint address, string serverName)
    {
        using var socket = await ProxyWorld.ConnectAsync(address, ProxyWorld.Cancellation);
        await using var tls = new SslStream(new NetworkStream(socket), false, LiveWorld.TrustsAll);
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = serverName }, ProxyWorld.Cancellation);
        return tls.RemoteCertificate?.Subject ?? "";
    }
}
