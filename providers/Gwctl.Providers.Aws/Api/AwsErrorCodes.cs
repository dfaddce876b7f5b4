using System.Collections.Frozen;

namespace Gwctl.Providers.Aws.Api;

/// <summary>Codes that mean the same in different spellings, and the codes of errors that gwctl finds itself.</summary>
public static class AwsErrorCodes
{
    /// <summary>The request did not reach the service.</summary>
    public const string ConnectionFailed = "ConnectionFailed";

    /// <summary>gwctl does not know where the service is; giving the endpoint helps.</summary>
    public const string EndpointUnknown = "EndpointUnknown";

    /// <summary>The request was sent and no complete answer came.</summary>
    public const string AnswerLost = "AnswerLost";

    /// <summary>An answer came that breaks the service's contract.</summary>
    public const string MalformedAnswer = "MalformedAnswer";

    private static readonly FrozenSet<string> Throttling = FrozenSet.ToFrozenSet(
    [
        "Throttling", "Throttled", "RequestThrottled", "RequestLimitExceeded",
        "TooManyRequests", "BandwidthLimitExceeded", "EC2Throttled",
        "ProvisionedThroughputExceeded", "TransactionInProgress", "PriorRequestNotComplete", "SlowDown",
    ]);

    private static readonly FrozenSet<string> Transient = FrozenSet.ToFrozenSet(
    [
        "InternalError", "InternalFailure", "InternalServerError", "InternalService", "ServiceUnavailable",
        "Unavailable", "RequestTimeout", "IDPCommunicationError", ConnectionFailed, AnswerLost,
    ]);

    private static readonly FrozenSet<string> Denied = FrozenSet.ToFrozenSet(
    [
        "AccessDenied", "UnauthorizedOperation", "AuthFailure", "NotAuthorized", "InvalidClientTokenId",
        "UnrecognizedClient", "SignatureDoesNotMatch", "InvalidSignature", "IncompleteSignature",
        "MissingAuthenticationToken", "ExpiredToken", "OptInRequired",
    ]);

    private static readonly FrozenSet<string> Skewed = FrozenSet.ToFrozenSet(
    [
        "RequestTimeTooSkewed", "RequestExpired", "InvalidSignature", "SignatureDoesNotMatch", "AuthFailure",
    ]);

    /// <summary>
    /// <c>ns#ThrottlingException:http://…</c> → <c>Throttling</c>. Only a suffix "Exception" goes, never the whole.
    /// </summary>
    public static string Normalise(string code)
    {
        var text = code.AsSpan().Trim();
        if (text.IndexOf('#') is >= 0 and var hash)
        {
            text = text[(hash + 1)..];
        }

        if (text.IndexOf(':') is >= 0 and var colon)
        {
            text = text[..colon];
        }

        const string suffix = "Exception";
        if (text.Length > suffix.Length && text.EndsWith(suffix, StringComparison.Ordinal))
        {
            text = text[..^suffix.Length];
        }

        return text.ToString();
    }

    public static bool IsThrottling(string code, int statusCode) => statusCode == 429 || Throttling.Contains(code);

    public static bool IsTransient(string code, int statusCode) => statusCode >= 500 || Transient.Contains(code);

    /// <summary>"RuleNotFound", "InvalidGroup.NotFound", "NoSuchHostedZone", "ResourceNotFound" and such.</summary>
    public static bool IsNotFound(string code) =>
        code.EndsWith("NotFound", StringComparison.Ordinal) || code.StartsWith("NoSuch", StringComparison.Ordinal);

    public static bool IsAccessDenied(string code) => Denied.Contains(code);

    /// <summary>The code is one that a wrong local clock produces (among other causes).</summary>
    internal static bool MayBeClockSkew(string code) => Skewed.Contains(code);
}
