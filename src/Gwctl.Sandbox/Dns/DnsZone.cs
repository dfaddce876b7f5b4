using System.Collections.Immutable;
using Gwctl.Sandbox.Aws.Route53;
using Gwctl.Sandbox.State;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Dns;

/// <summary>A hosted zone's records, by name.</summary>
/// <param name="Name">With a dot at the end.</param>
/// <param name="Names">Every name that has records, and every name above one within the zone, which then has
/// none.</param>
internal sealed record DnsZone(string Name, bool IsPrivate, IReadOnlyDictionary<string, List<Struct>> Names)
{
    public IEnumerable<Struct> At(string name) => Names.GetValueOrDefault(name) ?? Enumerable.Empty<Struct>();

    public static DnsZone Read(Struct zone, ImmutableSortedDictionary<string, Struct> records)
    {
        var apex = zone.Required("Name");
        var names = new Dictionary<string, List<Struct>>(StringComparer.Ordinal);
        foreach (var record in records.Values)
        {
            var name = record.Required("Name");
            ListAt(names, name).Add(record);
            while (name != apex && DnsName.IsWithin(name, apex))
            {
                name = Parent(name);
                ListAt(names, name);
            }
        }

        return new DnsZone(apex, zone.Member("Config")?.Flag("PrivateZone") is true, names);
    }

    public static string Parent(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot == name.Length - 1 ? "." : name[(dot + 1)..];
    }

    private static List<Struct> ListAt(Dictionary<string, List<Struct>> names, string name)
    {
        if (!names.TryGetValue(name, out var list))
        {
            names[name] = list = [];
        }

        return list;
    }
}

/// <summary>The zones of a moment. Kept until their rows change, so that a question costs no walk over a
/// zone.</summary>
internal sealed class DnsZones
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (object Rows, DnsZone Zone)> _known = new(StringComparer.Ordinal);
    private Tables? _tables;
    private IReadOnlyList<DnsZone> _zones = [];

    /// <summary>The zone with the longest name that holds the name; of equal ones the public one. Null where none
    /// does.</summary>
    public DnsZone? Find(Tables tables, string name) => Of(tables)
        .Where(zone => DnsName.IsWithin(name, zone.Name))
        .OrderByDescending(zone => zone.Name.Length)
        .ThenBy(zone => zone.IsPrivate)
        .FirstOrDefault();

    private IReadOnlyList<DnsZone> Of(Tables tables)
    {
        lock (_gate)
        {
            if (ReferenceEquals(tables, _tables))
            {
                return _zones;
            }

            _zones = [.. ZonesOf(tables).Select(zone => Known(tables, zone))];
            _tables = tables;
            return _zones;
        }
    }

    private DnsZone Known(Tables tables, Struct zone)
    {
        var id = zone.Required("@Id");
        var rows = tables.Rows(RecordState.Records(id));
        if (!_known.TryGetValue(id, out var known) || !ReferenceEquals(known.Rows, rows))
        {
            known = (rows, DnsZone.Read(zone, rows));
            _known[id] = known;
        }

        return known.Zone;
    }

    private static IEnumerable<Struct> ZonesOf(Tables tables) => tables.ByName
        .Where(table => table.Key.StartsWith("route53/", StringComparison.Ordinal)
            && table.Key.EndsWith("/zone", StringComparison.Ordinal))
        .OrderBy(table => table.Key, StringComparer.Ordinal)
        .SelectMany(table => table.Value.Values);
}
