using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gwctl.Sandbox.Tests.Aws;

namespace Gwctl.Sandbox.Tests.DataPlane;

public sealed class MutualTlsTests
{
    [Fact]
    public async Task Who_the_trust_store_vouches_for_is_let_in_and_told_of()
    {
        await using var world = await LiveWorld.StartAsync();
        using var authority = new ClientAuthority("our authority");
        using var known = authority.Issue("CN=client, O=Shop");
        var listener = await ListenerAsync(world, "verify", authority);
        using var client = await ClientAsync(world, listener, known);

        var echoed = await Echoed.GetAsync(
            client, "https://a.example.com/", ("X-Amzn-Mtls-Clientcert-Subject", "CN=forged"));

        Assert.Equal("CN=client,O=Shop", echoed.Header("X-Amzn-Mtls-Clientcert-Subject"));
        Assert.Equal("CN=our authority", echoed.Header("X-Amzn-Mtls-Clientcert-Issuer"));
        Assert.Equal(known.SerialNumber, echoed.Header("X-Amzn-Mtls-Clientcert-Serial-Number"));
        Assert.Matches(
            @"^NotBefore=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ;NotAfter=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$",
            echoed.Header("X-Amzn-Mtls-Clientcert-Validity"));
        Assert.Equal(
            known.ExportCertificatePem() + "\n",
            Uri.UnescapeDataString(echoed.Header("X-Amzn-Mtls-Clientcert-Leaf")));
        Assert.Equal("", echoed.Header("X-Amzn-Mtls-Clientcert"));
    }

    [Fact]
    public async Task Strangers_expired_and_nobody_are_refused_in_the_handshake()
    {
        await using var world = await LiveWorld.StartAsync();
        using var authority = new ClientAuthority("our authority");
        using var another = new ClientAuthority("our authority");
        using var stranger = another.Issue("CN=client");
        using var expired = authority.Issue("CN=late", days: -1);
        var listener = await ListenerAsync(world, "verify", authority);

        await RefusesAsync(stranger);
        await RefusesAsync(expired);
        await RefusesAsync(null);

        (await world.Sandbox.Elbv2(
            "ModifyListener", ("ListenerArn", listener), ("MutualAuthentication.Mode", "verify"),
            ("MutualAuthentication.TrustStoreArn", await StoreAsync(world, "again", authority)),
            ("MutualAuthentication.IgnoreClientCertificateExpiry", "true"))).Ok();
        using var client = await ClientAsync(world, listener, expired);
        var echoed = await Echoed.GetAsync(client, "https://a.example.com/");
        Assert.Equal("CN=late", echoed.Header("X-Amzn-Mtls-Clientcert-Subject"));

        async Task RefusesAsync(X509Certificate2? certificate)
        {
            using var refused = await ClientAsync(world, listener, certificate);
            await Assert.ThrowsAsync<HttpRequestException>(
                () => refused.GetAsync(new Uri("https://a.example.com/"), SandboxFixture.Cancellation));
        }
    }

    [Fact]
    public async Task Passthrough_hands_on_whatever_came()
    {
        await using var world = await LiveWorld.StartAsync();
        using var authority = new ClientAuthority("anybody");
        using var certificate = authority.Issue("CN=client");
        var listener = await ListenerAsync(world, "passthrough", null);
        using var client = await ClientAsync(world, listener, certificate);
        using var bare = await ClientAsync(world, listener, null);

        var echoed = await Echoed.GetAsync(client, "https://a.example.com/");
        var without = await Echoed.GetAsync(
            bare, "https://a.example.com/", ("X-Amzn-Mtls-Clientcert", "forged"));

        var header = echoed.Header("X-Amzn-Mtls-Clientcert");
        Assert.StartsWith("-----BEGIN%20CERTIFICATE-----%0A", header, StringComparison.Ordinal);
        Assert.StartsWith(
            certificate.ExportCertificatePem() + "\n", Uri.UnescapeDataString(header), StringComparison.Ordinal);
        Assert.Equal("", echoed.Header("X-Amzn-Mtls-Clientcert-Subject"));
        Assert.Equal("", without.Header("X-Amzn-Mtls-Clientcert"));
    }

    [Fact]
    public async Task Headers_can_be_renamed()
    {
        await using var world = await LiveWorld.StartAsync();
        using var authority = new ClientAuthority("ours");
        using var certificate = authority.Issue("CN=client");
        var listener = await ListenerAsync(world, "verify", authority);
        (await world.Sandbox.Elbv2(
            "ModifyListenerAttributes", ("ListenerArn", listener),
            ("Attributes.member.1.Key", "routing.http.request.x_amzn_mtls_clientcert_subject.header_name"),
            ("Attributes.member.1.Value", "X-Client"))).Ok();
        using var client = await ClientAsync(world, listener, certificate);

        Assert.Equal("CN=client", (await Echoed.GetAsync(client, "https://a.example.com/")).Header("X-Client"));
    }

    private static async Task<string> ListenerAsync(LiveWorld world, string mode, ClientAuthority? authority)
    {
        (string, string)[] store = authority is null
            ? []
            : [("MutualAuthentication.TrustStoreArn", await StoreAsync(world, "clients", authority))];
        return await world.ForwardingListenerAsync(
            await world.GroupAsync("app", ["172.31.0.7"]), 443,
            [
                ("Protocol", "HTTPS"),
                ("Certificates.member.1.CertificateArn", await world.Sandbox.ImportAsync("a.example.com")),
                ("MutualAuthentication.Mode", mode), .. store,
            ]);
    }

    private static async Task<string> StoreAsync(LiveWorld world, string name, ClientAuthority authority)
    {
        await world.Sandbox.S3("PUT", "/certs");
        (await world.Sandbox.S3("PUT", "/certs/ca.pem", authority.Pem)).Ok();
        return (await world.Sandbox.Elbv2(
            "CreateTrustStore", ("Name", name), ("CaCertificatesBundleS3Bucket", "certs"),
            ("CaCertificatesBundleS3Key", "ca.pem"))).Ok()["TrustStoreArn"];
    }

    private static Task<HttpClient> ClientAsync(LiveWorld world, string listener, X509Certificate2? certificate) =>
        world.ClientAsync(listener, handler => handler.SslOptions = new SslClientAuthenticationOptions
        {
            ClientCertificates = certificate is null ? [] : [certificate],
            RemoteCertificateValidationCallback = (_, server, _, _) => server is not null,
        });
}

/// <summary>An authority that signs clients' certificates.</summary>
internal sealed class ClientAuthority : IDisposable
{
    private readonly X509Certificate2 _certificate;

    public ClientAuthority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        _certificate = request.CreateSelfSigned(now.AddDays(-30), now.AddDays(30));
    }

    public string Pem => _certificate.ExportCertificatePem();

    /// <param name="subject">Such as <c>CN=client</c>.</param>
    /// <param name="days">How long it is still valid; negative for one that has expired.</param>
    public X509Certificate2 Issue(string subject, int days = 10)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        using var bare = request.Create(
            _certificate, now.AddDays(-20), now.AddDays(days), RandomNumberGenerator.GetBytes(8));
        using var whole = bare.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }

    public void Dispose() => _certificate.Dispose();
}
