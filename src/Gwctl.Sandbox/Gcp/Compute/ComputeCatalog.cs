using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp.Compute;

/// <summary>What every project has from the start: some of Google's regions with their zones, and the default network
/// with a subnetwork and a proxy-only subnetwork in each region.</summary>
internal static class ComputeCatalog
{
    private static readonly (string Region, string Zones)[] Places =
    [
        ("asia-east1", "abc"), ("asia-northeast1", "abc"), ("asia-south1", "abc"), ("asia-southeast1", "abc"),
        ("australia-southeast1", "abc"), ("europe-north1", "abc"), ("europe-west1", "bcd"), ("europe-west2", "abc"),
        ("europe-west3", "abc"), ("europe-west4", "abc"), ("us-central1", "abcf"), ("us-east1", "bcd"),
        ("us-east4", "abc"), ("us-west1", "abc"),
    ];

    private static readonly DateTimeOffset Opened = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static IEnumerable<ComputeScope> Scopes =>
    [
        ComputeScope.Global,
        .. Places.Select(place => new ComputeScope(ScopeKind.Region, place.Region)),
        .. Places.SelectMany(place => ZonesOf(place)).Select(zone => new ComputeScope(ScopeKind.Zone, zone)),
    ];

    public static bool Holds(string collection) => collection is "regions" or "zones" or "networks" or "subnetworks";

    /// <exception cref="GcpException">Google has no such region or zone.</exception>
    public static void RequireScope(string project, ComputeScope scope)
    {
        if (!Scopes.Contains(scope))
        {
            throw GcpErrors.NotFound($"projects/{project}/{scope.Path}");
        }
    }

    public static Struct? Find(ComputeName name) => All(name.Project, name.Collection)
        .Where(row => row.Name == name)
        .Select(row => row.Document)
        .FirstOrDefault();

    public static IEnumerable<(ComputeName Name, Struct Document)> All(string project, string collection) =>
        collection switch
        {
            "regions" => Places.Select(place => Region(project, place)),
            "zones" => Places.SelectMany(place => ZonesOf(place).Select(zone => Zone(project, place.Region, zone))),
            "networks" => [Network(project)],
            _ => Places.SelectMany((place, index) => new[]
            {
                Subnetwork(project, place.Region, "default", $"10.{128 + (index * 2)}.0.0/20", "PRIVATE"),
                Subnetwork(
                    project, place.Region, "proxy-only", $"10.{129 + (index * 2)}.0.0/23", "REGIONAL_MANAGED_PROXY"),
            }),
        };

    private static IEnumerable<string> ZonesOf((string Region, string Zones) place) =>
        place.Zones.Select(letter => $"{place.Region}-{letter}");

    private static (ComputeName, Struct) Region(string project, (string Region, string Zones) place)
    {
        var name = new ComputeName(project, ComputeScope.Global, "regions", place.Region);
        var document = Common(name, "compute#region");
        document.Add("description", place.Region);
        document.Add("status", "UP");
        document.Add("supportsPzs", false);
        document.Add("zones", ZonesOf(place).Select(zone => ComputeName.LinkOf($"projects/{project}/zones/{zone}")));
        return (name, document);
    }

    private static (ComputeName, Struct) Zone(string project, string region, string zone)
    {
        var name = new ComputeName(project, ComputeScope.Global, "zones", zone);
        var document = Common(name, "compute#zone");
        document.Add("description", zone);
        document.Add("region", ComputeName.LinkOf($"projects/{project}/regions/{region}"));
        document.Add("status", "UP");
        document.Add("supportsPzs", false);
        return (name, document);
    }

    private static (ComputeName, Struct) Network(string project)
    {
        var name = NetworkName(project);
        var document = Common(name, "compute#network");
        document.Add("autoCreateSubnetworks", true);
        document.Add("description", "Default network for the project");
        document.Add("networkFirewallPolicyEnforcementOrder", "AFTER_CLASSIC_FIREWALL");
        document.Add("selfLinkWithId", name.Link);
        document.Add("routingConfig", new Struct { { "routingMode", "REGIONAL" } });
        document.Add("subnetworks", Places.Select(place => new ComputeName(
            project, new ComputeScope(ScopeKind.Region, place.Region), "subnetworks", "default").Link));
        return (name, document);
    }

    private static (ComputeName, Struct) Subnetwork(
        string project, string region, string called, string range, string purpose)
    {
        var scope = new ComputeScope(ScopeKind.Region, region);
        var name = new ComputeName(project, scope, "subnetworks", called);
        var document = Common(name, "compute#subnetwork");
        document.Add("fingerprint", GcpText.Fingerprint(new TextValue(range)));
        document.Add("gatewayAddress", range.Split('/')[0][..^1] + "1");
        document.Add("ipCidrRange", range);
        document.Add("network", NetworkName(project).Link);
        document.Add("privateIpGoogleAccess", false);
        document.Add("purpose", purpose);
        document.Add("region", ComputeName.LinkOf($"projects/{project}/regions/{region}"));
        document.Add("role", purpose is "PRIVATE" ? null : "ACTIVE");
        document.Add("stackType", "IPV4_ONLY");
        return (name, document);
    }

    private static ComputeName NetworkName(string project) =>
        new(project, ComputeScope.Global, "networks", "default");

    private static Struct Common(ComputeName name, string kind) => new()
    {
        { "creationTimestamp", GcpText.ComputeTime(Opened) },
        { "id", Number(name.Path) },
        { "kind", kind },
        { "name", name.Name },
        { "selfLink", name.Link },
    };

    /// <summary>The same in every sandbox.</summary>
    private static string Number(string path)
    {
        var digest = Convert.FromBase64String(GcpText.Fingerprint(new TextValue(path)));
        return $"{1_000_000_000_000_000_000 + (BitConverter.ToUInt64(digest) % 8_000_000_000_000_000_000)}";
    }
}
