using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws;

/// <summary>The kinds of AWS object that gwctl makes, and the names of their attributes. Projection writes these
/// shapes, Reading fills the same shapes from the cloud, Applying turns them into calls. A list whose order means
/// nothing to AWS is sorted on both sides by <see cref="AttributeOrder"/>.</summary>
public static class Kinds
{
    /// <summary>A load balancer: a Gateway has an Application Load Balancer with the key "" for HTTP and HTTPS
    /// listeners, and a Network Load Balancer with the key <see cref="BalancerKeys.Network"/> for TLS, TCP and UDP
    /// listeners.
    /// <list type="bullet">
    /// <item><c>type</c>: network; an Application Load Balancer has none</item>
    /// <item><c>name</c>, <c>scheme</c> (internet-facing | internal), <c>ipAddressType</c> (ipv4 | dualstack |
    /// …)</item>
    /// <item><c>subnets</c>: sorted ids; <c>securityGroups</c>: sorted ids or references</item>
    /// <item><c>eipAllocations</c>: ids of elastic addresses, one for each subnet, in the subnets' order; network
    /// only</item>
    /// <item><c>attributes</c>: map of load balancer attribute key → text, only those that gwctl manages</item>
    /// <item><c>tags</c>: map of the user's tags (infrastructure labels); gwctl's own marks are not attributes</item>
    /// </list>
    /// Outputs: <c>arn</c>, <c>dnsName</c>, <c>zoneId</c> (CanonicalHostedZoneId).</summary>
    public const string LoadBalancer = "load-balancer";

    /// <summary>The managed security group; keys as the load balancers'. <c>name</c>, <c>description</c>,
    /// <c>vpc</c>, and <c>ingress</c>: a sorted list of maps <c>protocol</c>, <c>fromPort</c>, <c>toPort</c>,
    /// <c>cidr</c> (IPv4 or IPv6); <c>tags</c>. Output: <c>id</c>.</summary>
    public const string SecurityGroup = "security-group";

    /// <summary>A target group; the key is the backend's id and a hash of what distinguishes two groups of one backend.
    /// <list type="bullet">
    /// <item>immutable: <c>name</c> (holds a hash of the other immutable values), <c>targetType</c> (ip | instance),
    /// <c>protocol</c>, <c>protocolVersion</c> (of HTTP and HTTPS only), <c>port</c>, <c>vpc</c>,
    /// <c>ipAddressType</c></item>
    /// <item><c>healthCheck</c>: map <c>protocol</c>, <c>path</c>, <c>port</c>, <c>intervalSeconds</c>,
    /// <c>timeoutSeconds</c>,
    /// <c>healthyThreshold</c>, <c>unhealthyThreshold</c>, <c>matcher</c></item>
    /// <item><c>attributes</c>: map of target group attribute key → text, only those that gwctl manages;
    /// <c>tags</c></item>
    /// </list>
    /// Output: <c>arn</c>.</summary>
    public const string TargetGroup = "target-group";

    /// <summary>The registered targets of a target group, key as the group's; absent where somebody else registers
    /// them.
    /// <c>targetGroup</c>: reference or arn; <c>targets</c>: sorted list of maps <c>id</c>, <c>port</c>, and
    /// <c>zone</c> (<c>all</c>) where the address lies outside the VPC. Draining targets do not count as registered.
    /// <c>vpcCidrs</c>: Projection's alone: Settle sets the zones by it and removes it. An empty list of targets is a
    /// group that shall have none: nothing of it becomes healthy, and nobody waits for it.</summary>
    public const string Targets = "targets";

    /// <summary>An ACM certificate imported from a TLS Secret; the key is the Secret's name. <c>chain</c> and
    /// <c>privateKey</c>:
    /// <see cref="AttributeValue.Secret"/> (live: by the digests in the marks); <c>tags</c>. Output: <c>arn</c>, which
    /// stays when the certificate is imported again.</summary>
    public const string ImportedCertificate = "imported-certificate";

    /// <summary>An ACM certificate requested with DNS validation; the key is made of its names. Immutable:
    /// <c>domain</c>,
    /// <c>alternativeNames</c> (sorted); <c>zones</c>: map of name → hosted zone id for the validation records, which
    /// the same handler writes; <c>tags</c>. Output: <c>arn</c>. Ready when issued.</summary>
    public const string RequestedCertificate = "requested-certificate";

    /// <summary>The certificate authorities that clients of a port must have theirs from; the key is the lowest port
    /// with the same ones. Immutable: <c>name</c>. <c>location</c>: <c>s3://bucket/key</c>, whose key holds the
    /// bundle's digest (live: by a mark); <c>bundle</c>: PEM text, which the handler writes there for Elastic Load
    /// Balancing to read; <c>tags</c>. Output: <c>arn</c>.</summary>
    public const string TrustStore = "trust-store";

    /// <summary>A listener; the key is the port, behind <c>network/</c> for a Network Load Balancer's.
    /// <c>loadBalancer</c> (immutable), <c>port</c>, <c>protocol</c> (HTTP | HTTPS | TCP | UDP | TCP_UDP | TLS),
    /// <c>sslPolicy</c>, <c>certificate</c> (the default one), <c>alpnPolicy</c> (of TLS),
    /// <c>mutualAuthentication</c>: map <c>mode</c> (verify | passthrough; off only to end one of these),
    /// <c>trustStore</c> (reference or arn),
    /// <c>defaultActions</c> (as a rule's actions), <c>attributes</c>, <c>tags</c>. Output: <c>arn</c>.</summary>
    public const string Listener = "listener";

    /// <summary>An SNI certificate of a listener besides the default one; the key is the port and the certificate's
    /// key. Immutable: <c>listener</c>, <c>certificate</c>.</summary>
    public const string ListenerCertificate = "listener-certificate";

    /// <summary>A rule; the key is the port and a hash of its conditions, so that no insertion elsewhere renames it.
    /// <list type="bullet">
    /// <item><c>listener</c> (immutable), <c>priority</c> (number; chosen by Settle, changed by
    /// SetRulePriorities)</item>
    /// <item><c>order</c>: number; the place in the listener's precedence; Projection's alone: Settle removes it</item>
    /// <item><c>conditions</c>: sorted list of maps <c>field</c> (host-header | path-pattern | http-header |
    /// http-request-method | query-string | source-ip), <c>values</c> or <c>regexValues</c> (sorted lists),
    /// <c>httpHeaderName</c>; for query-string <c>values</c> holds maps <c>key</c>, <c>value</c></item>
    /// <item><c>actions</c>: list of one map: <c>type</c> = forward: <c>targetGroups</c> (sorted by the group's key,
    /// maps
    /// <c>targetGroup</c>, <c>weight</c>; no weight for a single group), <c>stickinessSeconds</c>; redirect:
    /// <c>protocol</c>,
    /// <c>host</c>, <c>port</c>, <c>path</c>, <c>query</c>, <c>statusCode</c> (all text as the API has it:
    /// <c>HTTP_301</c>, a port as <c>443</c> or <c>#{port}</c>; what keeps the request's has its placeholder, never
    /// left out); fixed-response:
    /// <c>statusCode</c> (text), <c>contentType</c> and <c>messageBody</c> where there is a body</item>
    /// <item><c>transforms</c>: list of maps <c>type</c> (url-rewrite | host-header-rewrite), <c>regex</c>,
    /// <c>replace</c></item>
    /// <item><c>tags</c></item>
    /// </list>
    /// Output: <c>arn</c>.</summary>
    public const string Rule = "rule";

    /// <summary>A health check that Route 53 makes for the records of a DnsPolicy; the key is the policy's name, behind
    /// <c>network/</c> where it is of the Network Load Balancer. Immutable: <c>type</c> (HTTP | HTTPS | TCP) and
    /// <c>intervalSeconds</c> (10 | 30). <c>hostname</c> (text, or the load balancer's <c>dnsName</c>), <c>port</c>,
    /// <c>path</c> (not of TCP), <c>sni</c> (of HTTPS), <c>failureThreshold</c>, <c>disabled</c> and <c>inverted</c>
    /// (never by gwctl), <c>owner</c>: the owner mark, missing where a crash prevented it. Route 53 takes ten tags
    /// only, so the user's are not written. Output: <c>id</c>.</summary>
    public const string HealthCheck = "health-check";

    /// <summary>A hostname's records in a hosted zone; the key is the hostname.
    /// <c>zone</c> (hosted zone id), <c>name</c>; <c>setIdentifier</c> and <c>weight</c> where other records of the
    /// name
    /// stand beside it; <c>cutOver</c> where a Cutover has them until it is finished; <c>a</c> and <c>aaaa</c>: maps
    /// <c>aliasName</c>, <c>aliasZone</c>,
    /// <c>evaluateTargetHealth</c>, <c>healthCheck</c> (reference or id; empty only to end one);
    /// <c>ownership</c>: map <c>name</c>, <c>value</c> of the TXT record in external-dns's
    /// format. The three are written in one change batch; a missing half shows as a missing attribute.</summary>
    public const string DnsRecord = "dns-record";
}
