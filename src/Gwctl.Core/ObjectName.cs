namespace Gwctl.Core;

/// <summary>A namespaced Kubernetes name. The namespace is empty for cluster-scoped kinds.</summary>
public readonly record struct ObjectName(string Namespace, string Name) : IComparable<ObjectName>
{
    public int CompareTo(ObjectName other)
    {
        var byNamespace = string.CompareOrdinal(Namespace, other.Namespace);
        return byNamespace is not 0 ? byNamespace : string.CompareOrdinal(Name, other.Name);
    }

    /// <summary><c>namespace/name</c>, or the name alone where there is no namespace.</summary>
    public override string ToString() => Namespace is "" ? Name : $"{Namespace}/{Name}";
}

/// <summary>A Kubernetes object: its group ("" is the core group), kind and name.</summary>
public readonly record struct ObjectId(string Group, string Kind, ObjectName Name) : IComparable<ObjectId>
{
    public int CompareTo(ObjectId other)
    {
        var byKind = string.CompareOrdinal(Kind, other.Kind);
        if (byKind is not 0)
        {
            return byKind;
        }

        var byGroup = string.CompareOrdinal(Group, other.Group);
        return byGroup is not 0 ? byGroup : Name.CompareTo(other.Name);
    }

    /// <summary><c>Kind/namespace/name</c>, as diagnostics and <c>--include</c> write it.</summary>
    public override string ToString() => $"{Kind}/{Name}";
}
