using Gwctl.Engine.Resources;
using Gwctl.Providers.Gcp.Api;
using Gwctl.Providers.Gcp.Api.Compute;

namespace Gwctl.Providers.Gcp.Reading;

/// <summary>Live resources from what Compute Engine answered. Pure.</summary>
internal sealed class LiveCompute(GcpLiveBuilder live, ComputeSnapshot compute)
{
    /// <summary>Groups come before backend services in the table, so that these are put in their groups'
    /// order.</summary>
    public void AddAll()
    {
        foreach (var kind in ComputeKind.All)
        {
            foreach (var item in compute.Items[kind.Kind])
            {
                Add(kind, item);
            }
        }
    }

    private void Add(ComputeKind kind, ComputeItem item)
    {
        var id = ComputeKind.IdOf(item.Body);
        var name = item.Body.TextOrNull("name") ?? "";
        if (live.Place(kind.Kind, item.Location, name, id, item.Body) is not var (address, ownership))
        {
            return;
        }

        var shape = kind.Shape(live.Scope.Project, item.Location, item.Body);
        var wanted = live.Wanted[address]?.Attributes;
        var marks = Marks.From(item.Body);
        live.Add(new LiveResource
        {
            Address = address,
            Id = id,
            Ownership = ownership,
            Attributes = Fitting.Fit(
                BackendOrder.Like(ProxyCertificates.Judged(shape, wanted), wanted, GroupKey)
                    .Put("labels", Labels(shape, marks, wanted)),
                wanted),
            Outputs = ownership is Ownership.Ours ? kind.Outputs(item.Body) : AttributeMap.Empty,
            Fingerprint = Fingerprints.Of(item.Body, shape),
            Protected = ownership is Ownership.Ours && Protection.Of(item.Body),
            OwnerText = ownership is Ownership.Foreign ? Marks.OwnerText(item.Body) : "",
        });
        if (ownership is Ownership.Ours && compute.Endpoints.TryGetValue(id, out var endpoints))
        {
            AddEndpoints(address with { Kind = Kinds.Endpoints }, EndpointForm.Shape(id, endpoints), id);
        }
    }

    private void AddEndpoints(ResourceAddress address, AttributeMap shape, string group) => live.Add(new LiveResource
    {
        Address = address,
        Id = $"{group}/endpoints",
        Ownership = Ownership.Ours,
        Attributes = shape,
        Outputs = AttributeMap.Empty,
        Fingerprint = Fingerprints.Of(shape),
    });

    /// <summary>Those that the specs name, those that gwctl wrote when it made the object, and its own: others are
    /// other people's. One that was added later and is dropped stays, for nothing tells whose it is.</summary>
    private static AttributeValue? Labels(AttributeMap shape, Marks marks, AttributeMap? wanted)
    {
        if (wanted?.MapOrNull("labels") is not { } named)
        {
            return null;
        }

        var written = marks.LabelNames;
        return Attr.Map(new AttributeMap(shape.MapOf("labels").Fields.Where(
            label => named[label.Name] is not null || written.Contains(label.Name)
                || label.Name is Kinds.ProtectLabel)));
    }

    /// <summary>Equal for a reference and the id of what it refers to.</summary>
    private string GroupKey(AttributeValue? group) => group switch
    {
        AttributeValue.Reference(var source, _) => source.ToString(),
        AttributeValue.Text(var id) => live.AddressOf(id)?.ToString() ?? id,
        _ => "",
    };
}
