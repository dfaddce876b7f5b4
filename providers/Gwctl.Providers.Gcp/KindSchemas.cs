using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Gcp;

/// <summary>What diff and planning know of the kinds in <see cref="Kinds"/>.</summary>
public static class KindSchemas
{
    private static readonly EquatableList<string> s_selfLink = ["selfLink"];

    /// <summary>Sorted by kind.</summary>
    public static readonly EquatableList<KindSchema> All =
    [
        new KindSchema
        {
            Kind = Kinds.Address,
            Title = "address",
            Immutable = ["name", "location", "addressType", "ipVersion", "networkTier", "purpose", "subnetwork"],
            WholeMaps = ["labels"],
            Outputs = ["selfLink", "address"],
            TrafficImpact = "all traffic of the Gateway",
        },
        new KindSchema
        {
            Kind = Kinds.BackendService,
            Title = "backend service",
            Immutable = ["name", "location", "loadBalancingScheme", "protocol"],

            // It is checked only while a URL map or proxy uses it, and only with endpoints has it anything to check.
            AwaitReady = true,
            AwaitDrained = true,
            After = [Kinds.Endpoints],
            Outputs = s_selfLink,
            TrafficImpact = "requests that are sent to it",
        },
        new KindSchema
        {
            Kind = Kinds.Certificate,
            Title = "certificate",
            Immutable = ["name", "location", "managed"],

            // A map with a certificate that is not issued would serve none.
            AwaitReady = true,
            ReadyBeforeUse = true,
            Outputs = ["resourceName"],
            TrafficImpact = "TLS clients of its names get this certificate",
        },
        new KindSchema
        {
            Kind = Kinds.CertificateMap,
            Title = "certificate map",
            Immutable = ["name", "location"],
            Outputs = ["resourceName", "selfLink"],
        },
        new KindSchema
        {
            Kind = Kinds.CertificateMapEntry,
            Title = "certificate map entry",
            Immutable = ["name", "location", "certificateMap", "hostname", "matcher"],
            TrafficImpact = "TLS clients of its name get, or no longer get, its certificates",
        },
        new KindSchema
        {
            Kind = Kinds.DnsAuthorization,
            Title = "DNS authorization",
            Immutable = ["name", "location", "domain"],
            Outputs = ["resourceName"],
        },
        new KindSchema
        {
            Kind = Kinds.DnsRecord,
            Title = "DNS record",
            Concern = KindConcern.Dns,
            Immutable = ["zone", "name", "type"],
            Share = new ShareSchema("item", "weight"),

            // A name leads to the load balancer when everything behind it is there, and no longer when any of it goes.
            After =
            [
                Kinds.BackendService, Kinds.CertificateMapEntry, Kinds.ForwardingRule, Kinds.TargetHttpProxy,
                Kinds.TargetHttpsProxy, Kinds.TargetSslProxy, Kinds.TargetTcpProxy, Kinds.UrlMap,
            ],
            TrafficImpact = "clients find, or no longer find, the load balancer by this name",
        },
        new KindSchema
        {
            Kind = Kinds.Endpoints,
            Title = "endpoints",
            Concern = KindConcern.Targets,
            Immutable = ["networkEndpointGroup"],
            ParentAttribute = "networkEndpointGroup",
            TrafficImpact = "which endpoints get requests",
        },
        new KindSchema
        {
            Kind = Kinds.ForwardingRule,
            Title = "forwarding rule",
            WholeMaps = ["labels"],
            Immutable =
            [
                "name", "location", "loadBalancingScheme", "IPAddress", "IPProtocol", "portRange", "network",
                "networkTier", "subnetwork",
            ],
            Outputs = ["selfLink", "address"],
            AddressOutput = "address",
            TrafficImpact = "the port opens, closes or leads to another proxy",
        },
        new KindSchema
        {
            Kind = Kinds.HealthCheck,
            Title = "health check",
            Immutable = ["name", "location", "type"],
            Outputs = s_selfLink,
            TrafficImpact = "which endpoints count as healthy",
        },
        new KindSchema
        {
            Kind = Kinds.NetworkEndpointGroup,
            Title = "network endpoint group",
            Immutable = ["name", "location", "networkEndpointType", "network", "subnetwork", "cloudRun"],
            Outputs = s_selfLink,
        },
        new KindSchema
        {
            Kind = Kinds.SslCertificate,
            Title = "SSL certificate",
            Immutable = ["name", "location", "type", "certificate", "privateKey", "managed"],
            Outputs = s_selfLink,
        },
        Proxy(Kinds.TargetHttpProxy, "target HTTP proxy"),
        Proxy(Kinds.TargetHttpsProxy, "target HTTPS proxy"),
        Proxy(Kinds.TargetSslProxy, "target SSL proxy"),
        Proxy(Kinds.TargetTcpProxy, "target TCP proxy"),
        new KindSchema
        {
            Kind = Kinds.UrlMap,
            Title = "URL map",
            Immutable = ["name", "location"],
            Outputs = s_selfLink,
            TrafficImpact = "requests whose rules differ",
        },
    ];

    private static KindSchema Proxy(string kind, string title) => new()
    {
        Kind = kind,
        Title = title,
        Immutable = ["name", "location"],
        Outputs = s_selfLink,
        TrafficImpact = "all traffic of the port",
    };
}
