using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Gwctl.Sandbox.Aws.Route53;

/// <summary>What values records of each type take.</summary>
internal static partial class RecordValues
{
    private const int TextMax = 4000;

    public static IEnumerable<string> Check(string type, List<string> values)
    {
        if (values.GroupBy(value => value).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            yield return $"Duplicate Resource Record: '{twice.Key}'";
        }

        if (type is "CNAME" or "SOA" && values.Count > 1)
        {
            yield return $"{type} record sets can contain only one resource record";
        }

        foreach (var value in values)
        {
            if (Problem(type, value) is { } problem)
            {
                yield return $"Invalid Resource Record: 'FATAL problem: {problem} encountered with '{value}''";
            }
        }
    }

    private static string? Problem(string type, string value) => type switch
    {
        "A" => IsAddress(value, AddressFamily.InterNetwork) && value.Split('.').Length is 4
            ? null
            : "ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address)",
        "AAAA" => IsAddress(value, AddressFamily.InterNetworkV6)
            ? null
            : "AAAARRDATAIllegalIPv6Address (Value is not a valid IPv6 address)",
        "TXT" or "SPF" => TextProblem(value),
        "CNAME" or "NS" or "PTR" => IsName(value) ? null : "DomainLabelEmpty (Domain label is empty)",
        "MX" => value.Split(' ') is [var preference, var host] && ushort.TryParse(preference, out _) && IsName(host)
            ? null
            : "MXRRDATANotTwoFields (MX record doesn't have 2 fields)",
        "SRV" => value.Split(' ') is [var a, var b, var c, var host]
            && new[] { a, b, c }.All(field => ushort.TryParse(field, out _)) && IsName(host)
            ? null
            : "SRVRRDATANotFourFields (SRV record doesn't have 4 fields)",
        _ => null,
    };

    private static bool IsAddress(string value, AddressFamily family) =>
        IPAddress.TryParse(value, out var address) && address.AddressFamily == family;

    private static bool IsName(string value)
    {
        var name = value.TrimEnd('.');
        return name.Length is > 0 and <= 255
            && !value.Contains(' ', StringComparison.Ordinal)
            && name.Split('.').All(label => label.Length is >= 1 and <= 63);
    }

    private static string? TextProblem(string value)
    {
        if (!QuotedStrings().IsMatch(value))
        {
            return "InvalidCharacterString (Value should be enclosed in quotation marks)";
        }

        var tooLong = value.Length > TextMax
            || QuotedString().Matches(value).Any(part => Length(part.Groups["text"].Value) > 255);
        return tooLong ? "CharacterStringTooLong (Value is too long)" : null;
    }

    /// <summary>An escape counts as the one character that it stands for.</summary>
    private static int Length(string text) => Escape().Replace(text, "x").Length;

    [GeneratedRegex(
        """\A("(?:[^"\\]|\\.)*")(\s+"(?:[^"\\]|\\.)*")*\z""",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex QuotedStrings();

    [GeneratedRegex(
        @"""(?<text>([^""\\]|\\.)*)""",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex QuotedString();

    [GeneratedRegex(
        @"\\([0-7]{3}|.)",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Escape();
}
