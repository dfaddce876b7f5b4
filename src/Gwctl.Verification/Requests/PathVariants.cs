using Gwctl.Compiler.Specs;
using Gwctl.Verification.Router;

namespace Gwctl.Verification.Requests;

/// <summary>Paths at the border of a path match.</summary>
internal static class PathVariants
{
    public static IEnumerable<Variant> Of(Request request, PathMatchSpec match) =>
        match.Type is PathMatchType.RegularExpression
            ? OfPattern(request.Path).Select(variant => Made(request, variant.Path, variant.Why))
            : OfText(PathPrefix.Normalize(match.Value)).Select(variant => Made(request, variant.Path, variant.Why));

    /// <param name="path">Without last slash.</param>
    private static IEnumerable<(string Path, string Why)> OfText(string path)
    {
        if (path is "")
        {
            return [("/", "the root"), ("/x", "below the root"), ("//", "a doubled slash")];
        }

        return
        [
            (path, "the path as written"),
            ($"{path}/", "with a last slash"),
            ($"{path}x", "a longer last element"),
            ($"{path}/x", "one element deeper"),
            (CaseText.Swap(path), "the path in other case"),
            ($"/{path}", "a doubled slash in front"),
            (EncodeLast(path), "a letter percent-encoded"),
        ];
    }

    private static IEnumerable<(string Path, string Why)> OfPattern(string sample) =>
    [
        ($"{sample}/x", "more behind the expression"),
        ($"/x{sample}", "more in front of the expression"),
        (CaseText.Swap(sample), "the expression in other case"),
        (sample.Length > 1 ? sample[..^1] : sample, "the expression cut short"),
    ];

    /// <summary>The last letter or digit as its code; the path itself where it has none.</summary>
    private static string EncodeLast(string path)
    {
        for (var index = path.Length - 1; index >= 0; index--)
        {
            var isInCode = index >= 1 && path[index - 1] is '%' || index >= 2 && path[index - 2] is '%';
            if (char.IsAsciiLetterOrDigit(path[index]) && !isInCode)
            {
                return $"{path[..index]}%{(int)path[index]:X2}{path[(index + 1)..]}";
            }
        }

        return path;
    }

    private static Variant Made(Request request, string path, string why) => new(request with { Path = path }, why);
}

/// <summary>The same letters in the other case.</summary>
internal static class CaseText
{
    /// <summary>Upper case; lower where it is that already.</summary>
    public static string Swap(string text)
    {
        var upper = text.ToUpperInvariant();
        return upper != text ? upper : text.ToLowerInvariant();
    }
}
