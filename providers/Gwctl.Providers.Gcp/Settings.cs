using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Providers.Gcp;

/// <summary>A ProviderConfig's <c>spec.gcp</c>, decoded. Only the project has no default.</summary>
public sealed record GcpSettings
{
    public const string Global = "global";
    public const string Regional = "regional";

    /// <summary>The ProviderConfig it comes from: Gateways of others are not this provider's.</summary>
    public required ObjectName Config { get; init; }

    public required string Owner { get; init; }

    /// <summary>The project's id.</summary>
    public required Located<string> Project { get; init; }

    /// <summary>Of regional load balancers, and of serverless backends that name none.</summary>
    public Located<string>? Region { get; init; }

    /// <summary>The zones that backends without a zone of their own are in, and that groups are made in where somebody
    /// else fills them. As written; empty where every endpoint names its zone.</summary>
    public EquatableList<string> Zones { get; init; } = [];

    public NetworkSettings Network { get; init; } = new();

    /// <summary>Where a Gateway's annotations say nothing else.</summary>
    public BalancerSettings Balancer { get; init; } = new();

    /// <summary>GCE_VM_IP_PORT or NON_GCP_PRIVATE_IP_PORT, for backends whose BackendPolicy does not say.</summary>
    public string EndpointType { get; init; } = "GCE_VM_IP_PORT";

    /// <summary>Certificates of TLS Secrets go to Certificate Manager instead of being compute SSL
    /// certificates.</summary>
    public bool UsesCertificateManager { get; init; }

    /// <summary>The name of an SSL policy of the project, for all HTTPS ports; null is Google's default.</summary>
    public string? SslPolicy { get; init; }

    public EquatableList<DnsZoneSpec> DnsZones { get; init; } = [];

    public DnsSettings Dns { get; init; } = new();

    /// <summary>On everything that takes labels; a Gateway's infrastructure.labels go before them.</summary>
    public EquatableList<Label> Labels { get; init; } = [];

    public ImpersonationSettings? Impersonation { get; init; }

    /// <summary>What one URL map may hold, in kilobytes: 64 unless Google has raised it.</summary>
    public int UrlMapKilobytesMax { get; init; } = 64;
}

/// <summary>Where endpoints are reached.</summary>
public sealed record NetworkSettings
{
    /// <summary>The project that the network belongs to; null is the project itself.</summary>
    public string? HostProject { get; init; }

    public string Name { get; init; } = "default";

    /// <summary>The subnetwork's name, in the region of each zone; null where the network has one in each region by
    /// itself, which Google then takes.</summary>
    public string? Subnetwork { get; init; }
}

/// <summary>What a Gateway's load balancer is made with; some of it a Gateway's annotations override.</summary>
public sealed record BalancerSettings
{
    public const string InternetFacing = "internet-facing";
    public const string Internal = "internal";
    public const string Ipv4 = "ipv4";
    public const string DualStack = "dualstack";

    /// <summary>global or regional.</summary>
    public string Location { get; init; } = GcpSettings.Global;

    public string Scheme { get; init; } = InternetFacing;

    public string IpAddressType { get; init; } = Ipv4;

    /// <summary>PREMIUM or STANDARD; global load balancers are PREMIUM.</summary>
    public string NetworkTier { get; init; } = "PREMIUM";

    public bool IsInternal => Scheme is Internal;

    /// <summary>Google has no global internal one that a Gateway could be.</summary>
    public bool IsRegional => Location is GcpSettings.Regional || IsInternal;

    public bool HasIpv6 => IpAddressType is DualStack;
}

/// <summary>How DNS records are written.</summary>
public sealed record DnsSettings
{
    public int TtlSeconds { get; init; } = 300;
}

/// <summary>A service account to work as.</summary>
/// <param name="Delegates">The accounts on the way to it, in order.</param>
public sealed record ImpersonationSettings(Located<string> ServiceAccount, EquatableList<string> Delegates);
