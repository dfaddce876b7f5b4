using static Gwctl.Sandbox.Aws.OperationHandler;

namespace Gwctl.Sandbox.Aws.Acm;

/// <summary>Certificate Manager, API version 2015-12-08.</summary>
internal static class AcmService
{
    public static AwsService Create() => new("acm",
    [
        Writes("RequestCertificate", Certificates.RequestNew),
        Writes("ImportCertificate", CertificateImport.Run),
        Reads("DescribeCertificate", Certificates.Describe),
        Reads("GetCertificate", Certificates.Get),
        Reads("ListCertificates", Certificates.List),
        Writes("DeleteCertificate", Certificates.Delete),
        Reads("ListTagsForCertificate", CertificateTags.List),
        Writes("AddTagsToCertificate", CertificateTags.Add),
        Writes("RemoveTagsFromCertificate", CertificateTags.Remove),
    ]);
}
