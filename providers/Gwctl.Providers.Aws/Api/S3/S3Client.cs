namespace Gwctl.Providers.Aws.Api.S3;

/// <summary>Simple Storage Service (2006-03-01), as far as trust stores need it: Elastic Load Balancing reads their
/// bundles from there. Each method is one operation, under the vendor's name.</summary>
public sealed class S3Client
{
    private readonly AwsChannel _channel;

    internal S3Client(AwsChannel channel) => _channel = channel;

    public Task<PutObjectResponse> PutObjectAsync(
        PutObjectRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.PutObject, request, cancellationToken);

    public Task<DeleteObjectResponse> DeleteObjectAsync(
        DeleteObjectRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.DeleteObject, request, cancellationToken);
}
