using Gwctl.Providers.Aws.Api.Wire;

namespace Gwctl.Providers.Aws.Api.S3;

/// <summary>The operations: their class for the rate limits, and whether a repetition could double anything.</summary>
internal static class Operations
{
    public static readonly AwsOperation<PutObjectResponse> PutObject =
        new("PutObject", CallClass.Write, static _ => new PutObjectResponse());

    public static readonly AwsOperation<DeleteObjectResponse> DeleteObject =
        new("DeleteObject", CallClass.Write, static _ => new DeleteObjectResponse());
}
