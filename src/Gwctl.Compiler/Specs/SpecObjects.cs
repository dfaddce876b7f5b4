using Gwctl.Core;

namespace Gwctl.Compiler.Specs;

/// <summary>Metadata of a Kubernetes object, as far as gwctl reads it.</summary>
public sealed record ObjectMeta
{
    public required ObjectName Name { get; init; }

    public required SourceSpan Span { get; init; }

    /// <summary>Sorted by name.</summary>
    public EquatableList<Label> Labels { get; init; } = [];

    /// <summary>Sorted by name.</summary>
    public EquatableList<Label> Annotations { get; init; } = [];

    /// <summary>0 for specs from files.</summary>
    public long Generation { get; init; }

    /// <summary>The cluster's creation time; null for specs from files, which then rank by name.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
}

/// <summary>One label or annotation.</summary>
public sealed record Label(string Name, string Value, SourceSpan Span);

/// <summary>An object of a kind that gwctl knows, with defaults applied.</summary>
public abstract record SpecObject
{
    public required ObjectMeta Meta { get; init; }

    public ObjectName Name => Meta.Name;

    public SourceSpan Span => Meta.Span;

    public abstract ObjectId Id { get; }
}

/// <summary>Everything that was read. Each list is sorted by name; no object appears twice.</summary>
public sealed record SpecSet
{
    public EquatableList<GatewayClassSpec> GatewayClasses { get; init; } = [];

    public EquatableList<GatewaySpec> Gateways { get; init; } = [];

    /// <summary>Sorted by kind, then name: routes of two kinds may have one name.</summary>
    public EquatableList<RouteSpec> Routes { get; init; } = [];

    public EquatableList<ListenerSetSpec> ListenerSets { get; init; } = [];

    public EquatableList<BackendTlsPolicySpec> BackendTlsPolicies { get; init; } = [];

    public EquatableList<ReferenceGrantSpec> ReferenceGrants { get; init; } = [];

    public EquatableList<ServiceSpec> Services { get; init; } = [];

    public EquatableList<EndpointSliceSpec> EndpointSlices { get; init; } = [];

    public EquatableList<NamespaceSpec> Namespaces { get; init; } = [];

    public EquatableList<SecretSpec> Secrets { get; init; } = [];

    public EquatableList<ConfigMapSpec> ConfigMaps { get; init; } = [];

    public EquatableList<ProviderConfigSpec> ProviderConfigs { get; init; } = [];

    public EquatableList<BackendPolicySpec> BackendPolicies { get; init; } = [];

    public EquatableList<RouteTestSpec> RouteTests { get; init; } = [];

    public EquatableList<IngressSpec> Ingresses { get; init; } = [];

    public EquatableList<DnsPolicySpec> DnsPolicies { get; init; } = [];

    public EquatableList<CutoverSpec> Cutovers { get; init; } = [];
}

/// <summary>A reference to an object by group, kind, optional namespace and name, as Gateway API writes
/// references.</summary>
/// <param name="Namespace">Null where the reference does not name one: then it is the referrer's own.</param>
public sealed record SpecReference(string Group, string Kind, string? Namespace, string Name, SourceSpan Span);
