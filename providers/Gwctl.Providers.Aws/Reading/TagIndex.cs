using System.Collections.Concurrent;
using Gwctl.Engine.Providers;
using Gwctl.Providers.Aws.Api;
using Gwctl.Providers.Aws.Api.Elbv2;
using Gwctl.Providers.Aws.Api.Tagging;

namespace Gwctl.Providers.Aws.Reading;

/// <summary>Tags by ARN. One walk of the tagging API gives those of everything that bears our owner mark, a hundred a
/// call. That index lags and lists what is deleted: so it never makes an object exist, and where it knows nothing of
/// an object that another call found, or where a tag that can change disagrees with what is wanted, the object's own
/// service is asked.</summary>
internal sealed class TagIndex
{
    private readonly AwsApi _api;
    private readonly ConcurrentDictionary<string, Tags> _byArn = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Tags> _hinted = new(StringComparer.Ordinal);

    private TagIndex(AwsApi api) => _api = api;

    public Tags this[string arn] => _byArn.GetValueOrDefault(arn) ?? _hinted.GetValueOrDefault(arn) ?? Tags.None;

    /// <summary>All ARNs of which the tagging API says that they are the owner's.</summary>
    public ICollection<string> HintedArns => _hinted.Keys;

    public static async Task<TagIndex> HintAsync(AwsApi api, string owner, CancellationToken cancellationToken)
    {
        var index = new TagIndex(api);
        var request = new GetResourcesRequest
        {
            TagFilters = [new TagFilter { Key = Marks.Owner, Values = [owner] }],
            ResourceTypeFilters = ["elasticloadbalancing", "acm:certificate"],
            ResourcesPerPage = TaggingLimits.ResourcesPerPageMax,
        };
        await foreach (var found in api.Tagging.GetAllResourcesAsync(request, cancellationToken))
        {
            index._hinted[found.ResourceARN] = Tags.From(found.Tags);
        }

        return index;
    }

    public bool IsHinted(string arn) => _hinted.ContainsKey(arn);

    /// <summary>Asks for the tags of those objects of Elastic Load Balancing that the hint did not name.</summary>
    /// <returns>The ARNs that do not exist any more.</returns>
    public Task<IReadOnlySet<string>> CompleteAsync(IEnumerable<string> arns, CancellationToken cancellationToken) =>
        ConfirmAsync(arns.Where(arn => !_hinted.ContainsKey(arn) && !_byArn.ContainsKey(arn)), cancellationToken);

    /// <summary>Asks for the tags, whatever the hint said.</summary>
    /// <returns>The ARNs that do not exist any more.</returns>
    public async Task<IReadOnlySet<string>> ConfirmAsync(IEnumerable<string> arns, CancellationToken cancellationToken)
    {
        var gone = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        var batches = arns.Distinct(StringComparer.Ordinal).Chunk(Elbv2Limits.DescribeTagsArnsMax).ToList();
        await Fanout.MapAsync(batches, (batch, stop) => DescribeAsync(batch, gone, stop), cancellationToken);
        return gone.Keys.ToHashSet(StringComparer.Ordinal);
    }

    public async Task ConfirmCertificateAsync(string arn, CancellationToken cancellationToken)
    {
        var answer = await _api.Acm.ListTagsForCertificateAsync(new() { CertificateArn = arn }, cancellationToken);
        _byArn[arn] = Tags.From(answer.Tags);
    }

    private async Task<bool> DescribeAsync(
        string[] arns, ConcurrentDictionary<string, bool> gone, CancellationToken cancellationToken)
    {
        try
        {
            var request = new DescribeTagsRequest { ResourceArns = [.. arns] };
            foreach (var found in (await _api.Elbv2.DescribeTagsAsync(request, cancellationToken)).TagDescriptions)
            {
                _byArn[found.ResourceArn] = Tags.From(found.Tags);
            }

            return true;
        }
        catch (AwsApiException exception) when (exception.NotFound)
        {
            // One object that was deleted meanwhile fails the whole batch.
            if (arns is [var only])
            {
                return gone.TryAdd(only, true);
            }

            foreach (var arn in arns)
            {
                await DescribeAsync([arn], gone, cancellationToken);
            }

            return true;
        }
    }
}
