using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Providers.Gcp;

/// <summary>What there is to say about settings, Gateways, listeners and names.</summary>
internal static class GcpDiagnostics
{
    public static Diagnostic NoSettings(ProviderConfigSpec config) =>
        new("GW3201", Severity.Error, "ProviderConfig without the settings for Google Cloud")
        {
            Subject = config.Span,
            Object = config.Id.ToString(),
            Detail = $"ProviderConfig {config.Name} is for gcp and has no spec.gcp: the project is not known.",
            Help = "Add spec.gcp with at least project.",
        };

    public static Diagnostic NoRegion(SourceSpan place, string what) =>
        new("GW3202", Severity.Error, "Region that must be known")
        {
            Subject = place,
            Detail = $"{what} are in a region, and the ProviderConfig names none.",
            Help = "Set spec.gcp.region.",
        };

    public static Diagnostic MapsAreGlobal(SourceSpan place) =>
        new("GW3203", Severity.Error, "Certificate map on a load balancer that is not global")
        {
            Subject = place,
            Detail = "Only global load balancers take certificate maps.",
            Help = "Set certificates to compute, or location to global.",
        };

    public static Diagnostic GlobalIsPremium(SourceSpan place) =>
        new("GW3204", Severity.Error, "Network tier that global load balancers do not have")
        {
            Subject = place,
            Detail = "spec.gcp.networkTier is STANDARD, and global load balancers are in PREMIUM only.",
            Help = "Set location to regional, or remove networkTier.",
        };

    public static Diagnostic BadLabel(Label label, string why) =>
        new("GW3205", Severity.Error, "Label that Google Cloud refuses")
        {
            Subject = label.Span,
            Detail = $"'{label.Name}' cannot be a label with the value '{label.Value}': {why}.",
            Help = "Rename or remove it.",
        };

    public static Diagnostic BadAnnotation(GatewayRouting gateway, Label annotation, string remedy) =>
        OfGateway("GW3206", Severity.Error, "Annotation that gwctl cannot use on Google Cloud", gateway,
            annotation.Span) with
        {
            Reason = "InvalidParameters",
            Detail = $"Gateway {gateway.Name} has {annotation.Name}: '{annotation.Value}'.",
            Help = remedy,
        };

    public static Diagnostic GatewayWithoutRegion(GatewayRouting gateway) =>
        OfGateway("GW3207", Severity.Error, "Gateway in a region that is not known", gateway, gateway.Span) with
        {
            Reason = "InvalidParameters",
            Detail = $"Gateway {gateway.Name} asks for a regional or internal load balancer, and its ProviderConfig "
                + "names no region.",
            Help = "Set spec.gcp.region.",
        };

    public static Diagnostic NoIpv6(GatewayRouting gateway) =>
        OfGateway("GW3208", Severity.Error, "IPv6 on a load balancer that is not global", gateway, gateway.Span) with
        {
            Reason = "UnsupportedAddress",
            Detail = $"Gateway {gateway.Name} shall be dualstack; Google gives IPv6 addresses to global load balancers "
                + "only.",
            Help = "Set gwctl.dev/ip-address-type to ipv4, or use a global load balancer.",
        };

    public static Diagnostic UnsupportedAddress(GatewayRouting gateway, GatewayAddressSpec address, string why) =>
        OfGateway("GW3209", Severity.Error, "Address that cannot be asked for", gateway, address.Span) with
        {
            Reason = "UnsupportedAddress",
            Detail = $"Gateway {gateway.Name} asks for the {address.Type} '{address.Value}': {why}.",
            Help = "Name one IPAddress that the project has reserved, or its name with type NamedAddress; of each "
                + "family at most one.",
        };

    public static Diagnostic NoCertificate(GatewayRouting gateway, RoutingListener listener, string why) =>
        OfGateway("GW3210", Severity.Error, "HTTPS listener without a certificate that Google can serve", gateway,
            listener.Span) with
        {
            Reason = "InvalidCertificateRef",
            Detail = $"Listener '{listener.Name}' of Gateway {gateway.Name} {why}.",
            Help = "Name a TLS Secret in tls.certificateRefs, or set tls.options' gwctl.dev/certificate to request or "
                + "the name of a certificate or certificate map of the project.",
        };

    public static Diagnostic BadTlsOption(
        GatewayRouting gateway, RoutingListener listener, Label option, string remedy) =>
        OfGateway("GW3211", Severity.Error, "TLS option that gwctl cannot use on Google Cloud", gateway,
            option.Span) with
        {
            Reason = "UnsupportedValue",
            Detail = $"Listener '{listener.Name}' of Gateway {gateway.Name} has {option.Name}: '{option.Value}'.",
            Help = remedy,
        };

    public static Diagnostic TooManyCertificates(GatewayRouting gateway, int port, int count, int max) =>
        OfGateway("GW3212", Severity.Error, "More certificates than a target proxy takes", gateway,
            gateway.Span) with
        {
            Reason = "InvalidCertificateRef",
            Detail = $"Port {port} of Gateway {gateway.Name} has {count} certificates; a target proxy takes {max}.",
            Help = "Set spec.gcp.certificates to certificate-manager (global load balancers only).",
        };

    public static Diagnostic MapNotHere(GatewayRouting gateway, RoutingListener listener, string why) =>
        OfGateway("GW3213", Severity.Error, "Certificate that only a certificate map can hold", gateway,
            listener.Span) with
        {
            Reason = "InvalidCertificateRef",
            Detail = $"Listener '{listener.Name}' of Gateway {gateway.Name} {why}.",
            Help = "Use a TLS Secret, or a global load balancer.",
        };

    public static Diagnostic SeveralMaps(GatewayRouting gateway, RoutingListener listener, int port) =>
        OfGateway("GW3214", Severity.Error, "Certificate map beside other certificates", gateway, listener.Span) with
        {
            Reason = "InvalidCertificateRef",
            Detail = $"Listener '{listener.Name}' names a certificate map, and port {port} of Gateway {gateway.Name} "
                + "has other certificates too: a target proxy looks at one map and at nothing else.",
            Help = "Put all certificates into that map, or name none.",
        };

    public static Diagnostic ClientValidation(GatewayRouting gateway, int port, ClientValidation validation) =>
        OfGateway("GW3215", Severity.Error, "Client certificates that are not verified", gateway,
            validation.Span) with
        {
            Reason = "UnsupportedValue",
            Detail = $"Port {port} of Gateway {gateway.Name}: "
                + Capabilities.Text(Capabilities.ClientValidation),
            Help = "Verify clients in the backend. The port is not opened.",
        };

    public static Diagnostic BackendClientCertificate(GatewayRouting gateway, SourceSpan place) =>
        OfGateway("GW3216", Severity.Error, "Client certificate that backends are not shown", gateway, place) with
        {
            Reason = "InvalidParameters",
            Detail = $"Gateway {gateway.Name}: {Capabilities.Text(Capabilities.BackendClientCertificate)}",
            Help = "Remove spec.tls.backend.clientCertificateRef.",
        };

    public static Diagnostic UrlMapTooLarge(GatewayRouting gateway, int port, int kilobytes, int max) =>
        OfGateway("GW3217", Severity.Error, "URL map larger than Google takes", gateway, gateway.Span) with
        {
            Reason = "NoResources",
            Detail = $"The rules of port {port} of Gateway {gateway.Name} need about {kilobytes} KB; a URL map holds "
                + $"{max}.",
            Help = "Split the Gateway, or have Google raise the quota and set spec.gcp.urlMapKilobytes.",
        };

    public static Diagnostic TooMuch(
        GatewayRouting gateway, SourceSpan place, int port, string what, int count, int max) =>
        OfGateway("GW3218", Severity.Error, "More than a URL map holds", gateway, place) with
        {
            Reason = "NoResources",
            Detail = $"Port {port} of Gateway {gateway.Name} needs {count} {what}; Google takes {max}.",
            Help = "Split the Gateway.",
        };

    public static Diagnostic StreamProtocol(GatewayRouting gateway, RoutingListener listener, int port, string why) =>
        OfGateway("GW3219", Severity.Error, "Listener that a proxy load balancer cannot be", gateway,
            listener.Span) with
        {
            Reason = "UnsupportedProtocol",
            Detail = $"Listener '{listener.Name}' on port {port} of Gateway {gateway.Name}: {why}",
            Help = "Use another port or protocol.",
        };

    public static Diagnostic WildcardWithoutZone(
        GatewayRouting gateway, RoutingListener listener, string hostname) =>
        OfGateway("GW3220", Severity.Error, "Wildcard certificate that cannot be validated", gateway,
            listener.Span) with
        {
            Reason = "InvalidCertificateRef",
            Detail = $"Listener '{listener.Name}' of Gateway {gateway.Name} requests a certificate for {hostname}, "
                + "which no configured DNS zone holds: the record that proves control of the name cannot be written.",
            Help = "Add the zone to the ProviderConfig's spec.dns.zones, or use a TLS Secret.",
        };

    public static Diagnostic ValidatedByTraffic(GatewayRouting gateway, RoutingListener listener, string hostname) =>
        OfGateway("GW3221", Severity.Warning, "Certificate that is issued only when DNS leads here", gateway,
            listener.Span) with
        {
            Detail = $"Listener '{listener.Name}' of Gateway {gateway.Name} requests a certificate for {hostname}, "
                + "which no configured DNS zone holds: Google issues it after the name leads to the load balancer, and "
                + "until then the port serves no TLS for it.",
            Help = "Add the zone to the ProviderConfig's spec.dns.zones: then it is issued beforehand.",
        };

    public static Diagnostic OutsideZones(GatewayRouting gateway, string hostname, SourceSpan place) =>
        OfGateway("GW3222", Severity.Note, "Hostname that no configured managed zone holds", gateway, place) with
        {
            Detail = $"{hostname} of Gateway {gateway.Name} gets no DNS record: no zone of the ProviderConfig holds "
                + "it.",
            Help = "Point it at the load balancer yourself, or add its zone to spec.dns.zones.",
        };

    public static Diagnostic HostnameTwice(
        GatewayRouting gateway, string hostname, ObjectName first, SourceSpan place) =>
        OfGateway("GW3223", Severity.Error, "Hostname of two Gateways in one managed zone", gateway, place) with
        {
            Reason = "Invalid",
            Detail = $"{hostname} is served by Gateway {first} and by Gateway {gateway.Name}, and a name leads to "
                + "one of them.",
            Help = "Take it off one of the Gateways' listeners or routes, or give both a weight by DnsPolicies.",
        };

    private static Diagnostic OfGateway(
        string code, Severity severity, string summary, GatewayRouting gateway, SourceSpan place) =>
        new(code, severity, summary) { Subject = place, Object = $"Gateway/{gateway.Name}" };
}
