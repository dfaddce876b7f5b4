using Gwctl.Engine.Providers;
using Gwctl.Providers.Aws.Api.Wire;

namespace Gwctl.Providers.Aws.Api;

/// <summary>
/// What is particular to a service: its name in endpoint and signature, its protocol, and the rates at which its
/// calls start. The rates are the published ones or below; a throttle corrects them at run time.
/// </summary>
internal sealed record AwsService(string Name, WireProtocol Protocol, BucketRate Reads, BucketRate Writes)
{
    /// <summary>Where the service counts (de)registrations apart; otherwise they are writes.</summary>
    public BucketRate? Registers { get; init; }

    /// <summary>Published: non-mutating calls 40 at once, refilled 10/s, per account and region.</summary>
    public static readonly AwsService Elbv2 = new(
        "elasticloadbalancing", new WireProtocol.Query("2015-12-01"), Reads: new(40, 10), Writes: new(20, 3))
    {
        Registers = new(20, 4),
    };

    /// <summary>Published: describes without pages 50 at once, 10/s; security group writes 50 at once, 5/s.</summary>
    public static readonly AwsService Ec2 = new(
        "ec2", new WireProtocol.Query("2016-11-15", IsEc2: true), Reads: new(50, 10), Writes: new(50, 5));

    /// <summary>Published per second: describe 10, list 8, request, import and delete 5 or less.</summary>
    public static readonly AwsService Acm = new(
        "acm", new WireProtocol.Json("CertificateManager"), Reads: new(10, 8), Writes: new(5, 2));

    /// <summary>Published: five requests per second and account, reads and writes together.</summary>
    public static readonly AwsService Route53 = new(
        "route53",
        new WireProtocol.RestXml("https://route53.amazonaws.com/doc/2013-04-01/"),
        Reads: new(5, 5),
        Writes: new(5, 5))
    {
        SharesOneBucket = true,
    };

    /// <summary>Published per second: GetResources 15, TagResources and UntagResources 5.</summary>
    public static readonly AwsService Tagging = new(
        "tagging", new WireProtocol.Json("ResourceGroupsTaggingAPI_20170126"), Reads: new(15, 15), Writes: new(5, 5));

    /// <summary>Published: 3,500 writes per second and prefix; gwctl writes a handful.</summary>
    public static readonly AwsService S3 = new(
        "s3", new WireProtocol.Objects(), Reads: new(50, 50), Writes: new(50, 50));

    /// <summary>Published per second: GetMetricData 50, or less where many data points are asked for.</summary>
    public static readonly AwsService CloudWatch = new(
        "monitoring", new WireProtocol.Query("2010-08-01"), Reads: new(20, 10), Writes: new(20, 10));

    public static readonly AwsService Sts = new(
        "sts", new WireProtocol.Query("2011-06-15"), Reads: new(50, 50), Writes: new(50, 50));

    /// <summary>Reads and writes draw from <see cref="Reads"/> alone.</summary>
    public bool SharesOneBucket { get; init; }
}
