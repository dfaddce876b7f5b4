using Gwctl.Core;
using Gwctl.Engine.Handlers;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Gcp.Reading;

namespace Gwctl.Providers.Gcp.Applying;

/// <summary>Why a step cannot be done though Google Cloud would take the call.</summary>
internal static class ApplyFailures
{
    public static readonly StepFailures Common = new("Google Cloud")
    {
        StaleCode = "GW6250",
        NotThereCode = "GW6251",
        InTheWayCode = "GW6252",
        ProtectedCode = "GW6253",
        NotOursCode = "GW6254",
        TooLongCode = "GW6255",
        GivenUpCode = "GW6256",
        UnhealthyCode = "GW6257",
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

    public static ProviderException AllZero(ResourceAddress address, string hostname) =>
        new(DnsFindings.AllZero(address, hostname, Severity.Error));
}
