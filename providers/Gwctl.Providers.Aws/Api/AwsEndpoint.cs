using Amazon;

namespace Gwctl.Providers.Aws.Api;

/// <summary>Where a service is called and which region its signature names.</summary>
internal sealed record AwsEndpoint(Uri Url, string SigningRegion)
{
    /// <param name="service">The endpoint prefix, such as <c>elasticloadbalancing</c>.</param>
    /// <param name="region">The configured region.</param>
    /// <param name="overridden">The endpoint that replaces AWS's; the signature is the same for either.</param>
    /// <returns>Null where the partition's Route 53 is not known to gwctl and no endpoint is given.</returns>
    public static AwsEndpoint? Resolve(string service, string region, Uri? overridden)
    {
        var partition = RegionEndpoint.GetBySystemName(region);
        if (service == "route53")
        {
            return Route53Of(partition.PartitionName, overridden) ?? Given(overridden, region);
        }

        return new(overridden ?? new Uri($"https://{service}.{region}.{partition.PartitionDnsSuffix}/"), region);
    }

    private static AwsEndpoint? Given(Uri? url, string region) => url is null ? null : new(url, region);

    // Route 53 has one endpoint per partition, and the SDK's region table does not say which.
    private static AwsEndpoint? Route53Of(string partition, Uri? overridden) => partition switch
    {
        "aws" => new(overridden ?? new Uri("https://route53.amazonaws.com/"), "us-east-1"),
        "aws-us-gov" => new(overridden ?? new Uri("https://route53.us-gov.amazonaws.com/"), "us-gov-west-1"),
        "aws-cn" => new(overridden ?? new Uri("https://route53.amazonaws.com.cn/"), "cn-northwest-1"),
        _ => null,
    };
}
