using Gwctl.Core;
using Gwctl.Engine.Marks;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Gcp.Applying;

/// <summary>Why a step cannot be done though Google Cloud would take the call.</summary>
internal static class ApplyFailures
{
    public static ProviderException Stale(ResourceAddress address, string what) =>
        new(new Diagnostic("GW6250", Severity.Error, "The object is not as the plan saw it")
        {
            Detail = $"{address}: {what}",
            Help = "Plan again, and look at what changed.",
        },
        ProviderFailure.Stale);

    public static ProviderException NotThere(ResourceAddress address) =>
        new(new Diagnostic("GW6251", Severity.Error, "An object that the step needs does not exist")
        {
            Detail = $"{address} is not there.",
            Help = "Plan again: somebody deleted it, or its creation failed.",
        },
        ProviderFailure.Stale);

    public static ProviderException InTheWay(ResourceAddress address, string id, string owner) =>
        new(new Diagnostic("GW6252", Severity.Error, "An object that is not gwctl's has the name")
        {
            Detail = $"{address} cannot be made: {id} is there{(owner is "" ? "" : $" ({owner})")}.",
            Help = "Rename or delete it, or take it over with gwctl adopt.",
        },
        ProviderFailure.Stale);

    public static ProviderException Protected(ResourceAddress address) =>
        new(new Diagnostic("GW6253", Severity.Error, "The object is protected from deletion")
        {
            Detail = $"{address}: its description has {MarkNames.Protect}, or it has the label {Kinds.ProtectLabel}. "
                + "gwctl does not lift a protection by itself.",
            Help = "Lift it by hand if the object shall go, and plan again.",
        });

    public static ProviderException NotOurs(ResourceAddress address, string id) =>
        new(new Diagnostic("GW6254", Severity.Error, "The object is not gwctl's any more")
        {
            Detail = $"{address}: {id} lost its owner mark, or bears another owner's.",
            Help = "Plan again; gwctl adopt takes it back.",
        },
        ProviderFailure.Stale);

    public static ProviderException TooLong(ResourceAddress address, TimeSpan waited, string last) =>
        new(new Diagnostic("GW6255", Severity.Error, "Waited too long")
        {
            Detail = $"{address} was not ready after {waited.TotalSeconds:0} s: {last}.",
            Help = "Find out why; then plan and apply again: what is done stays done.",
        });

    public static ProviderException Failed(ResourceAddress address, string what, string help) =>
        new(new Diagnostic("GW6256", Severity.Error, "Google Cloud gave the object up")
        {
            Detail = $"{address}: {what}.",
            Help = help,
        });

    public static Diagnostic UnhealthyEndpoints(ResourceAddress address, string found) =>
        new("GW6257", Severity.Warning, "Endpoints that are not healthy")
        {
            Detail = $"{address}: {found}.",
            Help = "The healthy ones get the traffic; see why the others fail their checks.",
        };

    public static ProviderException CannotBeMarked(ResourceAddress address, string id) =>
        new(new Diagnostic("GW6258", Severity.Error, "An object that cannot be taken over")
        {
            Detail = $"{address}: gwctl's mark is its description, and Google lets nobody change the description of "
                + $"{id}.",
            Help = "Delete it, so that gwctl makes its own, or give the Gateway another name.",
        });

    public static ProviderException CannotChange(ResourceAddress address, string member, string location) =>
        new(new Diagnostic("GW6259", Severity.Error, "A member that cannot be changed")
        {
            Detail = $"{address}: Google lets nobody change {member} of a living object in {location}.",
            Help = "Delete the object, so that gwctl makes it anew.",
        });

    /// <param name="verdict">What Google found, in sentences.</param>
    public static ProviderException BadUrlMap(ResourceAddress address, string verdict) =>
        new(new Diagnostic("GW6260", Severity.Error, "Google's validation refused the URL map")
        {
            Detail = $"{address} was not changed: {verdict}",
            Help = "The tests are made of the routes and of RouteTests: correct the one that is wrong.",
        });
}
