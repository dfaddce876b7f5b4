using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Compiler.Topology;

/// <summary>Which references across namespaces the target namespaces' ReferenceGrants allow. Entries add up.</summary>
internal sealed class GrantIndex
{
    /// <summary>Stands for every name; no object can be called so.</summary>
    private const string EveryName = "*";

    private readonly Dictionary<Edge, HashSet<string>> _names = [];

    public GrantIndex(EquatableList<ReferenceGrantSpec> grants)
    {
        foreach (var grant in grants)
        {
            foreach (var from in grant.From)
            {
                foreach (var to in grant.To)
                {
                    Add(grant.Name.Namespace, from, to);
                }
            }
        }
    }

    /// <summary>True within one namespace, where no grant is needed, and where a grant names source and
    /// target.</summary>
    public bool Allows(ObjectId from, ObjectId to)
    {
        if (from.Name.Namespace == to.Name.Namespace)
        {
            return true;
        }

        var edge = new Edge(to.Name.Namespace, from.Group, from.Kind, from.Name.Namespace, to.Group, to.Kind);
        return _names.TryGetValue(edge, out var names) && (names.Contains(EveryName) || names.Contains(to.Name.Name));
    }

    private void Add(string targetNamespace, GrantFromSpec from, GrantToSpec to)
    {
        var edge = new Edge(targetNamespace, from.Group, from.Kind, from.Namespace, to.Group, to.Kind);
        if (!_names.TryGetValue(edge, out var names))
        {
            names = [];
            _names.Add(edge, names);
        }

        names.Add(string.IsNullOrEmpty(to.Name) ? EveryName : to.Name);
    }

    private readonly record struct Edge(
        string TargetNamespace, string FromGroup, string FromKind, string FromNamespace, string ToGroup, string ToKind);
}
