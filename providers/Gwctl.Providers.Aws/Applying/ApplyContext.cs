using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Api;
using Gwctl.Providers.Aws.Reading;

namespace Gwctl.Providers.Aws.Applying;

/// <summary>How long to wait for what AWS does in its own time.</summary>
public sealed record AwsWaits
{
    /// <summary>First pause between two looks; each is half as long again as the one before.</summary>
    public TimeSpan PauseMin { get; init; } = TimeSpan.FromMilliseconds(250);

    public TimeSpan PauseMax { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan LoadBalancerMax { get; init; } = TimeSpan.FromMinutes(10);

    public TimeSpan TargetsHealthyMax { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Beside the group's own deregistration delay.</summary>
    public TimeSpan DrainedSlackMax { get; init; } = TimeSpan.FromMinutes(1);

    public TimeSpan CertificateMax { get; init; } = TimeSpan.FromMinutes(30);

    public TimeSpan RecordsMax { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>For a deletion to be possible after what used the object is gone: AWS forgets slowly.</summary>
    public TimeSpan UnusedMax { get; init; } = TimeSpan.FromMinutes(5);
}

/// <summary>What every handler works with.</summary>
internal sealed record ApplyContext(
    AwsApi Api, ReadScope Scope, DigestLedger Ledger, AwsWaits Waits, TimeProvider Clock)
{
    /// <summary>Gwctl's marks and the user's tags of a new object.</summary>
    public Tags TagsOf(ResourceAddress address, AttributeMap after)
    {
        var users = after.MapOf("tags");
        return Marks.Of(Scope.Owner, address)
            .With(users.Pairs())
            .With(Marks.TagNames, Marks.NamesValue(users.Fields.Select(field => field.Name)));
    }

    /// <summary>True where the tags are this owner's, for this very address.</summary>
    public bool Owns(Tags tags, ResourceAddress address) =>
        tags[Marks.Owner] == Scope.Owner && Marks.AddressOf(Scope.Name, address.Kind, tags) == address;
}

/// <summary>A kind's part of applying. Every method may run again after a crash in its middle.</summary>
internal abstract class KindHandler(ApplyContext context)
{
    protected ApplyContext Context => context;

    protected AwsApi Api => context.Api;

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

    /// <summary>True where the attribute is to be changed by this step.</summary>
    protected static bool Changes(StepCall call, string name) =>
        After(call)[name] is { } after && !after.Equals(Before(call)[name]);

    /// <summary>The living object's id, or what an earlier step of the plan made.</summary>
    protected static string IdOf(StepCall call, string output) =>
        call.Step.LiveId is { Length: > 0 } id
            ? id
            : call.Output(call.Step.Address, output) ?? throw ApplyFailures.NotThere(call.Step.Address);
}
