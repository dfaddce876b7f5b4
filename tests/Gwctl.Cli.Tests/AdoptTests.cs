using System.Text.RegularExpressions;
using Gwctl.Cli.Commands;
using Gwctl.Cli.Hosting;
using Gwctl.Providers.Aws.Api;
using Gwctl.Providers.Aws.Api.Elbv2;
using Gwctl.Sandbox.Aws;
using Gwctl.Sandbox.Hosting;
using Gwctl.Testing;

namespace Gwctl.Cli.Tests;

/// <summary><c>adopt</c> on an object that really is in the way: somebody took our marks off it.</summary>
public sealed partial class AdoptTests : IDisposable
{
    private readonly CliRunner _cli = new();
    private readonly string _quickstart = Repository.PathOf("examples", "quickstart");

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task What_stands_in_the_way_is_named_adopted_and_then_managed()
    {
        Assert.Equal(ExitCode.Done, (await RunAsync("apply", "--auto-approve")).Exit);
        var arn = await RemoveMarksOfTheLoadBalancerAsync();

        var blocked = await RunAsync("plan");
        Assert.Equal(ExitCode.Error, blocked.Exit);
        var hint = AdoptHint().Match(blocked.Error);
        Assert.True(hint.Success, blocked.Error);
        var address = hint.Groups["address"].Value;

        var wrong = await RunAsync("adopt", address, "--id", arn + "x", "--auto-approve");
        Assert.Equal(ExitCode.Error, wrong.Exit);
        Assert.Contains(arn, wrong.Error);

        var adopted = await RunAsync("adopt", address, "--id", arn, "--auto-approve");
        Assert.Equal(ExitCode.Done, adopted.Exit);
        Assert.Contains("Adopt complete! Resources: 1 adopted, 0 added, 0 changed, 0 destroyed.", adopted.Output);

        var again = await RunAsync("plan", "--detailed-exitcode");
        Assert.Equal(ExitCode.Done, again.Exit);
        Assert.StartsWith("No changes.", again.Output);
    }

    private Task<CliResult> RunAsync(string command, params string[] more) =>
        _cli.RunAsync([command, .. more, "-f", _quickstart, "--sandbox"]);

    private async Task<string> RemoveMarksOfTheLoadBalancerAsync()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var cloud = await SandboxCloud.StartAsync(
            new SandboxOptions
            {
                StateDirectory = Path.Combine(_cli.Root, ".gwctl", "sandbox"),
                Aws = new AwsOptions
                {
                    Credentials = [new AwsCredential(EmbeddedCloud.AccessKeyId, EmbeddedCloud.SecretAccessKey)],
                },
            },
            cancellationToken);
        using var api = new AwsApi(new AwsApiOptions
        {
            Region = "us-east-1",
            Clock = TimeProvider.System,
            Random = static () => 0.5,
            Credentials = new AwsCredentialsSource.Static(EmbeddedCloud.AccessKeyId, EmbeddedCloud.SecretAccessKey),
            EndpointUrl = cloud.Endpoint,
        });
        var found = await api.Elbv2.DescribeLoadBalancersAsync(new DescribeLoadBalancersRequest(), cancellationToken);
        var arn = Assert.Single(found.LoadBalancers).LoadBalancerArn ?? "";
        await api.Elbv2.RemoveTagsAsync(
            new RemoveTagsRequest
            {
                ResourceArns = [arn],
                TagKeys = ["gwctl.dev/owner", "gwctl.dev/gateway", "gwctl.dev/key"],
            },
            cancellationToken);
        return arn;
    }

    [GeneratedRegex("`gwctl adopt (?<address>[^ `]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AdoptHint();
}
