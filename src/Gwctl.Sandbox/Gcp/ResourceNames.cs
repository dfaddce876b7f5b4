using System.Text.RegularExpressions;

namespace Gwctl.Sandbox.Gcp;

/// <summary>The form of most of Google's resource names.</summary>
internal static partial class ResourceNames
{
    public static bool IsValid(string name) => Form().IsMatch(name);

    [GeneratedRegex(
        @"\A[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
