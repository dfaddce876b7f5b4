using Gwctl.Sandbox.State;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp.Compute;

/// <summary>Finds resources: those that are kept, and those that every project has.</summary>
internal static class ComputeRows
{
    public static Struct? Find(Transaction state, ComputeName name) =>
        ComputeCatalog.Holds(name.Collection)
            ? ComputeCatalog.Find(name)
            : state.Get(name.Table, name.Key) ?? FindById(state, name);

    /// <exception cref="GcpException">Not found.</exception>
    public static Struct Get(Transaction state, ComputeName name) =>
        Find(state, name) ?? throw GcpErrors.NotFound(name.Path);

    /// <summary>All resources of a collection with their names, in the order of their scopes and names.</summary>
    public static IEnumerable<(ComputeName Name, Struct Document)> All(
        Transaction state, string project, string collection) =>
        ComputeCatalog.Holds(collection)
            ? ComputeCatalog.All(project, collection)
            : state.Rows(ComputeName.TableOf(project, collection))
                .Select(row => (ComputeName.OfKey(project, collection, row.Key), row.Value));

    /// <summary>Makes sure that a resource is there, and that no operation is under way on it.</summary>
    public static void RequireReady(GcpCall call, ComputeName name)
    {
        var pending = PendingEffects.Find(call.State, name.Table, name.Key);
        var isThere = Find(call.State, name) is not null;
        if (!isThere && pending?.Document is null)
        {
            throw GcpErrors.NotFound(name.Path);
        }

        if (pending is not null && (!isThere || pending.Document is null))
        {
            throw GcpErrors.NotReady(name.Path);
        }
    }

    /// <summary>Makes sure that nobody uses a resource, nor is about to.</summary>
    public static void RequireUnused(GcpCall call, ComputeKind kind, ComputeName name, Struct document)
    {
        var user = kind.FindUser(call, name, document) ?? FindReferrer(call, name);
        if (user is not null)
        {
            throw GcpErrors.InUse(kind.Noun, name.Path, user.Path);
        }
    }

    private static ComputeName? FindReferrer(GcpCall call, ComputeName name)
    {
        foreach (var kind in ComputeKinds.ThatMayName(name.Collection))
        {
            var coming = PendingEffects.All(call.State)
                .Where(effect => effect.Table == ComputeName.TableOf(call.Project, kind.Collection))
                .Where(effect => effect.Document is not null)
                .Select(effect => (
                    ComputeName.OfKey(call.Project, kind.Collection, effect.Key), effect.Document ?? new Struct()));
            var user = All(call.State, call.Project, kind.Collection).Concat(coming)
                .FirstOrDefault(row => References.Of(kind, row.Item2).Contains(name.Path));
            if (user.Item1 is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static Struct? FindById(Transaction state, ComputeName name) =>
        name.Name.Length > 0 && char.IsAsciiDigit(name.Name[0])
            ? All(state, name.Project, name.Collection)
                .Where(row => row.Name.Scope == name.Scope && row.Document.Text("id") == name.Name)
                .Select(row => row.Document)
                .FirstOrDefault()
            : null;
}
