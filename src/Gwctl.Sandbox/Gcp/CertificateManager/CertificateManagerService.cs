using Gwctl.Sandbox.Gcp.Compute;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp.CertificateManager;

/// <summary>Certificate Manager v1.</summary>
internal static class CertificateManagerService
{
    private const string Locations = "projects.locations";

    public static GcpService Create() => new(
        "certificatemanager",
        [
            .. CertificateKinds.All.SelectMany(Handlers),
            GcpHandler.Reads($"{Locations}.get", call => Location(call.Input.Required("name"))),
            GcpHandler.Reads($"{Locations}.list", ListLocations),
            GcpHandler.Reads($"{Locations}.operations.get", call =>
                CertificateOperations.Show(Operation(call), call.Now)),
            GcpHandler.Reads($"{Locations}.operations.list", ListOperations),
            GcpHandler.Writes($"{Locations}.operations.delete", call =>
            {
                Operation(call);
                var name = new CertificateName(call.Input.Required("name"));
                call.State.Delete(name.Table, name.Text);
                return new Struct();
            }),
        ]);

    private static IEnumerable<GcpHandler> Handlers(CertificateKind kind)
    {
        var name = kind.Collection is "certificateMapEntries"
            ? $"{Locations}.certificateMaps.{kind.Collection}"
            : $"{Locations}.{kind.Collection}";
        yield return GcpHandler.Writes($"{name}.create", call => CertificateResources.Create(call, kind));
        yield return GcpHandler.Writes($"{name}.delete", call => CertificateResources.Delete(call, kind));
        yield return GcpHandler.Reads($"{name}.get", call => CertificateResources.Get(call, kind));
        yield return GcpHandler.Reads($"{name}.list", call => CertificateResources.List(call, kind));
        yield return GcpHandler.Writes($"{name}.patch", call => CertificateResources.Patch(call, kind));
    }

    private static Struct Operation(GcpCall call)
    {
        var name = new CertificateName(call.Input.Required("name"));
        return call.State.Get(name.Table, name.Text)
            ?? throw new GcpException(404, "notFound", $"Operation \"{name.Text}\" not found");
    }

    private static Struct ListOperations(GcpCall call)
    {
        var parent = call.Input.Required("name");
        var table = new CertificateName($"{parent}/{CertificateOperations.Collection}/x").Table;
        var (page, next) = Paging.Take(
            call.State.Rows(table).Where(row => row.Key.StartsWith(parent, StringComparison.Ordinal)), row => row.Key,
            (int)(call.Input.Number("pageSize") ?? 0), call.Input.Text("pageToken"));
        return new Struct
        {
            { "nextPageToken", next },
            { "operations", page.Select(row => CertificateOperations.Show(row.Value, call.Now)) },
        };
    }

    private static Struct ListLocations(GcpCall call) => new()
    {
        {
            "locations",
            ComputeCatalog.Scopes.Where(scope => scope.Kind is not ScopeKind.Zone).Select(scope => Location(
                $"{call.Input.Required("name")}/locations/{(scope.Location is "" ? "global" : scope.Location)}"))
        },
    };

    private static Struct Location(string name)
    {
        var id = name.Split('/')[^1];
        return id is "global" || ComputeCatalog.Scopes.Contains(new ComputeScope(ScopeKind.Region, id))
            ? new Struct { { "locationId", id }, { "name", name } }
            : throw new GcpException(404, "notFound", $"Location \"{name}\" not found");
    }
}
