using System.Text.RegularExpressions;

namespace Gwctl.Verification.Router;

/// <summary>A regular expression of a match.</summary>
/// <remarks>The Gateway API leaves dialect and anchoring to the implementation. Here it is RE2's dialect as far as .NET
/// reads it in linear time, and the whole value must match, as in the proxies that most implementations are built
/// on.</remarks>
internal sealed class CompiledPattern
{
    private readonly Regex? _regex;

    public CompiledPattern(string pattern)
    {
        try
        {
            // RE2 also writes named groups with a P.
            var text = pattern.Replace("(?P<", "(?<", StringComparison.Ordinal);
            _regex = new Regex(
                $@"\A(?:{text})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            Problem = exception.Message;
        }
    }

    /// <summary>Why the expression cannot be read, and so matches nothing; null where it can.</summary>
    public string? Problem { get; }

    public bool Fits(ReadOnlySpan<char> value) => _regex?.IsMatch(value) is true;
}
