using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Gwctl.Core;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Gcp.Api.CertificateManager;

namespace Gwctl.Providers.Gcp.Reading;

/// <summary>A kind whose objects are Certificate Manager's.</summary>
/// <param name="Kind">Of <see cref="Kinds"/>.</param>
/// <param name="Collection">Where they are.</param>
internal sealed record CertificateKind(string Kind, CertificateCollection Collection)
{
    /// <summary>Maps exist nowhere else.</summary>
    public const string Location = "global";

    public static readonly EquatableList<CertificateKind> All =
    [
        new(Kinds.DnsAuthorization, CertificateCollection.DnsAuthorizations),
        new(Kinds.Certificate, CertificateCollection.Certificates),
        new(Kinds.CertificateMap, CertificateCollection.CertificateMaps),
        new(Kinds.CertificateMapEntry, CertificateCollection.CertificateMapEntries),
    ];

    private static readonly FrozenDictionary<string, CertificateKind> s_byKind =
        All.ToFrozenDictionary(kind => kind.Kind, StringComparer.Ordinal);

    /// <summary>What Google writes by itself, and what the marks stand for.</summary>
    private static readonly FrozenSet<string> s_notAttributes = FrozenSet.Create(
        StringComparer.Ordinal,
        "createTime", "description", "dnsResourceRecord", "expireTime", "gclbTargets", "labels", "pemCertificate",
        "sanDnsnames", "state", "type", "updateTime", "usedBy");

    public static CertificateKind Of(string kind) => s_byKind[kind];

    /// <summary>Objects are below a map, not directly below a location.</summary>
    public bool IsInMap => Kind is Kinds.CertificateMapEntry;

    /// <summary>The attributes of a living object, secrets by the digests in its marks.</summary>
    public AttributeMap Shape(string project, string resourceName, JsonObject body)
    {
        var shape = BodyForm.From(body);
        foreach (var name in s_notAttributes)
        {
            shape = shape.Without(name);
        }

        var parts = resourceName.Split('/');
        shape = shape.Put("name", parts[^1]).Put("location", Location);
        if (IsInMap)
        {
            shape = shape.Put("certificateMap", string.Join('/', parts[..^2]));
        }

        if (shape["certificates"] is not null)
        {
            shape = shape.Put("certificates", Names(shape, "certificates", project));
        }

        if (shape.MapOrNull("managed") is { } managed)
        {
            shape = shape.Put("managed", Attr.Map(AttributeMap.Empty
                .Put("domains", managed["domains"])
                .Put("dnsAuthorizations", Names(managed, "dnsAuthorizations", project))));
        }

        return Secrets.Into(shape.Without("selfManaged"), Marks.From(body));
    }

    public AttributeMap Outputs(string resourceName)
    {
        var outputs = AttributeMap.Empty.Put("resourceName", resourceName);
        return Kind is Kinds.CertificateMap
            ? outputs.Put("selfLink", BodyForm.CertificateMapLink(resourceName, ""))
            : outputs;
    }

    private static AttributeValue Names(AttributeMap map, string name, string project) =>
        Attr.List(map.TextsOf(name).Select(text => Attr.Text(BodyForm.ResourceName(text, project))));
}
