using System.Globalization;
using Gwctl.Sandbox.State;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp;

/// <summary>What accepted calls will have done once their operations are through. It is kept in the state, so that a
/// sandbox that is started again goes on with it.</summary>
internal static class PendingEffects
{
    public const string Table = "gcp/pending";

    /// <summary>Applies the changes now if they are due, else keeps them until they are.</summary>
    public static void Schedule(
        Transaction state, DateTimeOffset now, DateTimeOffset due, IEnumerable<StateChange> changes)
    {
        var effects = changes.ToList();
        if (due <= now)
        {
            effects.ForEach(effect => Apply(state, effect));
            return;
        }

        // A later call's effect never comes before an earlier one's at the same moment.
        var key = $"{due.ToUnixTimeMilliseconds():D15}-{state.Rows(Table).Count:D6}-{state.NextHex(8)}";
        state.Put(Table, key, new Struct { { "Effects", effects.Select(Write) } });
    }

    public static DateTimeOffset? NextDue(Tables tables) =>
        tables.Rows(Table) is { IsEmpty: false } rows ? Due(rows.First().Key) : null;

    /// <summary>Applies everything that is due.</summary>
    public static void Settle(Transaction state, DateTimeOffset now)
    {
        foreach (var (key, document) in state.Rows(Table).TakeWhile(row => Due(row.Key) <= now))
        {
            foreach (var effect in document.Structs("Effects"))
            {
                Apply(state, Read(effect));
            }

            state.Delete(Table, key);
        }
    }

    /// <summary>What is going to happen to a document; null where nothing is.</summary>
    public static StateChange? Find(Transaction state, string table, string key) =>
        All(state).LastOrDefault(effect => effect.Table == table && effect.Key == key);

    public static IEnumerable<StateChange> All(Transaction state) => All(state.Tables);

    public static IEnumerable<StateChange> All(Tables tables) =>
        tables.Rows(Table).Values.SelectMany(document => document.Structs("Effects")).Select(Read);

    private static DateTimeOffset Due(string key) =>
        DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(key.AsSpan(0, 15), CultureInfo.InvariantCulture));

    private static void Apply(Transaction state, StateChange effect)
    {
        if (effect.Document is { } document)
        {
            state.Put(effect.Table, effect.Key, document);
        }
        else
        {
            state.Delete(effect.Table, effect.Key);
        }
    }

    private static Struct Write(StateChange effect) => new()
    {
        { "Table", effect.Table },
        { "Key", effect.Key },
        { "Document", effect.Document },
    };

    private static StateChange Read(Struct effect) =>
        new(effect.Required("Table"), effect.Required("Key"), effect.Member("Document"));
}
