using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Gcp.Reading;

/// <summary>As whom to read, and where DNS is ours to keep.</summary>
/// <param name="Name">The scope's name in addresses.</param>
/// <param name="Owner">The owner id in marks.</param>
/// <param name="Project">The project's id.</param>
/// <param name="Zones">The configuration's; an id is the managed zone's name.</param>
internal sealed record ReadScope(string Name, string Owner, string Project, EquatableList<DnsZoneSpec> Zones);

/// <summary>The desired graph by address and by name.</summary>
internal sealed class Wanted
{
    private readonly Dictionary<ResourceAddress, ResourceNode> _nodes;
    private readonly Dictionary<(string Kind, string Location, string Name), ResourceNode> _byName = [];
    private readonly ILookup<string, ResourceNode> _byKind;

    public Wanted(ResourceGraph desired)
    {
        Lookups = LookupsIn.All(desired.Nodes);
        _nodes = desired.Nodes.ToDictionary(node => node.Address);
        _byKind = desired.Nodes.ToLookup(node => node.Address.Kind, StringComparer.Ordinal);
        foreach (var node in desired.Nodes)
        {
            if (node.Attributes.TextOrNull("name") is { } name
                && node.Attributes.TextOrNull("location") is { } location)
            {
                _byName.TryAdd((node.Address.Kind, location, name), node);
            }
        }
    }

    /// <summary>Those of all nodes, each once, in a fixed order.</summary>
    public EquatableList<AttributeValue.Lookup> Lookups { get; }

    public ResourceNode? this[ResourceAddress address] => _nodes.GetValueOrDefault(address);

    public ResourceNode? Named(string kind, string location, string name) =>
        _byName.GetValueOrDefault((kind, location, name));

    /// <summary>Sorted by address.</summary>
    public IEnumerable<ResourceNode> OfKind(string kind) => _byKind[kind];
}
