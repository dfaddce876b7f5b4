using Gwctl.Core;

namespace Gwctl.Compiler.Specs;

/// <summary>gateway.networking.k8s.io/v1 GatewayClass.</summary>
public sealed record GatewayClassSpec : SpecObject
{
    public required Located<string> ControllerName { get; init; }

    public SpecReference? ParametersRef { get; init; }

    public override ObjectId Id => new(ApiGroups.Gateway, "GatewayClass", Name);
}

/// <summary>gateway.networking.k8s.io/v1 Gateway.</summary>
public sealed record GatewaySpec : SpecObject
{
    public required Located<string> GatewayClassName { get; init; }

    public required EquatableList<ListenerSpec> Listeners { get; init; }

    public EquatableList<GatewayAddressSpec> Addresses { get; init; } = [];

    public InfrastructureSpec? Infrastructure { get; init; }

    public GatewayTlsSpec? Tls { get; init; }

    /// <summary>Null allows no ListenerSet.</summary>
    public AllowedListenersSpec? AllowedListeners { get; init; }

    /// <summary>spec.defaultScope All (experimental): routes that use default Gateways attach without naming
    /// it.</summary>
    public bool IsDefault { get; init; }

    public override ObjectId Id => new(ApiGroups.Gateway, "Gateway", Name);
}

/// <summary>spec.addresses[]: <paramref name="Type"/> is IPAddress, Hostname or a domain-prefixed name; the value may
/// be empty.</summary>
public sealed record GatewayAddressSpec(string Type, string Value, SourceSpan Span);

/// <summary>spec.infrastructure: labels and annotations for the generated resources, and parameters that override the
/// class's.</summary>
public sealed record InfrastructureSpec
{
    public EquatableList<Label> Labels { get; init; } = [];

    public EquatableList<Label> Annotations { get; init; } = [];

    public SpecReference? ParametersRef { get; init; }

    public required SourceSpan Span { get; init; }
}

/// <summary>spec.listeners[].</summary>
public sealed record ListenerSpec
{
    public required Located<string> Name { get; init; }

    /// <summary>Null matches every host.</summary>
    public Located<string>? Hostname { get; init; }

    public required Located<int> Port { get; init; }

    /// <summary>HTTP, HTTPS, TLS, TCP, UDP or a domain-prefixed name.</summary>
    public required Located<string> Protocol { get; init; }

    public ListenerTlsSpec? Tls { get; init; }

    public required AllowedRoutesSpec AllowedRoutes { get; init; }

    public required SourceSpan Span { get; init; }
}

/// <summary>spec.listeners[].tls; the mode defaults to Terminate.</summary>
public sealed record ListenerTlsSpec
{
    public required Located<string> Mode { get; init; }

    public EquatableList<SpecReference> CertificateRefs { get; init; } = [];

    /// <summary>Domain-prefixed, implementation-specific options such as <c>gwctl.dev/certificate</c>.</summary>
    public EquatableList<Label> Options { get; init; } = [];

    public required SourceSpan Span { get; init; }
}

/// <summary>spec.listeners[].allowedRoutes; the default is routes of the Gateway's own namespace.</summary>
public sealed record AllowedRoutesSpec
{
    /// <summary>All, Same or Selector.</summary>
    public required Located<string> From { get; init; }

    /// <summary>For Selector.</summary>
    public LabelSelectorSpec? Selector { get; init; }

    /// <summary>Empty means the kinds that the protocol implies.</summary>
    public EquatableList<RouteKindSpec> Kinds { get; init; } = [];
}

/// <summary>allowedRoutes.kinds[].</summary>
public sealed record RouteKindSpec(string Group, string Kind, SourceSpan Span);

/// <summary>A Kubernetes label selector: all terms must hold; no terms select everything.</summary>
public sealed record LabelSelectorSpec(
    EquatableList<Label> MatchLabels, EquatableList<SelectorTermSpec> MatchExpressions);

/// <summary>matchExpressions[]: the operator is In, NotIn, Exists or DoesNotExist.</summary>
public sealed record SelectorTermSpec(string Key, string Operator, EquatableList<string> Values, SourceSpan Span);

/// <summary>gateway.networking.k8s.io/v1 ReferenceGrant (older served versions are read as it).</summary>
public sealed record ReferenceGrantSpec : SpecObject
{
    public required EquatableList<GrantFromSpec> From { get; init; }

    public required EquatableList<GrantToSpec> To { get; init; }

    public override ObjectId Id => new(ApiGroups.Gateway, "ReferenceGrant", Name);
}

/// <summary>spec.from[].</summary>
public sealed record GrantFromSpec(string Group, string Kind, string Namespace);

/// <summary>spec.to[]; a null name grants every object of the kind.</summary>
public sealed record GrantToSpec(string Group, string Kind, string? Name);

/// <summary>API groups that gwctl reads.</summary>
public static class ApiGroups
{
    public const string Core = "";
    public const string Gateway = "gateway.networking.k8s.io";
    public const string GatewayExperimental = "gateway.networking.x-k8s.io";
    public const string Discovery = "discovery.k8s.io";
    public const string Networking = "networking.k8s.io";
    public const string Gwctl = "gwctl.dev";
}
