using System.Text;

namespace Gwctl.Sandbox.Gcp;

/// <summary>Pages of a list. A token names the last row that was given, so that a page is the same whatever happens to
/// the rows before it.</summary>
internal static class Paging
{
    /// <param name="key">By what the rows are ordered, unless <paramref name="isOrdered"/> is false.</param>
    /// <param name="max">0 stands for the service's own size.</param>
    /// <returns>The page, and the token of the next one; null where there is none.</returns>
    public static (IReadOnlyList<T> Page, string? Next) Take<T>(
        IEnumerable<T> rows, Func<T, string> key, int max, string? token, bool isOrdered = true)
    {
        var rest = rows;
        if (!string.IsNullOrEmpty(token))
        {
            var last = Decode(token);
            rest = isOrdered
                ? rows.SkipWhile(row => string.CompareOrdinal(key(row), last) <= 0)
                : rows.SkipWhile(row => key(row) != last).Skip(1);
        }

        var size = max is 0 ? 500 : max;
        var page = rest.Take(size + 1).ToList();
        return page.Count <= size
            ? (page, null)
            : (page[..size], Convert.ToBase64String(Encoding.UTF8.GetBytes(key(page[size - 1]))));
    }

    private static string Decode(string token)
    {
        var bytes = new byte[token.Length];
        return Convert.TryFromBase64String(token, bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : throw GcpErrors.Invalid("pageToken", token, "Invalid page token.");
    }
}
