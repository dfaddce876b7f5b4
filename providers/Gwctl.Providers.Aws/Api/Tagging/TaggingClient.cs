namespace Gwctl.Providers.Aws.Api.Tagging;

/// <summary>Resource Groups Tagging (2017-01-26). Each method is one operation, under the vendor's name.</summary>
public sealed partial class TaggingClient
{
    private readonly AwsChannel _channel;

    internal TaggingClient(AwsChannel channel) => _channel = channel;

    public Task<GetResourcesResponse> GetResourcesAsync(
        GetResourcesRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.GetResources, request, cancellationToken);

    public Task<TagResourcesResponse> TagResourcesAsync(
        TagResourcesRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.TagResources, request, cancellationToken);

    public Task<UntagResourcesResponse> UntagResourcesAsync(
        UntagResourcesRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.UntagResources, request, cancellationToken);
}
