using Gwctl.Core;
using Gwctl.Sandbox.Calls;
using Gwctl.Sandbox.Dns;

namespace Gwctl.Sandbox.Aws;

/// <summary>The AWS part of a sandbox.</summary>
public sealed record AwsOptions
{
    /// <summary>The account of every credential that names none.</summary>
    public string AccountId { get; init; } = "000000000000";

    public string Region { get; init; } = "us-east-1";

    /// <summary>The long-lived keys that are accepted.</summary>
    public EquatableList<AwsCredential> Credentials { get; init; } = [new AwsCredential("test", "test")];

    public AwsQuotas Quotas { get; init; } = new();

    public AwsDelays Delays { get; init; } = new();

    /// <summary>The buckets that AWS publishes for non-mutating ELBv2 calls, and what is known of Route 53's.</summary>
    public static readonly EquatableList<ThrottleRule> PublishedThrottling =
    [
        new("elbv2", ["Describe*"], 40, 10),
        new("route53", ["*"], 5, 5),
    ];

    /// <summary>Token buckets; none by default.</summary>
    public EquatableList<ThrottleRule> Throttling { get; init; } = [];

    /// <summary>Public hosted zones that exist from the start, such as <c>example.com</c>.</summary>
    public EquatableList<string> HostedZones { get; init; } = [];

    /// <summary>Targets (an IP address or an instance id) whose health checks fail.</summary>
    public EquatableList<string> UnhealthyTargets { get; init; } = [];

    /// <summary>The account's instances. Where none is given, every well-formed instance id is taken for one.</summary>
    public EquatableList<AwsInstance> Instances { get; init; } = [];

    /// <summary>The account's Elastic IP addresses. Where none is given, every well-formed allocation id is taken for
    /// one, with an address made from the id.</summary>
    public EquatableList<AwsElasticIp> ElasticIps { get; init; } = [];

    /// <summary>S3 buckets of the account that exist from the start.</summary>
    public EquatableList<string> Buckets { get; init; } = [];

    /// <summary>Checks every answer against the contract, and fails loudly where one breaks it: for tests.</summary>
    public bool ChecksAnswers { get; init; }

    /// <summary>Route 53 documents that a failed batch answers <c>InvalidChangeBatch/Messages</c>; what today's clients
    /// report of it can only come from the common <c>ErrorResponse</c> envelope. True answers as documented.</summary>
    public bool BatchErrorsAsDocumented { get; init; }

    /// <summary>What signatures' dates are checked against. Not the cloud's own time, which a test may stop or move
    /// while its client goes on signing with the real one.</summary>
    public TimeProvider SignatureClock { get; init; } = TimeProvider.System;

    /// <summary>How far a signature's date may be off.</summary>
    public TimeSpan SignatureSkewMax { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Null where there is only the control plane.</summary>
    internal IDataPlane? DataPlane { get; init; }

    /// <summary>What Route 53's health checks found, by id; null of one that was never made.</summary>
    internal Func<string, DnsVerdict?>? HealthOfChecks { get; init; }
}

/// <param name="AccountId">Null for <see cref="AwsOptions.AccountId"/>.</param>
public sealed record AwsCredential(string AccessKeyId, string SecretAccessKey, string? AccountId = null);

/// <param name="SubnetId">One of the seeded subnets.</param>
public sealed record AwsInstance(string InstanceId, string PrivateIpAddress, string SubnetId);

public sealed record AwsElasticIp(string AllocationId, string PublicIp);

/// <summary>How long the cloud takes for what it does after it has answered.</summary>
public sealed record AwsDelays
{
    /// <summary>Everything at once.</summary>
    public static readonly AwsDelays None = new()
    {
        LoadBalancerProvisioning = TimeSpan.Zero,
        TargetSettling = TimeSpan.Zero,
        RecordPropagation = TimeSpan.Zero,
        CertificateIssuing = TimeSpan.Zero,
    };

    /// <summary>From CreateLoadBalancer to active. Real load balancers take minutes.</summary>
    public TimeSpan LoadBalancerProvisioning { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>From a target's registration, or its group's first use, to the first verdict on its health.</summary>
    public TimeSpan TargetSettling { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>From a change batch to INSYNC.</summary>
    public TimeSpan RecordPropagation { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>From the validation record to ISSUED.</summary>
    public TimeSpan CertificateIssuing { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>How many mutating calls the tagging API's index is late. The real one lags by seconds to
    /// minutes.</summary>
    public int TagIndexWritesBehind { get; init; }
}

/// <summary>Quotas with AWS's defaults. Raise them with <c>with</c>.</summary>
public sealed record AwsQuotas
{
    public int LoadBalancersPerRegion { get; init; } = 50;

    public int NetworkLoadBalancersPerRegion { get; init; } = 50;

    public int ListenersPerLoadBalancer { get; init; } = 50;

    /// <summary>Over all listeners, without the default rules.</summary>
    public int RulesPerLoadBalancer { get; init; } = 100;

    public int CertificatesPerLoadBalancer { get; init; } = 25;

    public int TargetGroupsPerRegion { get; init; } = 3000;

    public int TargetGroupsPerLoadBalancer { get; init; } = 100;

    public int TargetGroupsPerAction { get; init; } = 5;

    /// <summary>AWS documents no default for weighted forwarding of network load balancers; taken to be that of
    /// application load balancers.</summary>
    public int TargetGroupsPerNetworkAction { get; init; } = 5;

    public int TargetsPerLoadBalancer { get; init; } = 1000;

    /// <summary>Told in the account's limits, not enforced.</summary>
    public int TargetsPerNetworkLoadBalancer { get; init; } = 3000;

    /// <summary>Told in the account's limits, not enforced.</summary>
    public int TargetsPerZoneOfNetworkLoadBalancer { get; init; } = 500;

    public int TrustStoresPerAccount { get; init; } = 20;

    public int CaCertificatesPerTrustStore { get; init; } = 25;

    public int TargetsPerTargetGroup { get; init; } = 1000;

    public int ConditionValuesPerRule { get; init; } = 5;

    public int WildcardsPerRule { get; init; } = 5;

    public int SecurityGroupsPerRegion { get; init; } = 2500;

    /// <summary>Inbound and outbound each.</summary>
    public int RulesPerSecurityGroup { get; init; } = 60;

    public int SecurityGroupsPerLoadBalancer { get; init; } = 5;

    public int CertificatesPerRegion { get; init; } = 2500;

    public int DomainNamesPerCertificate { get; init; } = 10;

    public int HostedZonesPerAccount { get; init; } = 500;

    public int HealthChecksPerAccount { get; init; } = 200;

    public int RecordsPerHostedZone { get; init; } = 10_000;

    public int TagsPerResource { get; init; } = 50;
}
