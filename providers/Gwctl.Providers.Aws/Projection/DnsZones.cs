using Gwctl.Compiler.Specs;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Settling;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>Finds the hosted zone of a name among the configured ones.</summary>
internal static class DnsZones
{
    /// <summary>The zone with the longest name that holds the hostname; of equal names the private one for an internal
    /// load balancer, and the public one else. Null where none holds it.</summary>
    /// <param name="wantsPublic">True where only a public zone will do: nobody validates certificates in a private
    /// one.</param>
    public static DnsZoneSpec? Find(GatewayBuilder gateway, string hostname, bool wantsPublic = false)
    {
        var prefersPrivate = !wantsPublic && gateway.Balancer.Scheme is LoadBalancerSettings.Internal;
        DnsZoneSpec? best = null;
        foreach (var zone in gateway.Settings.Zones)
        {
            if (Holds(zone.Name, hostname) && !(wantsPublic && zone.Private)
                && (best is null || IsBetter(zone, best, prefersPrivate)))
            {
                best = zone;
            }
        }

        return best;
    }

    private static bool IsBetter(DnsZoneSpec zone, DnsZoneSpec best, bool prefersPrivate) =>
        zone.Name.Length != best.Name.Length
            ? zone.Name.Length > best.Name.Length
            : zone.Private == prefersPrivate && best.Private != prefersPrivate;

    public static AttributeValue IdOf(DnsZoneSpec zone) =>
        zone.Id is { } id ? new AttributeValue.Text(id) : Lookups.ForZone(NameOf(zone.Name), zone.Private);

    private static bool Holds(string zone, string hostname)
    {
        var name = NameOf(zone);
        return hostname == name
            || (hostname.Length > name.Length && hostname.EndsWith(name, StringComparison.Ordinal)
                && hostname[^(name.Length + 1)] is '.');
    }

    /// <summary>In lower case, without the last dot.</summary>
    public static string NameOf(string zone) => zone.TrimEnd('.').ToLowerInvariant();
}
