namespace Gwctl.Providers.Aws.Api.Tagging;

/// <summary>The paged lists, walked to their ends.</summary>
public sealed partial class TaggingClient
{
    public IAsyncEnumerable<ResourceTagMapping> GetAllResourcesAsync(
        GetResourcesRequest request,
        CancellationToken cancellationToken = default) =>
        AwsPages.WalkAsync(
            (token, stop) => GetResourcesAsync(request with { PaginationToken = token }, stop),
            page => page.ResourceTagMappingList,
            page => page.PaginationToken,
            cancellationToken);
}
