using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Handlers;

/// <summary>Why a step cannot be done though the cloud would take the call. The sentences are everybody's; the codes
/// are each provider's own.</summary>
/// <param name="Cloud">As people call it.</param>
public sealed record StepFailures(string Cloud)
{
    public required string StaleCode { get; init; }

    public required string NotThereCode { get; init; }

    public required string InTheWayCode { get; init; }

    public required string ProtectedCode { get; init; }

    public required string NotOursCode { get; init; }

    public required string TooLongCode { get; init; }

    public required string GivenUpCode { get; init; }

    public required string UnhealthyCode { get; init; }

    public ProviderException Stale(ResourceAddress address, string what) =>
        new(new Diagnostic(StaleCode, Severity.Error, "The object is not as the plan saw it")
        {
            Detail = $"{address}: {what}",
            Help = "Plan again, and look at what changed.",
        },
        ProviderFailure.Stale);

    public ProviderException NotThere(ResourceAddress address) =>
        new(new Diagnostic(NotThereCode, Severity.Error, "An object that the step needs does not exist")
        {
            Detail = $"{address} is not there.",
            Help = "Plan again: somebody deleted it, or its creation failed.",
        },
        ProviderFailure.Stale);

    /// <param name="address">What was to be made.</param>
    /// <param name="id">What is there instead.</param>
    /// <param name="owner">Whose it is, for people; empty where nothing says.</param>
    public ProviderException InTheWay(ResourceAddress address, string id, string owner) =>
        new(new Diagnostic(InTheWayCode, Severity.Error, "An object that is not gwctl's has the name")
        {
            Detail = $"{address} cannot be made: {id} is there{(owner is "" ? "" : $" ({owner})")}.",
            Help = "Rename or delete it, or take it over with gwctl adopt.",
        },
        ProviderFailure.Stale);

    public ProviderException Protected(ResourceAddress address, string how) =>
        new(new Diagnostic(ProtectedCode, Severity.Error, "The object is protected from deletion")
        {
            Detail = $"{address}: {how}. gwctl does not lift a protection by itself.",
            Help = "Lift it by hand if the object shall go, and plan again.",
        });

    public ProviderException NotOurs(ResourceAddress address, string id) =>
        new(new Diagnostic(NotOursCode, Severity.Error, "The object is not gwctl's any more")
        {
            Detail = $"{address}: {id} lost its owner mark, or bears another owner's.",
            Help = "Plan again; gwctl adopt takes it back.",
        },
        ProviderFailure.Stale);

    public ProviderException TooLong(ResourceAddress address, TimeSpan waited, string last) =>
        new(new Diagnostic(TooLongCode, Severity.Error, "Waited too long")
        {
            Detail = $"{address} was not ready after {waited.TotalSeconds:0} s: {last}.",
            Help = "Find out why; then plan and apply again: what is done stays done.",
        });

    public ProviderException GivenUp(ResourceAddress address, string what, string help) =>
        new(new Diagnostic(GivenUpCode, Severity.Error, $"{Cloud} gave the object up")
        {
            Detail = $"{address}: {what}.",
            Help = help,
        });

    /// <param name="address">What waits for them.</param>
    /// <param name="things">As the cloud calls what is checked, as <c>Endpoints</c>.</param>
    /// <param name="found">How many, and in what state.</param>
    public Diagnostic Unhealthy(ResourceAddress address, string things, string found) =>
        new(UnhealthyCode, Severity.Warning, $"{things} that are not healthy")
        {
            Detail = $"{address}: {found}.",
            Help = "The healthy ones get the traffic; see why the others fail their checks.",
        };
}
