using System.Text;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws;

/// <summary>Pages over an ordered sequence. A token names the last key of the page before, so that a page is right even
/// if objects came or went in between.</summary>
internal static class Paging
{
    /// <param name="items">Each with its key, in ascending ordinal order of keys.</param>
    /// <param name="token">From the page before; null for the first.</param>
    /// <exception cref="FormatException">The token is not one of ours.</exception>
    public static (List<Struct> Page, string? NextToken) Take(
        IEnumerable<KeyValuePair<string, Struct>> items, string? token, int size)
    {
        var after = token is null ? null : Encoding.UTF8.GetString(Convert.FromBase64String(token));
        var page = new List<Struct>();
        var last = "";
        foreach (var (key, item) in items)
        {
            if (after is not null && string.CompareOrdinal(key, after) <= 0)
            {
                continue;
            }

            if (page.Count == size)
            {
                return (page, Convert.ToBase64String(Encoding.UTF8.GetBytes(last)));
            }

            page.Add(item);
            last = key;
        }

        return (page, null);
    }
}
