using Gwctl.Providers.Aws.Api.Wire;

namespace Gwctl.Providers.Aws.Api.Sts;

/// <summary>The operations: their class for the rate limits, and whether a repetition could double anything.</summary>
internal static class Operations
{
    public static readonly AwsOperation<GetCallerIdentityResponse> GetCallerIdentity =
        new("GetCallerIdentity", CallClass.Read, GetCallerIdentityResponse.Read);
}
