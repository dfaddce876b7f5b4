using Gwctl.Providers.Aws.Api.Wire;

namespace Gwctl.Providers.Aws.Api.Acm;

/// <summary>The operations: their class for the rate limits, and whether a repetition could double anything.</summary>
internal static class Operations
{
    public static readonly AwsOperation<RequestCertificateResponse> RequestCertificate =
        new("RequestCertificate", CallClass.Write, RequestCertificateResponse.Read) { Repeat = Repeat.OnlyIfNotDone };

    public static readonly AwsOperation<ImportCertificateResponse> ImportCertificate =
        new("ImportCertificate", CallClass.Write, ImportCertificateResponse.Read) { Repeat = Repeat.OnlyIfNotDone };

    public static readonly AwsOperation<DescribeCertificateResponse> DescribeCertificate =
        new("DescribeCertificate", CallClass.Read, DescribeCertificateResponse.Read);

    public static readonly AwsOperation<ListCertificatesResponse> ListCertificates =
        new("ListCertificates", CallClass.Read, ListCertificatesResponse.Read);

    public static readonly AwsOperation<DeleteCertificateResponse> DeleteCertificate =
        new("DeleteCertificate", CallClass.Write, static _ => new DeleteCertificateResponse());

    public static readonly AwsOperation<GetCertificateResponse> GetCertificate =
        new("GetCertificate", CallClass.Read, GetCertificateResponse.Read);

    public static readonly AwsOperation<AddTagsToCertificateResponse> AddTagsToCertificate =
        new("AddTagsToCertificate", CallClass.Write, static _ => new AddTagsToCertificateResponse());

    public static readonly AwsOperation<RemoveTagsFromCertificateResponse> RemoveTagsFromCertificate =
        new("RemoveTagsFromCertificate", CallClass.Write, static _ => new RemoveTagsFromCertificateResponse());

    public static readonly AwsOperation<ListTagsForCertificateResponse> ListTagsForCertificate =
        new("ListTagsForCertificate", CallClass.Read, ListTagsForCertificateResponse.Read);
}
