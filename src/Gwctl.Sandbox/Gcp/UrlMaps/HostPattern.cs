using System.Text.RegularExpressions;

namespace Gwctl.Sandbox.Gcp.UrlMaps;

/// <summary>A host rule's host: a name, a name with a port, or a star with the end of a name.</summary>
internal static partial class HostPattern
{
    public static bool IsValid(string host) => host.Length <= 255 && Form().IsMatch(host);

    [GeneratedRegex(
        @"\A(?:\*|(?:\*[-.])?[a-z0-9_](?:[-a-z0-9_.]*[a-z0-9_])?)(?::\d{1,5})?\z",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
