using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Providers.Aws.Tests.Projection;

public sealed class SettingsTests
{
    [Fact]
    public void Only_the_region_is_needed()
    {
        var settings = Decode("region: eu-west-1");

        Assert.Empty(settings.Diagnostics);
        Assert.Equal("eu-west-1", settings.Value?.Region.Value);
        Assert.Equal(("internet-facing", "ipv4"),
            (settings.Value?.LoadBalancer.Scheme, settings.Value?.LoadBalancer.IpAddressType));
        Assert.Equal(AlbQuotasDefault, settings.Value?.Quotas.RulesPerLoadBalancer);
    }

    [Fact]
    public void Everything_can_be_given()
    {
        var settings = Decode("""
            region: us-east-1
            account: "123456789012"
            profile: work
            assumeRole: {roleArn: "arn:aws:iam::123456789012:role/gwctl", externalId: abc, sessionName: ci}
            vpcId: vpc-0a
            subnets: [subnet-2, subnet-1]
            scheme: internal
            ipAddressType: dualstack
            securityGroups: [sg-1]
            targetType: instance
            sslPolicy: ELBSecurityPolicy-TLS13-1-3-2021-06
            loadBalancerAttributes: {idle_timeout.timeout_seconds: "60"}
            targetGroupAttributes: {load_balancing.algorithm.type: least_outstanding_requests}
            tags: {team: web}
            deletionProtection: true
            quotas: {rulesPerLoadBalancer: 200}
            """);

        Assert.Empty(settings.Diagnostics);
        Assert.Equal(["subnet-1", "subnet-2"], settings.Value?.LoadBalancer.Subnets ?? []);
        Assert.Equal(200, settings.Value?.Quotas.RulesPerLoadBalancer);
        Assert.Equal("ci", settings.Value?.AssumeRole?.SessionName);
    }

    [Theory]
    [InlineData("scheme: internal", "region")]
    [InlineData("region: moon", "region")]
    [InlineData("region: us-east-1\naccount: \"12\"", "account")]
    [InlineData("region: us-east-1\nsubnets: [subnet-1]", "subnets")]
    [InlineData("region: us-east-1\nsubnets: [subnet-1, subnet-2]\nsubnetTags: {a: b}", "subnetTags")]
    [InlineData("region: us-east-1\nsecurityGroups: [sg-1]\nallowedCidrs: [10.0.0.0/8]", "allowedCidrs")]
    [InlineData("region: us-east-1\nallowedCidrs: [10.0.0.0]", "allowedCidrs")]
    [InlineData("region: us-east-1\nallowedCidrs: [\"::/0\"]", "allowedCidrs")]
    [InlineData("region: us-east-1\ntags: {\"aws:x\": y}", "aws:x")]
    [InlineData(
        "region: us-east-1\nloadBalancerAttributes: {deletion_protection.enabled: \"true\"}", "deletionProtection")]
    [InlineData("region: us-east-1\nregoin: x", "regoin")]
    public void What_is_wrong_is_an_error_at_its_place(string aws, string named)
    {
        var settings = Decode(aws);

        Assert.Null(settings.Value);
        var error = Assert.Single(settings.Diagnostics);
        Assert.False(error.Subject.IsNone);
        Assert.Contains(named, error.Detail);
    }

    private const int AlbQuotasDefault = 100;

    private static Compiled<AwsSettings> Decode(string aws)
    {
        var text = $"""
            apiVersion: gwctl.dev/v1alpha1
            kind: ProviderConfig
            metadata:
              name: main
            spec:
              provider: aws
              owner: tests
              aws:
            {string.Join('\n', aws.Split('\n').Select(line => $"    {line}"))}
            """;
        var read = SpecReader.Read([new SpecSource("config.yaml", text)]);
        Assert.True(read.Succeeded, string.Join('\n', read.Diagnostics));
        return SettingsDecoder.Decode(Assert.Single(read.Value.ProviderConfigs));
    }
}
