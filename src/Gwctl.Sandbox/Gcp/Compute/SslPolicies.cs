using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp.Compute;

/// <summary>SSL policies: which TLS versions and ciphers a proxy takes.</summary>
internal static class SslPolicies
{
    private static readonly string[] Modern =
    [
        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
    ];

    private static readonly string[] Older =
    [
        "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA", "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
        "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
    ];

    private static readonly string[] Oldest =
    [
        "TLS_RSA_WITH_3DES_EDE_CBC_SHA", "TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_RSA_WITH_AES_256_CBC_SHA", "TLS_RSA_WITH_AES_256_GCM_SHA384",
    ];

    public static IReadOnlyList<string> AllFeatures { get; } =
        [.. Modern.Concat(Older).Concat(Oldest).Order(StringComparer.Ordinal)];

    public static Struct Complete(Draft draft)
    {
        var content = draft.Content;
        var custom = content.Texts("customFeatures").ToList();
        var profile = content.Text("profile");
        if (profile is "CUSTOM" != custom.Count > 0)
        {
            throw draft.Invalid("customFeatures", "Needed by the profile CUSTOM and possible with no other.");
        }

        if (custom.Find(feature => !AllFeatures.Contains(feature)) is { } unknown)
        {
            throw GcpErrors.Invalid("resource.customFeatures", unknown, "Not an available feature.");
        }

        if (profile is "RESTRICTED" or "FIPS_202205" && content.Text("minTlsVersion") is "TLS_1_0" or "TLS_1_1")
        {
            throw draft.Invalid("minTlsVersion", $"The profile {profile} needs TLS_1_2 at least.");
        }

        IEnumerable<string> enabled = profile switch
        {
            "CUSTOM" => custom,
            "MODERN" => Modern.Concat(Older),
            "COMPATIBLE" => AllFeatures,
            _ => Modern,
        };
        return content.With("enabledFeatures", enabled.Order(StringComparer.Ordinal));
    }
}
