using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Planning;

/// <summary>Takes a routing model to a plan, through every provider that it needs. For the hosts; not thread-safe.</summary>
public sealed class PlanSession(ProviderFactory factory, TimeProvider clock, Action<PlanProgress>? progress = null)
{
    /// <summary>The providers that were made so far, by scope name: what <see cref="Apply.Executor"/> needs.</summary>
    public IReadOnlyDictionary<string, IProvider> Providers => throw new System.Diagnostics.UnreachableException();

    /// <summary>The desired graphs alone, with lookups unanswered: no call is made. Scopes by name.</summary>
    public Compiled<ProjectedScopes> Project(RoutingModel model, EquatableList<ProviderConfigSpec> configs) =>
        throw new System.Diagnostics.UnreachableException($"{factory} {clock} {progress} {model} {configs}");

    public Task<Compiled<Plan>> PlanAsync(PlanRequest request, CancellationToken cancellationToken) =>
        throw new System.Diagnostics.UnreachableException($"{request} {cancellationToken}");

    public Task<Compiled<Plan>> DriftAsync(PlanRequest request, CancellationToken cancellationToken) =>
        throw new System.Diagnostics.UnreachableException($"{request} {cancellationToken}");

    public Task<EquatableList<Diagnostic>> CheckStalenessAsync(
        Plan plan, EquatableList<ProviderConfigSpec> configs, CancellationToken cancellationToken) =>
        throw new System.Diagnostics.UnreachableException($"{plan} {configs} {cancellationToken}");
}

/// <summary>What each scope should hold, sorted by scope name.</summary>
public sealed record ProjectedScopes(EquatableList<ProjectedScope> Scopes);

/// <summary>A scope's desired graph as the provider projects it.</summary>
public sealed record ProjectedScope(ProviderScope Scope, ResourceGraph Graph);
