using System.Security.Cryptography;
using System.Text;
using Gwctl.Sandbox.Calls;

namespace Gwctl.Sandbox.Aws.Wire;

/// <summary>An <c>Authorization: AWS4-HMAC-SHA256</c> header, taken apart.</summary>
/// <param name="Date">The scope's day, <c>yyyyMMdd</c>.</param>
public sealed record SigV4Authorization(
    string AccessKey, string Date, string Region, string Service, IReadOnlyList<string> SignedHeaders, string Signature)
{
    public const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>Null where the header is missing or is not of the form.</summary>
    public static SigV4Authorization? Parse(string header)
    {
        if (!header.StartsWith(Algorithm, StringComparison.Ordinal))
        {
            return null;
        }

        var parts = header[Algorithm.Length..].Split(',', StringSplitOptions.TrimEntries)
            .Select(part => part.Split('=', 2))
            .Where(part => part.Length is 2)
            .ToDictionary(part => part[0], part => part[1], StringComparer.Ordinal);
        if (!parts.TryGetValue("Credential", out var credential)
            || !parts.TryGetValue("SignedHeaders", out var headers)
            || !parts.TryGetValue("Signature", out var signature)
            || credential.Split('/') is not [var key, var date, var region, var service, "aws4_request"])
        {
            return null;
        }

        return new SigV4Authorization(key, date, region, service, headers.Split(';'), signature);
    }
}

/// <summary>Signature Version 4 as AWS documents it ("Create a signed AWS API request").</summary>
public static class SigV4
{
    /// <summary>The signature that the request should carry, in lower-case hexadecimal.</summary>
    public static string Sign(WireRequest request, SigV4Authorization authorization, string secretKey)
    {
        var timestamp = request.Header("x-amz-date");
        var scope = $"{authorization.Date}/{authorization.Region}/{authorization.Service}/aws4_request";
        var canonical = CanonicalRequest(request, authorization.SignedHeaders, authorization.Service is "s3");
        var hash = HexHash(Encoding.UTF8.GetBytes(canonical));
        var toSign = $"{SigV4Authorization.Algorithm}\n{timestamp}\n{scope}\n{hash}";
        var key = Encoding.UTF8.GetBytes($"AWS4{secretKey}");
        foreach (var step in new[] { authorization.Date, authorization.Region, authorization.Service, "aws4_request" })
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(step));
        }

        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(toSign)));
    }

    /// <param name="storage">By S3's rules: the path is encoded once, and the body's hash is the one that a header
    /// states.</param>
    public static string CanonicalRequest(
        WireRequest request, IReadOnlyList<string> signedHeaders, bool storage = false)
    {
        var text = new StringBuilder();
        text.Append(request.Method).Append('\n');
        text.Append(storage ? StoragePath(request.Path) : CanonicalPath(request.Path)).Append('\n');
        text.Append(CanonicalQuery(request.Query)).Append('\n');
        foreach (var name in signedHeaders)
        {
            text.Append(name).Append(':').Append(CanonicalHeader(request.Header(name))).Append('\n');
        }

        text.Append('\n').AppendJoin(';', signedHeaders).Append('\n');
        var hash = storage ? request.Header("x-amz-content-sha256") : HexHash(request.Body.Span);
        return text.Append(hash).ToString();
    }

    public static string HexHash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Every service but S3 encodes the path's segments a second time, after removing dot segments.</summary>
    private static string CanonicalPath(string path)
    {
        var segments = new List<string>();
        foreach (var segment in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (segment is "..")
            {
                segments.RemoveRange(Math.Max(0, segments.Count - 1), Math.Min(1, segments.Count));
            }
            else if (segment is not ".")
            {
                segments.Add(Encode(segment));
            }
        }

        var end = segments.Count > 0 && path.EndsWith('/') ? "/" : "";
        return $"/{string.Join('/', segments)}{end}";
    }

    private static string StoragePath(string path) => string.Join('/', path.Split('/').Select(Recode));

    private static string CanonicalQuery(string query)
    {
        var pairs = query.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .Select(pair => (Name: Recode(pair[0]), Value: pair.Length is 2 ? Recode(pair[1]) : ""))
            .ToList();
        pairs.Sort((left, right) =>
        {
            var byName = string.CompareOrdinal(left.Name, right.Name);
            return byName is not 0 ? byName : string.CompareOrdinal(left.Value, right.Value);
        });
        return string.Join('&', pairs.Select(pair => $"{pair.Name}={pair.Value}"));
    }

    private static string CanonicalHeader(string value) =>
        string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static string Recode(string text) => Encode(Uri.UnescapeDataString(text));

    /// <summary>Escapes everything but the unreserved characters, as the specification demands.</summary>
    private static string Encode(string text) => Uri.EscapeDataString(text);
}
