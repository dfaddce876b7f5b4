using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Elbv2;

/// <summary>The predefined security policies.</summary>
internal static class SslPolicies
{
    private static readonly string[] Modern =
    [
        "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256",
    ];

    private static readonly string[] Classic =
    [
        "ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384",
        "ECDHE-RSA-AES256-GCM-SHA384",
    ];

    private static readonly string[] LoadBalancerTypes = ["application", "network"];

    private static readonly (string Name, string[] Protocols)[] All =
    [
        ("ELBSecurityPolicy-2016-08", ["TLSv1", "TLSv1.1", "TLSv1.2"]),
        ("ELBSecurityPolicy-FS-1-1-2019-08", ["TLSv1.1", "TLSv1.2"]),
        ("ELBSecurityPolicy-FS-1-2-2019-08", ["TLSv1.2"]),
        ("ELBSecurityPolicy-FS-1-2-Res-2019-08", ["TLSv1.2"]),
        ("ELBSecurityPolicy-FS-1-2-Res-2020-10", ["TLSv1.2"]),
        ("ELBSecurityPolicy-FS-2018-06", ["TLSv1", "TLSv1.1", "TLSv1.2"]),
        ("ELBSecurityPolicy-TLS-1-0-2015-04", ["TLSv1", "TLSv1.1", "TLSv1.2"]),
        ("ELBSecurityPolicy-TLS-1-1-2017-01", ["TLSv1.1", "TLSv1.2"]),
        ("ELBSecurityPolicy-TLS-1-2-2017-01", ["TLSv1.2"]),
        ("ELBSecurityPolicy-TLS-1-2-Ext-2018-06", ["TLSv1.2"]),
        ("ELBSecurityPolicy-TLS13-1-0-2021-06", ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"]),
        ("ELBSecurityPolicy-TLS13-1-1-2021-06", ["TLSv1.1", "TLSv1.2", "TLSv1.3"]),
        ("ELBSecurityPolicy-TLS13-1-2-2021-06", ["TLSv1.2", "TLSv1.3"]),
        ("ELBSecurityPolicy-TLS13-1-2-Ext1-2021-06", ["TLSv1.2", "TLSv1.3"]),
        ("ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06", ["TLSv1.2", "TLSv1.3"]),
        ("ELBSecurityPolicy-TLS13-1-2-Res-2021-06", ["TLSv1.2", "TLSv1.3"]),
        ("ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09", ["TLSv1.2", "TLSv1.3"]),
        ("ELBSecurityPolicy-TLS13-1-3-2021-06", ["TLSv1.3"]),
        ("ELBSecurityPolicy-TLS13-1-3-PQ-2025-09", ["TLSv1.3"]),
    ];

    public static Struct Describe(Call call)
    {
        var names = call.Input.Texts("Names").ToList();
        foreach (var name in names)
        {
            Check(name);
        }

        var rows = All.Where(policy => names.Count is 0 || names.Contains(policy.Name))
            .OrderBy(policy => policy.Name, StringComparer.Ordinal)
            .Select(policy => KeyValuePair.Create(policy.Name, Shown(policy.Name, policy.Protocols)));
        var (page, next) = Pages.Take(call, rows, 400);
        return new Struct { { "SslPolicies", page }, { "NextMarker", next } };
    }

    public static void Check(string name)
    {
        if (!Array.Exists(All, policy => policy.Name == name))
        {
            throw new AwsException("SSLPolicyNotFound", $"SSL policy '{name}' not found");
        }
    }

    private static Struct Shown(string name, string[] protocols)
    {
        var ciphers = (protocols.Contains("TLSv1.3") ? Modern : []).Concat(protocols is ["TLSv1.3"] ? [] : Classic);
        return new Struct
        {
            { "SslProtocols", protocols },
            {
                "Ciphers", ciphers.Select((cipher, index) => new Struct
                {
                    { "Name", cipher },
                    { "Priority", index + 1 },
                })
            },
            { "Name", name },
            { "SupportedLoadBalancerTypes", LoadBalancerTypes },
        };
    }
}
