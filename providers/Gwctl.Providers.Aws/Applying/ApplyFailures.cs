using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Applying;

/// <summary>Why a step cannot be done though AWS would take the call.</summary>
internal static class ApplyFailures
{
    public static ProviderException Stale(ResourceAddress address, string what) =>
        new(new Diagnostic("GW6150", Severity.Error, "The object is not as the plan saw it")
        {
            Detail = $"{address}: {what}",
            Help = "Plan again, and look at what changed.",
        },
        ProviderFailure.Stale);

    public static ProviderException NotThere(ResourceAddress address) =>
        new(new Diagnostic("GW6151", Severity.Error, "An object that the step needs does not exist")
        {
            Detail = $"{address} is not there.",
            Help = "Plan again: somebody deleted it, or its creation failed.",
        },
        ProviderFailure.Stale);

    public static ProviderException InTheWay(ResourceAddress address, string id, string owner) =>
        new(new Diagnostic("GW6152", Severity.Error, "An object that is not gwctl's has the name")
        {
            Detail = $"{address} cannot be made: {id} is there{(owner is "" ? "" : $" ({owner})")}.",
            Help = "Rename or delete it, or take it over with gwctl adopt.",
        },
        ProviderFailure.Stale);

    public static ProviderException Protected(ResourceAddress address, string how) =>
        new(new Diagnostic("GW6153", Severity.Error, "The object is protected from deletion")
        {
            Detail = $"{address}: {how}. gwctl does not lift a protection by itself.",
            Help = "Lift it by hand if the object shall go, and plan again.",
        });

    public static ProviderException NotOurs(ResourceAddress address, string id) =>
        new(new Diagnostic("GW6154", Severity.Error, "The object is not gwctl's any more")
        {
            Detail = $"{address}: {id} lost its owner mark, or bears another owner's.",
            Help = "Plan again; gwctl adopt takes it back.",
        },
        ProviderFailure.Stale);

    public static ProviderException TooLong(ResourceAddress address, TimeSpan waited, string last) =>
        new(new Diagnostic("GW6155", Severity.Error, "Waited too long")
        {
            Detail = $"{address} was not ready after {waited.TotalSeconds:0} s: {last}.",
            Help = "Find out why; then plan and apply again: what is done stays done.",
        });

    public static Diagnostic UnhealthyTargets(ResourceAddress address, string found) =>
        new("GW6157", Severity.Warning, "Targets that are not healthy")
        {
            Detail = $"{address}: {found}.",
            Help = "The healthy ones get the traffic; see why the others fail their checks.",
        };

    public static ProviderException Failed(ResourceAddress address, string what, string help) =>
        new(new Diagnostic("GW6156", Severity.Error, "AWS gave the object up")
        {
            Detail = $"{address}: {what}.",
            Help = help,
        });
}
