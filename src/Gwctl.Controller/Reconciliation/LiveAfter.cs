using Gwctl.Core;
using Gwctl.Engine.Diff;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;

namespace Gwctl.Controller.Reconciliation;

/// <summary>What lives after a plan was carried out in full, without reading it again.</summary>
internal static class LiveAfter
{
    /// <param name="kinds">The provider's.</param>
    /// <param name="outcomes">What the plan's calls left, by address.</param>
    /// <remarks>An object that was written has no fingerprint: a plan made of it pins nothing, until the cloud is read
    /// again. Writes look at the object itself in any case.</remarks>
    public static List<LiveResource> Of(
        IReadOnlyList<LiveResource> before,
        IReadOnlyList<Change> changes,
        EquatableList<KindSchema> kinds,
        IReadOnlyDictionary<ResourceAddress, StepOutcome> outcomes)
    {
        var whole = kinds.ToDictionary(kind => kind.Kind, kind => kind.WholeMaps, StringComparer.Ordinal);
        var gone = changes.Select(GoneOf).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var made = changes.Select(change => MadeOf(change, whole[change.Address.Kind], outcomes))
            .OfType<LiveResource>().ToList();
        var replaced = made.Select(item => item.Id).ToHashSet(StringComparer.Ordinal);
        var after = before.Where(item => !gone.Contains(item.Id) && !replaced.Contains(item.Id)).Concat(made).ToList();
        var outputs = new Dictionary<ResourceAddress, AttributeMap>();
        foreach (var item in after.Where(item => item.Ownership is Ownership.Ours))
        {
            outputs[item.Address] = item.Outputs;
        }

        return
        [
            .. after.Select(item => item with { Attributes = Resolved(item.Attributes, outputs) })
                .OrderBy(item => item.Address)
                .ThenBy(item => item.Id, StringComparer.Ordinal),
        ];
    }

    private static string? GoneOf(Change change) => change switch
    {
        Change.Delete delete => delete.Before.Id,
        Change.Replace replace => replace.Before.Id,
        _ => null,
    };

    private static LiveResource? MadeOf(
        Change change,
        EquatableList<string> wholeMaps,
        IReadOnlyDictionary<ResourceAddress, StepOutcome> outcomes)
    {
        outcomes.TryGetValue(change.Address, out var outcome);
        return change switch
        {
            Change.Create create => New(create.After, outcome),
            Change.Replace replace => New(replace.After, outcome),
            Change.Update update => update.Before with
            {
                Attributes = Merged(update.Before.Attributes, update.After.Attributes, wholeMaps),
                Outputs = outcome is { Outputs.Fields.Count: > 0 } ? outcome.Outputs : update.Before.Outputs,
                Fingerprint = "",
                Protected = update.After.Protected || update.Before.Protected,
            },
            _ => null,
        };
    }

    private static LiveResource New(ResourceNode node, StepOutcome? outcome)
    {
        Invariant.Holds(outcome is { Id.Length: > 0 });
        return new LiveResource
        {
            Address = node.Address,
            Id = outcome.Id,
            Ownership = Ownership.Ours,
            Attributes = node.Attributes,
            Outputs = outcome.Outputs,
            Fingerprint = "",
            Protected = node.Protected,
        };
    }

    /// <summary>What a node does not name stays, within maps too, but for those that are written whole.</summary>
    private static AttributeMap Merged(AttributeMap before, AttributeMap after, EquatableList<string> wholeMaps)
    {
        var merged = before;
        foreach (var field in after.Fields)
        {
            merged = merged.With(field.Name, (before[field.Name], field.Value) switch
            {
                (AttributeValue.Map(var old), AttributeValue.Map(var wanted)) when !wholeMaps.Contains(field.Name) =>
                    new AttributeValue.Map(Merged(old, wanted, [])),
                _ => field.Value,
            });
        }

        return merged;
    }

    private static AttributeMap Resolved(
        AttributeMap attributes, Dictionary<ResourceAddress, AttributeMap> outputs) =>
        AttributeWalk.Replace(attributes, value =>
            value is AttributeValue.Reference(var source, var output)
            && outputs.TryGetValue(source, out var found) && found[output] is { } text
                ? text
                : value);
}
