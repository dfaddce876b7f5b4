namespace Gwctl.Sandbox.Gcp.CertificateManager;

/// <summary>Where Certificate Manager's resources are kept.</summary>
internal static class CertificateTables
{
    /// <summary>Rows are keyed by the resource's whole name.</summary>
    public static string Of(string project, string collection) => $"gcp/{project}/certificatemanager/{collection}";
}
