using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Reading;

namespace Gwctl.Providers.Aws.Applying;

/// <summary>Elastic Load Balancing and EC2 take no precondition with a write; a look just before it is as near as one
/// gets.</summary>
internal static class Guard
{
    /// <exception cref="ProviderException">Somebody changed the object since it was planned. A change that is the
    /// planned one already (an earlier run was killed after it) is none.</exception>
    public static void Unchanged(StepCall call, AttributeMap live)
    {
        var step = call.Step;
        if (step.Fingerprint is ""
            || Fingerprints.Of(step.Address.Kind, live) == step.Fingerprint
            || call.After is { } after && live.Fields.All(field => !Differs(live, after, field.Name)))
        {
            return;
        }

        throw ApplyFailures.Common.Stale(step.Address, $"{step.LiveId} was changed since the plan was made");
    }

    /// <summary>Whether the attribute is wanted otherwise than it is; lists count as sets, for the order of what
    /// refers to other objects is Projection's.</summary>
    public static bool Differs(AttributeMap live, AttributeMap after, string name) =>
        after[name] is { } wanted && !(live[name] is { } found && AsSet(found).Equals(AsSet(wanted)));

    private static AttributeValue AsSet(AttributeValue value) => value switch
    {
        AttributeValue.List(var items) => AttributeOrder.Sorted(items.Select(AsSet)),
        AttributeValue.Map(var fields) => Attr.Map(new AttributeMap(
            fields.Fields.Select(field => field with { Value = AsSet(field.Value) }))),
        _ => value,
    };
}
