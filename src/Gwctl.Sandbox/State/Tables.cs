using System.Collections.Immutable;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.State;

/// <summary>All state at one moment: named tables of documents, each ordered by key. Immutable, so that a reader
/// needs no
/// lock and an older moment can be kept for stale reads.</summary>
public sealed record Tables(ImmutableDictionary<string, ImmutableSortedDictionary<string, Struct>> ByName, long LastId)
{
    public static readonly Tables Empty =
        new(ImmutableDictionary.Create<string, ImmutableSortedDictionary<string, Struct>>(StringComparer.Ordinal), 0);

    private static readonly ImmutableSortedDictionary<string, Struct> NoRows =
        ImmutableSortedDictionary.Create<string, Struct>(StringComparer.Ordinal);

    public ImmutableSortedDictionary<string, Struct> Rows(string table) => ByName.GetValueOrDefault(table, NoRows);

    public Tables Put(string table, string key, Struct document) =>
        this with { ByName = ByName.SetItem(table, Rows(table).SetItem(key, document)) };

    public Tables Delete(string table, string key)
    {
        var rows = Rows(table).Remove(key);
        return this with { ByName = rows.IsEmpty ? ByName.Remove(table) : ByName.SetItem(table, rows) };
    }
}
