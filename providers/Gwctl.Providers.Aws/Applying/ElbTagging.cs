using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Api;
using Gwctl.Providers.Aws.Api.Elbv2;
using Gwctl.Providers.Aws.Reading;

namespace Gwctl.Providers.Aws.Applying;

/// <summary>Tags of Elastic Load Balancing's objects, by its own consistent calls.</summary>
internal static class ElbTagging
{
    public static async Task<Tags> ReadAsync(AwsApi api, string arn, CancellationToken cancellationToken)
    {
        var answer = await api.Elbv2.DescribeTagsAsync(new() { ResourceArns = [arn] }, cancellationToken);
        return answer.TagDescriptions is [var found, ..] ? Tags.From(found.Tags) : Tags.None;
    }

    public static Task AddAsync(AwsApi api, string arn, Tags tags, CancellationToken cancellationToken) =>
        api.Elbv2.AddTagsAsync(new() { ResourceArns = [arn], Tags = tags.ToElbv2() }, cancellationToken);

    /// <summary>Brings the user's tags from before to after; those of others stay.</summary>
    public static Task UpdateAsync(
        ApplyContext context, StepCall call, string arn, AttributeMap after, CancellationToken cancellationToken) =>
        TagChange.Between(call.Step.Before ?? AttributeMap.Empty, after).MakeAsync(
            removed => context.Api.Elbv2.RemoveTagsAsync(
                new RemoveTagsRequest { ResourceArns = [arn], TagKeys = removed }, cancellationToken),
            added => AddAsync(context.Api, arn, added, cancellationToken));

    /// <summary>Before a deletion: it is still ours, for this address, and nobody protects it.</summary>
    /// <returns>False where the object is gone already.</returns>
    public static async Task<bool> MayDeleteAsync(
        ApplyContext context, StepCall call, string arn, CancellationToken cancellationToken)
    {
        Tags tags;
        try
        {
            tags = await ReadAsync(context.Api, arn, cancellationToken);
        }
        catch (AwsApiException exception) when (exception.NotFound)
        {
            return false;
        }

        Deletion.Check(context, call, arn, tags);
        return true;
    }
}
