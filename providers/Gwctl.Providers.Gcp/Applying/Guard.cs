using System.Text.Json.Nodes;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Gcp.Reading;

namespace Gwctl.Providers.Gcp.Applying;

/// <summary>Holds a step to what its plan saw.</summary>
internal static class Guard
{
    /// <exception cref="ProviderException">Somebody changed the object since it was planned. A change that is the
    /// planned one already (an earlier run was killed after it) is none.</exception>
    public static void Unchanged(StepCall call, JsonObject body, AttributeMap live) =>
        Unchanged(call, Fingerprints.Of(body, live), live);

    /// <param name="fingerprint">As it is now.</param>
    public static void Unchanged(StepCall call, string fingerprint, AttributeMap live)
    {
        var step = call.Step;
        if (step.Fingerprint is "" || fingerprint == step.Fingerprint
            || (call.After is { } after && !Matching.Differences(live, after).Any()))
        {
            return;
        }

        throw ApplyFailures.Common.Stale(step.Address, $"{step.LiveId} was changed since the plan was made");
    }
}
