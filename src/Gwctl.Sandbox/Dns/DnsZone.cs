using Gwctl.Sandbox.Aws.Route53;
using Gwctl.Sandbox.State;
using Gwctl.Sandbox.Values;
using Rows = System.Collections.Immutable.ImmutableSortedDictionary<string, Gwctl.Sandbox.Values.Struct>;

namespace Gwctl.Sandbox.Dns;

/// <summary>A hosted zone's records, by name.</summary>
/// <param name="Name">With a dot at the end.</param>
/// <param name="Names">Every name that has records, and every name above one within the zone, which then has
/// none.</param>
internal sealed record DnsZone(string Name, bool IsPrivate, IReadOnlyDictionary<string, List<Struct>> Names)
{
    /// <summary>A star, as Route 53 keeps it.</summary>
    public const string Wildcard = @"\052.";

    public IEnumerable<Struct> At(string name) => Names.GetValueOrDefault(name) ?? Enumerable.Empty<Struct>();

    /// <summary>The name whose records answer: the name itself where it exists, else the wildcard beside it; null where
    /// neither does.</summary>
    public string? SourceOf(string name)
    {
        if (Names.ContainsKey(name))
        {
            return name;
        }

        var encloser = Parent(name);
        while (!Names.ContainsKey(encloser) && encloser != Name)
        {
            encloser = Parent(encloser);
        }

        var wildcard = Wildcard + encloser;
        return Names.ContainsKey(wildcard) ? wildcard : null;
    }

    public static DnsZone Read(Struct zone, Rows records) =>
        Of(zone.Required("Name"), zone.Member("Config")?.Flag("PrivateZone") is true, records.Values);

    /// <param name="apex">With a dot at the end.</param>
    /// <param name="isPrivate">Only the inside may ask.</param>
    /// <param name="records">As Route 53 has them.</param>
    public static DnsZone Of(string apex, bool isPrivate, IEnumerable<Struct> records)
    {
        var names = new Dictionary<string, List<Struct>>(StringComparer.Ordinal);
        foreach (var record in records)
        {
            var name = record.Required("Name");
            ListAt(names, name).Add(record);
            while (name != apex && DnsName.IsWithin(name, apex))
            {
                name = Parent(name);
                ListAt(names, name);
            }
        }

        return new DnsZone(apex, isPrivate, names);
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
    private readonly Dictionary<Rows, DnsZone> _known = new(ReferenceEqualityComparer.Instance);
    private Tables? _tables;
    private IReadOnlyList<DnsZone> _zones = [];

    /// <summary>The zone with the longest name that holds the name; of equal ones the public one, then the one that has
    /// the name: the same zone in two clouds, of which nobody delegates to either. Null where none does.</summary>
    public DnsZone? Find(Tables tables, string name) => Of(tables)
        .Where(zone => DnsName.IsWithin(name, zone.Name))
        .OrderByDescending(zone => zone.Name.Length)
        .ThenBy(zone => zone.IsPrivate)
        .ThenBy(zone => zone.SourceOf(name) is null)
        .FirstOrDefault();

    private IReadOnlyList<DnsZone> Of(Tables tables)
    {
        lock (_gate)
        {
            if (ReferenceEquals(tables, _tables))
            {
                return _zones;
            }

            _zones =
            [
                .. ZonesOf(tables).Select(zone =>
                    Known(tables.Rows(RecordState.Records(zone.Required("@Id"))), rows => DnsZone.Read(zone, rows))),
                .. CloudZones.All(tables).Select(zone => Known(zone.Rows, rows => CloudZones.Read(zone.Zone, rows))),
            ];
            Forget();
            _tables = tables;
            return _zones;
        }
    }

    private DnsZone Known(Rows rows, Func<Rows, DnsZone> read)
    {
        if (!_known.TryGetValue(rows, out var zone))
        {
            _known[rows] = zone = read(rows);
        }

        return zone;
    }

    /// <summary>Rows that nobody has any more.</summary>
    private void Forget()
    {
        foreach (var rows in _known.Where(known => !_zones.Contains(known.Value)).Select(known => known.Key).ToList())
        {
            _known.Remove(rows);
        }
    }

    private static IEnumerable<Struct> ZonesOf(Tables tables) => tables.ByName
        .Where(table => table.Key.StartsWith("route53/", StringComparison.Ordinal)
            && table.Key.EndsWith("/zone", StringComparison.Ordinal))
        .OrderBy(table => table.Key, StringComparer.Ordinal)
        .SelectMany(table => table.Value.Values);
}
