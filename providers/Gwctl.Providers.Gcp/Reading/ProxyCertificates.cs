using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Gcp.Reading;

/// <summary>A proxy has certificates of its own or a certificate map. Google keeps both, and looks at the map; gwctl
/// keeps one, for the other's objects could never be deleted.</summary>
internal static class ProxyCertificates
{
    public const string Own = "sslCertificates";
    public const string Map = "certificateMap";

    /// <summary>The member that is not wanted, and is there; null where there is none.</summary>
    public static string? Leftover(AttributeMap live, AttributeMap? wanted) =>
        wanted is null ? null
        : wanted[Map] is not null && wanted[Own] is null && live.ListOf(Own).Count > 0 ? Own
        : wanted[Own] is not null && wanted[Map] is null && live.TextOrNull(Map) is { Length: > 0 } ? Map
        : null;

    /// <summary>With a leftover beside it, what is wanted counts as missing: so that the change that takes the leftover
    /// away is planned, whoever left it.</summary>
    public static AttributeMap Judged(AttributeMap live, AttributeMap? wanted) => Leftover(live, wanted) switch
    {
        Own => live.Without(Map),
        Map => live.Without(Own),
        _ => live,
    };
}
