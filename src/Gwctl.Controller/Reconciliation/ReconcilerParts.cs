using Gwctl.Controller.Operations;
using Gwctl.Controller.Status;
using Gwctl.Controller.Watching;
using Gwctl.Core;

namespace Gwctl.Controller.Reconciliation;

/// <summary>What reconciling works with.</summary>
internal sealed record ReconcilerParts
{
    public required ControllerOptions Options { get; init; }

    public required ClusterStore Store { get; init; }

    public required ClusterWatcher Watcher { get; init; }

    public required Scopes Scopes { get; init; }

    public required StatusStage Status { get; init; }

    public required StatusWriter Writer { get; init; }

    public required Finalizers Finalizers { get; init; }

    public required CloudPlaces Places { get; init; }

    public required Reach Reach { get; init; }

    public required Retentions Retentions { get; init; }

    public required Approvals Approvals { get; init; }

    public required PlanRun Runs { get; init; }

    public required Reporter Reporter { get; init; }

    public required ControllerTelemetry Telemetry { get; init; }

    public required ControllerLog Log { get; init; }

    /// <summary>Nothing is kept of what is gone.</summary>
    public void Forget(ObjectId whole)
    {
        Scopes.Forget(whole.Name);
        Reporter.Forget(whole);
        Writer.Forget(whole);
    }
}
