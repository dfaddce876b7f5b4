using Gwctl.Core;
using Gwctl.Providers.Aws.Api.Elbv2;

namespace Gwctl.Providers.Aws.Reading;

/// <summary>What Elastic Load Balancing answered.</summary>
internal sealed record ElbSnapshot
{
    /// <summary>Of the whole region, whoever owns them.</summary>
    public required IReadOnlyList<LoadBalancer> LoadBalancers { get; init; }

    /// <summary>Of the whole region, whoever owns them.</summary>
    public required IReadOnlyList<TargetGroup> TargetGroups { get; init; }

    /// <summary>Of the whole region, whoever owns them; empty where neither the specs nor the marks know of
    /// any.</summary>
    public IReadOnlyList<TrustStore> TrustStores { get; init; } = [];

    /// <summary>Of our load balancers.</summary>
    public required IReadOnlyList<Listener> Listeners { get; init; }

    /// <summary>By listener; without the default rules.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<Rule>> Rules { get; init; }

    /// <summary>By listener; without the default certificates.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Certificates { get; init; }

    /// <summary>Of load balancers, target groups and listeners, by ARN, where they were asked for.</summary>
    public required IReadOnlyDictionary<string, Tags> Attributes { get; init; }

    /// <summary>By target group, where it was asked for.</summary>
    public required IReadOnlyDictionary<string, EquatableList<TargetHealthDescription>> Health { get; init; }

    public required TagIndex Tags { get; init; }
}
