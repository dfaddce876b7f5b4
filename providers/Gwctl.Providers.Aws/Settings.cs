using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Providers.Aws.Projection;

namespace Gwctl.Providers.Aws;

/// <summary>A ProviderConfig's <c>spec.aws</c>, decoded. Only the region has no default.</summary>
public sealed record AwsSettings
{
    /// <summary>The ProviderConfig it comes from: Gateways of others are not this provider's.</summary>
    public required ObjectName Config { get; init; }

    public required string Owner { get; init; }

    public required Located<string> Region { get; init; }

    /// <summary>Where given, credentials of another account are refused.</summary>
    public Located<string>? Account { get; init; }

    /// <summary>A profile of the shared AWS configuration files; null follows the default credential chain.</summary>
    public Located<string>? Profile { get; init; }

    public AssumeRoleSettings? AssumeRole { get; init; }

    public EquatableList<DnsZoneSpec> Zones { get; init; } = [];

    public LoadBalancerSettings LoadBalancer { get; init; } = new();

    /// <summary>ip or instance, for backends whose BackendPolicy does not say.</summary>
    public string TargetType { get; init; } = "ip";

    /// <summary>Target group attribute key → value, for every group of an Application Load Balancer; a BackendPolicy
    /// goes before it.</summary>
    public EquatableList<Label> TargetGroupAttributes { get; init; } = [];

    /// <summary>On everything that takes tags; a Gateway's infrastructure.labels go before them.</summary>
    public EquatableList<Label> Tags { get; init; } = [];

    /// <summary>The bucket in S3 that trust stores' bundles are written to, as
    /// <c>gwctl/&lt;owner&gt;/&lt;digest&gt;.pem</c>; null where none is configured.</summary>
    public string? TrustStoreBucket { get; init; }

    public NetworkSettings Network { get; init; } = new();

    public AlbQuotas Quotas { get; init; } = AlbQuotas.Default;
}

/// <summary>What Network Load Balancers and their target groups have instead of the settings for HTTP.</summary>
public sealed record NetworkSettings
{
    /// <summary>Load balancer attribute key → value.</summary>
    public EquatableList<Label> LoadBalancerAttributes { get; init; } = [];

    /// <summary>Target group attribute key → value, as <c>proxy_protocol_v2.enabled</c> or
    /// <c>preserve_client_ip.enabled</c>, which UDP groups have always.</summary>
    public EquatableList<Label> TargetGroupAttributes { get; init; } = [];
}

/// <summary>A role to work as.</summary>
public sealed record AssumeRoleSettings(Located<string> RoleArn, string? ExternalId, string SessionName);

/// <summary>What a Gateway's load balancer is made with; some of it a Gateway's annotations override
/// (<see cref="GatewayOverrides"/>).</summary>
public sealed record LoadBalancerSettings
{
    public const string InternetFacing = "internet-facing";
    public const string Internal = "internal";
    public const string Ipv4 = "ipv4";
    public const string DualStack = "dualstack";
    public const string DualStackWithoutPublicIpv4 = "dualstack-without-public-ipv4";
    public const string DefaultSslPolicy = "ELBSecurityPolicy-TLS13-1-2-2021-06";

    /// <summary>Null: the VPC of the subnets where they are given, else the region's default VPC.</summary>
    public string? VpcId { get; init; }

    /// <summary>Ids, sorted; empty: chosen by <see cref="SubnetTags"/> or by the scheme.</summary>
    public EquatableList<string> Subnets { get; init; } = [];

    public EquatableList<Label> SubnetTags { get; init; } = [];

    public string Scheme { get; init; } = InternetFacing;

    public string IpAddressType { get; init; } = Ipv4;

    /// <summary>Ids, sorted; empty: gwctl makes and manages one.</summary>
    public EquatableList<string> SecurityGroups { get; init; } = [];

    /// <summary>Who may reach a managed security group's load balancer; empty: everyone.</summary>
    public EquatableList<string> AllowedCidrs { get; init; } = [];

    public string SslPolicy { get; init; } = DefaultSslPolicy;

    /// <summary>Load balancer attribute key → value, of Application Load Balancers.</summary>
    public EquatableList<Label> Attributes { get; init; } = [];

    /// <summary>AWS's own guard against deletion, whoever tries.</summary>
    public bool DeletionProtection { get; init; }

    /// <summary>True where clients can come over IPv6.</summary>
    public bool HasIpv6 => IpAddressType is not Ipv4;

    /// <summary>True where clients can come over IPv4: inside the VPC they always can.</summary>
    public bool HasIpv4 => IpAddressType is not DualStackWithoutPublicIpv4 || Scheme is Internal;
}
