using System.Text.Json.Nodes;
using Gwctl.Core;
using Gwctl.Engine.Marks;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Gcp.Api;
using Gwctl.Providers.Gcp.Reading;

namespace Gwctl.Providers.Gcp.Applying;

/// <summary>How long to wait for what Google Cloud does in its own time.</summary>
public sealed record GcpWaits
{
    /// <summary>First pause between two looks; each is half as long again as the one before.</summary>
    public TimeSpan PauseMin { get; init; } = TimeSpan.FromMilliseconds(250);

    public TimeSpan PauseMax { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan EndpointsHealthyMax { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>For the first health of a backend service that nothing may be using.</summary>
    public TimeSpan UncheckedMax { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The longest time that is given to a backend service's last requests.</summary>
    public TimeSpan DrainedMax { get; init; } = TimeSpan.FromMinutes(5);

    public TimeSpan CertificateMax { get; init; } = TimeSpan.FromHours(1);

    public TimeSpan RecordsMax { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>For a deletion to be possible after what used the object is gone, and for an operation of others on the
    /// object to end.</summary>
    public TimeSpan UnusedMax { get; init; } = TimeSpan.FromMinutes(5);
}

/// <summary>What every handler works with.</summary>
internal sealed record ApplyContext(GcpApi Api, ReadScope Scope, GcpWaits Waits, TimeProvider Clock)
{
    /// <summary>True where the marks are this owner's, for this very address.</summary>
    public bool Owns(Marks marks, ResourceAddress address) =>
        marks[MarkNames.Owner] == Scope.Owner && marks.AddressOf(Scope.Name, address.Kind) == address;

    /// <summary>Looks again and again, at growing pauses.</summary>
    /// <param name="call">Whose progress is told, and whose address a timeout names.</param>
    /// <param name="limit">When to give up.</param>
    /// <param name="look">Null when there is nothing left to wait for; else what is still missing, for people.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ProviderException">The limit was reached.</exception>
    public async Task UntilAsync(
        StepCall call,
        TimeSpan limit,
        Func<CancellationToken, Task<string?>> look,
        CancellationToken cancellationToken)
    {
        const double growth = 1.5;
        var startedAt = Clock.GetTimestamp();
        var pause = Waits.PauseMin;
        while (await look(cancellationToken) is { } missing)
        {
            var waited = Clock.GetElapsedTime(startedAt);
            if (waited >= limit)
            {
                throw ApplyFailures.TooLong(call.Step.Address, waited, missing);
            }

            call.Progress(missing);
            await Task.Delay(pause, Clock, cancellationToken);
            pause = pause * growth < Waits.PauseMax ? pause * growth : Waits.PauseMax;
        }
    }

    /// <summary>Makes a call again while another operation on the object is under way, or something that is being
    /// deleted still uses it.</summary>
    public Task WhenFreeAsync(
        StepCall call, Func<CancellationToken, Task> make, CancellationToken cancellationToken) =>
        UntilAsync(call, Waits.UnusedMax, async stop =>
        {
            try
            {
                await make(stop);
                return null;
            }
            catch (GcpApiException exception)
                when (exception.NotReady || (exception.InUse && call.Step.Action is Engine.Planning.StepAction.Delete))
            {
                return $"{exception.Reason}: {exception.ServiceMessage.TrimEnd('.')}";
            }
        }, cancellationToken);
}

/// <summary>A kind's part of applying. Every method may run again after a crash in its middle.</summary>
internal abstract class KindHandler(ApplyContext context)
{
    protected ApplyContext Context => context;

    protected GcpApi Api => context.Api;

    public abstract Task<StepOutcome> CreateAsync(StepCall call, CancellationToken cancellationToken);

    public abstract Task<StepOutcome> UpdateAsync(StepCall call, CancellationToken cancellationToken);

    public abstract Task DeleteAsync(StepCall call, CancellationToken cancellationToken);

    /// <summary>Puts our marks on a living object.</summary>
    public abstract Task<StepOutcome> AdoptAsync(StepCall call, CancellationToken cancellationToken);

    public virtual Task ReadyAsync(StepCall call, CancellationToken cancellationToken) => Task.CompletedTask;

    public virtual Task DrainedAsync(StepCall call, CancellationToken cancellationToken) => Task.CompletedTask;

    protected static AttributeMap After(StepCall call)
    {
        Invariant.Holds(call.After is not null);
        return call.After;
    }

    protected static AttributeMap Before(StepCall call) => call.Step.Before ?? AttributeMap.Empty;

    /// <summary>The living object's id, or what an earlier step of the plan made.</summary>
    protected static string IdOf(StepCall call, string output) =>
        call.Step.LiveId is { Length: > 0 } id
            ? id
            : call.Output(call.Step.Address, output) ?? throw ApplyFailures.NotThere(call.Step.Address);

    /// <summary>What must hold before a living object is changed: it is ours, for this very address.</summary>
    protected void CheckOwned(StepCall call, string id, Marks marks)
    {
        if (!Context.Owns(marks, call.Step.Address))
        {
            throw ApplyFailures.NotOurs(call.Step.Address, id);
        }
    }

    /// <summary>And before it is deleted: nobody protects it.</summary>
    protected void CheckDeletable(StepCall call, string id, JsonObject body)
    {
        CheckOwned(call, id, Marks.From(body));
        if (Protection.Of(body))
        {
            throw ApplyFailures.Protected(call.Step.Address);
        }
    }
}
