using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Providers.Aws.Api;
using Gwctl.Providers.Aws.Api.Route53;

namespace Gwctl.Providers.Aws.Reading;

/// <summary>A health check that this owner's runs made, with its tags.</summary>
internal sealed record MarkedCheck(HealthCheck Check, Tags Tags)
{
    /// <summary>Our owner mark; a check without any mark was made by a run that was killed before it could write them.
    /// One whose owner mark somebody took away, or changed, is not ours any more.</summary>
    public bool IsOurs(string owner) => Tags[Marks.Owner] is { } mark ? mark == owner : !IsMarked;

    public bool IsMarked => Tags[Marks.Owner] is not null || Tags[Marks.Gateway] is not null
        || Tags[Marks.Key] is not null;
}

/// <summary>The health checks that were found.</summary>
/// <param name="Unread">Why none was looked for; null where they were.</param>
internal sealed record HealthCheckSnapshot(IReadOnlyList<MarkedCheck> Checks, Diagnostic? Unread);

/// <summary>Reads the health checks that gwctl made for this owner. They have no place below anything else, and only
/// the list says which there are.</summary>
internal sealed class HealthCheckReading(AwsApi api, ReadScope scope, Wanted wanted)
{
    private const string ChecksPerPage = "100";

    private const int NotFoundStatus = 404;
    private const int NotImplementedStatus = 501;

    /// <summary>Where the specs want none and may not look, there is none to write either: nothing then depends on what
    /// is there, and that it was not looked for is said.</summary>
    public async Task<HealthCheckSnapshot> ReadAsync(CancellationToken cancellationToken)
    {
        var isWanted = wanted.OfKind(Kinds.HealthCheck).Any();
        if (scope.Zones.Count is 0 && !isWanted)
        {
            return new HealthCheckSnapshot([], Unread: null);
        }

        try
        {
            return new HealthCheckSnapshot(
                await ReadAsync(api, CheckReference.StartOf(scope.Owner), cancellationToken), Unread: null);
        }
        catch (AwsApiException exception) when (!isWanted && (exception.Code is "AccessDenied"
            || exception.StatusCode is NotFoundStatus or NotImplementedStatus))
        {
            return new HealthCheckSnapshot([], AwsFailures.HealthChecksUnread(exception));
        }
    }

    /// <summary>Those whose reference starts so. The others' tags are not asked for.</summary>
    public static async Task<IReadOnlyList<MarkedCheck>> ReadAsync(
        AwsApi api, string start, CancellationToken cancellationToken)
    {
        var checks = await api.Route53
            .ListAllHealthChecksAsync(new() { MaxItems = ChecksPerPage }, cancellationToken)
            .Where(check => check.CallerReference.StartsWith(start, StringComparison.Ordinal))
            .ToListAsync(cancellationToken);
        var batches = checks.Select(check => check.Id).Chunk(Route53Limits.TaggedResourcesPerCallMax).ToList();
        var tags = (await Fanout.MapAsync(batches, (ids, stop) => TagsAsync(api, ids, stop), cancellationToken))
            .SelectMany(found => found)
            .ToDictionary(found => found.Id, found => found.Tags, StringComparer.Ordinal);
        return [.. checks.Where(check => tags.ContainsKey(check.Id))
            .Select(check => new MarkedCheck(check, tags[check.Id]))];
    }

    /// <summary>Without those that are gone.</summary>
    private static async Task<IReadOnlyList<(string Id, Tags Tags)>> TagsAsync(
        AwsApi api, string[] ids, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await api.Route53.ListTagsForResourcesAsync(
                new() { ResourceType = TagResourceType.Healthcheck, ResourceIds = [.. ids] }, cancellationToken);
            return [.. answer.ResourceTagSets.Select(set => (set.ResourceId, Tags.From(set.Tags)))];
        }
        catch (AwsApiException exception) when (exception.NotFound)
        {
            // One that was deleted meanwhile fails the whole batch.
            return ids is [_]
                ? []
                : [.. (await Fanout.MapAsync(ids, (id, stop) => TagsAsync(api, [id], stop), cancellationToken))
                    .SelectMany(found => found)];
        }
    }
}
