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

        Assert.Equal((url, signingRegion), (endpoint.Url.AbsoluteUri, endpoint.SigningRegion));
    }

    [Theory]
    [InlineData("tagging", "eu-west-1")]
    [InlineData("route53", "us-east-1")]
    public void An_override_serves_all_and_keeps_the_signing_region(string service, string signingRegion)
    {
        var url = new Uri("http://127.0.0.1:5000");

        var endpoint = AwsEndpoint.Resolve(service, "eu-west-1", url);

        Assert.Equal((url, signingRegion), (endpoint.Url, endpoint.SigningRegion));
    }
}
