using Gwctl.Providers.Aws.Api.Wire;

namespace Gwctl.Providers.Aws.Api.Acm;

/// <summary>Certificate Manager (2015-12-08). Each method is one operation, under the vendor's name.</summary>
public sealed partial class AcmClient
{
    private readonly AwsChannel _channel;

    internal AcmClient(AwsChannel channel) => _channel = channel;

    /// <summary>Repeated after a lost answer only if it carries an idempotency token.</summary>
    public Task<RequestCertificateResponse> RequestCertificateAsync(
        RequestCertificateRequest request,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var operation = Operations.RequestCertificate;
        return _channel.CallAsync(
            request.IdempotencyToken is null ? operation : operation with { Repeat = Repeat.Always },
            request,
            cancellationToken);
    }

    /// <summary>Repeated after a lost answer only if it replaces a certificate: a new one would be doubled.</summary>
    public Task<ImportCertificateResponse> ImportCertificateAsync(
        ImportCertificateRequest request,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var operation = Operations.ImportCertificate;
        return _channel.CallAsync(
            request.CertificateArn is null ? operation : operation with { Repeat = Repeat.Always },
            request,
            cancellationToken);
    }

    public Task<DescribeCertificateResponse> DescribeCertificateAsync(
        DescribeCertificateRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.DescribeCertificate, request, cancellationToken);

    public Task<ListCertificatesResponse> ListCertificatesAsync(
        ListCertificatesRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.ListCertificates, request, cancellationToken);

    public Task<DeleteCertificateResponse> DeleteCertificateAsync(
        DeleteCertificateRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.DeleteCertificate, request, cancellationToken);

    public Task<GetCertificateResponse> GetCertificateAsync(
        GetCertificateRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.GetCertificate, request, cancellationToken);

    public Task<AddTagsToCertificateResponse> AddTagsToCertificateAsync(
        AddTagsToCertificateRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.AddTagsToCertificate, request, cancellationToken);

    public Task<RemoveTagsFromCertificateResponse> RemoveTagsFromCertificateAsync(
        RemoveTagsFromCertificateRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.RemoveTagsFromCertificate, request, cancellationToken);

    public Task<ListTagsForCertificateResponse> ListTagsForCertificateAsync(
        ListTagsForCertificateRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.ListTagsForCertificate, request, cancellationToken);
}
