using Gwctl.Core;
using Gwctl.Engine.Diff;
using Gwctl.Engine.Policy;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Planning;

/// <summary>All that a plan is made of. Planning looks at nothing else, so equal inputs make equal plans.</summary>
public sealed record PlanInput
{
    public required PlanPurpose Purpose { get; init; }

    public required string ToolVersion { get; init; }

    public required string InputDigest { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public TimeSpan Lifetime { get; init; } = PlanRequest.DefaultLifetime;

    /// <summary>Each scope name once.</summary>
    public required EquatableList<ScopeInput> Scopes { get; init; }

    public PlanPolicy Policy { get; init; } = PlanPolicy.Default;

    public PlanFilter Filter { get; init; } = PlanFilter.Everything;

    /// <summary>What the stages before had to say.</summary>
    public EquatableList<Diagnostic> Diagnostics { get; init; } = [];
}

/// <summary>A scope's part of the input.</summary>
public sealed record ScopeInput
{
    public required ProviderScope Scope { get; init; }

    /// <summary>Its ProviderConfig, as <see cref="Compiler.Specs.ProviderConfigText"/> writes it.</summary>
    public required string Config { get; init; }

    public required EquatableList<KindSchema> Kinds { get; init; }

    public required ChangeSet Changes { get; init; }

    public required LiveState Live { get; init; }

    /// <summary><see cref="IProvider.Bridge"/>: pure.</summary>
    public Func<ResourceAddress, AttributeMap, AttributeMap, AttributeMap?> Bridge { get; init; }
        = static (_, _, _) => null;

    /// <summary><see cref="IProvider.DescribeTraffic"/>: pure.</summary>
    public Func<IReadOnlyList<ResourceNode>, TrafficTable> DescribeTraffic { get; init; }
        = static _ => new TrafficTable([]);
}
