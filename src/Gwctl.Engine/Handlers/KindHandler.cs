using System.Diagnostics;
using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Handlers;

/// <summary>A kind's part of applying. Every method may run again after a crash in its middle.</summary>
public abstract class KindHandler(StepFailures failures)
{
    public abstract Task<StepOutcome> CreateAsync(StepCall call, CancellationToken cancellationToken);

    public abstract Task<StepOutcome> UpdateAsync(StepCall call, CancellationToken cancellationToken);

    public abstract Task DeleteAsync(StepCall call, CancellationToken cancellationToken);

    /// <summary>Puts our marks on a living object.</summary>
    public abstract Task<StepOutcome> AdoptAsync(StepCall call, CancellationToken cancellationToken);

    /// <summary>Changes the batch attribute of several objects at once: of kinds that have one.</summary>
    public virtual Task ReorderAsync(StepCall call, CancellationToken cancellationToken) =>
        throw new UnreachableException();

    public virtual Task ReadyAsync(StepCall call, CancellationToken cancellationToken) => Task.CompletedTask;

    public virtual Task DrainedAsync(StepCall call, CancellationToken cancellationToken) => Task.CompletedTask;

    protected static AttributeMap After(StepCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        Invariant.Holds(call.After is not null);
        return call.After;
    }

    protected static AttributeMap Before(StepCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return call.Step.Before ?? AttributeMap.Empty;
    }

    /// <summary>True where the attribute is to be changed by this step.</summary>
    protected static bool Changes(StepCall call, string name) =>
        After(call)[name] is { } after && !after.Equals(Before(call)[name]);

    /// <summary>The living object's id, or what an earlier step of the plan made.</summary>
    protected string IdOf(StepCall call, string output)
    {
        ArgumentNullException.ThrowIfNull(call);
        return call.Step.LiveId is { Length: > 0 } id
            ? id
            : call.Output(call.Step.Address, output) ?? throw failures.NotThere(call.Step.Address);
    }
}
