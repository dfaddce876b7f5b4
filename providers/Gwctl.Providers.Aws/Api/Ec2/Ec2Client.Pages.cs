namespace Gwctl.Providers.Aws.Api.Ec2;

/// <summary>The paged lists, walked to their ends.</summary>
public sealed partial class Ec2Client
{
    public IAsyncEnumerable<Vpc> DescribeAllVpcsAsync(
        DescribeVpcsRequest request,
        CancellationToken cancellationToken = default) =>
        AwsPages.WalkAsync(
            (token, stop) => DescribeVpcsAsync(request with { NextToken = token }, stop),
            page => page.Vpcs,
            page => page.NextToken,
            cancellationToken);

    public IAsyncEnumerable<Subnet> DescribeAllSubnetsAsync(
        DescribeSubnetsRequest request,
        CancellationToken cancellationToken = default) =>
        AwsPages.WalkAsync(
            (token, stop) => DescribeSubnetsAsync(request with { NextToken = token }, stop),
            page => page.Subnets,
            page => page.NextToken,
            cancellationToken);

    public IAsyncEnumerable<Reservation> DescribeAllInstancesAsync(
        DescribeInstancesRequest request,
        CancellationToken cancellationToken = default) =>
        AwsPages.WalkAsync(
            (token, stop) => DescribeInstancesAsync(request with { NextToken = token }, stop),
            page => page.Reservations,
            page => page.NextToken,
            cancellationToken);

    public IAsyncEnumerable<SecurityGroup> DescribeAllSecurityGroupsAsync(
        DescribeSecurityGroupsRequest request,
        CancellationToken cancellationToken = default) =>
        AwsPages.WalkAsync(
            (token, stop) => DescribeSecurityGroupsAsync(request with { NextToken = token }, stop),
            page => page.SecurityGroups,
            page => page.NextToken,
            cancellationToken);

    public IAsyncEnumerable<SecurityGroupRule> DescribeAllSecurityGroupRulesAsync(
        DescribeSecurityGroupRulesRequest request,
        CancellationToken cancellationToken = default) =>
        AwsPages.WalkAsync(
            (token, stop) => DescribeSecurityGroupRulesAsync(request with { NextToken = token }, stop),
            page => page.SecurityGroupRules,
            page => page.NextToken,
            cancellationToken);
}
