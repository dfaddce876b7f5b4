using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Gcp;

/// <summary>The kinds of Google Cloud object that gwctl makes, and their attributes. Projection writes these shapes,
/// Reading fills the same shapes from the cloud, Applying turns them into calls.
/// <para>Every kind but <see cref="Endpoints"/> and <see cref="DnsRecord"/> has <c>name</c> and <c>location</c>
/// (<c>global</c>, a region or a zone). All other attributes are the members of the API's body under their own names,
/// nested as there. Gwctl's marks are JSON in <c>description</c>, which is not an attribute. How values are
/// written:</para>
/// <list type="bullet">
/// <item>int32, uint32 and int64 (also where they travel as text, as <c>Duration.seconds</c>) are numbers; float and
/// double (<c>percentage</c>, <c>mirrorPercent</c>, <c>capacityScaler</c>, <c>maxRatePerEndpoint</c>) are text in the
/// shortest form that reads back, as <c>1</c> or <c>33.3</c></item>
/// <item>a Duration is a map <c>seconds</c>, and <c>nanos</c> only where it is not 0</item>
/// <item>an object of the project is named by a reference to its <c>selfLink</c>, or by a text as
/// <see cref="SelfLinks"/> writes it, which Reading also makes of what the cloud returns (other hosts, other API
/// versions, no host)</item>
/// <item>what Google fills in by itself is left out of list items on both sides, unless Projection writes it; a member
/// that is false, empty or 0 because nobody set it is left out too</item>
/// </list></summary>
public static class Kinds
{
    /// <summary>The label, with the value <c>true</c>, that says of an address or forwarding rule: never destroy or
    /// replace it, whatever the specs say.</summary>
    public const string ProtectLabel = "gwctl-protect";

    /// <summary>A reserved address; the key is <c>ipv4</c> or <c>ipv6</c>. <c>addressType</c> (EXTERNAL | INTERNAL),
    /// <c>ipVersion</c> (IPV4 | IPV6; of global ones), <c>networkTier</c> (of regional external ones), <c>purpose</c>
    /// (SHARED_LOADBALANCER_VIP) and <c>subnetwork</c> (of internal ones), <c>labels</c>. All immutable but the labels.
    /// Outputs: <c>selfLink</c>, <c>address</c>.</summary>
    public const string Address = "address";

    /// <summary>A health check; the key is that of the backend service that uses it. Immutable: <c>type</c> (HTTP |
    /// HTTPS | HTTP2 | GRPC | GRPC_WITH_TLS | TCP | SSL). <c>checkIntervalSec</c>, <c>timeoutSec</c>,
    /// <c>healthyThreshold</c>, <c>unhealthyThreshold</c>, and the type's own map: <c>httpHealthCheck</c>,
    /// <c>httpsHealthCheck</c>, <c>http2HealthCheck</c> (<c>requestPath</c>, <c>portSpecification</c>, <c>port</c>),
    /// <c>grpcHealthCheck</c>, <c>grpcTlsHealthCheck</c>, <c>tcpHealthCheck</c>, <c>sslHealthCheck</c>
    /// (<c>portSpecification</c>, <c>port</c>). Output: <c>selfLink</c>.</summary>
    public const string HealthCheck = "health-check";

    /// <summary>A network endpoint group; the key is the backend's id and, behind <c>@</c>, the zone (of a serverless
    /// one the region). All immutable: <c>networkEndpointType</c> (GCE_VM_IP_PORT | NON_GCP_PRIVATE_IP_PORT |
    /// SERVERLESS), <c>network</c> and <c>subnetwork</c> (URLs; not of serverless ones), <c>cloudRun</c> (map
    /// <c>service</c>; of serverless ones). Its name holds a hash of what is immutable. Output: <c>selfLink</c>.
    /// </summary>
    public const string NetworkEndpointGroup = "network-endpoint-group";

    /// <summary>The endpoints of a zonal network endpoint group, key as the group's.
    /// <c>networkEndpointGroup</c>: the group's <c>selfLink</c>; <c>networkEndpoints</c>: list of maps
    /// <c>ipAddress</c>, <c>port</c>, and <c>instance</c> (the VM's name; of GCE_VM_IP_PORT only), sorted by
    /// <see cref="AttributeOrder"/>. Endpoints that are being detached do not count. An empty list is a group that
    /// shall have none.</summary>
    public const string Endpoints = "endpoints";

    /// <summary>A backend service; the key is the backend's id, behind <c>~</c> a variant; <see cref="NoBackendKey"/>
    /// is the one without backends, which requests are aborted at.
    /// <list type="bullet">
    /// <item>immutable: <c>loadBalancingScheme</c> (EXTERNAL_MANAGED | INTERNAL_MANAGED), <c>protocol</c> (HTTP | HTTPS
    /// | HTTP2 | H2C | TCP | SSL); its name holds a hash of what must not change in place</item>
    /// <item><c>timeoutSec</c>, <c>connectionDraining</c> (map <c>drainingTimeoutSec</c>), <c>sessionAffinity</c>,
    /// <c>affinityCookieTtlSec</c>, <c>localityLbPolicy</c>, <c>consistentHash</c>,
    /// <c>strongSessionAffinityCookie</c></item>
    /// <item><c>healthChecks</c>: list of one reference, or left out (serverless, none)</item>
    /// <item><c>backends</c>: list of maps, sorted by <see cref="AttributeOrder"/>: <c>group</c>, <c>balancingMode</c>,
    /// <c>capacityScaler</c>, <c>maxRatePerEndpoint</c> or <c>maxConnectionsPerEndpoint</c></item>
    /// <item><c>tlsSettings</c>: map <c>sni</c>, <c>subjectAltNames</c> (list of maps <c>dnsName</c> or
    /// <c>uniformResourceIdentifier</c>), <c>authenticationConfig</c></item>
    /// </list> Output: <c>selfLink</c>. Ready when each of its groups has a healthy endpoint, or none at all.</summary>
    public const string BackendService = "backend-service";

    /// <summary>See <see cref="BackendService"/>.</summary>
    public const string NoBackendKey = "none";

    /// <summary>The URL map of a port; the key is the port. <c>defaultService</c>, <c>defaultRouteAction</c>,
    /// <c>hostRules</c>, <c>pathMatchers</c> (with <c>routeRules</c>; the default is a <c>defaultService</c> and a
    /// <c>defaultRouteAction</c>), <c>tests</c>. All lists are in the order that is sent. Output:
    /// <c>selfLink</c>.</summary>
    public const string UrlMap = "url-map";

    /// <summary>A compute SSL certificate; the key is <c>secret/</c> and the Secret's name, or <c>managed/</c> and a
    /// hash of the domains. All immutable, and the name holds a hash of the content: <c>type</c> (SELF_MANAGED |
    /// MANAGED), <c>certificate</c> and <c>privateKey</c> (<see cref="AttributeValue.Secret"/>; live: by the digests in
    /// the marks), <c>managed</c> (map <c>domains</c>). Output: <c>selfLink</c>.</summary>
    public const string SslCertificate = "ssl-certificate";

    /// <summary>A Certificate Manager certificate; key as <see cref="SslCertificate"/>'s. Of a TLS Secret:
    /// <c>selfManaged</c>: map <c>pemCertificate</c>, <c>pemPrivateKey</c> (secrets; live: by the digests in the
    /// marks), which change in place. Else <c>managed</c> (immutable): map <c>domains</c> (sorted),
    /// <c>dnsAuthorizations</c> (references to <c>resourceName</c>, in the domains' order, each once); ready when
    /// ACTIVE. Output: <c>resourceName</c> (<c>projects/p/locations/global/certificates/x</c>).</summary>
    public const string Certificate = "certificate";

    /// <summary>Certificate Manager's proof that a name is ours; the key is the domain. Immutable: <c>domain</c>
    /// (without <c>*.</c>). <c>zone</c>: the managed zone for the record that proves it, which the same handler writes
    /// and removes. Output: <c>resourceName</c>.</summary>
    public const string DnsAuthorization = "dns-authorization";

    /// <summary>A Certificate Manager map; the key is the port. Outputs: <c>resourceName</c>, and <c>selfLink</c>:
    /// <c>//certificatemanager.googleapis.com/</c> and the resource name, as target proxies want it.</summary>
    public const string CertificateMap = "certificate-map";

    /// <summary>An entry of a certificate map; the key is the port and the hostname, or <c>primary</c>. Immutable:
    /// <c>certificateMap</c> (the map's <c>resourceName</c>), <c>hostname</c> or <c>matcher</c> (PRIMARY).
    /// <c>certificates</c>: list of <c>resourceName</c>s, at most four.</summary>
    public const string CertificateMapEntry = "certificate-map-entry";

    /// <summary>The key is the port. <c>urlMap</c>. Output: <c>selfLink</c>.</summary>
    public const string TargetHttpProxy = "target-http-proxy";

    /// <summary>The key is the port. <c>urlMap</c>; <c>sslCertificates</c> (list of references; the first is for
    /// clients without a server name) or <c>certificateMap</c> (reference to <c>selfLink</c>); <c>sslPolicy</c> (URL).
    /// Output: <c>selfLink</c>.</summary>
    public const string TargetHttpsProxy = "target-https-proxy";

    /// <summary>The key is the port. <c>service</c>, <c>proxyHeader</c> (NONE | PROXY_V1); of regional ones nothing can
    /// be changed, and the name holds a hash of the service. Output: <c>selfLink</c>.</summary>
    public const string TargetTcpProxy = "target-tcp-proxy";

    /// <summary>The key is the port. <c>service</c>, <c>proxyHeader</c>, <c>sslCertificates</c> or
    /// <c>certificateMap</c>, <c>sslPolicy</c>. Output: <c>selfLink</c>.</summary>
    public const string TargetSslProxy = "target-ssl-proxy";

    /// <summary>A forwarding rule; the key is the port and the address's key, as <c>443/ipv4</c>. Immutable:
    /// <c>loadBalancingScheme</c>, <c>IPAddress</c> (the address's <c>address</c>, or a text), <c>IPProtocol</c>
    /// (TCP), <c>portRange</c> (<c>443-443</c>), <c>network</c> (of regional ones), <c>networkTier</c> (of regional
    /// external ones), <c>subnetwork</c> (of internal ones).
    /// <c>target</c> is changed by setTarget, <c>labels</c> by setLabels. Output: <c>selfLink</c>.</summary>
    public const string ForwardingRule = "forwarding-rule";

    /// <summary>One record set of a hostname; the key is the hostname, <c>/</c> and the type. Immutable: <c>zone</c>
    /// (the managed zone's name), <c>name</c> (with the last dot), <c>type</c> (A | AAAA). <c>ttl</c>;
    /// <c>rrdatas</c>, or <c>routingPolicy</c> as the API has it, or <c>item</c> (map <c>rrdatas</c>, <c>weight</c>):
    /// the Gateway's item of a weighted policy, whose other items and TTL may be others'; <c>ownership</c>: map
    /// <c>name</c> (with the last dot), <c>value</c> (without quotes, and without what tells items apart) of the TXT
    /// record in external-dns's format. Both are written in one change; a missing half shows as a missing attribute.
    /// <c>cutOver</c>, until it is settled: a Cutover may have it.</summary>
    public const string DnsRecord = "dns-record";
}
