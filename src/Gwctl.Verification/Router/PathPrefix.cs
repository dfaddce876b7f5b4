namespace Gwctl.Verification.Router;

/// <summary>Prefixes by whole path elements (Gateway API, HTTPPathMatch and HTTPPathModifier).</summary>
internal static class PathPrefix
{
    /// <summary>Without last slashes; <c>/</c> becomes empty.</summary>
    public static string Normalize(string prefix) => prefix.TrimEnd('/');

    /// <summary>The prefix <c>/</c> fits every target, also <c>*</c> and the empty one.</summary>
    /// <param name="prefix">In normal form.</param>
    public static bool Fits(string path, string prefix) =>
        prefix.Length is 0
        || (path.StartsWith(prefix, StringComparison.Ordinal)
            && (path.Length == prefix.Length || path[prefix.Length] is '/'));

    /// <summary>Puts a replacement in the prefix's place. The replacement's last slash is ignored as the prefix's is;
    /// what remains of the path keeps its own.</summary>
    /// <param name="path">One that the prefix fits.</param>
    /// <param name="prefix">As written or in normal form.</param>
    public static string Replace(string path, string prefix, string replacement)
    {
        var remainder = path[Math.Min(Normalize(prefix).Length, path.Length)..];
        var replaced = Normalize(replacement) + remainder;
        return replaced.StartsWith('/') ? replaced : $"/{replaced}";
    }
}
