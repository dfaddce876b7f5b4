using Gwctl.Core;

namespace Gwctl.Compiler.Specs;

/// <summary>Gateway spec.tls: what the whole Gateway asks of clients and shows to backends.</summary>
/// <param name="BackendCertificate">spec.tls.backend.clientCertificateRef.</param>
public sealed record GatewayTlsSpec(FrontendTlsSpec? Frontend, SpecReference? BackendCertificate, SourceSpan Span);

/// <summary>spec.tls.frontend: of HTTPS listeners.</summary>
/// <param name="Default">For ports that <paramref name="PerPort"/> does not name; null asks for no certificate.</param>
/// <param name="PerPort">Each port once.</param>
public sealed record FrontendTlsSpec(ClientValidationSpec? Default, EquatableList<PortTlsSpec> PerPort);

/// <summary>spec.tls.frontend.perPort[]: replaces the default on one port; null asks for no certificate
/// there.</summary>
public sealed record PortTlsSpec(Located<int> Port, ClientValidationSpec? Validation, SourceSpan Span);

/// <summary>A validation of client certificates.</summary>
/// <param name="CaCertificateRefs">1 to 8.</param>
/// <param name="Mode">AllowValidOnly (the default) or AllowInsecureFallback.</param>
public sealed record ClientValidationSpec(
    EquatableList<SpecReference> CaCertificateRefs, Located<string> Mode, SourceSpan Span)
{
    public bool AllowsInsecureFallback => Mode.Value is "AllowInsecureFallback";
}

/// <summary>gateway.networking.k8s.io/v1 BackendTLSPolicy: the Services that it targets are reached over TLS.</summary>
public sealed record BackendTlsPolicySpec : SpecObject
{
    /// <summary>1 to 16, of the policy's own namespace.</summary>
    public required EquatableList<PolicyTargetSpec> TargetRefs { get; init; }

    /// <summary>ConfigMaps and Secrets of the policy's own namespace; empty with well-known certificates.</summary>
    public EquatableList<SpecReference> CaCertificateRefs { get; init; } = [];

    /// <summary>System, or a domain-prefixed name; null with references.</summary>
    public Located<string>? WellKnownCaCertificates { get; init; }

    /// <summary>The server name to send; also to be found in the certificate where there are no
    /// <see cref="SubjectAltNames"/>.</summary>
    public required Located<string> Hostname { get; init; }

    /// <summary>At most 5.</summary>
    public EquatableList<SubjectAltNameSpec> SubjectAltNames { get; init; } = [];

    /// <summary>Domain-prefixed, implementation-specific options.</summary>
    public EquatableList<Label> Options { get; init; } = [];

    /// <summary>Where spec.validation stands.</summary>
    public required SourceSpan ValidationSpan { get; init; }

    public override ObjectId Id => new(ApiGroups.Gateway, "BackendTLSPolicy", Name);
}

/// <summary>spec.targetRefs[]: the section is a port's name; null is every port that no policy names.</summary>
public sealed record PolicyTargetSpec(SpecReference Target, Located<string>? SectionName);

/// <summary>v1 ConfigMap, of which only a CA certificate is read.</summary>
public sealed record ConfigMapSpec : SpecObject
{
    /// <summary>PEM, from data's <c>ca.crt</c>; null where there is none.</summary>
    public Located<string>? CaCertificate { get; init; }

    public override ObjectId Id => new(ApiGroups.Core, "ConfigMap", Name);
}
