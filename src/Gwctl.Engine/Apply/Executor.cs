using System.Threading.Channels;
using Gwctl.Core;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Apply;

/// <summary>Walks a plan's steps. It chooses nothing but the moment: what can start starts, longest remaining chain
/// first.</summary>
public sealed class Executor(ExecutorOptions options)
{
    /// <summary>Carries out the plan. Events come in the order in which things happen;
    /// <see cref="ApplyEvent.Finished"/> is the last one. A step that fails stops those that depend on it, and no
    /// others.</summary>
    /// <param name="plan">Checked, and without blocks.</param>
    /// <param name="providersByScope">One for each of the plan's scopes.</param>
    /// <param name="secrets">Finds secret text by source; null where there is none. Digests are checked here.</param>
    /// <param name="stopStarting">Calls in flight are finished, waits are given up, nothing new is started.</param>
    /// <param name="kill">Calls in flight are given up as well: their outcome is unknown.</param>
    /// <remarks>Whoever stops enumerating cancels the calls in flight, and waits for them to end.</remarks>
    public async IAsyncEnumerable<ApplyEvent> ApplyAsync(
        Plan plan,
        IReadOnlyDictionary<string, IProvider> providersByScope,
        Func<AttributeValue.Secret, SecretText?> secrets,
        CancellationToken stopStarting,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken kill)
    {
        Invariant.Holds(plan.Blocks.Count is 0);
        Invariant.Holds(options.Parallelism >= 1);
        using var calls = CancellationTokenSource.CreateLinkedTokenSource(kill);
        using var waits = CancellationTokenSource.CreateLinkedTokenSource(kill, stopStarting);
        var inbox = Channel.CreateBounded<StepMessage>(
            new BoundedChannelOptions(StepRunner.InboxMax) { SingleReader = true });
        var known = new KnownOutputs(plan.Known);
        var runner = new StepRunner(providersByScope, secrets, known, inbox.Writer, calls.Token, waits.Token);
        var run = new ApplyRun(plan, options, known, runner);
        await using var heartbeat = options.Clock.CreateTimer(
            _ => inbox.Writer.TryWrite(StepMessage.Tick.Instance), null, options.Heartbeat, options.Heartbeat);
        using var onStop = stopStarting.Register(() => inbox.Writer.TryWrite(StepMessage.Tick.Instance));
        using var onKill = kill.Register(() => inbox.Writer.TryWrite(StepMessage.Tick.Instance));
        try
        {
            while (true)
            {
                run.IsStopping |= stopStarting.IsCancellationRequested || kill.IsCancellationRequested;
                run.StartWhatCan();
                foreach (var happened in run.TakeEvents())
                {
                    yield return happened;
                }

                if (!run.IsUnderWay)
                {
                    break;
                }

                // Not cancelled by a token: every step under way sends its end, and that is what we wait for.
                run.Handle(await inbox.Reader.ReadAsync(CancellationToken.None));
            }

            run.Finish();
            foreach (var happened in run.TakeEvents())
            {
                yield return happened;
            }
        }
        finally
        {
            await calls.CancelAsync();
            await runner.DrainAsync(inbox.Reader);
        }

        run.ThrowIfFaulted();
    }
}
