using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Diff;

/// <summary>One run of <see cref="Differ.Compare"/>.</summary>
internal sealed class Comparison
{
    private readonly EquatableList<ResourceNode> _nodes;
    private readonly Dictionary<string, KindSchema> _schemas;
    private readonly Dictionary<ResourceAddress, int> _indexes;
    private readonly Dictionary<ResourceAddress, List<LiveResource>> _ours = [];
    private readonly Dictionary<ResourceAddress, LiveResource> _foreign = [];
    private readonly IReadOnlyList<AttributeValue.Reference>[] _references;

    // What others may refer to: the living object that stays. Null while not decided, to be created, replaced or
    // blocked.
    private readonly LiveResource?[] _staying;
    private readonly bool[] _blocked;

    // By node, so that they are in order already; and what is to go, in no order.
    private readonly Change?[] _changes;
    private readonly List<Change> _deletions = [];
    private readonly List<Diagnostic> _diagnostics = [];
    private readonly AttributeComparison _attributes;

    public Comparison(ResourceGraph settled, LiveState live, IReadOnlyList<KindSchema> kinds)
    {
        _nodes = settled.Nodes;
        _schemas = kinds.ToDictionary(kind => kind.Kind, StringComparer.Ordinal);
        _indexes = new Dictionary<ResourceAddress, int>(_nodes.Count);
        _references = new IReadOnlyList<AttributeValue.Reference>[_nodes.Count];
        _staying = new LiveResource?[_nodes.Count];
        _blocked = new bool[_nodes.Count];
        _changes = new Change?[_nodes.Count];
        _attributes = new AttributeComparison(Resolve);
        for (var index = 0; index < _nodes.Count; index++)
        {
            _indexes.Add(_nodes[index].Address, index);
            _references[index] = AttributeWalk.References(_nodes[index].Attributes);
        }

        foreach (var resource in live.Resources)
        {
            if (resource.Ownership is Ownership.Foreign)
            {
                _foreign.TryAdd(resource.Address, resource);
                continue;
            }

            if (!_ours.TryGetValue(resource.Address, out var sharing))
            {
                _ours.Add(resource.Address, sharing = []);
            }

            sharing.Add(resource);
        }
    }

    public Compiled<ChangeSet> Run()
    {
        var order = ReferenceOrder.Of(_nodes, _references, _indexes);
        foreach (var index in order.Sorted)
        {
            Decide(index);
        }

        foreach (var index in order.InCircles)
        {
            _diagnostics.Add(DiffDiagnostics.Circle(_nodes[index]));
            Hold(index);
        }

        foreach (var (address, resources) in _ours)
        {
            if (!_indexes.ContainsKey(address))
            {
                _deletions.AddRange(resources.Select(
                    resource => new Change.Delete(resource) { Reason = "not in the specs" }));
            }
        }

        // Stable: a superseded object's deletion comes after the change of the object that stays.
        var changes = _changes.OfType<Change>();
        return Compiled.From(
            new ChangeSet([.. _deletions.Count is 0 ? changes
                : changes.Concat(_deletions).OrderBy(change => change.Address)]),
            _diagnostics);
    }

    private void Decide(int index)
    {
        var node = _nodes[index];
        if (IsHeldBack(index, node))
        {
            Hold(index);
            return;
        }

        var schema = SchemaOf(node.Address);
        if (!_ours.TryGetValue(node.Address, out var candidates))
        {
            if (!IsForeignInTheWay(index, node, schema))
            {
                _changes[index] = new Change.Create(node);
            }

            return;
        }

        var (best, differences) = BestOf(node, candidates, schema);
        var forced = differences.Where(change => change.ForcesReplacement).Select(change => change.Path).ToList();
        if (forced.Count > 0 && IsForeignInTheWay(index, node, schema))
        {
            Hold(index);
            return;
        }

        _staying[index] = forced.Count > 0 ? null : best;
        _changes[index] =
            forced.Count > 0
                ? new Change.Replace(best, node, differences)
                {
                    Reason = $"cannot change in place: {string.Join(", ", forced)}",
                }
            : differences.Count > 0 ? new Change.Update(best, node, differences)
            : new Change.Keep(best, node);
        _deletions.AddRange(candidates.Where(other => !ReferenceEquals(other, best))
            .Select(other => new Change.Delete(other) { Reason = $"superseded by {best.Id}" }));
    }

    private bool IsHeldBack(int index, ResourceNode node)
    {
        var heldBack = false;
        foreach (var reference in _references[index])
        {
            if (!_indexes.TryGetValue(reference.Source, out var source))
            {
                _diagnostics.Add(DiffDiagnostics.MissingSource(node, reference));
                heldBack = true;
            }
            else
            {
                heldBack |= _blocked[source];
            }
        }

        if (!node.Attributes.HoldsLookup)
        {
            return heldBack;
        }

        AttributeWalk.Visit(node.Attributes, value =>
        {
            if (value is AttributeValue.Lookup lookup)
            {
                _diagnostics.Add(DiffDiagnostics.Unsettled(node, lookup));
            }
        });
        return true;
    }

    // What must not be touched stays as it is: if it lives, others may go on using it; if not, they must wait as well.
    private void Hold(int index)
    {
        var node = _nodes[index];
        if (!_ours.TryGetValue(node.Address, out var candidates))
        {
            _blocked[index] = true;
            return;
        }

        _staying[index] = candidates[0];
        _changes[index] = new Change.Keep(candidates[0], node) { Reason = "left as it is because of errors" };
    }

    private bool IsForeignInTheWay(int index, ResourceNode node, KindSchema schema)
    {
        if (!_foreign.TryGetValue(node.Address, out var foreign))
        {
            return false;
        }

        _diagnostics.Add(DiffDiagnostics.ForeignInTheWay(node, foreign, schema.Title));
        _blocked[index] = true;
        return true;
    }

    // Fewest forced replacements, then fewest differences, then the first by id: the same choice on every run.
    private (LiveResource Best, EquatableList<AttributeChange> Differences) BestOf(
        ResourceNode node, List<LiveResource> candidates, KindSchema schema)
    {
        var best = candidates[0];
        var differences = _attributes.Compare(node.Attributes, best.Attributes, schema);
        foreach (var candidate in candidates.Skip(1))
        {
            var others = _attributes.Compare(node.Attributes, candidate.Attributes, schema);
            if (Cost(others) < Cost(differences))
            {
                (best, differences) = (candidate, others);
            }
        }

        return (best, differences);

        static long Cost(EquatableList<AttributeChange> changes) =>
            ((long)changes.Count(change => change.ForcesReplacement) << 32) + changes.Count;
    }

    private AttributeValue? Resolve(AttributeValue.Reference reference) =>
        _indexes.TryGetValue(reference.Source, out var index) ? _staying[index]?.Outputs[reference.Output] : null;

    private KindSchema SchemaOf(ResourceAddress address)
    {
        Invariant.Holds(_schemas.ContainsKey(address.Kind));
        return _schemas[address.Kind];
    }
}
