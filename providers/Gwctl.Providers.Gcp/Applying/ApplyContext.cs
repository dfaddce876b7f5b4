using System.Text.Json.Nodes;
using Gwctl.Engine.Handlers;
using Gwctl.Engine.Marks;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Gcp.Api;
using Gwctl.Providers.Gcp.Reading;

namespace Gwctl.Providers.Gcp.Applying;

/// <summary>How long to wait for what Google Cloud does in its own time.</summary>
public sealed record GcpWaits : StepWaits
{
    public TimeSpan EndpointsHealthyMax { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>For the first health of a backend service that nothing may be using.</summary>
    public TimeSpan UncheckedMax { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The longest time that is given to a backend service's last requests.</summary>
    public TimeSpan DrainedMax { get; init; } = TimeSpan.FromMinutes(5);

    public TimeSpan CertificateMax { get; init; } = TimeSpan.FromHours(1);
}

/// <summary>What every handler works with.</summary>
internal sealed record ApplyContext(GcpApi Api, ReadScope Scope, GcpWaits Waits, TimeProvider Clock)
    : HandlerContext<GcpWaits>(Waits, Clock, ApplyFailures.Common)
{
    /// <summary>True where the marks are this owner's, for this very address.</summary>
    public bool Owns(Marks marks, ResourceAddress address) =>
        marks[MarkNames.Owner] == Scope.Owner && marks.AddressOf(Scope.Name, address.Kind) == address;

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
                when (exception.NotReady || (exception.InUse && call.Step.Action is StepAction.Delete))
            {
                return $"{exception.Reason}: {exception.ServiceMessage.TrimEnd('.')}";
            }
        }, cancellationToken);
}

/// <summary>A kind's part of applying.</summary>
internal abstract class GcpHandler(ApplyContext context) : KindHandler(context.Failures)
{
    protected ApplyContext Context => context;

    protected GcpApi Api => context.Api;

    /// <summary>What must hold before a living object is changed: it is ours, for this very address.</summary>
    protected void CheckOwned(StepCall call, string id, Marks marks)
    {
        if (!Context.Owns(marks, call.Step.Address))
        {
            throw ApplyFailures.Common.NotOurs(call.Step.Address, id);
        }
    }

    /// <summary>And before it is deleted: nobody protects it.</summary>
    protected void CheckDeletable(StepCall call, string id, JsonObject body)
    {
        CheckOwned(call, id, Marks.From(body));
        if (Protection.Of(body))
        {
            throw ApplyFailures.Common.Protected(
                call.Step.Address,
                $"its description has {MarkNames.Protect}, or it has the label {Kinds.ProtectLabel}");
        }
    }
}
