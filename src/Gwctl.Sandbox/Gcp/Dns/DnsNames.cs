using System.Text.RegularExpressions;

namespace Gwctl.Sandbox.Gcp.Dns;

/// <summary>Domain names as Cloud DNS takes them.</summary>
internal static partial class DnsNames
{
    /// <summary>Whole, with the dot at the end; a first label may be a star.</summary>
    public static bool IsValid(string name) => name.Length <= 254 && Form().IsMatch(name);

    public static bool IsIn(string name, string zone) =>
        name == zone || name.EndsWith($".{zone}", StringComparison.Ordinal);

    [GeneratedRegex(
        @"\A(?:\*\.)?(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+\z",
        RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
