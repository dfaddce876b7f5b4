using System.Collections.Frozen;
using Gwctl.Compiler.Specs.Decoding;

namespace Gwctl.Compiler.Specs.Kinds;

/// <summary>Whether a kind's objects live in namespaces.</summary>
internal enum KindScope
{
    Namespaced,
    Cluster,

    /// <summary>A namespace where one is given, else the whole cluster.</summary>
    Either,
}

/// <summary>A kind that gwctl reads.</summary>
internal sealed record KindEntry
{
    public required string Group { get; init; }

    public required string Kind { get; init; }

    /// <summary>The version that is read without a note.</summary>
    public required string Version { get; init; }

    /// <summary>Versions that have the same fields as far as they go.</summary>
    public string[] OlderVersions { get; init; } = [];

    /// <summary>The kind that took this one's place, and that it is read as.</summary>
    public KindEntry? Successor { get; init; }

    public KindScope Scope { get; init; }

    public TextRule NameForm { get; init; } = Forms.Subdomain;

    public required Func<ObjectContext, SpecObject?> Decode { get; init; }

    public string ApiVersion => Group is "" ? Version : $"{Group}/{Version}";
}

/// <summary>Which kinds are read, which are known and wait for a later version, and which groups are known in
/// full.</summary>
internal static class KindTable
{
    private static readonly string[] OldGatewayVersions = ["v1beta1", "v1alpha2"];

    /// <summary>Of the routes that were alpha until they were v1.</summary>
    private static readonly string[] AlphaVersions = ["v1alpha3", "v1alpha2"];

    private static readonly KindEntry ListenerSet = new()
    {
        Group = ApiGroups.Gateway,
        Kind = "ListenerSet",
        Version = "v1",
        Decode = ListenerSetDecoder.Decode,
    };

    private static readonly KindEntry[] All =
    [
        ListenerSet,
        ListenerSet with
        {
            Group = ApiGroups.GatewayExperimental,
            Kind = "XListenerSet",
            Version = "v1alpha1",
            Successor = ListenerSet,
        },
        new()
        {
            Group = ApiGroups.Gateway,
            Kind = "BackendTLSPolicy",
            Version = "v1",
            OlderVersions = ["v1alpha3"],
            Decode = BackendTlsPolicyDecoder.Decode,
        },
        new()
        {
            Group = ApiGroups.Gateway,
            Kind = "GatewayClass",
            Version = "v1",
            OlderVersions = OldGatewayVersions,
            Scope = KindScope.Cluster,
            Decode = GatewayDecoder.DecodeClass,
        },
        new()
        {
            Group = ApiGroups.Gateway,
            Kind = "Gateway",
            Version = "v1",
            OlderVersions = OldGatewayVersions,
            Decode = GatewayDecoder.Decode,
        },
        new()
        {
            Group = ApiGroups.Gateway,
            Kind = "HTTPRoute",
            Version = "v1",
            OlderVersions = OldGatewayVersions,
            Decode = HttpRouteDecoder.Decode,
        },
        Route("GRPCRoute", GrpcRouteDecoder.Decode),
        Route("TLSRoute", StreamRouteDecoder.DecodeTls),
        Route("TCPRoute", StreamRouteDecoder.DecodeTcp),
        Route("UDPRoute", StreamRouteDecoder.DecodeUdp),
        new()
        {
            Group = ApiGroups.Gateway,
            Kind = "ReferenceGrant",
            Version = "v1",
            OlderVersions = OldGatewayVersions,
            Decode = ReferenceGrantDecoder.Decode,
        },
        new()
        {
            Group = ApiGroups.Core,
            Kind = "Service",
            Version = "v1",
            NameForm = Forms.Label,
            Decode = ServiceDecoder.Decode,
        },
        new()
        {
            Group = ApiGroups.Core,
            Kind = "Namespace",
            Version = "v1",
            Scope = KindScope.Cluster,
            NameForm = Forms.Label,
            Decode = NamespaceDecoder.Decode,
        },
        new()
        {
            Group = ApiGroups.Core,
            Kind = "Secret",
            Version = "v1",
            Decode = SecretDecoder.Decode,
        },
        new()
        {
            Group = ApiGroups.Core,
            Kind = "ConfigMap",
            Version = "v1",
            Decode = ConfigMapDecoder.Decode,
        },
        new()
        {
            Group = ApiGroups.Discovery,
            Kind = "EndpointSlice",
            Version = "v1",
            OlderVersions = ["v1beta1"],
            Decode = EndpointSliceDecoder.Decode,
        },
        new()
        {
            Group = ApiGroups.Gwctl,
            Kind = "ProviderConfig",
            Version = "v1alpha1",
            Scope = KindScope.Either,
            Decode = ProviderConfigDecoder.Decode,
        },
        new()
        {
            Group = ApiGroups.Gwctl,
            Kind = "BackendPolicy",
            Version = "v1alpha1",
            Decode = BackendPolicyDecoder.Decode,
        },
        new()
        {
            Group = ApiGroups.Gwctl,
            Kind = "RouteTest",
            Version = "v1alpha1",
            Decode = RouteTestDecoder.Decode,
        },
        new()
        {
            Group = ApiGroups.Networking,
            Kind = "Ingress",
            Version = "v1",
            OlderVersions = ["v1beta1"],
            Decode = IngressDecoder.Decode,
        },
        new()
        {
            Group = ApiGroups.Gwctl,
            Kind = "DnsPolicy",
            Version = "v1alpha1",
            Decode = DnsPolicyDecoder.Decode,
        },
        new()
        {
            Group = ApiGroups.Gwctl,
            Kind = "Cutover",
            Version = "v1alpha1",
            Decode = CutoverDecoder.Decode,
        },
    ];

    /// <summary>Kinds that mean traffic or settings which this version makes nothing for: passed over, but not
    /// silently.</summary>
    private static readonly FrozenSet<(string Group, string Kind)> Later = new[]
    {
        (ApiGroups.GatewayExperimental, "XBackendTrafficPolicy"), (ApiGroups.GatewayExperimental, "XMesh"),
    }.ToFrozenSet();

    private static readonly FrozenDictionary<(string Group, string Kind), KindEntry> ByName =
        All.ToFrozenDictionary(entry => (entry.Group, entry.Kind));

    private static KindEntry Route(string kind, Func<ObjectContext, SpecObject?> decode) => new()
    {
        Group = ApiGroups.Gateway,
        Kind = kind,
        Version = "v1",
        OlderVersions = AlphaVersions,
        Decode = decode,
    };

    public static KindEntry? Find(string group, string kind) => ByName.GetValueOrDefault((group, kind));

    public static bool IsForLater(string group, string kind) => Later.Contains((group, kind));

    /// <summary>True for groups of which every kind is known: another kind there is a mistake, not somebody
    /// else's.</summary>
    public static bool IsKnownInFull(string group) => group is ApiGroups.Gateway or ApiGroups.Gwctl;

    /// <summary>True where some group has a kind of that name that is read.</summary>
    public static bool HasNamesake(string kind) => All.Any(entry => entry.Kind == kind);

    /// <summary>The known kind of the group that was probably meant.</summary>
    public static string? Nearest(string group, string kind)
    {
        var kinds = ByName.Keys.Concat(Later).Where(name => name.Group == group).Select(name => name.Kind);
        return IsKnownInFull(group)
            ? NearestName.Find(kind, kinds)
            : kinds.FirstOrDefault(known => string.Equals(known, kind, StringComparison.OrdinalIgnoreCase));
    }
}
