using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Policy;
using Gwctl.Engine.Providers;

namespace Gwctl.Engine.Planning;

/// <summary>What to plan.</summary>
public sealed record PlanRequest
{
    public static readonly TimeSpan DefaultLifetime = TimeSpan.FromHours(24);

    public required PlanPurpose Purpose { get; init; }

    /// <summary>For Destroy it may be empty: then <see cref="Configs"/> say where.</summary>
    public required RoutingModel Model { get; init; }

    /// <summary>ProviderConfigs to plan for besides those of the model's Gateways: one whose last Gateway was removed
    /// still has objects to delete. Those that the model names too count once, by name.</summary>
    public EquatableList<ProviderConfigSpec> Configs { get; init; } = [];

    /// <summary>SHA-256 over specs and configuration, in hexadecimal.</summary>
    public required string InputDigest { get; init; }

    public required string ToolVersion { get; init; }

    public ReadDepth Depth { get; init; } = ReadDepth.Deep;

    public PlanPolicy Policy { get; init; } = PlanPolicy.Default;

    public PlanFilter Filter { get; init; } = PlanFilter.Everything;

    /// <summary>How long the plan may be applied.</summary>
    public TimeSpan Lifetime { get; init; } = DefaultLifetime;

    /// <summary>With errors about the specs or what they compile to, nothing is deleted for not being in the specs:
    /// what an error concerns is not in them either. False where a caller drops what is wrong on purpose, as a status
    /// says.</summary>
    public bool KeepOnErrors { get; init; }

    /// <summary>For Adopt: addresses (<see cref="Resources.ResourceAddress.ToString"/>) or live ids of the foreign
    /// objects.</summary>
    public EquatableList<string> Adopt { get; init; } = [];

    /// <summary>What reading, topology and routing had to say; the plan carries it.</summary>
    public EquatableList<Diagnostic> Diagnostics { get; init; } = [];
}

/// <summary>What a session is about to do; for people.</summary>
/// <param name="Scope">The ProviderConfig's name; empty for what concerns all.</param>
public sealed record PlanProgress(string Scope, string Text);
