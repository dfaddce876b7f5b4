namespace Gwctl.Compiler.Topology;

/// <summary>Condition types of the Gateway API, v1.</summary>
public static class ConditionTypes
{
    public const string Accepted = "Accepted";
    public const string Programmed = "Programmed";
    public const string ResolvedRefs = "ResolvedRefs";
    public const string Conflicted = "Conflicted";
    public const string OverlappingTlsConfig = "OverlappingTLSConfig";
    public const string PartiallyInvalid = "PartiallyInvalid";
    public const string InsecureFrontendValidationMode = "InsecureFrontendValidationMode";
    public const string SupportedVersion = "SupportedVersion";
}

/// <summary>Condition reasons of the Gateway API, v1.</summary>
public static class ConditionReasons
{
    public const string Accepted = "Accepted";
    public const string Programmed = "Programmed";
    public const string Pending = "Pending";
    public const string Invalid = "Invalid";
    public const string InvalidParameters = "InvalidParameters";
    public const string ListenersNotValid = "ListenersNotValid";
    public const string UnsupportedAddress = "UnsupportedAddress";
    public const string NoResources = "NoResources";
    public const string AddressNotAssigned = "AddressNotAssigned";
    public const string AddressNotUsable = "AddressNotUsable";
    public const string PortUnavailable = "PortUnavailable";
    public const string UnsupportedProtocol = "UnsupportedProtocol";
    public const string UnsupportedValue = "UnsupportedValue";
    public const string ResolvedRefs = "ResolvedRefs";
    public const string InvalidCertificateRef = "InvalidCertificateRef";
    public const string InvalidRouteKinds = "InvalidRouteKinds";
    public const string RefNotPermitted = "RefNotPermitted";
    public const string HostnameConflict = "HostnameConflict";
    public const string ProtocolConflict = "ProtocolConflict";
    public const string NoConflicts = "NoConflicts";
    public const string OverlappingHostnames = "OverlappingHostnames";
    public const string NotAllowedByListeners = "NotAllowedByListeners";
    public const string NoMatchingListenerHostname = "NoMatchingListenerHostname";
    public const string NoMatchingParent = "NoMatchingParent";
    public const string IncompatibleFilters = "IncompatibleFilters";

    /// <summary>Of a route that lost a hostname to a route of the other HTTP kind: the specification wants it refused
    /// and names no reason for it.</summary>
    public const string Conflicted = "Conflicted";

    public const string InvalidKind = "InvalidKind";
    public const string BackendNotFound = "BackendNotFound";
    public const string ListenerConflict = "ListenerConflict";
    public const string NotAllowed = "NotAllowed";
    public const string ParentNotAccepted = "ParentNotAccepted";
    public const string ParentNotProgrammed = "ParentNotProgrammed";
    public const string NoValidCaCertificate = "NoValidCACertificate";
    public const string InvalidCaCertificateRef = "InvalidCACertificateRef";
    public const string InvalidCaCertificateKind = "InvalidCACertificateKind";
    public const string InvalidClientCertificateRef = "InvalidClientCertificateRef";
    public const string ListenersNotResolved = "ListenersNotResolved";
    public const string ConfigurationChanged = "ConfigurationChanged";
    /// <summary>gwctl's own: the specification has none for a route's view of it.</summary>
    public const string InvalidBackendTlsPolicy = "InvalidBackendTLSPolicy";
    public const string TargetNotFound = "TargetNotFound";
    public const string SupportedVersion = "SupportedVersion";
    public const string UnsupportedVersion = "UnsupportedVersion";
}
