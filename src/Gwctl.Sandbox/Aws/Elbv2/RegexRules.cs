using System.Text.RegularExpressions;

namespace Gwctl.Sandbox.Aws.Elbv2;

/// <summary>Which regular expressions conditions and transforms take.</summary>
internal static partial class RegexRules
{
    public static void Check(string regex, int lengthMax)
    {
        if (regex.Length is 0 || regex.Length > lengthMax)
        {
            throw Elbv2State.Invalid($"The regular expression '{regex}' must have 1 to {lengthMax} characters");
        }

        if (Unsupported().IsMatch(regex))
        {
            throw Elbv2State.Invalid(
                $"The regular expression '{regex}' uses a construct that is not supported: lookaround, atomic groups, "
                + "backreferences and Unicode classes are not");
        }

        try
        {
            _ = new Regex(regex, RegexOptions.NonBacktracking);
        }
        catch (Exception cause) when (cause is ArgumentException or NotSupportedException)
        {
            throw Elbv2State.Invalid($"The regular expression '{regex}' is not valid");
        }
    }

    [GeneratedRegex(
        @"\(\?(=|!|>|<=|<!)|\\[1-9]|\\k<|\\[pP]\{",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Unsupported();
}
