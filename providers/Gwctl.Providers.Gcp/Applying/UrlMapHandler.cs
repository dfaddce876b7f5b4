using System.Text.Json.Nodes;
using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Gcp.Api.Compute;
using Gwctl.Providers.Gcp.Reading;

namespace Gwctl.Providers.Gcp.Applying;

/// <summary>URL maps: Google itself runs a map's tests before it is written, and a map is written as a whole, for its
/// default is one of several members.</summary>
internal sealed class UrlMapHandler(ApplyContext context) : ComputeHandler(context, Kinds.UrlMap)
{
    private const int FailuresShownMax = 5;

    private static readonly EquatableList<string> Managed =
        ["defaultRouteAction", "defaultService", "defaultUrlRedirect", "hostRules", "pathMatchers", "tests"];

    protected override async Task CheckAsync(
        StepCall call, ComputeName name, JsonObject body, CancellationToken cancellationToken)
    {
        var answer = await Api.Compute.AskAsync(
            name, "validate", UrlMapVerdict.Request(name.Location, body), cancellationToken);
        if (UrlMapVerdict.Failures(answer, FailuresShownMax) is { } verdict)
        {
            throw ApplyFailures.BadUrlMap(call.Step.Address, verdict);
        }
    }

    protected override async Task WriteAsync(
        StepCall call,
        ComputeName name,
        JsonObject body,
        IReadOnlyList<AttributeField> members,
        CancellationToken cancellationToken)
    {
        var whole = BodyMerge.Replace(After(call), body, Managed, call.Reveal);
        await CheckAsync(call, name, whole, cancellationToken);
        await Context.WhenFreeAsync(
            call, stop => Api.Compute.UpdateAsync(name, (JsonObject)whole.DeepClone(), stop), cancellationToken);
    }
}
