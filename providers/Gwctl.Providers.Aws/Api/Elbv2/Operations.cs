using Gwctl.Providers.Aws.Api.Wire;

namespace Gwctl.Providers.Aws.Api.Elbv2;

/// <summary>The operations: their class for the rate limits, and whether a repetition could double anything.</summary>
internal static class Operations
{
    public static readonly AwsOperation<CreateLoadBalancerResponse> CreateLoadBalancer =
        new("CreateLoadBalancer", CallClass.Write, CreateLoadBalancerResponse.Read);

    public static readonly AwsOperation<DescribeLoadBalancersResponse> DescribeLoadBalancers =
        new("DescribeLoadBalancers", CallClass.Read, DescribeLoadBalancersResponse.Read);

    public static readonly AwsOperation<DescribeLoadBalancerAttributesResponse> DescribeLoadBalancerAttributes =
        new("DescribeLoadBalancerAttributes", CallClass.Read, DescribeLoadBalancerAttributesResponse.Read);

    public static readonly AwsOperation<ModifyLoadBalancerAttributesResponse> ModifyLoadBalancerAttributes =
        new("ModifyLoadBalancerAttributes", CallClass.Write, ModifyLoadBalancerAttributesResponse.Read);

    public static readonly AwsOperation<DeleteLoadBalancerResponse> DeleteLoadBalancer =
        new("DeleteLoadBalancer", CallClass.Write, static _ => new DeleteLoadBalancerResponse());

    public static readonly AwsOperation<SetSecurityGroupsResponse> SetSecurityGroups =
        new("SetSecurityGroups", CallClass.Write, SetSecurityGroupsResponse.Read);

    public static readonly AwsOperation<SetSubnetsResponse> SetSubnets =
        new("SetSubnets", CallClass.Write, SetSubnetsResponse.Read);

    public static readonly AwsOperation<SetIpAddressTypeResponse> SetIpAddressType =
        new("SetIpAddressType", CallClass.Write, SetIpAddressTypeResponse.Read);

    public static readonly AwsOperation<CreateListenerResponse> CreateListener =
        new("CreateListener", CallClass.Write, CreateListenerResponse.Read);

    public static readonly AwsOperation<DescribeListenersResponse> DescribeListeners =
        new("DescribeListeners", CallClass.Read, DescribeListenersResponse.Read);

    public static readonly AwsOperation<ModifyListenerResponse> ModifyListener =
        new("ModifyListener", CallClass.Write, ModifyListenerResponse.Read);

    public static readonly AwsOperation<DeleteListenerResponse> DeleteListener =
        new("DeleteListener", CallClass.Write, static _ => new DeleteListenerResponse());

    public static readonly AwsOperation<DescribeListenerAttributesResponse> DescribeListenerAttributes =
        new("DescribeListenerAttributes", CallClass.Read, DescribeListenerAttributesResponse.Read);

    public static readonly AwsOperation<ModifyListenerAttributesResponse> ModifyListenerAttributes =
        new("ModifyListenerAttributes", CallClass.Write, ModifyListenerAttributesResponse.Read);

    public static readonly AwsOperation<AddListenerCertificatesResponse> AddListenerCertificates =
        new("AddListenerCertificates", CallClass.Write, AddListenerCertificatesResponse.Read);

    public static readonly AwsOperation<RemoveListenerCertificatesResponse> RemoveListenerCertificates =
        new("RemoveListenerCertificates", CallClass.Write, static _ => new RemoveListenerCertificatesResponse());

    public static readonly AwsOperation<DescribeListenerCertificatesResponse> DescribeListenerCertificates =
        new("DescribeListenerCertificates", CallClass.Read, DescribeListenerCertificatesResponse.Read);

    public static readonly AwsOperation<CreateRuleResponse> CreateRule =
        new("CreateRule", CallClass.Write, CreateRuleResponse.Read) { Repeat = Repeat.OnlyIfNotDone };

    public static readonly AwsOperation<DescribeRulesResponse> DescribeRules =
        new("DescribeRules", CallClass.Read, DescribeRulesResponse.Read);

    public static readonly AwsOperation<ModifyRuleResponse> ModifyRule =
        new("ModifyRule", CallClass.Write, ModifyRuleResponse.Read);

    public static readonly AwsOperation<DeleteRuleResponse> DeleteRule =
        new("DeleteRule", CallClass.Write, static _ => new DeleteRuleResponse());

    public static readonly AwsOperation<SetRulePrioritiesResponse> SetRulePriorities =
        new("SetRulePriorities", CallClass.Write, SetRulePrioritiesResponse.Read);

    public static readonly AwsOperation<CreateTargetGroupResponse> CreateTargetGroup =
        new("CreateTargetGroup", CallClass.Write, CreateTargetGroupResponse.Read);

    public static readonly AwsOperation<DescribeTargetGroupsResponse> DescribeTargetGroups =
        new("DescribeTargetGroups", CallClass.Read, DescribeTargetGroupsResponse.Read);

    public static readonly AwsOperation<ModifyTargetGroupResponse> ModifyTargetGroup =
        new("ModifyTargetGroup", CallClass.Write, ModifyTargetGroupResponse.Read);

    public static readonly AwsOperation<DeleteTargetGroupResponse> DeleteTargetGroup =
        new("DeleteTargetGroup", CallClass.Write, static _ => new DeleteTargetGroupResponse());

    public static readonly AwsOperation<DescribeTargetGroupAttributesResponse> DescribeTargetGroupAttributes =
        new("DescribeTargetGroupAttributes", CallClass.Read, DescribeTargetGroupAttributesResponse.Read);

    public static readonly AwsOperation<ModifyTargetGroupAttributesResponse> ModifyTargetGroupAttributes =
        new("ModifyTargetGroupAttributes", CallClass.Write, ModifyTargetGroupAttributesResponse.Read);

    public static readonly AwsOperation<RegisterTargetsResponse> RegisterTargets =
        new("RegisterTargets", CallClass.Register, static _ => new RegisterTargetsResponse());

    public static readonly AwsOperation<DeregisterTargetsResponse> DeregisterTargets =
        new("DeregisterTargets", CallClass.Register, static _ => new DeregisterTargetsResponse());

    public static readonly AwsOperation<DescribeTargetHealthResponse> DescribeTargetHealth =
        new("DescribeTargetHealth", CallClass.Read, DescribeTargetHealthResponse.Read);

    public static readonly AwsOperation<AddTagsResponse> AddTags =
        new("AddTags", CallClass.Write, static _ => new AddTagsResponse());

    public static readonly AwsOperation<RemoveTagsResponse> RemoveTags =
        new("RemoveTags", CallClass.Write, static _ => new RemoveTagsResponse());

    public static readonly AwsOperation<DescribeTagsResponse> DescribeTags =
        new("DescribeTags", CallClass.Read, DescribeTagsResponse.Read);

    public static readonly AwsOperation<DescribeAccountLimitsResponse> DescribeAccountLimits =
        new("DescribeAccountLimits", CallClass.Read, DescribeAccountLimitsResponse.Read);

    public static readonly AwsOperation<CreateTrustStoreResponse> CreateTrustStore =
        new("CreateTrustStore", CallClass.Write, CreateTrustStoreResponse.Read);

    public static readonly AwsOperation<DescribeTrustStoresResponse> DescribeTrustStores =
        new("DescribeTrustStores", CallClass.Read, DescribeTrustStoresResponse.Read);

    public static readonly AwsOperation<ModifyTrustStoreResponse> ModifyTrustStore =
        new("ModifyTrustStore", CallClass.Write, ModifyTrustStoreResponse.Read);

    public static readonly AwsOperation<DeleteTrustStoreResponse> DeleteTrustStore =
        new("DeleteTrustStore", CallClass.Write, static _ => new DeleteTrustStoreResponse());
}
