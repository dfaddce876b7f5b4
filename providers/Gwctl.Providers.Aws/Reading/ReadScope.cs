using System.Collections.Concurrent;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Reading;

/// <summary>As whom to read, and where DNS is ours to keep.</summary>
/// <param name="Name">The scope's name in addresses.</param>
/// <param name="Owner">The owner id in marks.</param>
internal sealed record ReadScope(string Name, string Owner, EquatableList<DnsZoneSpec> Zones);

/// <summary>The desired graph by address and by name.</summary>
internal sealed class Wanted
{
    /// <summary>Made when something lives to be compared with.</summary>
    private readonly Lazy<Dictionary<ResourceAddress, ResourceNode>> _nodes;

    private readonly Dictionary<(string Kind, string Name), ResourceNode> _byName = [];
    private readonly ILookup<string, ResourceNode> _byKind;

    public Wanted(ResourceGraph desired)
    {
        Lookups = LookupsIn.All(desired.Nodes);
        _nodes = new(() => desired.Nodes.ToDictionary(node => node.Address));
        _byKind = desired.Nodes.ToLookup(node => node.Address.Kind, StringComparer.Ordinal);
        foreach (var node in desired.Nodes)
        {
            if (node.Attributes.TextOrNull("name") is { } name)
            {
                _byName.TryAdd((node.Address.Kind, name), node);
            }
        }
    }

    /// <summary>Those of all nodes, each once, in a fixed order.</summary>
    public EquatableList<AttributeValue.Lookup> Lookups { get; }

    public ResourceNode? this[ResourceAddress address] => _nodes.Value.GetValueOrDefault(address);

    public ResourceNode? Named(string kind, string name) => _byName.GetValueOrDefault((kind, name));

    /// <summary>Sorted by address.</summary>
    public IEnumerable<ResourceNode> OfKind(string kind) => _byKind[kind];

    /// <summary>The managed map (attributes, tags) of the node; null where it manages none.</summary>
    public AttributeMap? Managed(ResourceAddress address, string name) =>
        this[address]?.Attributes.MapOrNull(name) is { Fields.Count: > 0 } map ? map : null;
}

/// <summary>The digests that this process wrote last. The tagging API shows a tag as it was a while ago, so a digest
/// from there is trusted only where it is not one that we know to be overwritten: else a change there and back again
/// within its lag would look like no change at all.</summary>
internal sealed class DigestLedger
{
    private readonly ConcurrentDictionary<(string Arn, string Mark), string> _written = new();

    public void Wrote(string arn, string mark, string digest) => _written[(arn, mark)] = digest;

    public bool Contradicts(string arn, string mark, string? digest) =>
        _written.TryGetValue((arn, mark), out var written) && written != digest;
}
