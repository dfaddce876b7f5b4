namespace Gwctl.Providers.Aws.Projection;

/// <summary>How client certificates are verified.</summary>
internal static class TrustStoreProjection
{
    /// <summary>TLS option: the ARN of a trust store to use.</summary>
    public const string Option = "gwctl.dev/trust-store";
}
