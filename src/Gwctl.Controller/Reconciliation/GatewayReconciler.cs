using System.Diagnostics;
using Gwctl.Compiler.Specs;
using Gwctl.Controller.Operations;
using Gwctl.Controller.Status;
using Gwctl.Controller.Watching;
using Gwctl.Core;
using Gwctl.Engine.Apply;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Kubernetes.Http;

namespace Gwctl.Controller.Reconciliation;

/// <summary>What a look at something came to.</summary>
/// <param name="Word">For logs and metrics.</param>
/// <param name="Again">Null waits for something new; zero tries again with a growing pause.</param>
public sealed record ReconcileResult(string Word, TimeSpan? Again = null)
{
    public static readonly ReconcileResult Unchanged = new("unchanged");
    public static readonly ReconcileResult Foreign = new("foreign");

    public static ReconcileResult Failed(string word) => new(word, TimeSpan.Zero);
}

/// <summary>Brings one Gateway's cloud to what its specs say, and its status to what came of it.</summary>
internal sealed class GatewayReconciler(ReconcilerParts parts)
{
    /// <summary>A plan that is blocked is looked at again after this, should somebody have applied it by
    /// hand.</summary>
    private static readonly TimeSpan BlockedAgain = TimeSpan.FromMinutes(5);

    private readonly ControllerOptions _options = parts.Options;

    private readonly List<KubeException> _problems = [];

    /// <summary>Once for each instance.</summary>
    public async Task<ReconcileResult> ReconcileAsync(
        ClusterSlice slice, TouchReasons reasons, WorkTokens tokens)
    {
        var result = await LookAsync(slice, reasons, tokens);
        foreach (var problem in _problems.DistinctBy(problem => problem.Diagnostic))
        {
            parts.Telemetry.Failed(ObjectEdges.Gateway, problem.Diagnostic.Code);
            parts.Log.Tell(problem.Diagnostic, ControllerLog.Field("gateway", slice.Key.Name));
        }

        return _problems.Count > 0 && result.Again is null ? ReconcileResult.Failed("unsaid") : result;
    }

    private async Task<ReconcileResult> LookAsync(ClusterSlice slice, TouchReasons reasons, WorkTokens tokens)
    {
        if (slice.Whole is not { } gateway)
        {
            _problems.AddRange(await parts.Status.CleanAsync(slice, tokens.Stop));
            parts.Forget(slice.Key);
            return new ReconcileResult("gone");
        }

        if (!parts.Watcher.IsComplete(slice, out var problem))
        {
            if (problem is not null)
            {
                var unread = ControllerDiagnostics.Unread(
                    gateway.Id.Name, slice.Unread[0], problem.Diagnostic.Detail);
                await parts.Reporter.TellAsync(slice, gateway.Id, [unread], tokens.Stop);
                return ReconcileResult.Failed("unread");
            }

            return new ReconcileResult("waiting", TimeSpan.FromSeconds(2));
        }

        var compilation = Compilation.Of(slice, _options);
        if (gateway.IsBeingDeleted)
        {
            return await new GatewayDeletion(parts).DeleteAsync(compilation, gateway, tokens);
        }

        if (gateway is { Spec: null, Outline: { } outline })
        {
            return await RefuseAsync(slice, gateway, outline, tokens);
        }

        if (compilation.Gateway is not { } topology)
        {
            await parts.Reporter.TellAsync(slice, gateway.Id, gateway.Diagnostics, tokens.Stop);
            _problems.AddRange(await parts.Status.CleanAsync(slice, tokens.Stop));
            return ReconcileResult.Foreign;
        }

        if (topology is not { Accepted: true, Config: { } config })
        {
            return await LeaveAsync(compilation, gateway, tokens);
        }

        var scope = parts.Scopes.For(config);
        if (scope.Value is not { Memory: var memory })
        {
            var failed = ProgramOutcome.Failed(Findings.Details(scope.Diagnostics));
            await TellAndWriteAsync(compilation, gateway, scope.Diagnostics, failed, null, tokens);
            return ReconcileResult.Failed("misconfigured");
        }

        if ((reasons & (TouchReasons.Resync | TouchReasons.Arrival)) is not TouchReasons.None)
        {
            memory.Forget(gateway.Id.Name);
        }

        return await PlanAndApplyAsync(new Work(compilation, gateway, memory, reasons, tokens));
    }

    // Not even its listeners are known: everything stays as it is, but for what its status says.
    private async Task<ReconcileResult> RefuseAsync(
        ClusterSlice slice, ClusterObject gateway, SpecObject outline, WorkTokens tokens)
    {
        var outlined = slice.Objects.Select(item => item.Id == gateway.Id ? item with { Spec = outline } : item);
        if (Compilation.Of(slice with { Objects = [.. outlined] }, _options).Gateway is null)
        {
            return ReconcileResult.Foreign;
        }

        await parts.Reporter.TellAsync(slice, gateway.Id, gateway.Diagnostics, tokens.Stop);
        _problems.AddRange(await parts.Status.RefuseAsync(gateway, Findings.Details(gateway.Diagnostics), tokens.Stop));
        return new ReconcileResult("refused");
    }

    internal sealed record Work(
        Compilation Compilation, ClusterObject Gateway, ScopeMemory Memory, TouchReasons Reasons, WorkTokens Tokens)
    {
        public ObjectName Name => Gateway.Id.Name;
    }

    private async Task<ReconcileResult> LeaveAsync(Compilation compilation, ClusterObject gateway, WorkTokens tokens)
    {
        var said = Finalizers.Has(gateway) ? [ControllerDiagnostics.NotAccepted(gateway.Id.Name)]
            : Array.Empty<Diagnostic>();
        await TellAndWriteAsync(compilation, gateway, said, ProgramOutcome.Pending("Not accepted."), null, tokens);
        return new ReconcileResult("refused");
    }

    private async Task<ReconcileResult> PlanAndApplyAsync(Work work)
    {
        var provider = new GatewayProvider(work.Memory, work.Name);
        var session = new PlanSession(_ => Compiled.From<IProvider>(provider), _options.Clock);
        var whole = await session.PlanAsync(Request(work.Compilation, PlanFilter.Everything), work.Tokens.Stop);
        var plan = PartialPlans.Tolerate(whole);
        if (plan is null)
        {
            work.Memory.Forget(work.Name);
            await TellAndWriteAsync(
                work.Compilation, work.Gateway, whole.Diagnostics,
                ProgramOutcome.Failed(Findings.Details(whole.Diagnostics)), null, work.Tokens);
            return ReconcileResult.Failed("unplanned");
        }

        var decision = await DecideAsync(work, session, plan);
        await TellDriftAsync(work, plan);
        return await ApplyAsync(work, session, provider, whole.Diagnostics, decision);
    }

    /// <summary>What of the plan is done now, and what the Gateway has to say about the rest.</summary>
    private sealed record Decision(Plan Plan, ProgramOutcome? Rest, string Word);

    private async Task<Decision> DecideAsync(Work work, PlanSession session, Plan whole)
    {
        var plan = whole;
        ProgramOutcome? rest = null;
        if (_options.Manages.Count < Enum.GetValues<KindConcern>().Length)
        {
            plan = await NarrowAsync(work, session, [.. _options.Manages]) ?? whole;
            var left = whole.Changes
                .Where(change => plan.Changes.All(other => other.Address != change.Address)).ToList();
            if (left.Count > 0)
            {
                var said = ControllerDiagnostics.LeftToOthers(work.Name, PlanText.Summary(left));
                await parts.Reporter.TellStateAsync(work.Gateway, said, work.Tokens.Stop);
                rest = ProgramOutcome.Pending(said.Detail);
            }
        }

        if (plan.Blocks.Count > 0)
        {
            var blocks = plan.Blocks.Select(block => ControllerDiagnostics.Blocked(work.Name, block.Detail)).ToList();
            await parts.Reporter.TellAsync(work.Compilation.Slice, work.Gateway.Id, blocks, work.Tokens.Stop);
            work.Memory.Forget(work.Name);
            return new Decision(Nothing(plan), ProgramOutcome.Failed(Findings.Details(plan.Blocks)), "blocked");
        }

        return _options.NeedsApproval && plan.HasChanges
            ? await AskAsync(work, session, plan, rest)
            : new Decision(plan, rest, "applied");
    }

    // Endpoints follow the pods in any case: approval is about what people decide.
    private async Task<Decision> AskAsync(Work work, PlanSession session, Plan plan, ProgramOutcome? rest)
    {
        var targets = await NarrowAsync(work, session, [KindConcern.Targets]) ?? Nothing(plan);
        if (targets.Changes.Count == plan.Changes.Count)
        {
            return new Decision(plan, rest, "applied");
        }

        var digest = PlanText.DigestOf(plan);
        if (work.Gateway.Annotation(ControllerAnnotations.Approve) == digest)
        {
            if (!_options.IsDryRun)
            {
                await parts.Approvals.WithdrawAsync(work.Gateway, work.Tokens.Stop);
            }

            return new Decision(plan, rest, "applied");
        }

        var said = ControllerDiagnostics.AwaitsApproval(work.Name, digest, PlanText.Summary(plan.Changes));
        if (!_options.IsDryRun)
        {
            await parts.Approvals.PostAsync(work.Gateway, plan, digest, work.Tokens.Stop);
            await parts.Reporter.TellStateAsync(work.Gateway, said, work.Tokens.Stop);
        }

        return new Decision(targets, ProgramOutcome.Pending($"{said.Detail} {said.Help}"), "unapproved");
    }

    /// <summary>The same plan for some concerns only; null where it cannot be made.</summary>
    private async Task<Plan?> NarrowAsync(Work work, PlanSession session, HashSet<KindConcern> concerns)
    {
        var others = work.Memory.Provider.Kinds
            .Where(kind => !concerns.Contains(kind.Concern))
            .Select(kind => (FilterTerm)new FilterTerm.OfKind(kind.Kind));
        var filter = new PlanFilter([], [.. others]);
        return PartialPlans.Tolerate(
            await session.PlanAsync(Request(work.Compilation, filter), work.Tokens.Stop));
    }

    private async Task<ReconcileResult> ApplyAsync(
        Work work,
        PlanSession session,
        GatewayProvider provider,
        EquatableList<Diagnostic> found,
        Decision decision)
    {
        var plan = decision.Plan;
        if (plan.HasChanges && _options.IsDryRun)
        {
            parts.Reporter.TellDryRun(work.Name, plan);
        }

        var changes = plan.HasChanges && !_options.IsDryRun;
        if (!_options.IsDryRun && _options.Manages.Contains(KindConcern.Infrastructure)
            && (changes || Finalizers.Has(work.Gateway)))
        {
            await parts.Places.HoldAsync(work.Gateway, await HereAsync(work), work.Tokens.Stop);
        }

        if (!changes)
        {
            return await EndAsync(work, found, decision, "unchanged");
        }

        await TellAndWriteAsync(
            work.Compilation, work.Gateway, found, ProgramOutcome.UnderWay, null, work.Tokens);
        var run = await RunAsync(work, session, plan);
        if (!run.IsComplete)
        {
            work.Memory.Forget(work.Name);
            if (run.Summary is { Interrupted: true, Failed: 0 })
            {
                return new ReconcileResult("interrupted", TimeSpan.FromSeconds(1));
            }

            var why = Findings.Details(run.Failures);
            parts.Telemetry.Failed(ObjectEdges.Gateway, run.Failures is [var first, ..] ? first.Code : "");
            await TellAndWriteAsync(
                work.Compilation,
                work.Gateway,
                [.. found, .. run.Failures, ControllerDiagnostics.Incomplete(work.Name, why)],
                ProgramOutcome.Failed(why),
                null,
                work.Tokens);
            return ReconcileResult.Failed("incomplete");
        }

        work.Memory.Remember(
            work.Name, LiveAfter.Of(provider.Live, plan.Changes, provider.Kinds, provider.Outcomes));
        await parts.Reporter.TellAsync(
            work.Gateway, ControllerDiagnostics.RolledOut(work.Name, PlanText.Summary(plan.Changes)), work.Tokens.Stop);
        return await EndAsync(work, found, decision, "applied");
    }

    private async Task<ReconcileResult> EndAsync(
        Work work, EquatableList<Diagnostic> found, Decision decision, string word)
    {
        var outcome = WithAddress(decision.Rest ?? Findings.OutcomeOf(found), work);
        await TellAndWriteAsync(
            work.Compilation, work.Gateway, found, outcome, Addresses(work), work.Tokens);
        return outcome == ProgramOutcome.Done
            && await new Departure(parts).LeaveAsync(work, await HereAsync(work)) is { } leaving
                ? leaving
                : Ended(decision, word);
    }

    private static async Task<CloudPlace> HereAsync(Work work) => new(
        $"{work.Compilation.Gateway?.Config?.Name}",
        CloudPlaces.ScopeOf(await work.Memory.IdentifyAsync(work.Tokens.Stop)),
        Left: null);

    private async Task<PlanRunResult> RunAsync(Work work, PlanSession session, Plan plan)
    {
        parts.Telemetry.Planned(plan.Steps.Count);
        var digest = PlanText.DigestOf(plan);
        Activity.Current?.SetTag("gwctl.plan", digest);
        parts.Log.Info(
            $"Applying: {PlanText.Summary(plan.Changes)}",
            ControllerLog.Field("gateway", work.Name),
            ControllerLog.Field("plan", digest),
            ControllerLog.Field("steps", plan.Steps.Count));
        var specs = work.Compilation.Specs;
        return await parts.Runs.RunAsync(
            plan, session.Providers, secret => SecretSources.Find(specs, secret), work.Tokens);
    }

    private async Task TellDriftAsync(Work work, Plan plan)
    {
        if (work.Reasons is not TouchReasons.Resync || !plan.HasChanges)
        {
            return;
        }

        parts.Telemetry.Drifted(plan.Changes.Count);
        await parts.Reporter.TellAsync(
            work.Gateway,
            ControllerDiagnostics.DriftFound(work.Name, PlanText.Summary(plan.Changes)),
            work.Tokens.Stop);
    }

    private async Task TellAndWriteAsync(
        Compilation compilation,
        ClusterObject gateway,
        IReadOnlyCollection<Diagnostic> later,
        ProgramOutcome outcome,
        EquatableList<string>? addresses,
        WorkTokens tokens)
    {
        await parts.Reporter.TellAsync(
            compilation.Slice, gateway.Id, [.. compilation.Earlier, .. compilation.Routing, .. later], tokens.Stop);
        var ofSpecs = compilation.Routing.Concat(later).Where(Findings.IsAboutSpecs).Distinct();
        _problems.AddRange(await parts.Status.WriteAsync(compilation, ofSpecs, outcome, addresses, tokens.Stop));
    }

    private PlanRequest Request(Compilation compilation, PlanFilter filter) => new()
    {
        Purpose = PlanPurpose.Apply,
        Model = compilation.Model,
        InputDigest = compilation.Digest,
        ToolVersion = _options.ToolVersion,
        Depth = ReadDepth.Shallow,
        Filter = filter,
        Diagnostics = compilation.Routing,
    };

    private static ProgramOutcome WithAddress(ProgramOutcome outcome, Work work) =>
        outcome == ProgramOutcome.Done && Addresses(work).Count is 0
            ? ProgramOutcome.NoAddress("The cloud has given no address.")
            : outcome;

    private static EquatableList<string> Addresses(Work work)
    {
        var outputs = work.Memory.Provider.Kinds
            .Where(kind => kind.AddressOutput is not "")
            .ToDictionary(kind => kind.Kind, kind => kind.AddressOutput, StringComparer.Ordinal);
        return
        [
            .. work.Memory.Remembered(work.Name)
                .Where(resource => resource.Ownership is Ownership.Ours)
                .Select(resource => outputs.TryGetValue(resource.Address.Kind, out var output)
                    ? (resource.Outputs[output] as AttributeValue.Text)?.Value
                    : null)
                .OfType<string>()
                .Distinct(StringComparer.Ordinal),
        ];
    }

    private static ReconcileResult Ended(Decision decision, string word) => decision.Word switch
    {
        "blocked" => new ReconcileResult("blocked", BlockedAgain),
        "unapproved" => new ReconcileResult("unapproved"),
        _ => new ReconcileResult(word),
    };

    private static Plan Nothing(Plan plan) => plan with { Changes = [], Steps = [], Blocks = [] };
}
