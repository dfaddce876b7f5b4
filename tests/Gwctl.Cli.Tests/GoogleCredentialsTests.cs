using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Gwctl.Sandbox.Gcp;
using Gwctl.Sandbox.Hosting;
using Gwctl.Testing;

namespace Gwctl.Cli.Tests;

/// <summary>Goal: the program finds Google's application default credentials where they are, each in a process of its
/// own, for Google's library looks once.</summary>
public sealed class GoogleCredentialsTests : IDisposable
{
    private const string Granted = "the-granted-token";
    private const string Nowhere = "127.0.0.1:1";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("gwctl-google-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task A_service_accounts_key()
    {
        await using var cloud = await StartAsync();

        await PlanAsync(cloud, 0, ("GOOGLE_APPLICATION_CREDENTIALS", Write("key.json", Key(cloud))));
    }

    [Fact]
    public async Task A_workload_identity()
    {
        await using var cloud = await StartAsync();
        var file = Write("federation.json", new JsonObject
        {
            ["type"] = "external_account",
            ["audience"] = "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/ci",
            ["subject_token_type"] = "urn:ietf:params:oauth:token-type:jwt",
            ["token_url"] = $"{new Uri(cloud.Endpoint, "/v1/token")}",
            ["credential_source"] = new JsonObject { ["file"] = Write("subject.jwt", "a-jwt-of-the-ci-system") },
        });

        await PlanAsync(cloud, 0, ("GOOGLE_APPLICATION_CREDENTIALS", file));
    }

    [Fact]
    public async Task What_gcloud_left()
    {
        await using var cloud = await StartAsync();
        _directory.CreateSubdirectory("gcloud");
        Write(Path.Combine("gcloud", "application_default_credentials.json"), Key(cloud));

        await PlanAsync(cloud, 0, ("CLOUDSDK_CONFIG", Path.Combine(_directory.FullName, "gcloud")));
    }

    [Fact]
    public async Task The_metadata_server()
    {
        await using var cloud = await StartAsync();
        await using var metadata = new LoopbackServer(request => LoopbackServer.Answer(
            "200 OK",
            request.StartsWith(
                "GET /computeMetadata/v1/instance/service-accounts/default/token", StringComparison.Ordinal)
                ? $$"""{"access_token":"{{Granted}}","expires_in":3600,"token_type":"Bearer"}"""
                : "googleapis.com",
            "Metadata-Flavor: Google"));

        await PlanAsync(cloud, 0, ("GCE_METADATA_HOST", metadata.Url.Authority));

        Assert.Contains(metadata.Requests, request => request.Contains("/default/token", StringComparison.Ordinal));
        Assert.All(metadata.Requests, request =>
            Assert.Contains("Metadata-Flavor: Google", request, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task None_is_an_error_that_says_where_they_may_be()
    {
        await using var cloud = await StartAsync();

        var error = await PlanAsync(cloud, 1);

        Assert.Contains("GW4250", error, StringComparison.Ordinal);
        Assert.Contains("GOOGLE_APPLICATION_CREDENTIALS", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named()
    {
        await using var cloud = await StartAsync();

        var error = await PlanAsync(cloud, 1, ("GOOGLE_APPLICATION_CREDENTIALS", "/no/such/file.json"));

        Assert.Contains("GW4250", error, StringComparison.Ordinal);
        Assert.Contains("/no/such/file.json", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_is_not_accepted_is_told_without_it()
    {
        await using var cloud = await StartAsync();
        await using var tokens = new LoopbackServer(_ => LoopbackServer.Answer(
            "200 OK", """{"access_token":"another","expires_in":3600,"token_type":"Bearer"}""",
            "Content-Type: application/json"));
        var key = Key(cloud);
        key["token_uri"] = $"{new Uri(tokens.Url, "/token")}";

        var error = await PlanAsync(cloud, 1, ("GOOGLE_APPLICATION_CREDENTIALS", Write("key.json", key)));

        Assert.Contains("GW4252", error, StringComparison.Ordinal);
        Assert.DoesNotContain("another", error, StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE KEY", error, StringComparison.Ordinal);
    }

    private static Task<SandboxCloud> StartAsync() => SandboxCloud.StartAsync(
        new SandboxOptions { Gcp = new GcpOptions { Tokens = [Granted] } }, Token);

    private static JsonObject Key(SandboxCloud cloud)
    {
        using var key = RSA.Create(2048);
        return new JsonObject
        {
            ["type"] = "service_account",
            ["private_key_id"] = "1",
            ["private_key"] = key.ExportPkcs8PrivateKeyPem(),
            ["client_email"] = "gwctl@proj-1.iam.gserviceaccount.com",
            ["token_uri"] = $"{new Uri(cloud.Endpoint, "/token")}",
        };
    }

    /// <summary>Plans the quickstart, and gives what was written of errors.</summary>
    private async Task<string> PlanAsync(
        SandboxCloud cloud, int expected, params IEnumerable<(string Name, string Value)> environment)
    {
        var config = Write(
            "config.yaml",
            """
            apiVersion: gwctl.dev/v1alpha1
            kind: ProviderConfig
            metadata: {name: main}
            spec:
              provider: gcp
              owner: tests
              gcp:
                project: proj-1
                zones: [us-central1-a]
                networkEndpointType: NON_GCP_PRIVATE_IP_PORT
            """);
        var start = new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "gwctl.exe" : "gwctl"),
            [
                "plan", "-f", Repository.PathOf("examples", "quickstart"), "--provider-config", config,
                "--endpoint-url", $"gcp={cloud.Endpoint}",
            ])
        {
            WorkingDirectory = _directory.FullName,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // Whoever runs the tests may have credentials of their own: those are not for here.
        start.Environment["HOME"] = start.Environment["APPDATA"] = _directory.FullName;
        start.Environment["GCE_METADATA_HOST"] = Nowhere;
        start.Environment.Remove("GOOGLE_APPLICATION_CREDENTIALS");
        start.Environment.Remove("CLOUDSDK_CONFIG");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start);
        Assert.NotNull(process);
        var output = process.StandardOutput.ReadToEndAsync(Token);
        var error = await process.StandardError.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token).WaitAsync(Patience, Token);
        Assert.True(process.ExitCode == expected, $"exit {process.ExitCode}\n{await output}\n{error}");
        return error;
    }

    private string Write(string name, JsonObject content) => Write(name, content.ToJsonString());

    private string Write(string name, string content)
    {
        var path = Path.Combine(_directory.FullName, name);
        File.WriteAllText(path, content);
        return path;
    }
}
