using Gwctl.Engine.Handlers;

namespace Gwctl.Providers.Aws.Applying;

/// <summary>Why a step cannot be done though AWS would take the call.</summary>
internal static class ApplyFailures
{
    public static readonly StepFailures Common = new("AWS")
    {
        StaleCode = "GW6150",
        NotThereCode = "GW6151",
        InTheWayCode = "GW6152",
        ProtectedCode = "GW6153",
        NotOursCode = "GW6154",
        TooLongCode = "GW6155",
        GivenUpCode = "GW6156",
        UnhealthyCode = "GW6157",
    };
}
