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

    public override ObjectId Id => new(ApiGroups.Gwctl, "DnsPolicy", Name);
}
