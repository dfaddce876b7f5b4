using System.Text.RegularExpressions;

namespace Gwctl.Sandbox.Gcp.UrlMaps;

/// <summary>A regular expression in RE2's spirit: linear time, no lookaround, no back references. It is matched with a
/// whole value.</summary>
internal sealed partial class Re2
{
    private readonly Regex _whole;
    private readonly Regex _anywhere;

    /// <exception cref="FormatException">The pattern is none that RE2 takes.</exception>
    public Re2(string pattern)
    {
        try
        {
            _whole = new Regex($@"\A(?:{pattern})\z", Options, Patience);
            _anywhere = new Regex(pattern, Options, Patience);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            throw new FormatException($"The regular expression '{pattern}' is not valid: {error.Message}", error);
        }
    }

    private static TimeSpan Patience => TimeSpan.FromSeconds(1);

    private static RegexOptions Options => RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    public bool Matches(string value) => _whole.IsMatch(value);

    /// <summary>Replaces every match; <c>\1</c> in the substitution is the first group.</summary>
    public string Replace(string value, string substitution) => _anywhere.Replace(value, match =>
        Group().Replace(substitution, group => match.Groups[int.Parse(group.ValueSpan[1..])].Value));

    [GeneratedRegex(@"\\\d", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Group();
}
