namespace Gwctl.Providers.Aws.Api.Sts;

/// <summary>Security Token Service (2011-06-15). Each method is one operation, under the vendor's name.</summary>
public sealed partial class StsClient
{
    private readonly AwsChannel _channel;

    internal StsClient(AwsChannel channel) => _channel = channel;

    public Task<GetCallerIdentityResponse> GetCallerIdentityAsync(
        GetCallerIdentityRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.GetCallerIdentity, request, cancellationToken);
}
