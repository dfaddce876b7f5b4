using System.Net;
using System.Text.RegularExpressions;
using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Specs.Decoding;
using Gwctl.Core;
using Gwctl.Providers.Aws.Projection;

namespace Gwctl.Providers.Aws;

/// <summary>Decodes a ProviderConfig's <c>spec.aws</c>.</summary>
public static partial class SettingsDecoder
{
    private const string Section = "spec.aws";
    private const int SubnetsMax = 16;
    private const int SecurityGroupsMax = 5;
    private const int CidrsMax = 50;
    private const int AttributesMax = 40;
    private const int MatchMillisecondsMax = 1_000;

    private static readonly TextRule RegionRule =
        Rule(RegionPattern(), "is not an AWS region", "Write it as us-east-1.");
    private static readonly TextRule AccountRule =
        Rule(AccountPattern(), "is not an AWS account id", "Write the 12 digits, in quotes.");
    private static readonly TextRule RoleRule =
        Rule(RolePattern(), "is not a role's ARN", "Write it as arn:aws:iam::123456789012:role/gwctl.");
    private static readonly TextRule VpcRule =
        Rule(VpcPattern(), "is not a VPC's id", "Write it as vpc-0123456789abcdef0.");
    private static readonly TextRule GroupRule =
        Rule(GroupPattern(), "is not a security group's id", "Write it as sg-0123456789abcdef0.");
    private static readonly TextRule BucketRule =
        Rule(BucketPattern(), "is not a bucket's name", "Write it as my-trust-bundles.");
    private static readonly TextRule CidrRule =
        new(1, 43, IsCidr, "is not a CIDR block", "Write it as 203.0.113.0/24 or 2001:db8::/32.");

    /// <summary>A subnet's id; annotations have them too.</summary>
    internal static readonly TextRule SubnetRule =
        Rule(SubnetPattern(), "is not a subnet's id", "Write it as subnet-0123456789abcdef0.");

    /// <summary>Fails with diagnostics at the fields; unknown fields are errors.</summary>
    public static Compiled<AwsSettings> Decode(ProviderConfigSpec config)
    {
        if (config.Settings is not { } node)
        {
            return new Compiled<AwsSettings>(null, [AwsDiagnostics.NoSettings(config)]);
        }

        var problems = new NodeProblems(config.Id.ToString());
        var settings = NodeReader.Read(node, problems, Section, reader => DecodeAll(reader, config));
        CheckTogether(settings, node, problems);
        return Compiled.From(problems.HasErrors ? null : settings, problems.Diagnostics);
    }

    /// <summary>What is read of the section.</summary>
    public static SectionShape Explore() =>
        NodeReader.Explore(reader => DecodeAll(reader, ProviderConfigSpec.Blank(AwsProvider.ProviderName)));

    /// <summary>True for a CIDR block of either family whose bits beyond the prefix are 0.</summary>
    internal static bool IsCidr(string text) => IPNetwork.TryParse(text, out _);

    internal static bool IsSecurityGroup(string text) => GroupPattern().IsMatch(text);

    internal static bool IsSubnet(string text) => SubnetPattern().IsMatch(text);

    private static AwsSettings DecodeAll(NodeReader reader, ProviderConfigSpec config) => new()
    {
        Config = config.Name,
        Owner = config.Owner.Value,
        Zones = config.DnsZones,
        Region = reader.RequiredText("region", RegionRule),
        Account = reader.Text("account", AccountRule),
        Profile = reader.Text("profile", TextRule.Length(1, 128)),
        AssumeRole = reader.Section("assumeRole", DecodeRole),
        LoadBalancer = DecodeLoadBalancer(reader),
        TargetType = reader.Choice("targetType", "ip", "instance")?.Value ?? "ip",
        TargetGroupAttributes = reader.Map("targetGroupAttributes", AttributesMax),
        Tags = reader.Map("tags", AlbLimits.TagsMax),
        TrustStoreBucket = reader.Section("trustStore", DecodeTrustStore)?.Bucket,
        Network = reader.Section("network", DecodeNetwork) ?? new NetworkSettings(),
        Quotas = reader.Section("quotas", DecodeQuotas) ?? AlbQuotas.Default,
    };

    private static AssumeRoleSettings DecodeRole(NodeReader reader) => new(
        reader.RequiredText("roleArn", RoleRule),
        reader.Text("externalId", TextRule.Length(2, 1_224))?.Value,
        reader.Text("sessionName", TextRule.Length(2, 64))?.Value ?? "gwctl");

    private static LoadBalancerSettings DecodeLoadBalancer(NodeReader reader) => new()
    {
        VpcId = reader.Text("vpcId", VpcRule)?.Value,
        Subnets = Sorted(reader.Texts("subnets", SubnetRule, countMax: SubnetsMax)),
        SubnetTags = reader.Map("subnetTags", AlbLimits.TagsMax),
        Scheme = reader.Choice("scheme", LoadBalancerSettings.InternetFacing, LoadBalancerSettings.Internal)?.Value
            ?? LoadBalancerSettings.InternetFacing,
        IpAddressType = reader.Choice("ipAddressType", LoadBalancerSettings.Ipv4, LoadBalancerSettings.DualStack,
            LoadBalancerSettings.DualStackWithoutPublicIpv4)?.Value ?? LoadBalancerSettings.Ipv4,
        SecurityGroups = Sorted(reader.Texts("securityGroups", GroupRule, countMax: SecurityGroupsMax)),
        AllowedCidrs = Sorted(reader.Texts("allowedCidrs", CidrRule, countMax: CidrsMax)),
        SslPolicy = reader.Text("sslPolicy", TextRule.Length(1, 128))?.Value ?? LoadBalancerSettings.DefaultSslPolicy,
        Attributes = reader.Map("loadBalancerAttributes", AttributesMax),
        DeletionProtection = reader.Bool("deletionProtection")?.Value ?? false,
    };

    private static TrustStoreSettings DecodeTrustStore(NodeReader reader) =>
        new(reader.RequiredText("bucket", BucketRule).Value);

    private static NetworkSettings DecodeNetwork(NodeReader reader) => new()
    {
        LoadBalancerAttributes = reader.Map("loadBalancerAttributes", AttributesMax),
        TargetGroupAttributes = reader.Map("targetGroupAttributes", AttributesMax),
    };

    private static AlbQuotas DecodeQuotas(NodeReader reader)
    {
        var defaults = AlbQuotas.Default;
        int Get(string name, int otherwise) => reader.Int(name, 1, 1_000_000)?.Value ?? otherwise;
        return new AlbQuotas
        {
            RulesPerLoadBalancer = Get("rulesPerLoadBalancer", defaults.RulesPerLoadBalancer),
            TargetGroupsPerLoadBalancer = Get("targetGroupsPerLoadBalancer", defaults.TargetGroupsPerLoadBalancer),
            ListenersPerLoadBalancer = Get("listenersPerLoadBalancer", defaults.ListenersPerLoadBalancer),
            CertificatesPerLoadBalancer = Get("certificatesPerLoadBalancer", defaults.CertificatesPerLoadBalancer),
            TargetsPerLoadBalancer = Get("targetsPerLoadBalancer", defaults.TargetsPerLoadBalancer),
            TargetsPerTargetGroup = Get("targetsPerTargetGroup", defaults.TargetsPerTargetGroup),
        };
    }

    private static void CheckTogether(AwsSettings settings, SpecNode.Mapping node, NodeProblems problems)
    {
        var balancer = settings.LoadBalancer;
        CheckExclusive(
            balancer.Subnets.Count > 0, "subnets", balancer.SubnetTags.Count > 0, "subnetTags", node, problems);
        CheckExclusive(
            balancer.SecurityGroups.Count > 0, "securityGroups",
            balancer.AllowedCidrs.Count > 0, "allowedCidrs", node, problems);
        if (balancer.Subnets.Count is 1)
        {
            problems.Add(AwsDiagnostics.OneSubnet(PlaceOf(node, "subnets"), balancer.Subnets[0]));
        }

        foreach (var tag in settings.Tags.Where(tag => TagNames.WhyRefused(tag.Name, tag.Value) is not null))
        {
            problems.Add(AwsDiagnostics.BadTag(tag, TagNames.WhyRefused(tag.Name, tag.Value) ?? ""));
        }

        foreach (var cidr in balancer.AllowedCidrs.Where(cidr => cidr.Contains(':') && !balancer.HasIpv6))
        {
            problems.Add(AwsDiagnostics.CidrWithoutIpv6(PlaceOf(node, "allowedCidrs"), cidr));
        }

        CheckManaged(balancer.Attributes, ManagedAttributes.OfLoadBalancer, problems);
        CheckManaged(settings.TargetGroupAttributes, ManagedAttributes.OfTargetGroup, problems);
        CheckManaged(settings.Network.LoadBalancerAttributes, ManagedAttributes.OfLoadBalancer, problems);
        CheckManaged(settings.Network.TargetGroupAttributes, ManagedAttributes.OfTargetGroup, problems);
    }

    private static void CheckExclusive(
        bool hasFirst, string first, bool hasSecond, string second, SpecNode.Mapping node, NodeProblems problems)
    {
        if (hasFirst && hasSecond)
        {
            problems.Add(AwsDiagnostics.Exclusive(PlaceOf(node, second), $"{Section}.{first}", $"{Section}.{second}"));
        }
    }

    private static void CheckManaged(
        EquatableList<Label> attributes, IReadOnlyDictionary<string, string> managed, NodeProblems problems)
    {
        foreach (var attribute in attributes)
        {
            if (managed.TryGetValue(attribute.Name, out var field))
            {
                problems.Add(AwsDiagnostics.AttributeHasField(attribute, field));
            }
        }
    }

    private static SourceSpan PlaceOf(SpecNode.Mapping node, string name) =>
        node.Fields.FirstOrDefault(field => field.Name == name)?.KeySpan ?? node.Span;

    private static EquatableList<string> Sorted(EquatableList<Located<string>> texts) =>
        [.. texts.Select(text => text.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static TextRule Rule(Regex pattern, string complaint, string remedy) =>
        new(1, 2_048, pattern.IsMatch, complaint, remedy);

    [GeneratedRegex(@"^[a-z]{2}(-[a-z]+)+-[0-9]+\z", RegexOptions.ExplicitCapture, MatchMillisecondsMax)]
    private static partial Regex RegionPattern();

    [GeneratedRegex(@"^[0-9]{12}\z", RegexOptions.ExplicitCapture, MatchMillisecondsMax)]
    private static partial Regex AccountPattern();

    [GeneratedRegex(
        @"^arn:[a-z0-9-]+:iam::[0-9]{12}:role/[\w+=,.@/-]+\z", RegexOptions.ExplicitCapture, MatchMillisecondsMax)]
    private static partial Regex RolePattern();

    [GeneratedRegex(@"^vpc-[0-9a-z]+\z", RegexOptions.ExplicitCapture, MatchMillisecondsMax)]
    private static partial Regex VpcPattern();

    [GeneratedRegex(@"^subnet-[0-9a-z]+\z", RegexOptions.ExplicitCapture, MatchMillisecondsMax)]
    private static partial Regex SubnetPattern();

    [GeneratedRegex(
        @"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\z", RegexOptions.ExplicitCapture, MatchMillisecondsMax)]
    private static partial Regex BucketPattern();

    [GeneratedRegex(@"^sg-[0-9a-z]+\z", RegexOptions.ExplicitCapture, MatchMillisecondsMax)]
    private static partial Regex GroupPattern();
}

/// <summary><c>spec.aws.trustStore</c>.</summary>
internal sealed record TrustStoreSettings(string Bucket);

/// <summary>Attribute keys that gwctl sets from a field of its own, so that the maps of free attributes may
/// not.</summary>
internal static class ManagedAttributes
{
    public const string DeletionProtection = "deletion_protection.enabled";
    public const string Drain = "deregistration_delay.timeout_seconds";
    public const string SlowStart = "slow_start.duration_seconds";
    public const string Sticky = "stickiness.enabled";
    public const string StickyType = "stickiness.type";
    public const string LoadBalancerCookieSeconds = "stickiness.lb_cookie.duration_seconds";
    public const string ApplicationCookieSeconds = "stickiness.app_cookie.duration_seconds";
    public const string ApplicationCookieName = "stickiness.app_cookie.cookie_name";

    /// <summary>Of Network Load Balancers' groups for TCP and TLS.</summary>
    public const string PreserveClientIp = "preserve_client_ip.enabled";

    public static readonly IReadOnlyDictionary<string, string> OfLoadBalancer = new Dictionary<string, string>
    {
        [DeletionProtection] = "spec.aws.deletionProtection",
    };

    public static readonly IReadOnlyDictionary<string, string> OfTargetGroup = new Dictionary<string, string>
    {
        [Sticky] = "a BackendPolicy's sessionAffinity",
        [StickyType] = "a BackendPolicy's sessionAffinity",
        [LoadBalancerCookieSeconds] = "a BackendPolicy's sessionAffinity",
        [ApplicationCookieSeconds] = "a BackendPolicy's sessionAffinity",
        [ApplicationCookieName] = "a BackendPolicy's sessionAffinity",
    };
}

/// <summary>What AWS takes as a tag.</summary>
internal static class TagNames
{
    /// <summary>Null where the tag is fine.</summary>
    public static string? WhyRefused(string name, string value) =>
        name.StartsWith("aws:", StringComparison.OrdinalIgnoreCase) ? "names that begin with aws: are AWS's own"
        : name.StartsWith("gwctl.dev/", StringComparison.Ordinal) ? "names that begin with gwctl.dev/ are gwctl's own"
        : name.Length is 0 or > AlbLimits.TagNameCharactersMax
            ? $"a name has 1 to {AlbLimits.TagNameCharactersMax} characters"
        : value.Length > AlbLimits.TagValueCharactersMax
            ? $"a value has at most {AlbLimits.TagValueCharactersMax} characters"
        : name.Concat(value).FirstOrDefault(letter => !IsAllowed(letter)) is var bad and not '\0'
            ? $"AWS does not allow the character '{bad}' in tags"
        : null;

    private static bool IsAllowed(char letter) => char.IsLetterOrDigit(letter) || " _.:/=+-@".Contains(letter);
}
