namespace Gwctl.Providers.Aws.Api.Elbv2;

/// <summary>How much one call takes (API reference, ELBv2 2015-12-01).</summary>
public static class Elbv2Limits
{
    public const int DescribeTagsArnsMax = 20;
    public const int DescribeLoadBalancersArnsMax = 20;
    public const int PageSizeMax = 400;

    /// <summary>AddListenerCertificates and RemoveListenerCertificates.</summary>
    public const int ListenerCertificatesPerCallMax = 1;

    public const int RulePriorityMin = 1;
    public const int RulePriorityMax = 50_000;
}
