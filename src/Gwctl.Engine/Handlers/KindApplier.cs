using System.Collections.Frozen;
using System.Diagnostics;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Providers;

namespace Gwctl.Engine.Handlers;

/// <summary>Carries out steps: finds the kind's handler, and turns what the cloud refuses into diagnostics.</summary>
/// <typeparam name="TException">What the provider's clients throw.</typeparam>
/// <param name="handlers">One for each kind that the provider projects.</param>
/// <param name="explain">The exception for a user of the provider; the text says what was being done, as in
/// <c>creating rule …</c>.</param>
public sealed class KindApplier<TException>(
    IReadOnlyDictionary<string, KindHandler> handlers, Func<TException, string, ProviderException> explain)
    where TException : Exception
{
    private readonly FrozenDictionary<string, KindHandler> _handlers =
        handlers.ToFrozenDictionary(StringComparer.Ordinal);

    /// <exception cref="ProviderException">The step failed.</exception>
    public async Task<StepOutcome> ApplyAsync(StepCall call, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        try
        {
            return await DispatchAsync(_handlers[call.Step.Address.Kind], call, cancellationToken);
        }
        catch (TException exception)
        {
            throw explain(exception, $"{Doing(call.Step.Action)} {call.Step.Address}");
        }
    }

    private static async Task<StepOutcome> DispatchAsync(
        KindHandler handler, StepCall call, CancellationToken cancellationToken)
    {
        switch (call.Step.Action)
        {
            case StepAction.Create:
                return await handler.CreateAsync(call, cancellationToken);
            case StepAction.Update:
                return await handler.UpdateAsync(call, cancellationToken);
            case StepAction.Adopt:
                return await handler.AdoptAsync(call, cancellationToken);
            case StepAction.Delete:
                await handler.DeleteAsync(call, cancellationToken);
                return StepOutcome.None;
            case StepAction.Reorder:
                await handler.ReorderAsync(call, cancellationToken);
                return StepOutcome.None;
            case StepAction.AwaitReady:
                await handler.ReadyAsync(call, cancellationToken);
                return StepOutcome.None;
            case StepAction.AwaitDrained:
                await handler.DrainedAsync(call, cancellationToken);
                return StepOutcome.None;
            default:
                // No provider sees barriers.
                throw new UnreachableException();
        }
    }

    private static string Doing(StepAction action) => action switch
    {
        StepAction.Create => "creating",
        StepAction.Update => "updating",
        StepAction.Delete => "deleting",
        StepAction.Reorder => "reordering",
        StepAction.AwaitReady => "waiting for",
        StepAction.AwaitDrained => "draining",
        StepAction.Adopt => "adopting",
        _ => throw new UnreachableException(),
    };
}
