using System.Runtime.CompilerServices;

namespace Gwctl.Providers.Aws.Api;

/// <summary>
/// Walks a paged list. A failure on any page ends the walk with its exception: a part is never the whole.
/// </summary>
internal static class AwsPages
{
    /// <param name="fetch">Gets the page that a token opens; the first has none.</param>
    /// <param name="items">The items of a page.</param>
    /// <param name="next">The token of the following page; null or empty ends the walk.</param>
    /// <param name="cancellationToken">Ends the walk between pages and within one.</param>
    /// <exception cref="AwsApiException">A page failed, or the service gave the same token twice running.</exception>
    public static async IAsyncEnumerable<TItem> WalkAsync<TPage, TItem>(
        Func<string?, CancellationToken, Task<TPage>> fetch,
        Func<TPage, IReadOnlyList<TItem>> items,
        Func<TPage, string?> next,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? token = null;
        do
        {
            var page = await fetch(token, cancellationToken);
            foreach (var item in items(page))
            {
                yield return item;
            }

            var following = next(page);
            if (following == token && !string.IsNullOrEmpty(token))
            {
                throw Stuck(typeof(TItem).Name);
            }

            token = following;
        }
        while (!string.IsNullOrEmpty(token));
    }

    /// <summary>The service repeats itself; going on would never end.</summary>
    internal static AwsApiException Stuck(string what)
    {
        const string why = "The service gave the same page token twice.";
        var error = new AwsError(AwsErrorCodes.MalformedAnswer, why, StatusCode: 200) { Messages = [why] };
        return new AwsApiException(error, "aws", $"list of {what}", inner: null);
    }
}
