using Gwctl.Providers.Aws.Api;

namespace Gwctl.Providers.Aws.Tests.Api;

public sealed class EndpointTests
{
    [Theory]
    [InlineData("tagging", "eu-west-1", "https://tagging.eu-west-1.amazonaws.com/", "eu-west-1")]
    [InlineData("acm", "us-gov-west-1", "https://acm.us-gov-west-1.amazonaws.com/", "us-gov-west-1")]
    [InlineData("ec2", "cn-north-1", "https://ec2.cn-north-1.amazonaws.com.cn/", "cn-north-1")]
    [InlineData("sts", "eu-west-1", "https://sts.eu-west-1.amazonaws.com/", "eu-west-1")]
    [InlineData("route53", "ap-south-1", "https://route53.amazonaws.com/", "us-east-1")]
    [InlineData("route53", "us-gov-east-1", "https://route53.us-gov.amazonaws.com/", "us-gov-west-1")]
    [InlineData("route53", "cn-north-1", "https://route53.amazonaws.com.cn/", "cn-northwest-1")]
    public void Each_partition_has_its_own(string service, string region, string url, string signingRegion)
    {
        var endpoint = AwsEndpoint.Resolve(service, region, overridden: null);

        Assert.Equal((url, signingRegion), (endpoint?.Url.AbsoluteUri, endpoint?.SigningRegion));
    }

    [Theory]
    [InlineData("tagging", "eu-west-1")]
    [InlineData("route53", "us-east-1")]
    public void An_override_serves_all_and_keeps_the_signing_region(string service, string signingRegion)
    {
        var url = new Uri("http://127.0.0.1:5000");

        var endpoint = AwsEndpoint.Resolve(service, "eu-west-1", url);

        Assert.Equal((url, signingRegion), (endpoint?.Url, endpoint?.SigningRegion));
    }

    [Fact]
    public async Task Where_route53_is_unknown_only_route53_fails()
    {
        var aws = new ScriptedAws().ThenOk("<R><DescribeRulesResult><Rules/></DescribeRulesResult></R>");
        using var api = aws.NewApi(options => options with { Region = "us-iso-east-1" });

        await api.Elbv2.DescribeRulesAsync(new(), TestContext.Current.CancellationToken);
        var exception = await Assert.ThrowsAsync<AwsApiException>(
            () => api.Route53.ListHostedZonesAsync(new(), TestContext.Current.CancellationToken));

        Assert.Equal("https://elasticloadbalancing.us-iso-east-1.c2s.ic.gov/", aws.Sent.Single().Uri.AbsoluteUri);
        Assert.Equal(AwsErrorCodes.EndpointUnknown, exception.Code);
        Assert.False(exception.Retryable);
    }

    [Theory]
    [InlineData("")]
    [InlineData("EU-West-1")]
    [InlineData("eu-west-1.evil.example.com/")]
    public void A_region_that_is_none_is_refused_before_it_becomes_a_host(string region) =>
        Assert.Throws<ArgumentException>(
            () => new ScriptedAws().NewApi(options => options with { Region = region }));
}
