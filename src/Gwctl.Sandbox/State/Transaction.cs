using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.State;

/// <summary>One call's view of the state. Nothing that it writes is seen by others, or kept, unless the call succeeds:
/// a handler may therefore throw at any point without leaving half an effect.</summary>
public sealed class Transaction(Tables start, bool readOnly)
{
    private readonly List<StateChange> _changes = [];

    public Tables Tables { get; private set; } = start;

    public IReadOnlyList<StateChange> Changes => _changes;

    public Struct? Get(string table, string key) => Tables.Rows(table).GetValueOrDefault(key);

    public ImmutableSortedDictionary<string, Struct> Rows(string table) => Tables.Rows(table);

    public void Put(string table, string key, Struct document)
    {
        CheckWritable();
        Tables = Tables.Put(table, key, document);
        _changes.Add(new StateChange(table, key, document));
    }

    public void Delete(string table, string key)
    {
        CheckWritable();
        Tables = Tables.Delete(table, key);
        _changes.Add(new StateChange(table, key, null));
    }

    /// <summary>Lower-case hexadecimal digits, never given out before. Derived from a counter in the state, not from
    /// chance, so that equal call sequences on equal states make equal ids.</summary>
    public string NextHex(int digits)
    {
        CheckWritable();
        Tables = Tables with { LastId = Tables.LastId + 1 };
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"id {Tables.LastId}"));
        return Convert.ToHexStringLower(hash)[..digits];
    }

    private void CheckWritable()
    {
        if (readOnly)
        {
            throw new InvalidOperationException("An operation that is registered as reading tried to write.");
        }
    }
}

/// <summary>One document written, or deleted where <paramref name="Document"/> is null.</summary>
public sealed record StateChange(string Table, string Key, Struct? Document);
