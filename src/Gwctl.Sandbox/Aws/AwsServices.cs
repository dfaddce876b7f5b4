using System.Text;
using Gwctl.Sandbox.Aws.Acm;
using Gwctl.Sandbox.Aws.CloudWatch;
using Gwctl.Sandbox.Aws.Ec2;
using Gwctl.Sandbox.Aws.Elbv2;
using Gwctl.Sandbox.Aws.Route53;
using Gwctl.Sandbox.Aws.Sts;
using Gwctl.Sandbox.Aws.Tagging;
using Gwctl.Sandbox.Aws.Wire;
using Gwctl.Sandbox.Calls;

namespace Gwctl.Sandbox.Aws;

/// <summary>The services behind the one port, and how a request finds its own.</summary>
internal static class AwsServices
{
    private static readonly AwsService Elbv2 = Elbv2Service.Create();
    private static readonly AwsService Ec2 = Ec2Service.Create();
    private static readonly AwsService Acm = AcmService.Create();
    private static readonly AwsService Route53 = Route53Service.Create();
    private static readonly AwsService Tagging = TaggingService.Create();
    private static readonly AwsService CloudWatch = CloudWatchService.Create();
    private static readonly AwsService Sts = StsService.Create();

    public static AwsService Find(WireRequest request) =>
        SigV4Authorization.Parse(request.Header("authorization"))?.Service switch
        {
            "elasticloadbalancing" => Elbv2,
            "ec2" => Ec2,
            "acm" => Acm,
            "route53" => Route53,
            "tagging" => Tagging,
            "monitoring" => CloudWatch,
            "sts" => Sts,
            _ => Guess(request),
        };

    /// <summary>An unsigned request has no scope, but still wants its error in its own protocol's envelope.</summary>
    private static AwsService Guess(WireRequest request)
    {
        var target = request.Header("x-amz-target");
        if (target is not "")
        {
            return target.StartsWith("Certificate", StringComparison.Ordinal) ? Acm : Tagging;
        }

        if (request.Path.StartsWith("/2013-04-01/", StringComparison.Ordinal))
        {
            return Route53;
        }

        var form = $"{request.Query}&{Encoding.UTF8.GetString(request.Body.Span)}&";
        return form switch
        {
            _ when form.Contains("Version=2016-11-15&", StringComparison.Ordinal) => Ec2,
            _ when form.Contains("Version=2015-12-01&", StringComparison.Ordinal) => Elbv2,
            _ when form.Contains("Version=2010-08-01&", StringComparison.Ordinal) => CloudWatch,
            _ => Sts,
        };
    }
}
