using Gwctl.Core;
using Gwctl.Engine.Planning;

namespace Gwctl.Engine.Providers;

/// <summary>Finds which requests will be treated otherwise.</summary>
public static class TrafficDiffer
{
    /// <summary>One change for each request class (Gateway, port, protocol, host, match) whose destination differs.
    /// Where a table has a class twice, the first row counts: no request reaches the second. Sorted by Gateway, port,
    /// protocol and host, and within those in evaluation order.</summary>
    public static TrafficDiff Compare(TrafficTable before, TrafficTable after)
    {
        var old = FirstRows(before);
        var seen = new HashSet<RowKey>(after.Rows.Count);
        var changes = new List<(RowKey Key, int Place, TrafficChange Change)>(after.Rows.Count);
        var unchanged = 0;
        for (var place = 0; place < after.Rows.Count; place++)
        {
            var row = after.Rows[place];
            var key = new RowKey(row);
            if (!seen.Add(key))
            {
                continue;
            }

            var was = old.GetValueOrDefault(key).Row;
            if (was is not null && string.Equals(was.Destination, row.Destination, StringComparison.Ordinal))
            {
                unchanged++;
                continue;
            }

            changes.Add((key, place, new TrafficChange(was, row)));
        }

        changes.AddRange(old.Where(entry => !seen.Contains(entry.Key))
            .Select(entry => (entry.Key, entry.Value.Place, new TrafficChange(entry.Value.Row, null))));
        changes.Sort(static (left, right) =>
        {
            var order = RowKey.ByTable(left.Key, right.Key);
            order = order is not 0 ? order : left.Place.CompareTo(right.Place);
            return order is not 0 ? order : string.CompareOrdinal(left.Key.Match, right.Key.Match);
        });
        return new TrafficDiff([.. changes.Select(change => change.Change)], unchanged);
    }

    private static Dictionary<RowKey, (TrafficRow Row, int Place)> FirstRows(TrafficTable table)
    {
        var rows = new Dictionary<RowKey, (TrafficRow, int)>(table.Rows.Count);
        for (var place = 0; place < table.Rows.Count; place++)
        {
            rows.TryAdd(new RowKey(table.Rows[place]), (table.Rows[place], place));
        }

        return rows;
    }

    private readonly record struct RowKey(ObjectName Gateway, int Port, string Protocol, string Host, string Match)
    {
        public RowKey(TrafficRow row)
            : this(row.Gateway, row.Port, row.Protocol, row.Host, row.Match)
        {
        }

        // These tell nearly all rows apart.
        public override int GetHashCode() => HashCode.Combine(Gateway.Name, Port, Host, Match);

        public static int ByTable(RowKey left, RowKey right)
        {
            var order = left.Gateway.CompareTo(right.Gateway);
            order = order is not 0 ? order : left.Port.CompareTo(right.Port);
            order = order is not 0 ? order : string.CompareOrdinal(left.Protocol, right.Protocol);
            return order is not 0 ? order : string.CompareOrdinal(left.Host, right.Host);
        }
    }
}
