using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Projecting;

namespace Gwctl.Providers.Gcp.Projection;

/// <summary>What one Gateway has otherwise than its ProviderConfig: annotations of its own, or of its
/// spec.infrastructure, which go first.</summary>
/// <remarks><list type="bullet">
/// <item><c>gwctl.dev/scheme</c>: internet-facing or internal</item>
/// <item><c>gwctl.dev/location</c>: global or regional</item>
/// <item><c>gwctl.dev/ip-address-type</c>: ipv4 or dualstack</item>
/// <item><c>gwctl.dev/protect</c>: "true" forbids to destroy or replace the addresses and forwarding rules</item>
/// </list></remarks>
internal sealed record GatewayOverrides(BalancerSettings Balancer, bool Protected)
{
    private const string Scheme = "gwctl.dev/scheme";
    private const string Location = "gwctl.dev/location";
    private const string IpAddressType = "gwctl.dev/ip-address-type";
    private const string Protect = "gwctl.dev/protect";
    /// <summary>A wrong value is an error at the annotation, and counts as not given.</summary>
    public static GatewayOverrides Of(GatewayRouting gateway, GcpSettings settings, Action<Diagnostic> report)
    {
        var result = GatewayAnnotations.Apply(
            gateway,
            new GatewayOverrides(settings.Balancer, false),
            static (overrides, annotation) => overrides.With(annotation),
            annotation => report(GcpDiagnostics.BadAnnotation(gateway, annotation, Remedy(annotation.Name))));
        if (result.Balancer.IsRegional && settings.Region is null)
        {
            report(GcpDiagnostics.GatewayWithoutRegion(gateway));
            return result with { Balancer = settings.Balancer };
        }

        if (result.Balancer is { IsRegional: true, HasIpv6: true })
        {
            report(GcpDiagnostics.NoIpv6(gateway));
            return result with { Balancer = result.Balancer with { IpAddressType = BalancerSettings.Ipv4 } };
        }

        return result;
    }

    /// <summary>Null where the annotation is unknown or its value wrong.</summary>
    private GatewayOverrides? With(Label annotation) => annotation switch
    {
        { Name: Scheme, Value: BalancerSettings.InternetFacing or BalancerSettings.Internal } =>
            this with { Balancer = Balancer with { Scheme = annotation.Value } },
        { Name: Location, Value: GcpSettings.Global or GcpSettings.Regional } =>
            this with { Balancer = Balancer with { Location = annotation.Value } },
        { Name: IpAddressType, Value: BalancerSettings.Ipv4 or BalancerSettings.DualStack } =>
            this with { Balancer = Balancer with { IpAddressType = annotation.Value } },
        { Name: Protect, Value: "true" or "false" } => this with { Protected = annotation.Value is "true" },
        _ => null,
    };

    private static string Remedy(string name) => name switch
    {
        Scheme => "Write internet-facing or internal.",
        Location => "Write global or regional.",
        IpAddressType => "Write ipv4 or dualstack.",
        Protect => "Write \"true\" or \"false\", in quotes.",
        _ => $"Known are {Scheme}, {Location}, {IpAddressType} and {Protect}.",
    };
}
