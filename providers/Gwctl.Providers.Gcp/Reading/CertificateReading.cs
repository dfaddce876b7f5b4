using System.Text.Json.Nodes;
using Gwctl.Core;
using Gwctl.Engine.Marks;
using Gwctl.Engine.Providers;
using Gwctl.Providers.Gcp.Api;

namespace Gwctl.Providers.Gcp.Reading;

/// <summary>An object of Certificate Manager.</summary>
/// <param name="Kind">Of <see cref="Kinds"/>.</param>
/// <param name="Name">The whole resource name.</param>
internal sealed record CertificateItem(string Kind, string Name, JsonObject Body);

/// <summary>What Certificate Manager answered.</summary>
/// <param name="IsDisabled">The API is not enabled in the project.</param>
internal sealed record CertificateSnapshot(EquatableList<CertificateItem> Items, bool IsDisabled);

/// <summary>Reads certificates, DNS authorizations and maps, and the entries of our maps.</summary>
internal sealed class CertificateReading(GcpApi api, ReadScope scope, Wanted wanted)
{
    public async Task<CertificateSnapshot> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var parent = api.CertificateManager.ParentIn(CertificateKind.Location);
            var tops = await Fanout.MapAsync(
                [.. CertificateKind.All.Where(kind => !kind.IsInMap)],
                (kind, stop) => ListAsync(kind, parent, stop),
                cancellationToken);
            var items = tops.SelectMany(found => found).ToList();
            var maps = items.Where(item => item.Kind is Kinds.CertificateMap && IsOurs(item))
                .Select(item => item.Name).ToList();
            var entries = await Fanout.MapAsync(
                maps,
                (map, stop) => ListAsync(CertificateKind.Of(Kinds.CertificateMapEntry), map, stop),
                cancellationToken);
            items.AddRange(entries.SelectMany(found => found));
            return new CertificateSnapshot([.. items], IsDisabled: false);
        }
        catch (GcpApiException exception) when (exception.ServiceDisabled && !IsUsed())
        {
            return new CertificateSnapshot([], IsDisabled: true);
        }
    }

    private bool IsUsed() => CertificateKind.All.Any(kind => wanted.OfKind(kind.Kind).Any());

    private bool IsOurs(CertificateItem item) => Marks.From(item.Body)[MarkNames.Owner] == scope.Owner;

    private async Task<IReadOnlyList<CertificateItem>> ListAsync(
        CertificateKind kind, string parent, CancellationToken cancellationToken) =>
        await api.CertificateManager.ListAsync(kind.Collection, parent, cancellationToken)
            .Select(body => new CertificateItem(
                kind.Kind, BodyForm.ResourceName(body.TextOrNull("name") ?? "", scope.Project), body))
            .ToListAsync(cancellationToken);
}
