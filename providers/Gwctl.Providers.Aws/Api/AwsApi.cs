using System.Buffers;
using Gwctl.Engine.Calls;
using Gwctl.Providers.Aws.Api.Acm;
using Gwctl.Providers.Aws.Api.CloudWatch;
using Gwctl.Providers.Aws.Api.Ec2;
using Gwctl.Providers.Aws.Api.Elbv2;
using Gwctl.Providers.Aws.Api.Route53;
using Gwctl.Providers.Aws.Api.S3;
using Gwctl.Providers.Aws.Api.Sts;
using Gwctl.Providers.Aws.Api.Tagging;

namespace Gwctl.Providers.Aws.Api;

/// <summary>
/// The clients of one account and region. They share connections, credentials and, per service, the rate limits;
/// so make one and keep it. All of it is safe for concurrent use. Making it reads no credentials and sends nothing.
/// </summary>
public sealed class AwsApi : IDisposable
{
    private static readonly SearchValues<char> RegionCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    private readonly HttpMessageInvoker _http;
    private readonly AwsCredentialsProvider _credentials;

    /// <exception cref="ArgumentException">The region has not the form of one; it would become a host name.</exception>
    public AwsApi(AwsApiOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Region.Length == 0 || options.Region.AsSpan().ContainsAnyExcept(RegionCharacters))
        {
            throw new ArgumentException($"'{options.Region}' is not an AWS region.", nameof(options));
        }

        Region = options.Region;
        _http = Connections.Over(options.Handler, Connections.NewHandler);
        _credentials = new AwsCredentialsProvider(options);
        var parts = new AwsTransportParts(_http, _credentials);
        Elbv2 = new Elbv2Client(new AwsChannel(AwsService.Elbv2, options, parts));
        Ec2 = new Ec2Client(new AwsChannel(AwsService.Ec2, options, parts));
        Acm = new AcmClient(new AwsChannel(AwsService.Acm, options, parts));
        Route53 = new Route53Client(new AwsChannel(AwsService.Route53, options, parts));
        Tagging = new TaggingClient(new AwsChannel(AwsService.Tagging, options, parts));
        S3 = new S3Client(new AwsChannel(AwsService.S3, options, parts));
        CloudWatch = new CloudWatchClient(new AwsChannel(AwsService.CloudWatch, options, parts));
        Sts = new StsClient(new AwsChannel(AwsService.Sts, options, parts));
    }

    public string Region { get; }

    public Elbv2Client Elbv2 { get; }

    public Ec2Client Ec2 { get; }

    public AcmClient Acm { get; }

    public Route53Client Route53 { get; }

    public TaggingClient Tagging { get; }

    public S3Client S3 { get; }

    public CloudWatchClient CloudWatch { get; }

    public StsClient Sts { get; }

    public void Dispose()
    {
        _http.Dispose();
        _credentials.Dispose();
    }
}
