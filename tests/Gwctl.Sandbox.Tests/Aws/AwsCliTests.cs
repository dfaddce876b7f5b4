using System.Diagnostics;
using Gwctl.Sandbox.Aws;
using Gwctl.Sandbox.Hosting;

namespace Gwctl.Sandbox.Tests.Aws;

/// <summary>The vendor's own client against the sandbox. Each call takes a second or more: few calls, all protocols.
/// </summary>
public sealed class AwsCliTests : IAsyncLifetime
{
    // Without spaces, since the calls below are split at them.
    private const string DeleteOfNothing =
        """{"Changes":[{"Action":"DELETE","ResourceRecordSet":{"Name":"a.example.com","Type":"A","TTL":1,"""
        + "\"ResourceRecords\":[{\"Value\":\"10.0.0.1\"}]}}]}";

    private SandboxCloud? _cloud;

    private SandboxCloud Cloud => _cloud ?? throw new InvalidOperationException("The sandbox is not started.");

    public async ValueTask InitializeAsync() => _cloud = await SandboxCloud.StartAsync(
        new SandboxOptions
        {
            Aws = new AwsOptions { Delays = AwsDelays.None, HostedZones = ["example.com"], ChecksAnswers = true },
        },
        SandboxFixture.Cancellation);

    public async ValueTask DisposeAsync()
    {
        if (_cloud is not null)
        {
            await _cloud.DisposeAsync();
        }
    }

    [Fact]
    public async Task Drives_a_load_balancer_end_to_end()
    {
        SkipWithoutCli();
        var subnets = await Aws(
            "ec2 describe-subnets --filters Name=default-for-az,Values=true --query Subnets[].SubnetId");
        var vpc = await Aws("ec2 describe-vpcs --query Vpcs[0].VpcId");
        var loadBalancer = await Aws(
            $"elbv2 create-load-balancer --name web --subnets {subnets} --tags Key=owner,Value=me "
            + "--query LoadBalancers[0].LoadBalancerArn");
        var group = await Aws(
            $"elbv2 create-target-group --name web --protocol HTTP --port 80 --vpc-id {vpc} --target-type ip "
            + "--query TargetGroups[0].TargetGroupArn");
        var listener = await Aws(
            $"elbv2 create-listener --load-balancer-arn {loadBalancer} --protocol HTTP --port 80 "
            + $"--default-actions Type=forward,TargetGroupArn={group} --query Listeners[0].ListenerArn");
        await Aws($"elbv2 register-targets --target-group-arn {group} --targets Id=172.31.0.5");

        Assert.Equal(
            "healthy",
            await Aws($"elbv2 describe-target-health --target-group-arn {group} "
                + "--query TargetHealthDescriptions[0].TargetHealth.State"));
        Assert.Equal("default", await Aws($"elbv2 describe-rules --listener-arn {listener} --query Rules[].Priority"));
        Assert.Contains(
            "(ResourceInUse)", await Aws($"elbv2 delete-target-group --target-group-arn {group}", fails: true),
            StringComparison.Ordinal);
        Assert.Equal(
            loadBalancer,
            await Aws("resourcegroupstaggingapi get-resources --query ResourceTagMappingList[].ResourceARN"));
    }

    [Fact]
    public async Task Understands_every_protocols_answers_and_errors()
    {
        SkipWithoutCli();
        var zone = await Aws("route53 list-hosted-zones --query HostedZones[0].Id");
        Assert.Contains(
            "(InvalidChangeBatch)",
            await Aws(
                $"route53 change-resource-record-sets --hosted-zone-id {zone} --change-batch "
                + DeleteOfNothing,
                fails: true),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "arn:aws:acm:", await Aws("acm request-certificate --domain-name a.example.com --validation-method DNS"),
            StringComparison.Ordinal);
        Assert.Contains(
            "(ResourceNotFoundException)",
            await Aws(
                "acm describe-certificate --certificate-arn arn:aws:acm:us-east-1:000000000000:certificate/x",
                fails: true),
            StringComparison.Ordinal);
        Assert.Contains(
            "(InvalidGroup.NotFound)", await Aws("ec2 delete-security-group --group-id sg-12345678", fails: true),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Makes_a_trust_store_and_a_network_listener()
    {
        SkipWithoutCli();
        var file = Path.Combine(Path.GetTempPath(), $"gwctl-bundle-{Guid.NewGuid():N}.pem");
        await File.WriteAllTextAsync(file, TestCertificates.Authority("one"), SandboxFixture.Cancellation);
        try
        {
            await Aws("s3api create-bucket --bucket certs");
            await Aws($"s3api put-object --bucket certs --key ca.pem --body {file}");
        }
        finally
        {
            File.Delete(file);
        }

        var store = await Aws(
            "elbv2 create-trust-store --name clients --ca-certificates-bundle-s3-bucket certs "
            + "--ca-certificates-bundle-s3-key ca.pem --query TrustStores[0].TrustStoreArn");
        Assert.Equal(
            "1",
            await Aws($"elbv2 describe-trust-stores --trust-store-arns {store} "
                + "--query TrustStores[0].NumberOfCaCertificates"));

        var subnet = await Aws("ec2 describe-subnets --query Subnets[0].SubnetId");
        var vpc = await Aws("ec2 describe-vpcs --query Vpcs[0].VpcId");
        var network = await Aws(
            $"elbv2 create-load-balancer --name net --type network --subnets {subnet} "
            + "--query LoadBalancers[0].LoadBalancerArn");
        var group = await Aws(
            $"elbv2 create-target-group --name dns --protocol TCP_UDP --port 53 --vpc-id {vpc} --target-type ip "
            + "--query TargetGroups[0].TargetGroupArn");
        Assert.Equal(
            "TCP_UDP",
            await Aws($"elbv2 create-listener --load-balancer-arn {network} --protocol TCP_UDP --port 53 "
                + $"--default-actions Type=forward,TargetGroupArn={group} --query Listeners[0].Protocol"));
    }

    private static void SkipWithoutCli() => Assert.SkipUnless(
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "aws"))),
        "the AWS CLI (aws) is not on the PATH");

    private async Task<string> Aws(string arguments, bool fails = false)
    {
        var start = new ProcessStartInfo("aws")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in arguments.Split(' ').Append("--output").Append("text")
                     .Append("--endpoint-url").Append(Cloud.Endpoint.ToString()))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in new[]
                 {
                     ("AWS_ACCESS_KEY_ID", "test"), ("AWS_SECRET_ACCESS_KEY", "test"), ("AWS_PAGER", ""),
                     ("AWS_DEFAULT_REGION", "us-east-1"), ("AWS_CONFIG_FILE", "/dev/null"), ("AWS_MAX_ATTEMPTS", "1"),
                 })
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException("aws did not start");
        var output = process.StandardOutput.ReadToEndAsync(SandboxFixture.Cancellation);
        var error = process.StandardError.ReadToEndAsync(SandboxFixture.Cancellation);
        await process.WaitForExitAsync(SandboxFixture.Cancellation);
        Assert.True(process.ExitCode is 0 != fails, await error);
        return fails ? await error : (await output).Trim().Replace('\t', ' ');
    }
}
