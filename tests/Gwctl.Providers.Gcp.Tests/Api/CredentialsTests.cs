using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Gwctl.Core;
using Gwctl.Providers.Gcp.Api;
using Gwctl.Providers.Gcp.Tests.Applying;
using Gwctl.Sandbox.Gcp;
using Gwctl.Sandbox.Hosting;

namespace Gwctl.Providers.Gcp.Tests.Api;

/// <summary>Goal: each kind of credential file gives a token that the services take, and a refusal is told without
/// secrets.</summary>
public sealed class CredentialsTests : IDisposable
{
    private const string Account = "gwctl@proj-1.iam.gserviceaccount.com";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gwctl-credentials-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_service_accounts_key_gives_a_token()
    {
        await using var cloud = await StartAsync();
        using var api = NewApi(cloud, Write("key.json", Key(cloud)));

        await api.Compute.ProbeAsync(Token);
    }

    [Fact]
    public async Task A_workload_identity_gives_the_token_of_the_account_that_it_impersonates()
    {
        await using var cloud = await StartAsync();
        using var api = NewApi(cloud, Write("federation.json", new JsonObject
        {
            ["type"] = "external_account",
            ["audience"] = "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/ci",
            ["subject_token_type"] = "urn:ietf:params:oauth:token-type:jwt",
            ["token_url"] = $"{new Uri(cloud.Endpoint, "/v1/token")}",
            ["service_account_impersonation_url"] = Impersonation(cloud),
            ["credential_source"] = new JsonObject
            {
                ["file"] = Write("subject.jwt", "a-jwt-of-the-ci-system"),
                ["format"] = new JsonObject { ["type"] = "text" },
            },
        }));

        await api.Compute.ProbeAsync(Token);
    }

    [Fact]
    public async Task A_file_can_name_the_account_that_is_impersonated()
    {
        await using var cloud = await StartAsync();
        using var api = NewApi(cloud, Write("impersonated.json", new JsonObject
        {
            ["type"] = "impersonated_service_account",
            ["service_account_impersonation_url"] = Impersonation(cloud),
            ["source_credentials"] = Key(cloud),
        }));

        await api.Compute.ProbeAsync(Token);
    }

    [Fact]
    public async Task A_refused_key_is_told_without_the_key()
    {
        await using var cloud = await StartAsync();
        var key = Key(cloud);
        key["token_uri"] = $"{new Uri(cloud.Endpoint, "/nothing/here")}";
        using var api = NewApi(cloud, Write("key.json", key));

        var exception = await Assert.ThrowsAsync<GcpCredentialsException>(() => api.Compute.ProbeAsync(Token));

        Assert.Contains("key.json", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE KEY", exception.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("no json")]
    [InlineData("""{"type":"service_account"}""")]
    public async Task A_file_that_is_no_credential_is_told(string content)
    {
        await using var cloud = await StartAsync();
        using var api = NewApi(cloud, Write("key.json", content));

        var exception = await Assert.ThrowsAsync<GcpCredentialsException>(() => api.Compute.ProbeAsync(Token));

        Assert.Contains("key.json", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_is_not_accepted_is_told()
    {
        await using var cloud = await StartAsync();
        using var api = NewApi(cloud, new GcpCredentialsSource.Token(new SecretText("another")));

        var exception = await Assert.ThrowsAsync<GcpApiException>(() => api.Compute.ProbeAsync(Token));

        Assert.Equal(401, exception.StatusCode);
        Assert.DoesNotContain("another", exception.ToString(), StringComparison.Ordinal);
    }

    private static Task<SandboxCloud> StartAsync() => SandboxCloud.StartAsync(
        new SandboxOptions { Gcp = new GcpOptions { Tokens = ["granted"] } }, Token);

    private static string Impersonation(SandboxCloud cloud) =>
        $"{new Uri(cloud.Endpoint, $"/v1/projects/-/serviceAccounts/{Account}:generateAccessToken")}";

    private static JsonObject Key(SandboxCloud cloud)
    {
        using var key = RSA.Create(2048);
        return new JsonObject
        {
            ["type"] = "service_account",
            ["project_id"] = GraphBench.Project,
            ["private_key_id"] = "1",
            ["private_key"] = key.ExportPkcs8PrivateKeyPem(),
            ["client_email"] = Account,
            ["client_id"] = "1",
            ["token_uri"] = $"{new Uri(cloud.Endpoint, "/token")}",
        };
    }

    private GcpCredentialsSource.File Write(string name, JsonObject content) =>
        new(Write(name, content.ToJsonString()));

    private string Write(string name, string content)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, content);
        return path;
    }

    private static GcpApi NewApi(SandboxCloud cloud, string path) => NewApi(cloud, new GcpCredentialsSource.File(path));

    private static GcpApi NewApi(SandboxCloud cloud, GcpCredentialsSource source) => new(new GcpApiOptions
    {
        Project = GraphBench.Project,
        Clock = TimeProvider.System,
        Random = () => 0.5,
        EndpointUrl = cloud.Endpoint,
        Credentials = source,
        AttemptsMax = 1,
    });
}
