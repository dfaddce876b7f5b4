using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Gwctl.Sandbox.Kubernetes.Storage;

namespace Gwctl.Sandbox.Kubernetes.Kinds;

/// <summary>The kinds that are served now: the native ones, and those that CustomResourceDefinitions in the store
/// describe.</summary>
internal sealed class KindCatalog
{
    private readonly ObjectStore _store;
    private readonly IReadOnlyList<Kind> _native;
    private readonly Kind _definitions;
    private readonly Lock _gate = new();
    private ImmutableSortedDictionary<string, Stored> _known = ResourceTable.NoRows;
    private volatile KindRegistry _current;

    private KindCatalog(ObjectStore store, IReadOnlyList<Kind> native)
    {
        _store = store;
        _native = native;
        _current = KindRegistry.Of(native, []);
        _definitions = Native("apiextensions.k8s.io", "customresourcedefinitions");
        Namespaces = Native("", "namespaces");
    }

    public KindRegistry Current => _current;

    public Kind Namespaces { get; }

    /// <summary>Takes everything of a store, and gives it the definitions to start with.</summary>
    public static KindCatalog Open(ObjectStore store, bool seeds, DateTimeOffset now)
    {
        var catalog = new KindCatalog(store, NativeKinds.All);
        foreach (var kind in catalog._native)
        {
            store.Load(kind);
        }

        if (seeds)
        {
            catalog.Seed(now);
        }

        catalog.Refresh();
        return catalog;
    }

    /// <summary>Takes note of definitions that were written.</summary>
    public void Refresh()
    {
        lock (_gate)
        {
            var (rows, _) = _store.Rows(_definitions);
            if (ReferenceEquals(rows, _known))
            {
                return;
            }

            var registry = KindRegistry.Of(_native, rows.Values.Select(row => row.ToJson("")));
            foreach (var kind in registry.All.Where(kind => kind.IsCustom))
            {
                _store.Load(kind);
            }

            _known = rows;
            _current = registry;
        }
    }

    /// <summary>Adds the definitions that are missing, and renews those that nobody has put others in place of.
    /// </summary>
    private void Seed(DateTimeOffset now) => _store.Write(writer =>
    {
        foreach (var seed in NativeKinds.Definitions)
        {
            var name = seed.Member("metadata").Text("name");
            var known = writer.Find(_definitions, name)?.ToJson("");
            var isOurs = known.Member("metadata").Member("annotations")?[DefinitionSeeds.Annotation] is not null;
            if (known is not null && (!isOurs || JsonNode.DeepEquals(known["spec"], Established(seed, now)["spec"])))
            {
                continue;
            }

            var made = Established(seed, now);
            var meta = made.Ensure("metadata");
            meta["uid"] = known?.Member("metadata").Text("uid") ?? writer.NextUid();
            meta["creationTimestamp"] = Times.Format(now);
            meta["generation"] = (known?.Member("metadata").Number("generation") ?? 0) + 1;
            writer.Put(_definitions, made);
        }

        return 0;
    });

    private static JsonObject Established(JsonObject seed, DateTimeOffset now)
    {
        var made = seed.Copy();
        DefinitionSeeds.Establish(made, now);
        return made;
    }

    private Kind Native(string group, string plural) => _current.Find(group, plural)
        ?? throw new InvalidOperationException($"The sandbox does not describe {plural}.{group}.");
}
