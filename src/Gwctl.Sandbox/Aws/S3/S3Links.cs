using System.Globalization;
using Gwctl.Sandbox.Aws.Sts;
using Gwctl.Sandbox.Aws.Wire;
using Gwctl.Sandbox.Calls;

namespace Gwctl.Sandbox.Aws.S3;

/// <summary>Presigned links: requests to S3 whose signature stands in the query string.</summary>
internal static class S3Links
{
    /// <summary>What stands for the body's hash where the body is not signed.</summary>
    public const string UnsignedPayload = "UNSIGNED-PAYLOAD";

    private const string TimeForm = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>A link to an object, signed as the caller would sign it.</summary>
    public static string Sign(Call call, string bucket, string key, TimeSpan life)
    {
        var known = call.Options.Credentials.FirstOrDefault(known => known.AccessKeyId == call.Caller.AccessKeyId);
        var session = known is null ? Sessions.Find(call.State, call.Caller.AccessKeyId) : null;
        var secret = known?.SecretAccessKey ?? session?.SecretAccessKey
            ?? throw new InvalidOperationException("The caller has no key.");
        var stamp = call.Options.SignatureClock.GetUtcNow().UtcDateTime.ToString(TimeForm);
        var scope = $"{call.Caller.AccessKeyId}/{stamp[..8]}/{call.Region}/s3/aws4_request";
        var query = $"X-Amz-Algorithm={SigV4Authorization.Algorithm}&X-Amz-Credential={Uri.EscapeDataString(scope)}"
            + $"&X-Amz-Date={stamp}&X-Amz-Expires={(int)life.TotalSeconds}";
        query += session is null ? "" : $"&X-Amz-Security-Token={Uri.EscapeDataString(session.SessionToken)}";
        var target = $"/{bucket}/{Uri.EscapeDataString(key)}?{query}&X-Amz-SignedHeaders=host";
        var authorization = new SigV4Authorization(
            call.Caller.AccessKeyId, stamp[..8], call.Region, "s3", ["host"], "");
        var request = Signable("GET", target, call.Host, stamp, "");
        return $"http://{call.Host}{target}&X-Amz-Signature={SigV4.Sign(request, authorization, secret)}";
    }

    /// <summary>The link that the request is; null where it is none.</summary>
    public static PresignedLink? Presigned(WireRequest request)
    {
        var query = S3Request.Parse(request.Query);
        var wellFormed = query.GetValueOrDefault("X-Amz-Algorithm") is SigV4Authorization.Algorithm
            && query.TryGetValue("X-Amz-Signature", out _);
        if (!wellFormed)
        {
            return null;
        }

        var stamp = query.GetValueOrDefault("X-Amz-Date", "");
        var dated = DateTimeOffset.TryParseExact(
            stamp, TimeForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var from);
        var lasts = int.TryParse(query.GetValueOrDefault("X-Amz-Expires"), out var seconds)
            && seconds is > 0 and <= 604800;
        if (!dated || !lasts
            || query.GetValueOrDefault("X-Amz-Credential", "").Split('/')
                is not [var key, var date, var region, var service, "aws4_request"])
        {
            throw new AwsException(
                "AuthorizationQueryParametersError", "The query string's signature parameters are not complete")
            {
                HttpStatus = 400,
            };
        }

        var kept = request.Query.Split('&')
            .Where(pair => !pair.StartsWith("X-Amz-Signature=", StringComparison.Ordinal));
        var headers = query.GetValueOrDefault("X-Amz-SignedHeaders", "host").Split(';');
        var signable = Signable(
            request.Method, $"{request.Path}?{string.Join('&', kept)}", request.Header("host"), stamp,
            query.GetValueOrDefault("X-Amz-Security-Token", ""));
        return new PresignedLink(
            signable,
            new SigV4Authorization(key, date, region, service, headers, query["X-Amz-Signature"]),
            from,
            from.AddSeconds(seconds));
    }

    private static WireRequest Signable(string method, string target, string host, string stamp, string token)
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["host"] = host,
            ["x-amz-date"] = stamp,
            ["x-amz-content-sha256"] = UnsignedPayload,
            ["x-amz-security-token"] = token,
        };
        return new WireRequest(method, target, headers, ReadOnlyMemory<byte>.Empty);
    }
}

/// <summary>A presigned link in the form that signatures are checked in.</summary>
internal sealed record PresignedLink(
    WireRequest Request, SigV4Authorization Authorization, DateTimeOffset From, DateTimeOffset Until);
