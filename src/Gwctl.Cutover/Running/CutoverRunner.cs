using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Cutover.Deciding;
using Gwctl.Cutover.Gates;
using Gwctl.Cutover.Records;
using Gwctl.Engine.Providers;

namespace Gwctl.Cutover.Running;

/// <summary>Reads, decides, writes, reads back: one name after the other. It keeps nothing between runs, and may be
/// killed
/// at any point: the next run, here or elsewhere, goes on from what lives.</summary>
public sealed class CutoverRunner(CutoverParts parts)
{
    /// <summary>A run lowers or converts, then takes a step: more writes than this for one name are a fault.</summary>
    private const int WritesMax = 4;

    /// <param name="assumesIdle">A person says that the old side is idle where nobody counts.</param>
    /// <exception cref="ProviderException">The cloud could not be read, or refused.</exception>
    public async Task<CutoverReport> RunAsync(
        CutoverSpec document, CutoverIntent intent, bool assumesIdle, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(document);
        var gateway = new ObjectName(document.To.Namespace ?? document.Name.Namespace, document.To.Name);
        var (old, problem) = await OldSides.FindAsync(document, parts, cancellationToken);
        if (old is null)
        {
            return Refused(document, problem ?? CutoverDiagnostics.FromUnknown(document, "The old side"));
        }

        var run = new Run(document, intent, assumesIdle)
        {
            Old = old,
            New = await parts.Balancers.FindOfGatewayAsync(gateway, cancellationToken),
        };
        var names = new List<NameReport>();
        foreach (var hostname in document.Hostnames)
        {
            names.Add(await RunNameAsync(run, hostname.Value, cancellationToken));
        }

        return new CutoverReport(
            document, parts.Clock.GetUtcNow(), [.. names], run.Gates ?? [],
            await Shares.ObservedAsync(run.New, run.OldBalancer, names, parts, cancellationToken));
    }

    /// <summary>The facts about one name as they are now, without asking gates.</summary>
    public async Task<CutoverFacts> ReadAsync(
        CutoverSpec document, string hostname, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(document);
        var gateway = new ObjectName(document.To.Namespace ?? document.Name.Namespace, document.To.Name);
        var (old, _) = await OldSides.FindAsync(document, parts, cancellationToken);
        var run = new Run(document, CutoverIntent.Look, false)
        {
            Old = old ?? OldSide.Unsaid,
            New = await parts.Balancers.FindOfGatewayAsync(gateway, cancellationToken),
        };
        return await ReadAsync(run, hostname, cancellationToken);
    }

    /// <summary>What one run finds out once for all names.</summary>
    private sealed record Run(CutoverSpec Document, CutoverIntent Intent, bool AssumesIdle)
    {
        public required OldSide Old { get; init; }

        public required BalancerFacts? New { get; init; }

        public BalancerFacts? OldBalancer { get; set; }

        public EquatableList<GateResult>? Gates { get; set; }
    }

    private CutoverReport Refused(CutoverSpec document, Diagnostic problem) => new(
        document, parts.Clock.GetUtcNow(),
        [
            .. document.Hostnames.Select(hostname => new NameReport
            {
                Hostname = hostname.Value, Outcome = NameOutcome.Refused, Text = problem.Detail, Diagnostic = problem,
            }),
        ],
        [], null);

    private async Task<NameReport> RunNameAsync(Run run, string hostname, CancellationToken cancellationToken)
    {
        var written = new List<string>();
        var notes = new List<string>();
        while (true)
        {
            var facts = await ReadAsync(run, hostname, cancellationToken);
            var decision = await DecideAsync(run, facts, cancellationToken);
            if (decision is not Decision.Write write || run.Intent is CutoverIntent.Look || written.Count >= WritesMax)
            {
                return Report(facts, decision, written, notes, run.Intent);
            }

            parts.Progress(write.What);
            if (!await WriteAsync(write, cancellationToken))
            {
                var now = await ReadAsync(run, hostname, cancellationToken);
                return Report(now, decision, written, notes, run.Intent) with
                {
                    Outcome = NameOutcome.Lost,
                    Text = "another runner was quicker; nothing was written here",
                };
            }

            written.Add(write.What);
            var after = await SettleAsync(run, write, notes, cancellationToken);
            if (write.Next is not { Phase: ProgressPhase.Running, Step: 0 } || run.Intent is not CutoverIntent.Step)
            {
                return Report(after, write, written, notes, run.Intent);
            }
        }
    }

    private async Task<CutoverFacts> ReadAsync(Run run, string hostname, CancellationToken cancellationToken)
    {
        var (document, zone) = (run.Document, run.Document.Zone);
        var live = await parts.Dns.ReadAsync(
            new DnsQuestion(
                hostname, zone?.Id, zone?.Name, zone?.Private ?? false,
                zoneName => Registry.TextNames(hostname, zoneName)),
            cancellationToken);
        var old = run.Old.Balancer ?? await OldSides.BehindAsync(live, run.New, parts, cancellationToken);
        run.OldBalancer = old;
        var now = parts.Clock.GetUtcNow();
        var finishes = run.Intent is CutoverIntent.Finish && old is { CountsRequests: true };
        return new CutoverFacts
        {
            Document = document,
            Owner = parts.Owner,
            Live = live,
            Traits = parts.Dns.Traits,
            NewBalancer = run.New,
            OldBalancer = old,
            Policy = parts.PolicyOf(hostname),
            ReadsMetrics = parts.Balancers.ReadsMetrics,
            From = run.Old.Targets,
            OldRequests = finishes && old is not null
                ? (await parts.Balancers.ReadMetricsAsync(
                    old, now - document.Finish.IdleWindow, now, cancellationToken)).Requests
                : null,
            AssumesIdle = run.AssumesIdle,
            Now = now,
            PropagationMax = parts.PropagationMax,
            Run = parts.Run,
        };
    }

    private async Task<Decision> DecideAsync(Run run, CutoverFacts facts, CancellationToken cancellationToken)
    {
        var decision = CutoverMachine.Decide(facts, run.Intent);
        if (decision is not Decision.AskGates)
        {
            return decision;
        }

        parts.Progress("asking the gates");
        var progress = Registry.ProgressOf(facts.Live);
        run.Gates ??= await GateKeeper.AskAsync(
            new GateContext
            {
                Document = run.Document,
                Balancers = parts.Balancers,
                NewBalancer = facts.NewBalancer,
                OldBalancer = facts.OldBalancer,
                Weight = progress?.Weight ?? 0,
                Step = progress?.Step ?? 0,
                Servers = parts.Servers,
                Clock = parts.Clock,
                Directory = parts.Directory,
            },
            cancellationToken);
        return CutoverMachine.Decide(
            facts with { Gates = run.Gates, Now = parts.Clock.GetUtcNow() }, run.Intent);
    }

    /// <summary>False where another runner was quicker. A write whose answer was lost is ours where the progress that
    /// lives
    /// bears this run's name.</summary>
    private async Task<bool> WriteAsync(Decision.Write write, CancellationToken cancellationToken)
    {
        string change;
        try
        {
            change = await parts.Dns.ChangeAsync(write.Change, cancellationToken);
        }
        catch (ProviderException exception)
            when (exception.Failure is ProviderFailure.Stale or ProviderFailure.OutcomeUnknown)
        {
            var name = write.Change.Observed;
            var live = await parts.Dns.ReadAsync(
                new DnsQuestion(
                    name.Hostname, name.ZoneId, null, false, zone => Registry.TextNames(name.Hostname, zone)),
                cancellationToken);
            var isOurs = Sides.SameMembers(live.Members, write.Change.Members)
                && Registry.ProgressOf(live) == write.Next;
            if (!isOurs && exception.Failure is ProviderFailure.OutcomeUnknown)
            {
                throw;
            }

            return isOurs;
        }

        await PropagateAsync(change, cancellationToken);
        return true;
    }

    private async Task PropagateAsync(string change, CancellationToken cancellationToken)
    {
        var patience = parts.Clock.GetUtcNow() + parts.PropagationMax;
        while (!await parts.Dns.IsPropagatedAsync(change, cancellationToken) && parts.Clock.GetUtcNow() < patience)
        {
            parts.Progress("the change to reach every name server");
            await Task.Delay(parts.PollInterval, parts.Clock, cancellationToken);
        }
    }

    /// <summary>Reads back what was written, from the service and from the name servers.</summary>
    private async Task<CutoverFacts> SettleAsync(
        Run run, Decision.Write write, List<string> notes, CancellationToken cancellationToken)
    {
        var hostname = write.Change.Observed.Hostname;
        var facts = await ReadAsync(run, hostname, cancellationToken);
        if (!Sides.SameMembers(facts.Live.Members, write.Change.Members))
        {
            var found = string.Join("; ", facts.Live.Members.Select(Sides.Text));
            throw new ProviderException(CutoverDiagnostics.NotAsWritten(run.Document, hostname, found));
        }

        try
        {
            BalancerFacts[] balancers = [.. new[] { facts.NewBalancer, facts.OldBalancer }.OfType<BalancerFacts>()];
            var ttlMax = facts.Live.Members.Max(member => member.Ttl ?? facts.Traits.PointerTtl);
            var strangers = await parts.Servers.StrangersAsync(facts.Live, balancers, ttlMax, cancellationToken);
            notes.Add(strangers switch
            {
                null => "no name server was asked",
                [] => "the name servers answer as written",
                _ => $"the name servers do not yet answer as written: {string.Join("; ", strangers)}",
            });
        }
        catch (IOException exception)
        {
            notes.Add($"the name servers could not be asked: {exception.Message}");
        }

        return facts;
    }

    private static NameReport Report(
        CutoverFacts facts, Decision decision, List<string> written, List<string> notes, CutoverIntent intent)
    {
        var progress = Registry.ProgressOf(facts.Live);
        var report = new NameReport
        {
            Hostname = facts.Live.Hostname,
            Outcome = NameOutcome.Waiting,
            Text = "",
            Written = [.. written],
            Notes = [.. notes],
            Progress = progress,
            DrainedAt = progress is null ? null : Holding.DrainedAt(facts, progress),
            Members = facts.Live.Members,
        };
        return decision switch
        {
            Decision.Wait wait => report with { Text = $"waits for {wait.Why}", Until = wait.Until },
            Decision.Done done => report with { Outcome = NameOutcome.Done, Text = done.Why },
            Decision.Halt halt => report with
            {
                Outcome = NameOutcome.Halted,
                Text = halt.Diagnostic.Detail,
                Diagnostic = halt.Diagnostic,
            },
            Decision.Refuse refuse => report with
            {
                Outcome = NameOutcome.Refused,
                Text = refuse.Diagnostic.Detail,
                Diagnostic = refuse.Diagnostic,
            },
            Decision.Write write when intent is CutoverIntent.Look => report with { Text = $"next: {write.What}" },
            Decision.Write write => report with
            {
                Outcome = write.IsHalt ? NameOutcome.Halted : NameOutcome.Written,
                Text = write.What,
                Diagnostic = write is { IsHalt: true, Next: { } next }
                    ? next.Phase is ProgressPhase.RolledBack
                        ? CutoverDiagnostics.RolledBack(facts.Document, facts.Live.Hostname, next)
                        : CutoverDiagnostics.Paused(facts.Document, facts.Live.Hostname, next)
                    : null,
            },
            _ => report,
        };
    }
}
