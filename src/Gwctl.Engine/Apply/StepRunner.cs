using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using Gwctl.Core;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Apply;

/// <summary>Runs single steps and sends how they went. Each step that starts sends exactly one end.</summary>
internal sealed class StepRunner(
    IReadOnlyDictionary<string, IProvider> providers,
    Func<AttributeValue.Secret, SecretText?> secrets,
    KnownOutputs known,
    ChannelWriter<StepMessage> inbox,
    CancellationToken calls,
    CancellationToken waits)
{
    public const int InboxMax = 1_024;

    private readonly IReadOnlyDictionary<string, IProvider> _providers = providers;
    private readonly Func<AttributeValue.Secret, SecretText?> _secrets = secrets;
    private int _underWay;

    public static bool IsWait(Step step) => step.Action is StepAction.AwaitReady or StepAction.AwaitDrained;

    public void Start(Step step)
    {
        Interlocked.Increment(ref _underWay);
        _ = RunAsync(step);
    }

    /// <summary>Lets the steps under way end, where nobody listens any more.</summary>
    public async Task DrainAsync(ChannelReader<StepMessage> reader)
    {
        while (Volatile.Read(ref _underWay) > 0 || reader.TryPeek(out _))
        {
            await reader.ReadAsync(CancellationToken.None);
        }
    }

    private async Task RunAsync(Step step)
    {
        var message = await RunToMessageAsync(step);
        // Before the message: whoever has read the last one may rely on nothing being under way.
        Interlocked.Decrement(ref _underWay);
        await inbox.WriteAsync(message, CancellationToken.None);
    }

    private async Task<StepMessage> RunToMessageAsync(Step step)
    {
        var token = IsWait(step) ? waits : calls;
        try
        {
            if (!_providers.TryGetValue(step.Address.Scope, out var provider))
            {
                return new StepMessage.Failed(step, ApplyDiagnostics.NoProvider(step), Stale: false);
            }

            var warnings = new ConcurrentQueue<Diagnostic>();
            var problem = Prepare(step, out var call);
            if (problem is not null)
            {
                return new StepMessage.Failed(step, problem, Stale: false);
            }

            var outcome = await provider.ApplyAsync(call with { Warn = warnings.Enqueue }, token);
            return new StepMessage.Succeeded(step, outcome, [.. warnings]);
        }
        catch (ProviderException exception)
        {
            var unknown = exception.Failure is ProviderFailure.OutcomeUnknown;
            return new StepMessage.Failed(
                step,
                unknown ? ApplyDiagnostics.Unknown(exception.Diagnostic) : exception.Diagnostic,
                exception.Failure is ProviderFailure.Stale);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            return IsWait(step)
                ? new StepMessage.GivenUp(step)
                : new StepMessage.Failed(step, ApplyDiagnostics.Interrupted(step), Stale: false);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Not swallowed: the run stops starting, lets the other calls end, and throws it again.
            return new StepMessage.Faulted(step, ExceptionDispatchInfo.Capture(exception));
        }
    }

    private Diagnostic? Prepare(Step step, out StepCall call)
    {
        Diagnostic? problem = null;
        Dictionary<string, SecretText>? revealed = null;
        AttributeMap? after = step.After is null ? null : AttributeWalk.Replace(step.After, Settle);
        call = new StepCall
        {
            Step = step,
            After = after,
            Reveal = secret => revealed is not null && revealed.TryGetValue(secret.Source, out var text)
                ? text
                : throw new InvalidOperationException($"{step.Address} does not hold {secret.Source}."),
            Output = known.Text,
            Progress = text => inbox.TryWrite(new StepMessage.Progress(step, text)),
        };
        return problem;

        AttributeValue Settle(AttributeValue value)
        {
            switch (value)
            {
                case AttributeValue.Reference reference:
                    var found = known.Find(reference.Source, reference.Output);
                    problem ??= found is null ? ApplyDiagnostics.MissingOutput(step, reference) : null;
                    return found ?? value;
                case AttributeValue.Secret secret:
                    problem ??= Reveal(step, secret, revealed ??= new(StringComparer.Ordinal));
                    return value;
                default:
                    return value;
            }
        }
    }

    private Diagnostic? Reveal(Step step, AttributeValue.Secret secret, Dictionary<string, SecretText> revealed)
    {
        var text = _secrets(secret);
        if (text is null)
        {
            return ApplyDiagnostics.MissingSecret(step, secret);
        }

        revealed[secret.Source] = text;
        return string.Equals(text.Digest(), secret.Digest, StringComparison.OrdinalIgnoreCase)
            ? null
            : ApplyDiagnostics.OtherSecret(step, secret);
    }
}
