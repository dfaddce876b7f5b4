using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Providers.Aws.Projection;

namespace Gwctl.Providers.Aws;

/// <summary>What there is to say about settings, Gateways, listeners and names.</summary>
internal static class AwsDiagnostics
{
    public static Diagnostic NoSettings(ProviderConfigSpec config) =>
        new("GW3101", Severity.Error, "ProviderConfig without its provider's section")
        {
            Subject = config.Span,
            Object = config.Id.ToString(),
            Detail = $"ProviderConfig {config.Name} is for aws and has no spec.aws: the region is not known.",
            Help = "Add spec.aws with at least region.",
        };

    public static Diagnostic Exclusive(SourceSpan place, string first, string second) =>
        new("GW3102", Severity.Error, "Two settings that exclude each other")
        {
            Subject = place,
            Detail = $"{first} and {second} are both given; each says the same thing in another way.",
            Help = "Keep one of them.",
        };

    public static Diagnostic OneSubnet(SourceSpan place, string subnet) =>
        new("GW3103", Severity.Error, "Load balancer with one subnet")
        {
            Subject = place,
            Detail = $"spec.aws.subnets names {subnet} alone.",
            Help = "Name at least two subnets, of different availability zones.",
        };

    public static Diagnostic BadTag(Label tag, string why) =>
        new("GW3104", Severity.Error, "Tag that AWS refuses")
        {
            Subject = tag.Span,
            Detail = $"'{tag.Name}' cannot be a tag with the value '{tag.Value}': {why}.",
            Help = "Rename or remove it.",
        };

    public static Diagnostic CidrWithoutIpv6(SourceSpan place, string cidr) =>
        new("GW3105", Severity.Error, "IPv6 range on a load balancer without IPv6")
        {
            Subject = place,
            Detail = $"spec.aws.allowedCidrs holds {cidr}, and spec.aws.ipAddressType is ipv4.",
            Help = "Set ipAddressType to dualstack, or remove the range.",
        };

    public static Diagnostic AttributeHasField(Label attribute, string field) =>
        new("GW3106", Severity.Error, "Attribute that has a field of its own")
        {
            Subject = attribute.Span,
            Detail = $"'{attribute.Name}' is set by {field}.",
            Help = "Remove it here and use that.",
        };

    public static Diagnostic BadAnnotation(GatewayRouting gateway, Label annotation, string remedy) =>
        new("GW3107", Severity.Error, "Annotation that gwctl cannot use")
        {
            Subject = annotation.Span,
            Object = $"Gateway/{gateway.Name}",
            Reason = "InvalidParameters",
            Detail = $"Gateway {gateway.Name} has {annotation.Name}: '{annotation.Value}'.",
            Help = remedy,
        };

    public static Diagnostic TooManyTags(GatewayRouting gateway, int count, int max) =>
        new("GW3108", Severity.Error, "More tags than AWS allows")
        {
            Subject = gateway.Span,
            Object = $"Gateway/{gateway.Name}",
            Detail = $"Gateway {gateway.Name} has {count} tags with those of its ProviderConfig; {max} are free "
                + "beside gwctl's.",
            Help = "Remove tags from spec.aws.tags or labels from spec.infrastructure.labels.",
        };

    /// <param name="quota">As the AWS console calls it.</param>
    /// <param name="setting">The field of spec.aws.quotas that raises it here.</param>
    public static Diagnostic OverQuota(GatewayRouting gateway, string quota, int count, int max, string setting) =>
        new("GW3109", Severity.Error, "More than the account's quota allows")
        {
            Subject = gateway.Span,
            Object = $"Gateway/{gateway.Name}",
            Reason = "NoResources",
            Detail = $"Gateway {gateway.Name} needs {count}; the quota '{quota}' is {max}.",
            Help = $"Split the Gateway, or have AWS raise the quota and set spec.aws.quotas.{setting} to what it is "
                + "then.",
        };

    public static Diagnostic UnsupportedAddress(GatewayRouting gateway, GatewayAddressSpec address) =>
        new("GW3110", Severity.Error, "Address that cannot be asked for")
        {
            Subject = address.Span,
            Object = $"Gateway/{gateway.Name}",
            Reason = "UnsupportedAddress",
            Detail = $"Gateway {gateway.Name} asks for the {address.Type} '{address.Value}'. "
                + Capabilities.Text(Capabilities.StaticAddresses),
            Help = "Remove spec.addresses; DNS records of the Gateway's hostnames follow the load balancer's name. The "
                + $"NLB of TLS, TCP and UDP listeners takes type {StaticAddresses.AllocationType} with an "
                + "allocation's id.",
        };

    public static Diagnostic AddressOfNetworkOnly(GatewayRouting gateway, GatewayAddressSpec address) =>
        new("GW3111", Severity.Warning, "Address of one of two load balancers")
        {
            Subject = address.Span,
            Object = $"Gateway/{gateway.Name}",
            Detail = $"Gateway {gateway.Name} has HTTP listeners too: {address.Value} is its NLB's address. "
                + Capabilities.Text(Capabilities.StaticAddresses),
            Help = "Give TLS, TCP and UDP listeners a Gateway of their own.",
        };

    public static Diagnostic NetworkAddressType(GatewayRouting gateway) =>
        new("GW3112", Severity.Warning, "Address type that an NLB does not have")
        {
            Subject = gateway.Span,
            Object = $"Gateway/{gateway.Name}",
            Detail = $"The load balancers of Gateway {gateway.Name} shall have no public IPv4 addresses; an NLB has no "
                + "such type, and is dualstack.",
            Help = "Give TLS, TCP and UDP listeners a Gateway of their own, with another gwctl.dev/ip-address-type.",
        };

    public static Diagnostic NoCertificate(GatewayRouting gateway, RoutingListener listener, string why) =>
        new("GW3120", Severity.Error, "Listener without a certificate")
        {
            Subject = listener.Span,
            Object = $"Gateway/{gateway.Name}",
            Reason = "InvalidCertificateRef",
            Detail = $"Listener '{listener.Name}' of Gateway {gateway.Name} {why}.",
            Help = "Name a TLS Secret in tls.certificateRefs, or set tls.options' gwctl.dev/certificate to discover, "
                + "request or an ACM certificate's ARN.",
        };

    public static Diagnostic BadTlsOption(
        GatewayRouting gateway, RoutingListener listener, Label option, string remedy) =>
        new("GW3121", Severity.Error, "TLS option that gwctl cannot use")
        {
            Subject = option.Span,
            Object = $"Gateway/{gateway.Name}",
            Reason = "UnsupportedValue",
            Detail = $"Listener '{listener.Name}' of Gateway {gateway.Name} has {option.Name}: '{option.Value}'.",
            Help = remedy,
        };

    public static Diagnostic PolicyConflict(
        GatewayRouting gateway, RoutingListener listener, int port, string policy) =>
        new("GW3122", Severity.Error, "Listeners of a port with different TLS policies")
        {
            Subject = listener.Span,
            Object = $"Gateway/{gateway.Name}",
            Reason = "UnsupportedValue",
            Detail = $"Listener '{listener.Name}' wants another policy than {policy}, which port {port} of Gateway "
                + $"{gateway.Name} has already: a load balancer has one for a port.",
            Help = "Give all listeners of the port the same gwctl.dev/ssl-policy.",
        };

    public static Diagnostic NoZoneForCertificate(GatewayRouting gateway, RoutingListener listener, string hostname) =>
        new("GW3123", Severity.Error, "Certificate that cannot be validated")
        {
            Subject = listener.Span,
            Object = $"Gateway/{gateway.Name}",
            Reason = "InvalidCertificateRef",
            Detail = $"Listener '{listener.Name}' of Gateway {gateway.Name} requests a certificate for {hostname}, "
                + "which no configured DNS zone holds: the record that proves control of the name cannot be written.",
            Help = "Add the zone to the ProviderConfig's spec.dns.zones, or use discover or an ARN instead of request.",
        };

    public static Diagnostic HostnameNotExpressible(GatewayRouting gateway, RoutingListener listener, string why) =>
        new("GW3124", Severity.Error, "Hostname that a rule cannot name")
        {
            Subject = listener.Span,
            Object = $"Gateway/{gateway.Name}",
            Reason = "UnsupportedValue",
            Detail = $"Listener '{listener.Name}' of Gateway {gateway.Name} is for '{listener.Hostname}', {why}: no "
                + "rule can keep its requests from the port's other listeners.",
            Help = "Use a hostname of a public form, as shop.example.com, or another port.",
        };

    public static Diagnostic MisdirectedServed(GatewayRouting gateway, RoutingPort port) =>
        new("GW3125", Severity.Note, "Requests for another listener than the connection's are served")
        {
            Subject = port.Listeners[0].Span,
            Object = $"Gateway/{gateway.Name}",
            Detail = $"Port {port.Port} of Gateway {gateway.Name} has listeners for several hostnames. An ALB looks at "
                + "each request's host alone: one whose connection was opened for another listener's name is served "
                + "and not answered with 421, as the Gateway API advises.",
            Help = "Give listeners whose clients must not mix Gateways of their own.",
        };

    public static Diagnostic OutsideZones(GatewayRouting gateway, string hostname, SourceSpan place) =>
        new("GW3160", Severity.Note, "Hostname outside every configured DNS zone")
        {
            Subject = place,
            Object = $"Gateway/{gateway.Name}",
            Detail = $"{hostname} of Gateway {gateway.Name} gets no DNS record: no zone of the ProviderConfig holds "
                + "it.",
            Help = "Point it at the load balancer yourself, or add its zone to spec.dns.zones.",
        };

    public static Diagnostic HostnameOfBoth(GatewayRouting gateway, string hostname, SourceSpan place) =>
        new("GW3162", Severity.Error, "Hostname of both load balancers of a Gateway")
        {
            Subject = place,
            Object = $"Gateway/{gateway.Name}",
            Reason = "Invalid",
            Detail = $"{hostname} of Gateway {gateway.Name} is served over HTTP by its ALB and over TLS by its NLB; "
                + "its DNS record leads to the ALB.",
            Help = "Use another name for the TLS listener and its routes.",
        };

    public static Diagnostic HostnameTwice(
        GatewayRouting gateway, string hostname, ObjectName first, SourceSpan place) =>
        new("GW3161", Severity.Error, "Hostname of two Gateways in one DNS zone")
        {
            Subject = place,
            Object = $"Gateway/{gateway.Name}",
            Reason = "Invalid",
            Detail = $"{hostname} is served by Gateway {first} and by Gateway {gateway.Name}, and a name leads to "
                + "one of them.",
            Help = "Take it off one of the Gateways' listeners or routes.",
        };
}
