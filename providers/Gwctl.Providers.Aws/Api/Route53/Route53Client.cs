namespace Gwctl.Providers.Aws.Api.Route53;

/// <summary>Route 53 (2013-04-01). Each method is one operation, under the vendor's name.</summary>
public sealed partial class Route53Client
{
    private readonly AwsChannel _channel;

    internal Route53Client(AwsChannel channel) => _channel = channel;

    public Task<ListHostedZonesResponse> ListHostedZonesAsync(
        ListHostedZonesRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.ListHostedZones, request, cancellationToken);

    public Task<ListHostedZonesByNameResponse> ListHostedZonesByNameAsync(
        ListHostedZonesByNameRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.ListHostedZonesByName, request, cancellationToken);

    public Task<GetHostedZoneResponse> GetHostedZoneAsync(
        GetHostedZoneRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.GetHostedZone, request, cancellationToken);

    public Task<ChangeResourceRecordSetsResponse> ChangeResourceRecordSetsAsync(
        ChangeResourceRecordSetsRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.ChangeResourceRecordSets, request, cancellationToken);

    public Task<ListResourceRecordSetsResponse> ListResourceRecordSetsAsync(
        ListResourceRecordSetsRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.ListResourceRecordSets, request, cancellationToken);

    public Task<GetChangeResponse> GetChangeAsync(
        GetChangeRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.GetChange, request, cancellationToken);

    public Task<CreateHealthCheckResponse> CreateHealthCheckAsync(
        CreateHealthCheckRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.CreateHealthCheck, request, cancellationToken);

    public Task<GetHealthCheckResponse> GetHealthCheckAsync(
        GetHealthCheckRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.GetHealthCheck, request, cancellationToken);

    public Task<UpdateHealthCheckResponse> UpdateHealthCheckAsync(
        UpdateHealthCheckRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.UpdateHealthCheck, request, cancellationToken);

    public Task<DeleteHealthCheckResponse> DeleteHealthCheckAsync(
        DeleteHealthCheckRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.DeleteHealthCheck, request, cancellationToken);

    public Task<ListHealthChecksResponse> ListHealthChecksAsync(
        ListHealthChecksRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.ListHealthChecks, request, cancellationToken);

    public Task<ListTagsForResourceResponse> ListTagsForResourceAsync(
        ListTagsForResourceRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.ListTagsForResource, request, cancellationToken);

    public Task<ListTagsForResourcesResponse> ListTagsForResourcesAsync(
        ListTagsForResourcesRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.ListTagsForResources, request, cancellationToken);

    public Task<ChangeTagsForResourceResponse> ChangeTagsForResourceAsync(
        ChangeTagsForResourceRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.ChangeTagsForResource, request, cancellationToken);
}
