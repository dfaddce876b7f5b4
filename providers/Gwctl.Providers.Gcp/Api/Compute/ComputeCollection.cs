using Gwctl.Core;

namespace Gwctl.Providers.Gcp.Api.Compute;

/// <summary>A collection of Compute Engine. In each kind of location Google's API has a service of its own for it, with
/// another name and other methods; paths are alike.</summary>
/// <param name="Segment">In the path, and the member of an aggregated list's parts: <c>urlMaps</c>.</param>
/// <param name="Global">The service for global objects: <c>urlMaps</c>, <c>globalAddresses</c>; null where there are
/// none.</param>
/// <param name="Regional">The service for regional ones.</param>
/// <param name="Zonal">The service for zonal ones.</param>
/// <param name="Aggregating">The service that lists all locations at once; null where only lists by location
/// do.</param>
public sealed record ComputeCollection(
    string Segment, string? Global, string? Regional, string? Zonal, string? Aggregating)
{
    public static readonly ComputeCollection Addresses =
        new("addresses", "globalAddresses", "addresses", null, "addresses");

    public static readonly ComputeCollection HealthChecks =
        new("healthChecks", "healthChecks", "regionHealthChecks", null, "healthChecks");

    public static readonly ComputeCollection NetworkEndpointGroups = new(
        "networkEndpointGroups",
        "globalNetworkEndpointGroups",
        "regionNetworkEndpointGroups",
        "networkEndpointGroups",
        "networkEndpointGroups");

    public static readonly ComputeCollection BackendServices =
        new("backendServices", "backendServices", "regionBackendServices", null, "backendServices");

    public static readonly ComputeCollection UrlMaps = new("urlMaps", "urlMaps", "regionUrlMaps", null, "urlMaps");

    public static readonly ComputeCollection SslCertificates =
        new("sslCertificates", "sslCertificates", "regionSslCertificates", null, "sslCertificates");

    public static readonly ComputeCollection TargetHttpProxies =
        new("targetHttpProxies", "targetHttpProxies", "regionTargetHttpProxies", null, "targetHttpProxies")
        {
            RootedVerbs = ["setUrlMap"],
        };

    public static readonly ComputeCollection TargetHttpsProxies =
        new("targetHttpsProxies", "targetHttpsProxies", "regionTargetHttpsProxies", null, "targetHttpsProxies")
        {
            RootedVerbs = ["setUrlMap", "setSslCertificates"],
        };

    public static readonly ComputeCollection TargetTcpProxies =
        new("targetTcpProxies", "targetTcpProxies", "regionTargetTcpProxies", null, "targetTcpProxies");

    public static readonly ComputeCollection TargetSslProxies =
        new("targetSslProxies", "targetSslProxies", null, null, null);

    public static readonly ComputeCollection ForwardingRules =
        new("forwardingRules", "globalForwardingRules", "forwardingRules", null, "forwardingRules");

    public static readonly ComputeCollection Networks = new("networks", "networks", null, null, null);

    public static readonly ComputeCollection Subnetworks =
        new("subnetworks", null, "subnetworks", null, "subnetworks");

    /// <summary>Verbs of the global service whose path, for history's sake, lacks <c>global/</c>.</summary>
    public EquatableList<string> RootedVerbs { get; private init; } = [];

    /// <summary>The service for objects of the location.</summary>
    public string ServiceIn(string location) =>
        (location is "global" ? Global : SelfLinks.IsZone(location) ? Zonal : Regional)
        ?? throw new ArgumentException($"There are no {Segment} in {location}.", nameof(location));
}

/// <summary>An object of Compute Engine.</summary>
/// <param name="Location"><c>global</c>, a region or a zone.</param>
public sealed record ComputeName(ComputeCollection Collection, string Location, string Name)
{
    public override string ToString() => $"{Location}/{Collection.Segment}/{Name}";
}
