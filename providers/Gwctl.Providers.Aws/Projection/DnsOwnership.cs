namespace Gwctl.Providers.Aws.Projection;

internal static class DnsOwnership
{
    public static string NameOf(string hostname) => $"a-{hostname}";

    public static string ValueOf(string owner, string resource) =>
        $"\"heritage=external-dns,external-dns/owner={owner},external-dns/resource={resource.ToLowerInvariant()}\"";
}
