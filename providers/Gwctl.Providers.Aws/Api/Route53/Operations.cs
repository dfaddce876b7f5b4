using Gwctl.Providers.Aws.Api.Wire;

namespace Gwctl.Providers.Aws.Api.Route53;

/// <summary>The operations: their class for the rate limits, and whether a repetition could double anything.</summary>
internal static class Operations
{
    public static readonly AwsOperation<ListHostedZonesResponse> ListHostedZones =
        new("ListHostedZones", CallClass.Read, ListHostedZonesResponse.Read);

    public static readonly AwsOperation<ListHostedZonesByNameResponse> ListHostedZonesByName =
        new("ListHostedZonesByName", CallClass.Read, ListHostedZonesByNameResponse.Read);

    public static readonly AwsOperation<GetHostedZoneResponse> GetHostedZone =
        new("GetHostedZone", CallClass.Read, GetHostedZoneResponse.Read);

    public static readonly AwsOperation<ChangeResourceRecordSetsResponse> ChangeResourceRecordSets =
        new("ChangeResourceRecordSets", CallClass.Write, ChangeResourceRecordSetsResponse.Read);

    public static readonly AwsOperation<ListResourceRecordSetsResponse> ListResourceRecordSets =
        new("ListResourceRecordSets", CallClass.Read, ListResourceRecordSetsResponse.Read);

    public static readonly AwsOperation<GetChangeResponse> GetChange =
        new("GetChange", CallClass.Read, GetChangeResponse.Read);

    public static readonly AwsOperation<CreateHealthCheckResponse> CreateHealthCheck =
        new("CreateHealthCheck", CallClass.Write, CreateHealthCheckResponse.Read);

    public static readonly AwsOperation<GetHealthCheckResponse> GetHealthCheck =
        new("GetHealthCheck", CallClass.Read, GetHealthCheckResponse.Read);

    public static readonly AwsOperation<UpdateHealthCheckResponse> UpdateHealthCheck =
        new("UpdateHealthCheck", CallClass.Write, UpdateHealthCheckResponse.Read);

    public static readonly AwsOperation<DeleteHealthCheckResponse> DeleteHealthCheck =
        new("DeleteHealthCheck", CallClass.Write, static _ => new DeleteHealthCheckResponse());

    public static readonly AwsOperation<ListHealthChecksResponse> ListHealthChecks =
        new("ListHealthChecks", CallClass.Read, ListHealthChecksResponse.Read);

    public static readonly AwsOperation<ListTagsForResourceResponse> ListTagsForResource =
        new("ListTagsForResource", CallClass.Read, ListTagsForResourceResponse.Read);

    public static readonly AwsOperation<ListTagsForResourcesResponse> ListTagsForResources =
        new("ListTagsForResources", CallClass.Read, ListTagsForResourcesResponse.Read);

    public static readonly AwsOperation<ChangeTagsForResourceResponse> ChangeTagsForResource =
        new("ChangeTagsForResource", CallClass.Write, static _ => new ChangeTagsForResourceResponse());
}
