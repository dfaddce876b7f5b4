namespace Gwctl.Providers.Aws.Api.Ec2;

/// <summary>
/// EC2 (2016-11-15): networks and security groups. Each method is one operation, under the vendor's name.
/// </summary>
public sealed partial class Ec2Client
{
    private readonly AwsChannel _channel;

    internal Ec2Client(AwsChannel channel) => _channel = channel;

    public Task<DescribeVpcsResponse> DescribeVpcsAsync(
        DescribeVpcsRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.DescribeVpcs, request, cancellationToken);

    public Task<DescribeSubnetsResponse> DescribeSubnetsAsync(
        DescribeSubnetsRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.DescribeSubnets, request, cancellationToken);

    public Task<DescribeInstancesResponse> DescribeInstancesAsync(
        DescribeInstancesRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.DescribeInstances, request, cancellationToken);

    public Task<DescribeSecurityGroupsResponse> DescribeSecurityGroupsAsync(
        DescribeSecurityGroupsRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.DescribeSecurityGroups, request, cancellationToken);

    public Task<DescribeSecurityGroupRulesResponse> DescribeSecurityGroupRulesAsync(
        DescribeSecurityGroupRulesRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.DescribeSecurityGroupRules, request, cancellationToken);

    public Task<CreateSecurityGroupResponse> CreateSecurityGroupAsync(
        CreateSecurityGroupRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.CreateSecurityGroup, request, cancellationToken);

    public Task<DeleteSecurityGroupResponse> DeleteSecurityGroupAsync(
        DeleteSecurityGroupRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.DeleteSecurityGroup, request, cancellationToken);

    public Task<AuthorizeSecurityGroupIngressResponse> AuthorizeSecurityGroupIngressAsync(
        AuthorizeSecurityGroupIngressRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.AuthorizeSecurityGroupIngress, request, cancellationToken);

    public Task<AuthorizeSecurityGroupEgressResponse> AuthorizeSecurityGroupEgressAsync(
        AuthorizeSecurityGroupEgressRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.AuthorizeSecurityGroupEgress, request, cancellationToken);

    public Task<RevokeSecurityGroupIngressResponse> RevokeSecurityGroupIngressAsync(
        RevokeSecurityGroupIngressRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.RevokeSecurityGroupIngress, request, cancellationToken);

    public Task<RevokeSecurityGroupEgressResponse> RevokeSecurityGroupEgressAsync(
        RevokeSecurityGroupEgressRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.RevokeSecurityGroupEgress, request, cancellationToken);

    public Task<CreateTagsResponse> CreateTagsAsync(
        CreateTagsRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.CreateTags, request, cancellationToken);

    public Task<DeleteTagsResponse> DeleteTagsAsync(
        DeleteTagsRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.DeleteTags, request, cancellationToken);
}
