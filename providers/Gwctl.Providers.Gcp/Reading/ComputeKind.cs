using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Gwctl.Core;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Gcp.Api;
using Gwctl.Providers.Gcp.Api.Compute;

namespace Gwctl.Providers.Gcp.Reading;

/// <summary>A kind whose objects are Compute Engine's, with bodies that are attributes.</summary>
/// <param name="Kind">Of <see cref="Kinds"/>.</param>
/// <param name="Collection">Where they are.</param>
internal sealed record ComputeKind(string Kind, ComputeCollection Collection)
{
    public static readonly EquatableList<ComputeKind> All =
    [
        new(Kinds.Address, ComputeCollection.Addresses),
        new(Kinds.HealthCheck, ComputeCollection.HealthChecks),
        new(Kinds.NetworkEndpointGroup, ComputeCollection.NetworkEndpointGroups),
        new(Kinds.BackendService, ComputeCollection.BackendServices),
        new(Kinds.UrlMap, ComputeCollection.UrlMaps),
        new(Kinds.SslCertificate, ComputeCollection.SslCertificates),
        new(Kinds.TargetHttpProxy, ComputeCollection.TargetHttpProxies),
        new(Kinds.TargetHttpsProxy, ComputeCollection.TargetHttpsProxies),
        new(Kinds.TargetTcpProxy, ComputeCollection.TargetTcpProxies),
        new(Kinds.TargetSslProxy, ComputeCollection.TargetSslProxies),
        new(Kinds.ForwardingRule, ComputeCollection.ForwardingRules),
    ];

    private static readonly FrozenDictionary<string, ComputeKind> s_byKind =
        All.ToFrozenDictionary(kind => kind.Kind, StringComparer.Ordinal);

    /// <summary>What Google writes into bodies by itself, and what the marks stand for.</summary>
    private static readonly FrozenSet<string> s_notAttributes = FrozenSet.Create(
        StringComparer.Ordinal,
        "creationTimestamp", "description", "expireTime", "fingerprint", "id", "kind", "labelFingerprint", "region",
        "selfLink", "selfLinkWithId", "size", "status", "usedBy", "users", "zone", "selfManaged",
        "subjectAlternativeNames", "pscConnectionId", "pscConnectionStatus", "certificate", "privateKey");

    public static ComputeKind Of(string kind) => s_byKind[kind];

    /// <summary>The object's name in calls.</summary>
    public ComputeName NameOf(AttributeMap attributes) =>
        new(Collection, attributes.TextOf("location"), attributes.TextOf("name"));

    /// <summary>The object's name in calls, from its <c>selfLink</c>.</summary>
    public ComputeName NameOf(string selfLink)
    {
        var parts = selfLink.Split('/');
        return new ComputeName(Collection, parts[^3], parts[^1]);
    }

    /// <summary>The attributes of a living object, secrets by the digests in its marks.</summary>
    public AttributeMap Shape(string project, string location, JsonObject body)
    {
        var shape = BodyForm.From(body);
        foreach (var name in s_notAttributes)
        {
            shape = shape.Without(name);
        }

        shape = shape.Put("location", location);
        if (shape.TextOrNull("certificateMap") is { } map)
        {
            shape = shape.Put("certificateMap", BodyForm.CertificateMapLink(map, project));
        }

        if (Kind is Kinds.SslCertificate && shape.MapOrNull("managed") is { } managed)
        {
            shape = shape.Put("managed", Attr.Map(AttributeMap.Empty.Put("domains", managed["domains"])));
        }

        if (Kind is Kinds.Address)
        {
            shape = shape.Without("address");
        }

        return Secrets.Into(shape, Marks.From(body));
    }

    public AttributeMap Outputs(JsonObject body)
    {
        var outputs = AttributeMap.Empty.Put("selfLink", IdOf(body));
        return Kind switch
        {
            Kinds.Address => outputs.Put("address", body.TextOrNull("address")),
            Kinds.ForwardingRule => outputs.Put("address", body.TextOrNull("IPAddress")),
            _ => outputs,
        };
    }

    public static string IdOf(JsonObject body) =>
        body.TextOrNull("selfLink") is { } link ? SelfLinks.Canonical(link) ?? link : "";
}
