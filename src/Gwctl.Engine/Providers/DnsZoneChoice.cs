using Gwctl.Compiler.Specs;

namespace Gwctl.Engine.Providers;

/// <summary>Finds the zone of a name among the configured ones.</summary>
public static class DnsZoneChoice
{
    /// <summary>The zone with the longest name that holds the hostname; of equal names the private one where that is
    /// preferred, and the public one else. Null where none holds it.</summary>
    /// <param name="zones">A ProviderConfig's.</param>
    /// <param name="hostname">In lower case.</param>
    /// <param name="prefersPrivate">True for load balancers that only the inside reaches.</param>
    /// <param name="wantsPublic">True where only a public zone will do: nobody validates certificates in a private
    /// one.</param>
    public static DnsZoneSpec? Find(
        IEnumerable<DnsZoneSpec> zones, string hostname, bool prefersPrivate, bool wantsPublic = false)
    {
        DnsZoneSpec? best = null;
        foreach (var zone in zones)
        {
            if (Holds(zone.Name, hostname) && !(wantsPublic && zone.Private)
                && (best is null || IsBetter(zone, best, prefersPrivate && !wantsPublic)))
            {
                best = zone;
            }
        }

        return best;
    }

    /// <summary>In lower case, without the last dot.</summary>
    public static string NameOf(string zone) => zone.TrimEnd('.').ToLowerInvariant();

    private static bool IsBetter(DnsZoneSpec zone, DnsZoneSpec best, bool prefersPrivate) =>
        zone.Name.Length != best.Name.Length
            ? zone.Name.Length > best.Name.Length
            : zone.Private == prefersPrivate && best.Private != prefersPrivate;

    private static bool Holds(string zone, string hostname)
    {
        var name = NameOf(zone);
        return hostname == name
            || (hostname.Length > name.Length && hostname.EndsWith(name, StringComparison.Ordinal)
                && hostname[^(name.Length + 1)] is '.');
    }
}
