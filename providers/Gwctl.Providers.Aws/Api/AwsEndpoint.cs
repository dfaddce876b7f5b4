using Amazon;

namespace Gwctl.Providers.Aws.Api;

/// <summary>Where a service is called and which region its signature names.</summary>
internal sealed record AwsEndpoint(Uri Url, string SigningRegion)
{
    /// <param name="service">The endpoint prefix, such as <c>elasticloadbalancing</c>.</param>
    /// <param name="region">The configured region.</param>
    /// <param name="overridden">The endpoint that replaces AWS's; the signature is the same for either.</param>
    /// <exception cref="ArgumentException">The partition's Route 53 is not known to gwctl.</exception>
    public static AwsEndpoint Resolve(string service, string region, Uri? overridden)
    {
        var partition = RegionEndpoint.GetBySystemName(region);
        if (service == "route53")
        {
            var (host, signingRegion) = Route53Of(partition);
            return new(overridden ?? new Uri($"https://{host}/"), signingRegion);
        }

        var url = overridden ?? new Uri($"https://{service}.{region}.{partition.PartitionDnsSuffix}/");
        return new(url, region);
    }

    // Route 53 has one endpoint per partition, and the SDK's region table does not say which.
    private static (string Host, string SigningRegion) Route53Of(RegionEndpoint region) => region.PartitionName switch
    {
        "aws" => ("route53.amazonaws.com", "us-east-1"),
        "aws-us-gov" => ("route53.us-gov.amazonaws.com", "us-gov-west-1"),
        "aws-cn" => ("route53.amazonaws.com.cn", "cn-northwest-1"),
        var other => throw new ArgumentException(
            $"gwctl does not know where Route 53 is in the partition '{other}'.", nameof(region)),
    };
}
