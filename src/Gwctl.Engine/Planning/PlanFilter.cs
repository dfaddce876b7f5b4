using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Planning;

/// <summary>Which changes a plan is about (<c>--include</c>, <c>--exclude</c>). What an included change needs comes
/// along, unless it is excluded: then neither is planned.</summary>
/// <param name="Include">Empty: everything.</param>
public sealed record PlanFilter(EquatableList<FilterTerm> Include, EquatableList<FilterTerm> Exclude)
{
    public static readonly PlanFilter Everything = new([], []);

    public bool IsEverything => Include.Count is 0 && Exclude.Count is 0;
}

/// <summary>One <c>KIND/NS/NAME</c> or <c>HOST</c>.</summary>
public abstract record FilterTerm
{
    private FilterTerm()
    {
    }

    /// <summary>A spec object. The kind is compared without case; a <c>*</c> stands for any namespace or any
    /// name.</summary>
    public sealed record SpecObject(string Kind, string Namespace, string Name) : FilterTerm
    {
        public override string ToString() => $"{Kind}/{Namespace}/{Name}";
    }

    /// <summary>Every object of a kind (<see cref="KindSchema.Kind"/>); the command line has no word for it.</summary>
    public sealed record OfKind(string Kind) : FilterTerm
    {
        public override string ToString() => Kind;
    }

    /// <summary>A hostname as the specs write it, in any case; <c>*.example.com</c> is that wildcard, not a
    /// pattern.</summary>
    public sealed record Host(string Name) : FilterTerm
    {
        public override string ToString() => Name;
    }

    /// <summary>Null where the text is neither.</summary>
    public static FilterTerm? Parse(string text)
    {
        var parts = text.Trim().Split('/');
        return parts.Any(part => part.Length is 0) ? null : parts.Length switch
        {
            1 => new Host(parts[0].ToLowerInvariant()),
            3 => new SpecObject(parts[0], parts[1], parts[2]),
            _ => null,
        };
    }

    /// <summary>True where the object serves the Gateway, comes from the spec object or serves the host.</summary>
    public bool Matches(ResourceAddress address, ResourceNode? node) => this switch
    {
        SpecObject term => term.IsNamed("Gateway", address.Gateway.Namespace, address.Gateway.Name)
            || (node is not null && node.OriginObjects.Any(term.IsNamed)),
        OfKind term => address.Kind == term.Kind,
        Host term => node is not null && node.Hostnames.Contains(term.Name, StringComparer.OrdinalIgnoreCase),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

/// <summary>How a <see cref="FilterTerm.SpecObject"/> compares.</summary>
public static class FilterTermExtensions
{
    /// <summary>True where the term names <c>Kind/namespace/name</c>.</summary>
    public static bool IsNamed(this FilterTerm.SpecObject term, string objectText) =>
        objectText.Split('/') is [var kind, var space, var name] && term.IsNamed(kind, space, name);

    public static bool IsNamed(this FilterTerm.SpecObject term, string kind, string space, string name) =>
        string.Equals(term.Kind, kind, StringComparison.OrdinalIgnoreCase)
        && (term.Namespace is "*" || string.Equals(term.Namespace, space, StringComparison.Ordinal))
        && (term.Name is "*" || string.Equals(term.Name, name, StringComparison.Ordinal));
}
