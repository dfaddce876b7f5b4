using System.Collections.Concurrent;
using Gwctl.Core;

namespace Gwctl.Providers.Aws.Api.Elbv2;

/// <summary>The paged lists, walked to their ends.</summary>
public sealed partial class Elbv2Client
{
    private const int TagBatchesAtOnceMax = 16;

    public IAsyncEnumerable<LoadBalancer> DescribeAllLoadBalancersAsync(
        DescribeLoadBalancersRequest request,
        CancellationToken cancellationToken = default) =>
        AwsPages.WalkAsync(
            (token, stop) => DescribeLoadBalancersAsync(request with { Marker = token }, stop),
            page => page.LoadBalancers,
            page => page.NextMarker,
            cancellationToken);

    public IAsyncEnumerable<Listener> DescribeAllListenersAsync(
        DescribeListenersRequest request,
        CancellationToken cancellationToken = default) =>
        AwsPages.WalkAsync(
            (token, stop) => DescribeListenersAsync(request with { Marker = token }, stop),
            page => page.Listeners,
            page => page.NextMarker,
            cancellationToken);

    public IAsyncEnumerable<Certificate> DescribeAllListenerCertificatesAsync(
        DescribeListenerCertificatesRequest request,
        CancellationToken cancellationToken = default) =>
        AwsPages.WalkAsync(
            (token, stop) => DescribeListenerCertificatesAsync(request with { Marker = token }, stop),
            page => page.Certificates,
            page => page.NextMarker,
            cancellationToken);

    public IAsyncEnumerable<Rule> DescribeAllRulesAsync(
        DescribeRulesRequest request,
        CancellationToken cancellationToken = default) =>
        AwsPages.WalkAsync(
            (token, stop) => DescribeRulesAsync(request with { Marker = token }, stop),
            page => page.Rules,
            page => page.NextMarker,
            cancellationToken);

    public IAsyncEnumerable<TargetGroup> DescribeAllTargetGroupsAsync(
        DescribeTargetGroupsRequest request,
        CancellationToken cancellationToken = default) =>
        AwsPages.WalkAsync(
            (token, stop) => DescribeTargetGroupsAsync(request with { Marker = token }, stop),
            page => page.TargetGroups,
            page => page.NextMarker,
            cancellationToken);

    public IAsyncEnumerable<Limit> DescribeAllAccountLimitsAsync(
        DescribeAccountLimitsRequest request,
        CancellationToken cancellationToken = default) =>
        AwsPages.WalkAsync(
            (token, stop) => DescribeAccountLimitsAsync(request with { Marker = token }, stop),
            page => page.Limits,
            page => page.NextMarker,
            cancellationToken);

    public IAsyncEnumerable<TrustStore> DescribeAllTrustStoresAsync(
        DescribeTrustStoresRequest request,
        CancellationToken cancellationToken = default) =>
        AwsPages.WalkAsync(
            (token, stop) => DescribeTrustStoresAsync(request with { Marker = token }, stop),
            page => page.TrustStores,
            page => page.NextMarker,
            cancellationToken);

    /// <summary>
    /// The tags of any number of resources, by batches of <see cref="Elbv2Limits.DescribeTagsArnsMax"/> at once.
    /// </summary>
    /// <returns>In the order of the ARNs.</returns>
    /// <exception cref="AwsApiException">A batch failed; one deleted resource fails its whole batch.</exception>
    public async Task<EquatableList<TagDescription>> DescribeAllTagsAsync(
        IEnumerable<string> resourceArns,
        CancellationToken cancellationToken = default)
    {
        var batches = resourceArns.Chunk(Elbv2Limits.DescribeTagsArnsMax).Index();
        var found = new ConcurrentDictionary<int, EquatableList<TagDescription>>();
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = TagBatchesAtOnceMax,
            CancellationToken = cancellationToken,
        };
        await Parallel.ForEachAsync(batches, parallel, async (batch, stop) =>
        {
            var request = new DescribeTagsRequest { ResourceArns = [.. batch.Item] };
            var answer = await DescribeTagsAsync(request, stop);
            found[batch.Index] = answer.TagDescriptions;
        });
        return found.OrderBy(entry => entry.Key).SelectMany(entry => entry.Value).ToEquatableList();
    }
}
