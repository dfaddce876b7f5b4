using System.Buffers;
using Gwctl.Compiler.Specs.Decoding;
using Gwctl.Core;

namespace Gwctl.Compiler.Specs.Validation;

/// <summary>Exact and prefix paths are absolute, without what would match differently from proxy to proxy.</summary>
internal static class PathValues
{
    private static readonly SearchValues<char> PathCharacters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-/._~!$&'()*+,;=:@");

    public static void Check(RouteSpec route, NodeProblems problems)
    {
        foreach (var rule in route.Rules)
        {
            foreach (var match in rule.Matches)
            {
                if (match.Path.Type is not PathMatchType.RegularExpression
                    && ComplaintAbout(match.Path.Value) is { } complaint)
                {
                    problems.Add(new Diagnostic("GW1218", Severity.Error, "Path is malformed")
                    {
                        Subject = match.Path.Span,
                        Detail = $"{FieldDiagnostics.Quote(match.Path.Value)} {complaint}.",
                        Help = "Write an absolute path of plain segments: /shop/cart. No query, no fragment.",
                    });
                }
            }
        }
    }

    private static string? ComplaintAbout(string path) => path switch
    {
        not ['/', ..] => "does not start with /",
        _ when path.Contains("//", StringComparison.Ordinal) => "has an empty segment",
        _ when HasDots(path) => "has the segment . or ..",
        _ when path.Contains("%2f", StringComparison.OrdinalIgnoreCase) => "has an encoded slash",
        _ => CharacterComplaint(path),
    };

    private static bool HasDots(string path) =>
        path.Contains("/./", StringComparison.Ordinal) || path.Contains("/../", StringComparison.Ordinal)
        || path.EndsWith("/.", StringComparison.Ordinal) || path.EndsWith("/..", StringComparison.Ordinal);

    private static string? CharacterComplaint(string path)
    {
        var rest = path.AsSpan();
        while (rest.IndexOfAnyExcept(PathCharacters) is >= 0 and var index)
        {
            var isEncoded = rest[index..] is ['%', var high, var low, ..]
                && char.IsAsciiHexDigit(high) && char.IsAsciiHexDigit(low);
            if (!isEncoded)
            {
                return rest[index] is '%'
                    ? "has a % that two hexadecimal digits do not follow"
                    : $"has the character {FieldDiagnostics.Quote(rest[index].ToString())}, to be percent-encoded";
            }

            rest = rest[(index + 3)..];
        }

        return null;
    }
}
