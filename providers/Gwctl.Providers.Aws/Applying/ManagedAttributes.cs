using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Reading;

namespace Gwctl.Providers.Aws.Applying;

/// <summary>The attribute <c>attributes</c> of load balancers, listeners and target groups.</summary>
internal static class ManagedAttributes
{
    /// <summary>With the marks that stand for them.</summary>
    public static Tags Marked(Tags tags, AttributeMap after) =>
        after.MapOrNull("attributes") is { Fields.Count: > 0 } wanted
            ? tags.With(Marks.Digest, Canonical.Digest(wanted))
                .With(Marks.AttributeNames, FreeAttributes.NamesValue(after))
            : tags;

    /// <summary>Writes those that are to change, and then the digest that stands for all of them in shallow readings:
    /// in this order, so that the digest never promises what a crash prevented. What the specs dropped goes back to
    /// what AWS begins with.</summary>
    /// <param name="isNew">The object was just created, and its tags have the digest already.</param>
    public static async Task ApplyAsync(
        ApplyContext context, StepCall call, string arn, bool isNew, CancellationToken cancellationToken)
    {
        if (call.After is not { } after || after.MapOrNull("attributes") is not { Fields.Count: > 0 } wanted)
        {
            return;
        }

        var before = call.Step.Before?.MapOf("attributes") ?? AttributeMap.Empty;
        var changes = wanted.Pairs().Where(pair => before.TextOrNull(pair.Key) != pair.Value)
            .Concat(Dropped(before, after, wanted))
            .ToList();
        if (changes.Count > 0)
        {
            if (!isNew)
            {
                changes = await StillToDoAsync(context, call, arn, before, changes, cancellationToken);
            }

            if (changes.Count > 0)
            {
                await AttributeCalls.ModifyAsync(context.Api.Elbv2, arn, changes, cancellationToken);
            }

            if (!isNew)
            {
                await MarkAsync(context, arn, call.Step.Before, after, cancellationToken);
            }
        }

        context.Ledger.Wrote(arn, Marks.Digest, Canonical.Digest(wanted));
    }

    private static IEnumerable<KeyValuePair<string, string>> Dropped(
        AttributeMap before, AttributeMap after, AttributeMap wanted) =>
        from field in before.Fields
        where wanted[field.Name] is null
        let value = FreeAttributes.DefaultOf(after, field.Name)
        where value is not null
        select KeyValuePair.Create(field.Name, value);

    private static async Task MarkAsync(
        ApplyContext context, string arn, AttributeMap? before, AttributeMap after, CancellationToken cancellationToken)
    {
        var marks = Marked(Tags.None, after);
        if (marks[Marks.AttributeNames] is null && before is not null && FreeAttributes.NamesValue(before) is not null)
        {
            await context.Api.Elbv2.RemoveTagsAsync(
                new() { ResourceArns = [arn], TagKeys = [Marks.AttributeNames] }, cancellationToken);
        }

        await ElbTagging.AddAsync(context.Api, arn, marks, cancellationToken);
    }

    private static async Task<List<KeyValuePair<string, string>>> StillToDoAsync(
        ApplyContext context,
        StepCall call,
        string arn,
        AttributeMap before,
        List<KeyValuePair<string, string>> changes,
        CancellationToken cancellationToken)
    {
        var live = await AttributeCalls.DescribeAsync(context.Api.Elbv2, arn, cancellationToken);
        foreach (var (name, value) in changes)
        {
            if (before.TextOrNull(name) is { } planned && live[name] != planned && live[name] != value)
            {
                throw ApplyFailures.Common.Stale(
                    call.Step.Address,
                    $"the attribute {name} is {live[name]}, and was {planned} when the plan was made");
            }
        }

        return [.. changes.Where(change => live[change.Key] != change.Value)];
    }
}
