namespace Gwctl.Providers.Aws.Api.Elbv2;

/// <summary>Elastic Load Balancing v2 (2015-12-01). Each method is one operation, under the vendor's name.</summary>
public sealed partial class Elbv2Client
{
    private readonly AwsChannel _channel;

    internal Elbv2Client(AwsChannel channel) => _channel = channel;

    public Task<CreateLoadBalancerResponse> CreateLoadBalancerAsync(
        CreateLoadBalancerRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.CreateLoadBalancer, request, cancellationToken);

    public Task<DescribeLoadBalancersResponse> DescribeLoadBalancersAsync(
        DescribeLoadBalancersRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.DescribeLoadBalancers, request, cancellationToken);

    public Task<DescribeLoadBalancerAttributesResponse> DescribeLoadBalancerAttributesAsync(
        DescribeLoadBalancerAttributesRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.DescribeLoadBalancerAttributes, request, cancellationToken);

    public Task<ModifyLoadBalancerAttributesResponse> ModifyLoadBalancerAttributesAsync(
        ModifyLoadBalancerAttributesRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.ModifyLoadBalancerAttributes, request, cancellationToken);

    public Task<DeleteLoadBalancerResponse> DeleteLoadBalancerAsync(
        DeleteLoadBalancerRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.DeleteLoadBalancer, request, cancellationToken);

    public Task<SetSecurityGroupsResponse> SetSecurityGroupsAsync(
        SetSecurityGroupsRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.SetSecurityGroups, request, cancellationToken);

    public Task<SetSubnetsResponse> SetSubnetsAsync(
        SetSubnetsRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.SetSubnets, request, cancellationToken);

    public Task<SetIpAddressTypeResponse> SetIpAddressTypeAsync(
        SetIpAddressTypeRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.SetIpAddressType, request, cancellationToken);

    public Task<CreateListenerResponse> CreateListenerAsync(
        CreateListenerRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.CreateListener, request, cancellationToken);

    public Task<DescribeListenersResponse> DescribeListenersAsync(
        DescribeListenersRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.DescribeListeners, request, cancellationToken);

    public Task<ModifyListenerResponse> ModifyListenerAsync(
        ModifyListenerRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.ModifyListener, request, cancellationToken);

    public Task<DeleteListenerResponse> DeleteListenerAsync(
        DeleteListenerRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.DeleteListener, request, cancellationToken);

    public Task<DescribeListenerAttributesResponse> DescribeListenerAttributesAsync(
        DescribeListenerAttributesRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.DescribeListenerAttributes, request, cancellationToken);

    public Task<ModifyListenerAttributesResponse> ModifyListenerAttributesAsync(
        ModifyListenerAttributesRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.ModifyListenerAttributes, request, cancellationToken);

    public Task<AddListenerCertificatesResponse> AddListenerCertificatesAsync(
        AddListenerCertificatesRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.AddListenerCertificates, request, cancellationToken);

    public Task<RemoveListenerCertificatesResponse> RemoveListenerCertificatesAsync(
        RemoveListenerCertificatesRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.RemoveListenerCertificates, request, cancellationToken);

    public Task<DescribeListenerCertificatesResponse> DescribeListenerCertificatesAsync(
        DescribeListenerCertificatesRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.DescribeListenerCertificates, request, cancellationToken);

    public Task<CreateRuleResponse> CreateRuleAsync(
        CreateRuleRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.CreateRule, request, cancellationToken);

    public Task<DescribeRulesResponse> DescribeRulesAsync(
        DescribeRulesRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.DescribeRules, request, cancellationToken);

    public Task<ModifyRuleResponse> ModifyRuleAsync(
        ModifyRuleRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.ModifyRule, request, cancellationToken);

    public Task<DeleteRuleResponse> DeleteRuleAsync(
        DeleteRuleRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.DeleteRule, request, cancellationToken);

    public Task<SetRulePrioritiesResponse> SetRulePrioritiesAsync(
        SetRulePrioritiesRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.SetRulePriorities, request, cancellationToken);

    public Task<CreateTargetGroupResponse> CreateTargetGroupAsync(
        CreateTargetGroupRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.CreateTargetGroup, request, cancellationToken);

    public Task<DescribeTargetGroupsResponse> DescribeTargetGroupsAsync(
        DescribeTargetGroupsRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.DescribeTargetGroups, request, cancellationToken);

    public Task<ModifyTargetGroupResponse> ModifyTargetGroupAsync(
        ModifyTargetGroupRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.ModifyTargetGroup, request, cancellationToken);

    public Task<DeleteTargetGroupResponse> DeleteTargetGroupAsync(
        DeleteTargetGroupRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.DeleteTargetGroup, request, cancellationToken);

    public Task<DescribeTargetGroupAttributesResponse> DescribeTargetGroupAttributesAsync(
        DescribeTargetGroupAttributesRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.DescribeTargetGroupAttributes, request, cancellationToken);

    public Task<ModifyTargetGroupAttributesResponse> ModifyTargetGroupAttributesAsync(
        ModifyTargetGroupAttributesRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.ModifyTargetGroupAttributes, request, cancellationToken);

    public Task<RegisterTargetsResponse> RegisterTargetsAsync(
        RegisterTargetsRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.RegisterTargets, request, cancellationToken);

    public Task<DeregisterTargetsResponse> DeregisterTargetsAsync(
        DeregisterTargetsRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.DeregisterTargets, request, cancellationToken);

    public Task<DescribeTargetHealthResponse> DescribeTargetHealthAsync(
        DescribeTargetHealthRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.DescribeTargetHealth, request, cancellationToken);

    public Task<AddTagsResponse> AddTagsAsync(AddTagsRequest request, CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.AddTags, request, cancellationToken);

    public Task<RemoveTagsResponse> RemoveTagsAsync(
        RemoveTagsRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.RemoveTags, request, cancellationToken);

    public Task<DescribeTagsResponse> DescribeTagsAsync(
        DescribeTagsRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.DescribeTags, request, cancellationToken);

    public Task<DescribeAccountLimitsResponse> DescribeAccountLimitsAsync(
        DescribeAccountLimitsRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.DescribeAccountLimits, request, cancellationToken);

    public Task<CreateTrustStoreResponse> CreateTrustStoreAsync(
        CreateTrustStoreRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.CreateTrustStore, request, cancellationToken);

    public Task<DescribeTrustStoresResponse> DescribeTrustStoresAsync(
        DescribeTrustStoresRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.DescribeTrustStores, request, cancellationToken);

    public Task<ModifyTrustStoreResponse> ModifyTrustStoreAsync(
        ModifyTrustStoreRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.ModifyTrustStore, request, cancellationToken);

    public Task<DeleteTrustStoreResponse> DeleteTrustStoreAsync(
        DeleteTrustStoreRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.DeleteTrustStore, request, cancellationToken);
}
