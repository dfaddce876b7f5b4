using Gwctl.Providers.Aws.Api.Wire;

namespace Gwctl.Providers.Aws.Api.Ec2;

/// <summary>The operations: their class for the rate limits, and whether a repetition could double anything.</summary>
internal static class Operations
{
    public static readonly AwsOperation<DescribeVpcsResponse> DescribeVpcs =
        new("DescribeVpcs", CallClass.Read, DescribeVpcsResponse.Read);

    public static readonly AwsOperation<DescribeSubnetsResponse> DescribeSubnets =
        new("DescribeSubnets", CallClass.Read, DescribeSubnetsResponse.Read);

    public static readonly AwsOperation<DescribeInstancesResponse> DescribeInstances =
        new("DescribeInstances", CallClass.Read, DescribeInstancesResponse.Read);

    public static readonly AwsOperation<DescribeSecurityGroupsResponse> DescribeSecurityGroups =
        new("DescribeSecurityGroups", CallClass.Read, DescribeSecurityGroupsResponse.Read);

    public static readonly AwsOperation<DescribeSecurityGroupRulesResponse> DescribeSecurityGroupRules =
        new("DescribeSecurityGroupRules", CallClass.Read, DescribeSecurityGroupRulesResponse.Read);

    public static readonly AwsOperation<CreateSecurityGroupResponse> CreateSecurityGroup =
        new("CreateSecurityGroup", CallClass.Write, CreateSecurityGroupResponse.Read);

    public static readonly AwsOperation<DeleteSecurityGroupResponse> DeleteSecurityGroup =
        new("DeleteSecurityGroup", CallClass.Write, DeleteSecurityGroupResponse.Read);

    public static readonly AwsOperation<AuthorizeSecurityGroupIngressResponse> AuthorizeSecurityGroupIngress =
        new("AuthorizeSecurityGroupIngress", CallClass.Write, AuthorizeSecurityGroupIngressResponse.Read);

    public static readonly AwsOperation<AuthorizeSecurityGroupEgressResponse> AuthorizeSecurityGroupEgress =
        new("AuthorizeSecurityGroupEgress", CallClass.Write, AuthorizeSecurityGroupEgressResponse.Read);

    public static readonly AwsOperation<RevokeSecurityGroupIngressResponse> RevokeSecurityGroupIngress =
        new("RevokeSecurityGroupIngress", CallClass.Write, RevokeSecurityGroupIngressResponse.Read);

    public static readonly AwsOperation<RevokeSecurityGroupEgressResponse> RevokeSecurityGroupEgress =
        new("RevokeSecurityGroupEgress", CallClass.Write, RevokeSecurityGroupEgressResponse.Read);

    public static readonly AwsOperation<CreateTagsResponse> CreateTags =
        new("CreateTags", CallClass.Write, static _ => new CreateTagsResponse());

    public static readonly AwsOperation<DeleteTagsResponse> DeleteTags =
        new("DeleteTags", CallClass.Write, static _ => new DeleteTagsResponse());
}
