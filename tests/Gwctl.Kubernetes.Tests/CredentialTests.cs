using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gwctl.Core;
using Gwctl.Kubernetes.Config;
using Gwctl.Kubernetes.Http;
using Gwctl.Sandbox.Kubernetes;

namespace Gwctl.Kubernetes.Tests;

/// <summary>Who the client is, and whom it trusts.</summary>
public sealed class CredentialTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gwctl-kube-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_sandboxs_kubeconfig_works_over_TLS()
    {
        await using var server = await ApiServer.StartAsync(new KubernetesOptions { SeedDefinitions = false });
        var path = Path.Combine(_folder, "config");
        server.Api.WriteKubeconfig(path);
        var settings = KubeConfig.Read([path], context: null);
        Assert.True(settings.Succeeded, string.Join(' ', settings.Diagnostics));
        using var client = ApiServer.Connect(settings.Value);
        Assert.Equal("default", (await ReadAsync(client)));
    }

    [Fact]
    public async Task A_server_of_another_authority_is_refused_and_one_by_another_name_too()
    {
        await using var server = await ApiServer.StartAsync(new KubernetesOptions { SeedDefinitions = false });
        var settings = new KubeSettings
        {
            Server = server.Api.Endpoint,
            AuthorityPem = SelfSigned().CertificatePem,
            Token = new KubeToken.Fixed(new SecretText(server.Api.Token)),
        };
        using (var stranger = ApiServer.Connect(settings, attemptsMax: 1))
        {
            var refused = await Assert.ThrowsAsync<KubeException>(() => ReadAsync(stranger));
            Assert.Equal("GW8500", refused.Diagnostic.Code);
        }

        var ours = settings with { AuthorityPem = server.Api.CertificateAuthority };
        using (var named = ApiServer.Connect(ours with { TlsServerName = "other.example.com" }, attemptsMax: 1))
        {
            await Assert.ThrowsAsync<KubeException>(() => ReadAsync(named));
        }

        using var careless = ApiServer.Connect(settings with { SkipsTlsVerification = true });
        Assert.Equal("default", await ReadAsync(careless));
    }

    [Fact]
    public async Task A_token_file_is_read_again_when_the_server_refuses_the_token()
    {
        await using var server = await ApiServer.StartAsync();
        var file = Path.Combine(_folder, "token");
        await File.WriteAllTextAsync(file, "first\n", Stop);
        server.Api.SetUsers(new KubernetesUser("pod", "first", ["system:masters"]));
        using var client = ApiServer.Connect(
            new KubeSettings { Server = server.Api.Endpoint, Token = new KubeToken.File(file) });
        Assert.Equal("default", await ReadAsync(client));
        server.Api.SetUsers(new KubernetesUser("pod", "second", ["system:masters"]));
        var refused = await Assert.ThrowsAsync<KubeException>(() => ReadAsync(client));
        Assert.True(refused.IsUnauthorized);
        await File.WriteAllTextAsync(file, "second\n", Stop);
        Assert.Equal("default", await ReadAsync(client));
    }

    [Fact]
    public async Task A_plugin_is_asked_once_and_again_when_the_server_refuses()
    {
        await using var server = await ApiServer.StartAsync();
        var script = Path.Combine(_folder, "plugin.sh");
        await File.WriteAllTextAsync(
            script,
            """
            echo run >> "$COUNT"
            case "$KUBERNETES_EXEC_INFO" in *ExecCredential*) ;; *) exit 3 ;; esac
            printf '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"%s"}}' \
              "$(cat "$TOKEN")"
            """,
            Stop);
        var (count, token) = (Path.Combine(_folder, "count"), Path.Combine(_folder, "token"));
        await File.WriteAllTextAsync(token, "first", Stop);
        server.Api.SetUsers(new KubernetesUser("person", "first", ["system:masters"]));
        var plugin = new ExecPlugin(
            "sh", [script], [new("COUNT", count), new("TOKEN", token)], "client.authentication.k8s.io/v1", _folder);
        using var client = ApiServer.Connect(
            new KubeSettings { Server = server.Api.Endpoint, Token = new KubeToken.Exec(plugin) },
            new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = "/usr/bin:/bin" });
        Assert.Equal("default", await ReadAsync(client));
        Assert.Equal("default", await ReadAsync(client));
        Assert.Single(await File.ReadAllLinesAsync(count, Stop));

        await File.WriteAllTextAsync(token, "second", Stop);
        server.Api.SetUsers(new KubernetesUser("person", "second", ["system:masters"]));
        Assert.Equal("default", await ReadAsync(client));
        Assert.Equal(2, (await File.ReadAllLinesAsync(count, Stop)).Length);
    }

    [Fact]
    public async Task A_plugin_that_fails_is_told_without_its_words()
    {
        var plugin =
            new ExecPlugin("sh", ["-c", "echo top-secret >&2; exit 7"], [], "client.authentication.k8s.io/v1", _folder)
            {
                InstallHint = "Install the plugin.",
            };
        using var client = ApiServer.Connect(
            new KubeSettings { Server = new Uri("http://127.0.0.1:1"), Token = new KubeToken.Exec(plugin) },
            new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = "/usr/bin:/bin" },
            attemptsMax: 1);
        var failed = await Assert.ThrowsAsync<KubeException>(() => ReadAsync(client));
        Assert.Equal("GW8505", failed.Diagnostic.Code);
        Assert.Contains("ended with 7", failed.Diagnostic.Detail, StringComparison.Ordinal);
        Assert.Equal("Install the plugin.", failed.Diagnostic.Help);
        Assert.DoesNotContain("top-secret", $"{failed}", StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<string> ReadAsync(KubeClient client) =>
        (await client.GetAsync(ApiServer.Namespaces, new ObjectName("", "default"), Stop)).Name.Name;

    private static KubeCertificate SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=stranger", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return new KubeCertificate(certificate.ExportCertificatePem(), new SecretText(key.ExportPkcs8PrivateKeyPem()));
    }
}
