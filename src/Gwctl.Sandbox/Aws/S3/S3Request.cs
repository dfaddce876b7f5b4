using System.Text.RegularExpressions;
using Gwctl.Sandbox.Aws.Wire;
using Gwctl.Sandbox.Calls;

namespace Gwctl.Sandbox.Aws.S3;

/// <summary>A request to S3, whether it names its bucket in the path or in the host.</summary>
/// <param name="Bucket">Empty where the request is for the service itself.</param>
/// <param name="Key">Decoded; empty where the request is for the bucket itself.</param>
/// <param name="Query">Decoded, without the signature's own parameters.</param>
internal sealed partial record S3Request(
    string Method, string Bucket, string Key, IReadOnlyDictionary<string, string> Query, WireRequest Wire)
{
    /// <summary>The region in the signature's scope.</summary>
    public string Region { get; private init; } = "";

    public string Resource => Key is "" ? $"/{Bucket}" : $"/{Bucket}/{Key}";

    /// <summary>Null where the request is signed for another service, or not at all.</summary>
    public static S3Request? Of(WireRequest wire)
    {
        var query = Parse(wire.Query);
        var authorization = SigV4Authorization.Parse(wire.Header("authorization"));
        var scope = authorization is null
            ? query.GetValueOrDefault("X-Amz-Credential", "").Split('/')
            : ["", "", authorization.Region, authorization.Service, ""];
        if (scope is not [_, _, var region, "s3", _])
        {
            return null;
        }

        var named = wire.Path.TrimStart('/').Split('/', 2);
        var host = HostPattern().Match(wire.Header("host"));
        var (bucket, key) = host.Success
            ? (host.Groups["bucket"].Value, wire.Path.Length > 0 ? wire.Path[1..] : "")
            : (named[0], named.Length > 1 ? named[1] : "");
        var own = query
            .Where(pair => !pair.Key.StartsWith("X-Amz-", StringComparison.Ordinal) && pair.Key is not "x-id")
            .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        return new S3Request(
            wire.Method, Uri.UnescapeDataString(bucket), Uri.UnescapeDataString(key), own, wire)
        {
            Region = region,
        };
    }

    public static Dictionary<string, string> Parse(string query)
    {
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var split = pair.Split('=', 2);
            result[Uri.UnescapeDataString(split[0])] = split.Length is 2 ? Uri.UnescapeDataString(split[1]) : "";
        }

        return result;
    }

    /// <summary><c>bucket.s3.region.amazonaws.com</c>, and the same before <c>localhost</c>.</summary>
    [GeneratedRegex(
        @"\A(?<bucket>[a-z0-9][a-z0-9.-]*)\.s3([.-][a-z0-9-]+)?\.(amazonaws\.com|localhost)(:\d+)?\z",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HostPattern();
}
