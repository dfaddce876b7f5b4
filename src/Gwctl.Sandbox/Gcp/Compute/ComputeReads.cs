using Gwctl.Sandbox.Contracts;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp.Compute;

/// <summary>Get, list and aggregated list, the same for every collection.</summary>
internal static class ComputeReads
{
    private const int PageMax = 500;

    public static Struct Get(GcpCall call, ComputeName name)
    {
        ComputeCatalog.RequireScope(call.Project, name.Scope);
        return Show(call, name, ComputeRows.Get(call.State, name));
    }

    public static Struct List(GcpCall call, Shape output, ComputeScope scope, string collection)
    {
        ComputeCatalog.RequireScope(call.Project, scope);
        var rows = ComputeRows.All(call.State, call.Project, collection).Where(row => row.Name.Scope == scope);
        var (page, next) = Page(call, rows);
        var path = collection is "regions" or "zones"
            ? $"projects/{call.Project}/{collection}"
            : $"projects/{call.Project}/{scope.Path}/{collection}";
        return new Struct
        {
            { "id", path },
            { "items", page.Count is 0 ? null : new ListValue(page.Select(row => row.Shown)) },
            { "kind", KindOf(output) },
            { "nextPageToken", next },
            { "selfLink", ComputeName.LinkOf(path) },
        };
    }

    /// <summary>Every scope has its entry; one without resources has a warning instead.</summary>
    public static Struct AggregatedList(GcpCall call, Shape output, string collection)
    {
        var (page, next) = Page(call, ComputeRows.All(call.State, call.Project, collection));
        var found = page.ToLookup(row => row.Name.Scope, row => row.Shown);
        var items = new Struct();
        foreach (var scope in ComputeCatalog.Scopes)
        {
            items.Add(scope.Path, found[scope].Any()
                ? new Struct { { collection, found[scope] } }
                : new Struct { { "warning", NoResults(scope) } });
        }

        var path = $"projects/{call.Project}/aggregated/{collection}";
        return new Struct
        {
            { "id", path },
            { "items", items },
            { "kind", KindOf(output) },
            { "nextPageToken", next },
            { "selfLink", ComputeName.LinkOf(path) },
        };
    }

    private static Struct NoResults(ComputeScope scope) => new()
    {
        { "code", "NO_RESULTS_ON_PAGE" },
        { "message", $"There are no results for scope '{scope.Path}' on this page." },
        { "data", [new Struct { { "key", "scope" }, { "value", scope.Path } }] },
    };

    private static (IReadOnlyList<(ComputeName Name, Struct Shown)> Page, string? Next) Page(
        GcpCall call, IEnumerable<(ComputeName Name, Struct Document)> rows)
    {
        var filter = ListFilter.Parse(call.Input.Text("filter") ?? "");
        var shown = rows
            .Select(row => (row.Name, Shown: Show(call, row.Name, row.Document)))
            .Where(row => filter.Matches(row.Shown));
        shown = call.Input.Text("orderBy") switch
        {
            null or "" or "name" => shown,
            "creationTimestamp desc" => shown.OrderByDescending(
                row => row.Shown.Text("creationTimestamp"), StringComparer.Ordinal),
            var other => throw GcpErrors.Invalid("orderBy", other, "Only name and creationTimestamp desc are known."),
        };
        return Paging.Take(
            shown, row => row.Name.Key, (int)(call.Input.Number("maxResults") ?? PageMax),
            call.Input.Text("pageToken"), call.Input.Text("orderBy") is null or "" or "name");
    }

    private static Struct Show(GcpCall call, ComputeName name, Struct document) =>
        name.Collection is ComputeOperations.Collection
            ? ComputeOperations.Show(document, call.Now)
            : ComputeKinds.Find(name.Collection)?.Show(call, name, document) ?? document;

    private static Value? KindOf(Shape output) => output.Member("kind")?.Default;
}
