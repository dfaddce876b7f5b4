using Gwctl.Compiler.Specs;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Settling;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>The hosted zones of names.</summary>
internal static class DnsZones
{
    /// <summary>Null where none of the configured ones holds the name.</summary>
    /// <param name="wantsPublic">True where only a public zone will do.</param>
    public static DnsZoneSpec? Find(GatewayBuilder gateway, string hostname, bool wantsPublic = false) =>
        DnsZoneChoice.Find(
            gateway.Settings.Zones, hostname, gateway.Balancer.Scheme is LoadBalancerSettings.Internal, wantsPublic);

    public static AttributeValue IdOf(DnsZoneSpec zone) =>
        zone.Id is { } id
            ? new AttributeValue.Text(id)
            : Lookups.ForZone(DnsZoneChoice.NameOf(zone.Name), zone.Private);
}
