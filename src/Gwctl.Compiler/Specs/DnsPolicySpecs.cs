using Gwctl.Core;

namespace Gwctl.Compiler.Specs;

/// <summary>gwctl.dev/v1alpha1 DnsPolicy: how a Gateway's hostnames are answered in the steady state.</summary>
public sealed record DnsPolicySpec : SpecObject
{
    /// <summary>A Gateway of the policy's namespace.</summary>
    public required SpecReference TargetRef { get; init; }

    /// <summary>The hostnames that it is for; empty is all of the Gateway's.</summary>
    public EquatableList<Located<string>> Hostnames { get; init; } = [];

    /// <summary>1 s to 1 day; null leaves it to the cloud. Records that point at a load balancer directly have the load
    /// balancer's.</summary>
    public Located<TimeSpan>? Ttl { get; init; }

    /// <summary>The Gateway's share among the records of the same name: its weight divided by the sum of all. Null
    /// where the Gateway has the name alone.</summary>
    public Located<int>? Weight { get; init; }

    /// <summary>Tells the records of one name apart; given with a weight.</summary>
    public Located<string>? SetIdentifier { get; init; }

    /// <summary>Answers leave out the Gateway while its load balancer has no healthy target.</summary>
    public Located<bool>? EvaluateTargetHealth { get; init; }

    /// <summary>Answers leave out the Gateway while it fails this check, which its DNS service makes from
    /// outside.</summary>
    public DnsHealthCheckSpec? HealthCheck { get; init; }

    public override ObjectId Id => new(ApiGroups.Gwctl, "DnsPolicy", Name);
}

/// <summary>DnsPolicy spec.healthCheck.</summary>
public sealed record DnsHealthCheckSpec
{
    public const int FailureThresholdDefault = 3;

    private const int HttpPort = 80;
    private const int HttpsPort = 443;

    /// <summary>HTTP, HTTPS or TCP.</summary>
    public required Located<string> Protocol { get; init; }

    /// <summary>1–65535; given for TCP. Null is the protocol's own, 80 or 443.</summary>
    public Located<int>? Port { get; init; }

    /// <summary>Of HTTP and HTTPS, up to 255 characters; null is <c>/</c>.</summary>
    public Located<string>? Path { get; init; }

    /// <summary>What is looked up in DNS and, but for TCP, sent as Host and server name. Null is the load balancer's
    /// own name.</summary>
    public Located<string>? Hostname { get; init; }

    /// <summary>1 s to 1 h; null leaves it to the cloud. A cloud knows some values only.</summary>
    public Located<TimeSpan>? Interval { get; init; }

    /// <summary>1–10 checks in a row that say otherwise change the verdict; null is
    /// <see cref="FailureThresholdDefault"/>.</summary>
    public Located<int>? FailureThreshold { get; init; }

    public required SourceSpan Span { get; init; }

    /// <summary>The port that is checked.</summary>
    public int EffectivePort => Port?.Value ?? (Protocol.Value is "HTTPS" ? HttpsPort : HttpPort);
}
