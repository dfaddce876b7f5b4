using Gwctl.Compiler.Specs;

namespace Gwctl.Controller.Watching;

/// <summary>A kind to watch.</summary>
/// <param name="Versions">By preference; the first that is served is watched.</param>
public sealed record WatchedKind(string Group, string Kind, params string[] Versions)
{
    /// <summary>Without it the controller has nothing to do, and waits until it is served.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Its status is the controller's to write.</summary>
    public bool HasStatus { get; init; }
}

/// <summary>The kinds that the controller reads.</summary>
public static class WatchedKinds
{
    /// <summary>Watched as a whole. Secrets and ConfigMaps are not: each one that is referred to has a watch of its
    /// own.</summary>
    public static readonly IReadOnlyList<WatchedKind> All =
    [
        new(ApiGroups.Gateway, "GatewayClass", "v1", "v1beta1") { IsRequired = true, HasStatus = true },
        new(ApiGroups.Gateway, "Gateway", "v1", "v1beta1") { IsRequired = true, HasStatus = true },
        new(ApiGroups.Gateway, "HTTPRoute", "v1", "v1beta1") { HasStatus = true },
        new(ApiGroups.Gateway, "GRPCRoute", "v1", "v1alpha2") { HasStatus = true },
        new(ApiGroups.Gateway, "TLSRoute", "v1", "v1alpha3", "v1alpha2") { HasStatus = true },
        new(ApiGroups.Gateway, "TCPRoute", "v1", "v1alpha2") { HasStatus = true },
        new(ApiGroups.Gateway, "UDPRoute", "v1", "v1alpha2") { HasStatus = true },
        new(ApiGroups.Gateway, "ListenerSet", "v1") { HasStatus = true },
        new(ApiGroups.Gateway, "BackendTLSPolicy", "v1", "v1alpha3") { HasStatus = true },
        new(ApiGroups.Gateway, "ReferenceGrant", "v1", "v1beta1"),
        new(ApiGroups.Core, "Service", "v1") { IsRequired = true },
        new(ApiGroups.Core, "Namespace", "v1") { IsRequired = true },
        new(ApiGroups.Discovery, "EndpointSlice", "v1") { IsRequired = true },
        new(ApiGroups.Gwctl, "ProviderConfig", "v1alpha1"),
        new(ApiGroups.Gwctl, "BackendPolicy", "v1alpha1"),
        new(ApiGroups.Gwctl, "DnsPolicy", "v1alpha1"),
        new(ApiGroups.Gwctl, "Cutover", "v1alpha1"),
    ];

    /// <summary>Read one by one, where something refers to them.</summary>
    public static readonly IReadOnlyList<WatchedKind> Referenced =
    [
        new(ApiGroups.Core, "Secret", "v1"),
        new(ApiGroups.Core, "ConfigMap", "v1"),
    ];
}
