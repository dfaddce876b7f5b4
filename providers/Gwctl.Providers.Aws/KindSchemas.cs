using Gwctl.Core;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Projection;

namespace Gwctl.Providers.Aws;

/// <summary>What diff and planning know of the kinds in <see cref="Kinds"/>.</summary>
public static class KindSchemas
{
    /// <summary>With the account's quotas.</summary>
    public static EquatableList<KindSchema> Within(AlbQuotas quotas) =>
    [
        .. All.Select(kind => kind.Kind is Kinds.Rule
            ? kind with { LivingMax = quotas.RulesPerLoadBalancer }
            : kind),
    ];

    private static readonly EquatableList<string> s_tags = ["tags"];
    private static readonly EquatableList<string> s_tagsAndAttributes = ["attributes", "tags"];

    /// <summary>Sorted by kind.</summary>
    public static readonly EquatableList<KindSchema> All =
    [
        new KindSchema
        {
            Kind = Kinds.DnsRecord,
            Title = "DNS record",
            Concern = KindConcern.Dns,
            Immutable = ["zone", "name"],

            // A name leads to the load balancer when everything behind it is there, and no longer when any of it goes.
            After =
            [
                Kinds.HealthCheck, Kinds.Listener, Kinds.ListenerCertificate, Kinds.Rule, Kinds.SecurityGroup,
                Kinds.Targets,
            ],
            TrafficImpact = "clients find, or no longer find, the load balancer by this name",
        },
        new KindSchema
        {
            Kind = Kinds.HealthCheck,
            Title = "health check",
            Concern = KindConcern.Dns,
            Immutable = ["type", "intervalSeconds"],
            Outputs = ["id"],
            TrafficImpact = "when answers leave out the load balancer",
        },
        new KindSchema
        {
            Kind = Kinds.ImportedCertificate,
            Title = "imported certificate",
            WholeMaps = s_tags,
            Outputs = ["arn"],
        },
        new KindSchema
        {
            Kind = Kinds.Listener,
            Title = "listener",
            Immutable = ["loadBalancer", "port"],
            WholeMaps = s_tags,
            ParentAttribute = "loadBalancer",
            Outputs = ["arn"],
            TrafficImpact = "the port opens, closes or changes its TLS settings",
        },
        new KindSchema
        {
            Kind = Kinds.ListenerCertificate,
            Title = "listener certificate",
            Immutable = ["listener", "certificate"],
            ParentAttribute = "listener",
            TrafficImpact = "TLS clients of its names get, or no longer get, this certificate",
        },
        new KindSchema
        {
            Kind = Kinds.LoadBalancer,
            Title = "load balancer",
            Immutable = ["name", "scheme", "type", "eipAllocations"],
            WholeMaps = s_tagsAndAttributes,
            AwaitReady = true,
            Outputs = ["arn", "dnsName", "zoneId"],
            AddressOutput = "dnsName",
            TrafficImpact = "all traffic of the Gateway",
        },
        new KindSchema
        {
            Kind = Kinds.RequestedCertificate,
            Title = "requested certificate",
            Immutable = ["domain", "alternativeNames"],
            WholeMaps = s_tags,
            AwaitReady = true,

            // A listener with a certificate that is not issued is refused.
            ReadyBeforeUse = true,
            Outputs = ["arn"],
        },
        new KindSchema
        {
            Kind = Kinds.Rule,
            Title = "rule",
            Immutable = ["listener"],
            WholeMaps = s_tags,
            ParentAttribute = "listener",
            Batch = new BatchSchema("priority", "listener"),
            Outputs = ["arn"],
            TrafficImpact = "requests that it matches",
        },
        new KindSchema
        {
            Kind = Kinds.SecurityGroup,
            Title = "security group",
            Immutable = ["name", "description", "vpc"],
            WholeMaps = s_tags,
            Outputs = ["id"],
            TrafficImpact = "who can connect to the load balancer",
        },
        new KindSchema
        {
            Kind = Kinds.TargetGroup,
            Title = "target group",
            Immutable = ["name", "targetType", "protocol", "protocolVersion", "port", "vpc", "ipAddressType"],
            WholeMaps = s_tagsAndAttributes,
            AwaitReady = true,
            AwaitDrained = true,
            Outputs = ["arn"],
        },
        new KindSchema
        {
            Kind = Kinds.Targets,
            Title = "targets",
            Concern = KindConcern.Targets,
            Immutable = ["targetGroup"],
            ParentAttribute = "targetGroup",
            TrafficImpact = "which endpoints get requests",
        },
        new KindSchema
        {
            Kind = Kinds.TrustStore,
            Title = "trust store",
            Immutable = ["name"],
            WholeMaps = s_tags,
            AwaitReady = true,
            ReadyBeforeUse = true,
            Outputs = ["arn"],
            TrafficImpact = "whose client certificates are accepted",
        },
    ];
}
