using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Diff;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Planning;

/// <summary>Takes a routing model to a plan, through every provider that it needs. For the hosts; not
/// thread-safe.</summary>
/// <param name="progress">Called from several threads.</param>
public sealed class PlanSession(ProviderFactory factory, TimeProvider clock, Action<PlanProgress>? progress = null)
{
    private readonly SortedDictionary<string, IProvider> _providers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Compiled<IProvider>> _made = new(StringComparer.Ordinal);
    private readonly Action<PlanProgress> _progress = progress ?? (static _ => { });

    /// <summary>The providers that were made so far, by scope name: what <see cref="Apply.Executor"/> needs.</summary>
    public IReadOnlyDictionary<string, IProvider> Providers => _providers;

    /// <summary>The desired graphs alone, with lookups unanswered: no call is made. With errors there is still a value:
    /// all that the clouds can do. Null only where a provider could not be made.</summary>
    public Compiled<ProjectedScopes> Project(RoutingModel model, EquatableList<ProviderConfigSpec> configs)
    {
        var diagnostics = new List<Diagnostic>();
        var scopes = Make(model, configs, diagnostics)?.ConvertAll(work => ProjectOne(work, diagnostics));
        return Compiled.From(
            scopes is null ? null : new ProjectedScopes(
                [.. scopes.Select(work => new ProjectedScope(work.Provider.Scope, work.Desired))]),
            diagnostics);
    }

    /// <summary>Projects, reads, settles, compares, plans and checks. A plan comes with errors too, so that it can be
    /// shown; it may be applied only where <see cref="Compiled{T}.Succeeded"/>, or where the user asked for a part:
    /// what an error of settling or comparing concerns is left as it is; what an error of projection concerns is
    /// not in the desired graph, and what lives of it stays only with <see cref="PlanRequest.KeepOnErrors"/>.</summary>
    /// <returns>No plan where a provider could not be made, or a cloud could not be read: what cannot be read is not
    /// taken for absent.</returns>
    public async Task<Compiled<Plan>> PlanAsync(PlanRequest request, CancellationToken cancellationToken)
    {
        var diagnostics = new List<Diagnostic>(request.Diagnostics);
        var made = Make(request.Model, request.Configs, diagnostics);
        if (made is null)
        {
            return Compiled.From<Plan>(null, diagnostics);
        }

        // Credentials and the first connection take their time: the projection has it.
        var identified = made.ConvertAll(work => Task.Run(() => IdentifyOneAsync(work, cancellationToken)));
        var projected = request.Purpose is PlanPurpose.Destroy ? made
            : made.ConvertAll(work => ProjectOne(work, diagnostics));
        var read = await Task.WhenAll(projected.Zip(
            identified, (work, scope) => ReadOneAsync(work, scope, request.Depth, cancellationToken)));
        diagnostics.AddRange(read.SelectMany(work => work.Problems));
        if (read.Any(work => work.Live is null) || SharesOwners(read, diagnostics))
        {
            return Compiled.From<Plan>(null, diagnostics);
        }

        _progress(new PlanProgress("", "planning"));
        EquatableList<ScopeInput> inputs = [.. read.Select(work => CompareOne(work, request, diagnostics))];
        return PlanAndCheck(request, inputs, diagnostics);
    }

    /// <summary>The same comparison without policy and filter, and never to be applied: what differs between specs and
    /// cloud.</summary>
    public Task<Compiled<Plan>> DriftAsync(PlanRequest request, CancellationToken cancellationToken) =>
        PlanAsync(
            request with { Purpose = PlanPurpose.Apply, Policy = new Policy.PlanPolicy { AllowEmpty = true } },
            cancellationToken);

    /// <summary>Whether a saved plan still fits: reads its scopes, and looks at what it touches
    /// (<see cref="Staleness"/>).</summary>
    /// <param name="configs">Those that the plan was made with.</param>
    public async Task<EquatableList<Diagnostic>> CheckStalenessAsync(
        Plan plan, EquatableList<ProviderConfigSpec> configs, CancellationToken cancellationToken)
    {
        var diagnostics = new List<Diagnostic>();
        var names = plan.Scopes.Select(scope => scope.Name).ToHashSet(StringComparer.Ordinal);
        var made = Make(new RoutingModel([]), configs, diagnostics)?.FindAll(
            work => names.Contains(work.Provider.Scope.Name))
            .ConvertAll(work => work with { Desired = WantedBy(plan, work.Provider.Scope.Name) });
        if (made is not null)
        {
            var read = await Task.WhenAll(made.Select(work => ReadOneAsync(
                work, IdentifyOneAsync(work, cancellationToken), ReadDepth.Deep, cancellationToken)));
            diagnostics.AddRange(read.SelectMany(work => work.Problems));
            if (!diagnostics.Exists(diagnostic => diagnostic.Severity is Severity.Error))
            {
                var now = read.Select(
                    work => new ScopeSnapshot(work.Scope, work.Live ?? throw new InvalidOperationException()));
                diagnostics.AddRange(Staleness.Check(plan, [.. now], clock.GetUtcNow()));
            }
        }

        return Compiled.From<Plan>(null, diagnostics).Diagnostics;
    }

    // What a provider reads of an object may depend on what is wanted of it: so the changed ones are named, not the new
    // ones alone.
    private static ResourceGraph WantedBy(Plan plan, string scope) => ResourceGraph.From(plan.Changes
        .Where(change => change.Address.Scope == scope)
        .Select(change => change switch
        {
            Change.Create create => create.After,
            Change.Update update => update.After,
            Change.Replace replace => replace.After,
            _ => null,
        })
        .OfType<ResourceNode>());

    private List<ScopeWork>? Make(
        RoutingModel model, EquatableList<ProviderConfigSpec> configs, List<Diagnostic> diagnostics)
    {
        var byName = new SortedDictionary<string, ProviderConfigSpec>(StringComparer.Ordinal);
        foreach (var config in model.Gateways.Select(gateway => gateway.Config).Concat(configs))
        {
            byName.TryAdd(config.Name.ToString(), config);
        }

        var scopes = new List<ScopeWork>();
        foreach (var (name, config) in byName)
        {
            if (!_made.TryGetValue(name, out var made))
            {
                _made.Add(name, made = factory(config));
            }

            diagnostics.AddRange(made.Diagnostics);
            if (made.Succeeded)
            {
                var own = model.Gateways.Where(gateway => gateway.Config.Name == config.Name);
                _providers[made.Value.Scope.Name] = made.Value;
                scopes.Add(new ScopeWork(made.Value, config, new RoutingModel([.. own])));
            }
        }

        // Without one of its providers the model would look smaller than it is.
        return scopes.Count == byName.Count ? scopes : null;
    }

    private ScopeWork ProjectOne(ScopeWork work, List<Diagnostic> diagnostics)
    {
        _progress(new PlanProgress(work.Provider.Scope.Name, "compiling"));
        var projected = work.Provider.Project(work.Model);
        diagnostics.AddRange(projected.Diagnostics);
        return work with { Desired = projected.Value ?? ResourceGraph.Empty, IsUnprojected = projected.Value is null };
    }

    private async Task<ProviderScope> IdentifyOneAsync(ScopeWork work, CancellationToken cancellationToken)
    {
        _progress(new PlanProgress(work.Provider.Scope.Name, "identifying"));
        return await work.Provider.IdentifyAsync(cancellationToken);
    }

    private async Task<ScopeWork> ReadOneAsync(
        ScopeWork work, Task<ProviderScope> identified, ReadDepth depth, CancellationToken cancellationToken)
    {
        try
        {
            var scope = await identified;
            _progress(new PlanProgress(scope.Name, "reading"));
            var live = await work.Provider.ReadAsync(new ReadRequest(work.Desired, depth), cancellationToken);
            _progress(new PlanProgress(scope.Name, $"read {live.Resources.Count} objects"));
            return work with { Scope = scope, Live = live, Problems = live.Diagnostics };
        }
        catch (ProviderException exception)
        {
            return work with { Problems = [exception.Diagnostic] };
        }
    }

    // Two configurations with one owner in one place would each delete what the other made.
    private static bool SharesOwners(ScopeWork[] scopes, List<Diagnostic> diagnostics)
    {
        var shared = scopes.GroupBy(work => work.Scope with { Name = "" }).Where(group => group.Count() > 1).ToList();
        diagnostics.AddRange(shared.Select(group =>
            PlanDiagnostics.SharedOwner(group.First().Scope, group.Last().Scope.Name)));
        return shared.Count > 0;
    }

    private static ScopeInput CompareOne(ScopeWork work, PlanRequest request, List<Diagnostic> diagnostics)
    {
        var live = work.Live ?? throw new InvalidOperationException("The scope was not read.");
        var settled = work.Provider.Settle(work.Desired, live);
        diagnostics.AddRange(settled.Diagnostics);
        // Where nothing could be said about what is desired, all that lives stays as it is.
        var unknown = work.IsUnprojected || settled.Value is null;
        var compared = unknown ? Compiled.From(new ChangeSet([]))
            : request.Purpose is PlanPurpose.Adopt
                ? Differ.Adopt(settled.Value ?? ResourceGraph.Empty, live, request.Adopt)
            : Differ.Compare(settled.Value ?? ResourceGraph.Empty, live, work.Provider.Kinds);
        diagnostics.AddRange(compared.Diagnostics
            .Where(diagnostic => !(settled.HasErrors && diagnostic.Code == DiffDiagnostics.UnsettledCode)));
        var changes = compared.Value ?? new ChangeSet([]);
        if (request is { KeepOnErrors: true, Purpose: PlanPurpose.Apply }
            && diagnostics.Exists(diagnostic => diagnostic.Severity is Severity.Error))
        {
            changes = WithoutRemovals(changes, diagnostics);
        }

        return new ScopeInput
        {
            Scope = work.Scope,
            Config = ProviderConfigText.Write(work.Config),
            Kinds = work.Provider.Kinds,
            Changes = changes,
            Live = live,
            Bridge = work.Provider.Bridge,
            DescribeTraffic = work.Provider.DescribeTraffic,
        };
    }

    private static ChangeSet WithoutRemovals(ChangeSet changes, List<Diagnostic> diagnostics)
    {
        // What is superseded has a successor at its address.
        var wanted = changes.Changes.Where(change => change is not Change.Delete)
            .Select(change => change.Address).ToHashSet();
        var removals = changes.Changes.Where(change => change is Change.Delete && !wanted.Contains(change.Address))
            .ToHashSet(ReferenceEqualityComparer.Instance);
        if (removals.Count is 0)
        {
            return changes;
        }

        diagnostics.Add(PlanDiagnostics.KeptOnErrors(
            [.. removals.OfType<Change>().Select(change => change.Address).Distinct().Order()]));
        return new ChangeSet([.. changes.Changes.Where(change => !removals.Contains(change))]);
    }

    private Compiled<Plan> PlanAndCheck(
        PlanRequest request, EquatableList<ScopeInput> inputs, List<Diagnostic> diagnostics)
    {
        var kinds = inputs.ToDictionary(input => input.Scope.Name, input => input.Kinds, StringComparer.Ordinal);
        var planned = Planner.Plan(
            new PlanInput
            {
                Purpose = request.Purpose,
                ToolVersion = request.ToolVersion,
                InputDigest = request.InputDigest,
                CreatedAt = clock.GetUtcNow(),
                Lifetime = request.Lifetime,
                Scopes = inputs,
                Policy = request.Policy,
                Filter = request.Filter,
                Diagnostics = [.. diagnostics],
            },
            plan => PlanChecker.Check(plan, kinds));
        diagnostics.AddRange(planned.Diagnostics);
        return Compiled.From(planned.Value, diagnostics);
    }

    private sealed record ScopeWork(IProvider Provider, ProviderConfigSpec Config, RoutingModel Model)
    {
        public ProviderScope Scope { get; init; } = Provider.Scope;

        public ResourceGraph Desired { get; init; } = ResourceGraph.Empty;

        /// <summary>Nothing can be said about what is desired.</summary>
        public bool IsUnprojected { get; init; }

        public LiveState? Live { get; init; }

        public EquatableList<Diagnostic> Problems { get; init; } = [];
    }
}

/// <summary>What each scope should hold, sorted by scope name.</summary>
public sealed record ProjectedScopes(EquatableList<ProjectedScope> Scopes);

/// <summary>A scope's desired graph as the provider projects it.</summary>
public sealed record ProjectedScope(ProviderScope Scope, ResourceGraph Graph);
