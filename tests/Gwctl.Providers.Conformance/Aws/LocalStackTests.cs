using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Gwctl.Testing.Clouds;
using Gwctl.Testing.Clouds.Aws;

namespace Gwctl.Providers.Conformance.Aws;

/// <summary>The parts against LocalStack in a container, where a container engine answers. Its community image has
/// Route 53, ACM, EC2 and STS, and no Elastic Load Balancing v2.</summary>
public sealed class LocalStackTests
{
    private const string Image = "docker.io/localstack/localstack:4.4.0";
    private const string Zone = ConformanceTests.Zone;
    private static readonly TimeSpan StartMax = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task The_parts_that_it_has_work_there_too()
    {
        var engine = await EngineAsync();
        Assert.SkipWhen(engine is null, "neither docker nor podman answers on this machine");
        var (started, container) = await RunAsync(engine, "run", "-d", "--rm", "-p", "127.0.0.1::4566", Image);
        Assert.SkipUnless(started, $"{engine} cannot run {Image}: {container.Trim()}");
        var id = container.Trim().Split('\n')[^1].Trim();
        try
        {
            var (_, port) = await RunAsync(engine, "port", id, "4566/tcp");
            var endpoint = new Uri($"http://{port.Trim().Split('\n')[0].Trim()}");
            await AwaitAsync(endpoint);
            await MakeZoneAsync(endpoint);
            await using var cloud = CloudUnderTest.At(
                new AwsUnderTest(), new Place(ConformanceTests.Owner, endpoint, Zone, IsSandbox: false));
            var parts = new Parts(cloud);
            await parts.IdentifyAsync();
            await parts.SecurityGroupAsync();
            await parts.CertificateAsync();
            await parts.RecordAsync();
        }
        finally
        {
            await RunAsync(engine, "rm", "-f", id);
        }
    }

    private static async Task<string?> EngineAsync()
    {
        foreach (var engine in new[] { "docker", "podman" })
        {
            if ((await RunAsync(engine, "info")).Succeeded)
            {
                return engine;
            }
        }

        return null;
    }

    private static async Task AwaitAsync(Uri endpoint)
    {
        using var client = new HttpClient();
        var startedAt = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(startedAt) < StartMax)
        {
            try
            {
                var answer = await client.GetAsync(
                    new Uri(endpoint, "/_localstack/health"), TestContext.Current.CancellationToken);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException exception)
            {
                TestContext.Current.TestOutputHelper?.WriteLine(exception.Message);
            }

            await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        }

        Assert.Fail($"LocalStack did not answer within {StartMax}");
    }

    /// <summary>LocalStack checks no signature, and the provider makes no zones.</summary>
    private static async Task MakeZoneAsync(Uri endpoint)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(endpoint, "/2013-04-01/hostedzone"));
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/route53/aws4_request, SignedHeaders=host, "
            + "Signature=0");
        request.Content = new StringContent(
            $"""
            <CreateHostedZoneRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Name>{Zone}</Name>
            <CallerReference>conformance</CallerReference></CreateHostedZoneRequest>
            """,
            Encoding.UTF8,
            "application/xml");
        (await client.SendAsync(request, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
    }

    private static async Task<(bool Succeeded, string Output)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        try
        {
            using var process = Process.Start(start);
            if (process is null)
            {
                return (false, "");
            }

            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return process.ExitCode is 0 ? (true, await output) : (false, await errors);
        }
        catch (Win32Exception exception)
        {
            return (false, exception.Message);
        }
    }
}
