using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Projecting;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>What one Gateway has otherwise than its ProviderConfig: annotations of its own, or of its
/// spec.infrastructure, which go first. There are five; everything else is the ProviderConfig's.</summary>
/// <remarks><list type="bullet">
/// <item><c>gwctl.dev/scheme</c>: internet-facing or internal</item>
/// <item><c>gwctl.dev/ip-address-type</c>: ipv4, dualstack or dualstack-without-public-ipv4</item>
/// <item><c>gwctl.dev/subnets</c>: ids, comma-separated</item>
/// <item><c>gwctl.dev/security-groups</c>: ids, comma-separated</item>
/// <item><c>gwctl.dev/protect</c>: "true" forbids to destroy or replace the load balancer and its listeners</item>
/// </list></remarks>
public sealed record GatewayOverrides(LoadBalancerSettings LoadBalancer, bool Protected)
{
    public const string Scheme = "gwctl.dev/scheme";
    public const string IpAddressType = "gwctl.dev/ip-address-type";
    public const string Subnets = "gwctl.dev/subnets";
    public const string SecurityGroups = "gwctl.dev/security-groups";
    public const string Protect = "gwctl.dev/protect";

    /// <summary>A wrong value is an error at the annotation, and counts as not given.</summary>
    internal static GatewayOverrides Of(
        GatewayRouting gateway, LoadBalancerSettings defaults, Action<Diagnostic> report)
    {
        return GatewayAnnotations.Apply(
            gateway,
            new GatewayOverrides(defaults, false),
            static (overrides, annotation) => overrides.With(annotation),
            annotation => report(AwsDiagnostics.BadAnnotation(gateway, annotation, Remedy(annotation.Name))));
    }

    /// <summary>Null where the annotation is unknown or its value wrong.</summary>
    private GatewayOverrides? With(Label annotation) => annotation switch
    {
        { Name: Scheme, Value: LoadBalancerSettings.InternetFacing or LoadBalancerSettings.Internal } =>
            this with { LoadBalancer = LoadBalancer with { Scheme = annotation.Value } },
        {
            Name: IpAddressType,
            Value: LoadBalancerSettings.Ipv4 or LoadBalancerSettings.DualStack
                or LoadBalancerSettings.DualStackWithoutPublicIpv4
        } => this with { LoadBalancer = LoadBalancer with { IpAddressType = annotation.Value } },
        { Name: Subnets } when Ids(annotation.Value, SettingsDecoder.IsSubnet) is { Count: > 1 } ids =>
            this with { LoadBalancer = LoadBalancer with { Subnets = ids } },
        { Name: SecurityGroups } when Ids(annotation.Value, SettingsDecoder.IsSecurityGroup) is { Count: > 0 } ids =>
            this with { LoadBalancer = LoadBalancer with { SecurityGroups = ids } },
        { Name: Protect, Value: "true" or "false" } => this with { Protected = annotation.Value is "true" },
        _ => null,
    };

    private static EquatableList<string>? Ids(string text, Func<string, bool> isId)
    {
        var ids = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return ids.All(isId) ? Shape.Sorted(ids) : null;
    }

    private static string Remedy(string name) => name switch
    {
        Scheme => "Write internet-facing or internal.",
        IpAddressType => "Write ipv4, dualstack or dualstack-without-public-ipv4.",
        Subnets => "Write at least two subnet ids, comma-separated.",
        SecurityGroups => "Write security group ids, comma-separated.",
        Protect => "Write \"true\" or \"false\", in quotes.",
        _ => $"Known are {Scheme}, {IpAddressType}, {Subnets}, {SecurityGroups} and {Protect}.",
    };
}
