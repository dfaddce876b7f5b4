using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Gwctl.Testing;

namespace Gwctl.Cli.Tests;

/// <summary>The program against moto, an emulator of AWS that others wrote: where it has a call, it must not see
/// another AWS than our own emulator shows. It has neither transforms nor regular expressions in rules.</summary>
public sealed class MotoTests : IDisposable
{
    private const int NotInstalled = 127;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("gwctl-moto-tests-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Examples_come_rest_and_go()
    {
        var moto = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, "moto_server"))
            .FirstOrDefault(File.Exists);
        Assert.SkipWhen(moto is null, "moto_server is not on the PATH (pip install 'moto[server]')");
        var endpoint = new Uri($"http://127.0.0.1:{FreePort()}");
        using var server = Start(moto, "-H", "127.0.0.1", "-p", $"{endpoint.Port}");
        try
        {
            await AwaitAsync(endpoint, server);
            await MakeZoneAsync(endpoint);
            var config = Path.Combine(_directory.FullName, "config.yaml");
            await File.WriteAllTextAsync(
                config,
                """
                apiVersion: gwctl.dev/v1alpha1
                kind: ProviderConfig
                metadata: {name: moto}
                spec:
                  provider: aws
                  owner: moto
                  dns: {zones: [{name: example.com}]}
                  aws: {region: us-east-1}
                """,
                TestContext.Current.CancellationToken);
            foreach (var example in (string[])
                ["quickstart", "canary", "header-routing", "wildcard-tls"])
            {
                string[] common =
                [
                    "-f", Repository.PathOf("examples", example), "--provider-config", config, "--endpoint-url",
                    $"aws={endpoint}", "--timeout", "60s",
                ];
                await RunAsync(0, ["apply", "--auto-approve", .. common]);
                await RunAsync(0, ["plan", "--detailed-exitcode", .. common]);
                await RunAsync(0, ["plan", "--detailed-exitcode", "--refresh", "shallow", .. common]);
                await RunAsync(0, ["destroy", "--auto-approve", .. common]);
                var rest = await RunAsync(2, ["plan", "--detailed-exitcode", .. common]);
                Assert.Contains(" to add, 0 to change, 0 to destroy.", rest);
            }
        }
        finally
        {
            server.Kill(entireProcessTree: true);
        }
    }

    private async Task<string> RunAsync(int expected, params string[] arguments)
    {
        using var process = Start(Path.Combine(AppContext.BaseDirectory, "gwctl"), arguments);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience);
        var text = await output;
        Assert.True(
            process.ExitCode == expected,
            $"{string.Join(' ', arguments)}: {process.ExitCode}\n{text}\n{await error}");
        return text;
    }

    private Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _directory.FullName,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["AWS_ACCESS_KEY_ID"] = "test";
        start.Environment["AWS_SECRET_ACCESS_KEY"] = "test";
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
    }

    private static async Task AwaitAsync(Uri endpoint, Process server)
    {
        // What nobody reads would fill the pipe, and the server wait.
        server.OutputDataReceived += static (_, _) => { };
        server.ErrorDataReceived += static (_, _) => { };
        server.BeginOutputReadLine();
        server.BeginErrorReadLine();
        using var client = new HttpClient();
        var startedAt = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync(
                    new Uri(endpoint, "moto-api/"), TestContext.Current.CancellationToken);
                return;
            }
            catch (HttpRequestException) when (!server.HasExited && Stopwatch.GetElapsedTime(startedAt) < Patience)
            {
                await Task.Delay(100, TestContext.Current.CancellationToken);
            }
            catch (HttpRequestException) when (server.HasExited && server.ExitCode is NotInstalled)
            {
                Assert.Skip("what is called moto_server on the PATH has no moto behind it");
            }
        }
    }

    private static async Task MakeZoneAsync(Uri endpoint)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(endpoint, "2013-04-01/hostedzone"))
        {
            Content = new StringContent(
                """
                <CreateHostedZoneRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/">
                  <Name>example.com</Name><CallerReference>one</CallerReference>
                </CreateHostedZoneRequest>
                """,
                Encoding.UTF8,
                "application/xml"),
        };
        // Its scope alone says which service is meant.
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "AWS4-HMAC-SHA256",
            "Credential=test/20260101/us-east-1/route53/aws4_request, SignedHeaders=host, Signature=none");
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
