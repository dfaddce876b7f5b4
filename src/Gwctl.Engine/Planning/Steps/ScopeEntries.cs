using Gwctl.Engine.Diff;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Planning.Steps;

/// <summary>A scope's changes, and how they hang together.</summary>
internal sealed class ScopeEntries
{
    // No cloud nests deeper; a longer chain is a circle in what was read, and ends there.
    private const int CascadeDepthMax = 16;

    private readonly Dictionary<ResourceAddress, Entry> _byAddress = [];
    private readonly Dictionary<string, Entry> _byLiveId = new(StringComparer.Ordinal);

    public ScopeEntries(ScopeInput input, IEnumerable<Change> changes)
    {
        Input = input;
        Live = new LiveIndex(input.Live);
        var schemas = input.Kinds.ToDictionary(kind => kind.Kind, StringComparer.Ordinal);
        var awaited = input.Kinds.SelectMany(kind => kind.After).ToHashSet(StringComparer.Ordinal);
        foreach (var change in changes)
        {
            var schema = schemas[change.Address.Kind];
            var entry = new Entry(change, schema) { IsLate = schema.After.Count > 0 && !awaited.Contains(schema.Kind) };
            All.Add(entry);
            if (entry.Node is not null)
            {
                _byAddress.Add(change.Address, entry);
            }

            if (entry.Live is { } live)
            {
                _byLiveId.Add(live.Id, entry);
            }
        }

        foreach (var entry in All)
        {
            entry.Sources = SourcesOf(entry);
            foreach (var source in entry.Sources)
            {
                source.AddUser(entry);
            }
        }
    }

    public ScopeInput Input { get; }

    public LiveIndex Live { get; }

    public List<Entry> All { get; } = [];

    public Entry? At(ResourceAddress address) => _byAddress.GetValueOrDefault(address);

    public Entry? Of(LiveResource? live) => live is null ? null : _byLiveId.GetValueOrDefault(live.Id);

    /// <summary>For a removed entry: the removed entry whose deletion takes it along; itself where it takes a
    /// step.</summary>
    public Entry RootOf(Entry removed)
    {
        var current = removed;
        for (var depth = 0; depth < CascadeDepthMax; depth++)
        {
            if (LiveParentOf(current) is not { IsRemoved: true } parent || ReferenceEquals(parent, current))
            {
                return current;
            }

            current = parent;
        }

        return removed;
    }

    /// <summary>True where the entry's only reference is to its parent: it says something of the parent and nothing
    /// else, as registered targets do.</summary>
    public static bool IsPartOf(Entry entry, Entry parent) =>
        entry.Schema.ParentAttribute is { } name
        && entry.Node?.Attributes[name] is AttributeValue.Reference reference
        && reference.Source == parent.Change.Address
        && entry.References.All(other => other.Source == reference.Source);

    /// <summary>Text that two objects share exactly if they share calls that set the batch attribute; null: no
    /// batch.</summary>
    public string? BatchGroupOf(KindSchema schema, AttributeMap attributes) =>
        schema.Batch is not { } batch ? null : attributes[batch.GroupAttribute] switch
        {
            AttributeValue.Reference reference => At(reference.Source) is { IsMade: false, Live: { } live }
                ? $"{schema.Kind} id {live.Id}"
                : $"{schema.Kind} new {reference.Source}",
            AttributeValue.Text text => $"{schema.Kind} id {Live.Find(text)?.Id ?? text.Value}",
            _ => $"{schema.Kind} all",
        };

    private Entry[] SourcesOf(Entry entry)
    {
        var sources = new List<Entry>(entry.References.Count);
        foreach (var reference in entry.References)
        {
            // Few, so that a set would cost more.
            if (At(reference.Source) is { } source && !sources.Contains(source))
            {
                sources.Add(source);
            }
        }

        return [.. sources];
    }

    private Entry? LiveParentOf(Entry entry) => entry.Schema.ParentAttribute is { } name && entry.Live is { } live
        ? Of(Live.Find(live.Attributes[name]))
        : null;
}
