using System.Text.RegularExpressions;
using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Specs.Decoding;
using Gwctl.Core;
using Gwctl.Providers.Gcp.Projection;

namespace Gwctl.Providers.Gcp;

/// <summary>Decodes a ProviderConfig's <c>spec.gcp</c>.</summary>
public static partial class SettingsDecoder
{
    private const string Section = "spec.gcp";
    private const int ZonesMax = 16;
    private const int DelegatesMax = 8;
    private const int MatchMillisecondsMax = 1_000;

    private static readonly TextRule ProjectRule =
        Rule(ProjectPattern(), "is not a project's id", "Write the id, as my-project-123456, not the number or title.");
    private static readonly TextRule RegionRule =
        Rule(RegionPattern(), "is not a region", "Write it as us-central1.");
    private static readonly TextRule ZoneRule =
        Rule(ZonePattern(), "is not a zone", "Write it as us-central1-a.");
    private static readonly TextRule NameRule =
        Rule(NamePattern(), "is not a resource's name", "Use lower-case letters, digits and hyphens, as default.");
    private static readonly TextRule AccountRule =
        Rule(AccountPattern(), "is not a service account",
            "Write its address, as gwctl@my-project.iam.gserviceaccount.com.");

    /// <summary>Fails with diagnostics at the fields; unknown fields are errors.</summary>
    public static Compiled<GcpSettings> Decode(ProviderConfigSpec config)
    {
        if (config.Settings is not { } node)
        {
            return new Compiled<GcpSettings>(null, [GcpDiagnostics.NoSettings(config)]);
        }

        var problems = new NodeProblems(config.Id.ToString());
        var settings = NodeReader.Read(node, problems, Section, reader => DecodeAll(reader, config));
        CheckTogether(settings, node, problems);
        return Compiled.From(problems.HasErrors ? null : settings, problems.Diagnostics);
    }

    /// <summary>What is read of the section.</summary>
    public static SectionShape Explore() =>
        NodeReader.Explore(reader => DecodeAll(reader, ProviderConfigSpec.Blank(GcpProvider.ProviderName)));

    internal static bool IsName(string text) => NamePattern().IsMatch(text);

    private static GcpSettings DecodeAll(NodeReader reader, ProviderConfigSpec config) => new()
    {
        Config = config.Name,
        Owner = config.Owner.Value,
        DnsZones = config.DnsZones,
        Project = reader.RequiredText("project", ProjectRule),
        Region = reader.Text("region", RegionRule),
        Zones = [.. reader.Texts("zones", ZoneRule, countMax: ZonesMax).Select(zone => zone.Value).Distinct()],
        Network = reader.Section("network", DecodeNetwork) ?? new NetworkSettings(),
        Balancer = DecodeBalancer(reader),
        EndpointType = reader.Choice("networkEndpointType", "GCE_VM_IP_PORT", "NON_GCP_PRIVATE_IP_PORT")?.Value
            ?? "GCE_VM_IP_PORT",
        UsesCertificateManager = reader.Choice("certificates", "compute", "certificate-manager")?.Value
            is "certificate-manager",
        SslPolicy = reader.Text("sslPolicy", NameRule)?.Value,
        Dns = reader.Section("dns", DecodeDns) ?? new DnsSettings(),
        Labels = reader.Map("labels", GcpLimits.LabelsMax),
        Impersonation = reader.Section("impersonate", DecodeImpersonation),
        UrlMapKilobytesMax = reader.Int("urlMapKilobytes", 64, 1_024)?.Value ?? 64,
    };

    private static BalancerSettings DecodeBalancer(NodeReader reader) => new()
    {
        Location = reader.Choice("location", GcpSettings.Global, GcpSettings.Regional)?.Value ?? GcpSettings.Global,
        Scheme = reader.Choice("scheme", BalancerSettings.InternetFacing, BalancerSettings.Internal)?.Value
            ?? BalancerSettings.InternetFacing,
        IpAddressType = reader.Choice("ipAddressType", BalancerSettings.Ipv4, BalancerSettings.DualStack)?.Value
            ?? BalancerSettings.Ipv4,
        NetworkTier = reader.Choice("networkTier", "PREMIUM", "STANDARD")?.Value ?? "PREMIUM",
    };

    private static NetworkSettings DecodeNetwork(NodeReader reader) => new()
    {
        HostProject = reader.Text("project", ProjectRule)?.Value,
        Name = reader.Text("name", NameRule)?.Value ?? "default",
        Subnetwork = reader.Text("subnetwork", NameRule)?.Value,
    };

    private static DnsSettings DecodeDns(NodeReader reader) => new()
    {
        TtlSeconds = reader.Int("ttlSeconds", 1, 86_400)?.Value ?? new DnsSettings().TtlSeconds,
    };

    private static ImpersonationSettings DecodeImpersonation(NodeReader reader) => new(
        reader.RequiredText("serviceAccount", AccountRule),
        [.. reader.Texts("delegates", AccountRule, countMax: DelegatesMax).Select(account => account.Value)]);

    private static void CheckTogether(GcpSettings settings, SpecNode.Mapping node, NodeProblems problems)
    {
        if (settings.Balancer.IsRegional && settings.Region is null)
        {
            problems.Add(GcpDiagnostics.NoRegion(PlaceOf(node, "location"), "Load balancers that are not global"));
        }

        if (settings.Balancer is { IsRegional: true } && settings.UsesCertificateManager)
        {
            problems.Add(GcpDiagnostics.MapsAreGlobal(PlaceOf(node, "certificates")));
        }

        if (settings.Balancer is { IsRegional: false, NetworkTier: "STANDARD" })
        {
            problems.Add(GcpDiagnostics.GlobalIsPremium(PlaceOf(node, "networkTier")));
        }

        foreach (var label in settings.Labels)
        {
            if (LabelProjection.WhyRefused(label) is { } why)
            {
                problems.Add(GcpDiagnostics.BadLabel(label, why));
            }
        }
    }

    private static SourceSpan PlaceOf(SpecNode.Mapping node, string name) =>
        node.Fields.FirstOrDefault(field => field.Name == name)?.KeySpan ?? node.Span;

    private static TextRule Rule(Regex pattern, string complaint, string remedy) =>
        new(1, 254, pattern.IsMatch, complaint, remedy);

    [GeneratedRegex(@"^([a-z][a-z0-9.-]*:)?[a-z][a-z0-9-]{4,28}[a-z0-9]\z", RegexOptions.ExplicitCapture,
        MatchMillisecondsMax)]
    private static partial Regex ProjectPattern();

    [GeneratedRegex(@"^[a-z]+(-[a-z]+)+[0-9]+\z", RegexOptions.ExplicitCapture, MatchMillisecondsMax)]
    private static partial Regex RegionPattern();

    [GeneratedRegex(@"^[a-z]+(-[a-z]+)+[0-9]+-[a-z]\z", RegexOptions.ExplicitCapture, MatchMillisecondsMax)]
    private static partial Regex ZonePattern();

    [GeneratedRegex(@"^[a-z]([-a-z0-9]{0,61}[a-z0-9])?\z", RegexOptions.ExplicitCapture, MatchMillisecondsMax)]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"^[a-z0-9-]+@[a-z0-9.-]+\.gserviceaccount\.com\z", RegexOptions.ExplicitCapture,
        MatchMillisecondsMax)]
    private static partial Regex AccountPattern();
}
