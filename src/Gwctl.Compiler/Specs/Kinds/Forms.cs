using System.Buffers;
using System.Net;
using System.Text.RegularExpressions;
using Gwctl.Compiler.Specs.Decoding;

namespace Gwctl.Compiler.Specs.Kinds;

/// <summary>The forms of text that Kubernetes and the Gateway API prescribe, each after its schema's pattern.</summary>
internal static partial class Forms
{
    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-.^_`|~");

    private const string SubdomainHelp =
        "Use lower-case letters, digits, - and . between them, starting and ending with a letter or digit.";

    private const string LabelHelp =
        "Use at most 63 lower-case letters, digits and - between them, starting and ending with a letter or digit.";

    /// <summary>DNS-1123 subdomain.</summary>
    public static readonly TextRule Subdomain = new(1, 253, IsSubdomain, "is no DNS subdomain", SubdomainHelp);

    /// <summary>DNS-1123 label.</summary>
    public static readonly TextRule Label = new(1, 63, IsLabel, "is no DNS label", LabelHelp);

    /// <summary>ObjectName: any text of this length; what it names decides.</summary>
    public static readonly TextRule ObjectName = TextRule.Length(1, 253);

    /// <summary>Group: a subdomain, or empty for the core group.</summary>
    public static readonly TextRule Group = new(
        0, 253, text => text is "" || IsSubdomain(text), "is no API group", SubdomainHelp);

    public static readonly TextRule Kind = new(
        1, 63, KindForm().IsMatch, "is no kind", "Use letters, digits and -, starting with a letter.");

    /// <summary>Hostname: a subdomain, which <c>*.</c> may precede; no IP address.</summary>
    public static readonly TextRule Hostname = new(
        1, 253, text => IsHostname(text is ['*', '.', ..] ? text[2..] : text), "is no hostname",
        "Use lower-case letters, digits, - and ., with *. as the first label for a wildcard; no IP address, no port.");

    /// <summary>PreciseHostname: no wildcard.</summary>
    public static readonly TextRule PreciseHostname = new(
        1, 253, IsHostname, "is no hostname",
        "Use lower-case letters, digits, - and ., without wildcard, port or scheme.");

    /// <summary>HTTPHeaderName: an RFC 9110 token.</summary>
    public static readonly TextRule HeaderName = new(
        1, 256, text => !text.AsSpan().ContainsAnyExcept(TokenCharacters), "is no header or query parameter name",
        "Use letters, digits and !#$%&'*+-.^_`|~.");

    public static readonly TextRule HeaderValue = TextRule.Length(1, 4_096);

    public static readonly TextRule QueryValue = TextRule.Length(1, 1_024);

    public static readonly TextRule PathValue = TextRule.Length(0, 1_024);

    /// <summary>controllerName: a domain and a path.</summary>
    public static readonly TextRule ControllerName = new(
        1, 253, ControllerForm().IsMatch, "is no controller name",
        "Write a domain and a path, as example.com/controller.");

    /// <summary>ProtocolType: a word, or a domain and a word.</summary>
    public static readonly TextRule Protocol = new(
        1, 255, ProtocolForm().IsMatch, "is no protocol", "Use HTTP, HTTPS, TLS, TCP, UDP or a domain-prefixed name.");

    public static readonly TextRule AddressType = new(
        1, 253, text => text is "IPAddress" or "Hostname" or "NamedAddress" || ControllerForm().IsMatch(text),
        "is no address type", "Use IPAddress, Hostname or a domain-prefixed name.");

    public static readonly TextRule CorsOrigin = new(
        1, 253, text => text is "*" || OriginForm().IsMatch(text), "is no origin",
        "Write scheme, host and port as https://example.com:8443 or https://*.example.com, or * alone.");

    /// <summary>Status codes and ranges of them.</summary>
    public static readonly TextRule StatusCodes = new(
        1, 256, AreCodes, "is no list of status codes", "Write codes and ranges, as 200, 200-299 or 200,204.");

    public static bool IsLabel(string text) => text.Length is > 0 and <= 63 && IsDotless(text);

    public static bool IsSubdomain(string text)
    {
        if (text.Length is 0 or > 253)
        {
            return false;
        }

        var rest = text.AsSpan();
        while (true)
        {
            var dot = rest.IndexOf('.');
            if (!IsDotless(dot < 0 ? rest : rest[..dot]))
            {
                return false;
            }

            if (dot < 0)
            {
                return true;
            }

            rest = rest[(dot + 1)..];
        }
    }

    /// <summary>A label's or annotation's name: an optional subdomain and <c>/</c>, then up to 63 characters.</summary>
    public static bool IsQualifiedName(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var name = text.AsSpan(slash + 1);
        return (slash < 0 || IsSubdomain(text[..slash])) && name.Length > 0 && IsLabelText(name);
    }

    /// <summary>A label's value: empty or up to 63 characters of letters, digits, <c>-_.</c>.</summary>
    public static bool IsLabelValue(string text) => text.Length is 0 || IsLabelText(text);


    /// <summary>Four decimal parts. The framework's own reading also takes <c>1</c> and <c>0x7f.1</c>.</summary>
    public static bool IsIPv4(string text) =>
        text.AsSpan().Count('.') is 3
        && text.All(c => char.IsAsciiDigit(c) || c is '.')
        && IPAddress.TryParse(text, out _);

    public static bool IsIPv6(string text) =>
        text.Contains(':', StringComparison.Ordinal) && IPAddress.TryParse(text, out _);

    /// <summary>Absolute, http or https, without credentials and fragment.</summary>
    public static bool IsHttpUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && url.Scheme is "http" or "https"
        && url.Host is not ""
        && url.UserInfo is ""
        && url.Port is > 0
        && text.Contains("://", StringComparison.Ordinal)
        && !text.AsSpan().ContainsAny("# \\");

    private static bool AreCodes(string text) => text.Split(',').All(part => part.Split('-') switch
    {
        [var single] => IsCode(single),
        [var first, var last] => IsCode(first) && IsCode(last) && int.Parse(first) <= int.Parse(last),
        _ => false,
    });

    /// <summary>Three digits; gRPC health checks have codes of one and two digits.</summary>
    private static bool IsCode(string text) => text.Length is >= 1 and <= 3 && text.All(char.IsAsciiDigit);

    private static bool IsHostname(string text) => IsSubdomain(text) && !IsIPv4(text);

    private static bool IsLabelText(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('-' or '_' or '.'))
            {
                return false;
            }
        }

        return text.Length <= 63 && char.IsAsciiLetterOrDigit(text[0]) && char.IsAsciiLetterOrDigit(text[^1]);
    }

    private static bool IsDotless(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiLetterLower(character) && !char.IsAsciiDigit(character) && character is not '-')
            {
                return false;
            }
        }

        return text.Length > 0 && text[0] is not '-' && text[^1] is not '-';
    }

    [GeneratedRegex(
        "^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex KindForm();

    [GeneratedRegex(
        @"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex ControllerForm();

    [GeneratedRegex(
        @"^[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/[A-Za-z0-9]+$",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex ProtocolForm();

    [GeneratedRegex(
        @"^https?://(((\*\.)?([a-zA-Z0-9\-]+\.)*[a-zA-Z0-9\-]+)|\*)(:[0-9]{1,5})?$",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex OriginForm();
}
