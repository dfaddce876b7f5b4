using Gwctl.Providers.Aws.Api.Wire;

namespace Gwctl.Providers.Aws.Api.Tagging;

/// <summary>The operations: their class for the rate limits, and whether a repetition could double anything.</summary>
internal static class Operations
{
    public static readonly AwsOperation<GetResourcesResponse> GetResources =
        new("GetResources", CallClass.Read, GetResourcesResponse.Read);

    public static readonly AwsOperation<TagResourcesResponse> TagResources =
        new("TagResources", CallClass.Write, TagResourcesResponse.Read);

    public static readonly AwsOperation<UntagResourcesResponse> UntagResources =
        new("UntagResources", CallClass.Write, UntagResourcesResponse.Read);
}
