using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Gwctl.Sandbox.Aws.S3;
using Gwctl.Sandbox.Aws.Sts;
using Gwctl.Sandbox.Aws.Wire;
using Gwctl.Sandbox.Calls;
using Gwctl.Sandbox.Contracts;
using Gwctl.Sandbox.State;

namespace Gwctl.Sandbox.Aws;

/// <summary>Checks a call's signature and finds out whose it is.</summary>
internal sealed class Authenticator(AwsOptions options, TimeProvider clock)
{
    private static readonly Caller Anonymous = new("", "", "", "");

    /// <exception cref="AwsException">The call is not signed, wrongly signed, or signed by nobody known.</exception>
    public Caller Authenticate(
        WireProtocol protocol, WireRequest request, bool needsNoSignature, Transaction state)
    {
        var header = request.Header("authorization");
        if (header is "")
        {
            return needsNoSignature
                ? Anonymous with { AccountId = options.AccountId }
                : throw ProtocolErrors.MissingAuthentication(protocol);
        }

        if (SigV4Authorization.Parse(header) is not { } authorization)
        {
            throw ProtocolErrors.IncompleteSignature(
                protocol, "Authorization header must be a complete AWS4-HMAC-SHA256 signature.");
        }

        CheckSignedHeaders(protocol, request, authorization);
        CheckDate(protocol, request, authorization);
        return Verify(protocol, request, authorization, state);
    }

    /// <summary>As <see cref="Authenticate"/>, for a request to S3, which may carry its signature in the query
    /// string.</summary>
    public Caller AuthenticateStorage(WireRequest request, Transaction state)
    {
        if (S3Links.Presigned(request) is not { } link)
        {
            return Authenticate(WireProtocol.RestXml, request, needsNoSignature: false, state);
        }

        var now = options.SignatureClock.GetUtcNow();
        return link.From - options.SignatureSkewMax <= now && now <= link.Until
            ? Verify(WireProtocol.RestXml, link.Request, link.Authorization, state)
            : throw new AwsException("AccessDenied", "Request has expired") { HttpStatus = 403 };
    }

    private Caller Verify(
        WireProtocol protocol, WireRequest request, SigV4Authorization authorization, Transaction state)
    {
        var (caller, secret) = FindKey(protocol, request, authorization, state);
        var expected = SigV4.Sign(request, authorization, secret);
        var matches = CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(expected), Encoding.ASCII.GetBytes(authorization.Signature));
        if (!matches || !BodyHashHolds(request))
        {
            throw ProtocolErrors.SignatureMismatch(protocol);
        }

        return caller;
    }

    private static void CheckSignedHeaders(
        WireProtocol protocol, WireRequest request, SigV4Authorization authorization)
    {
        var unsigned = request.Headers.Keys.FirstOrDefault(name =>
            name is "host" && !authorization.SignedHeaders.Contains(name, StringComparer.Ordinal));
        if (unsigned is not null)
        {
            throw ProtocolErrors.IncompleteSignature(protocol, $"'{unsigned}' must be a 'SignedHeader'.");
        }

        if (request.Header("x-amz-date") is "")
        {
            throw ProtocolErrors.IncompleteSignature(
                protocol, "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
        }
    }

    private static bool BodyHashHolds(WireRequest request)
    {
        var stated = request.Header("x-amz-content-sha256");
        return stated is "" or S3Links.UnsignedPayload || stated == SigV4.HexHash(request.Body.Span);
    }

    private void CheckDate(WireProtocol protocol, WireRequest request, SigV4Authorization authorization)
    {
        var text = request.Header("x-amz-date");
        var wellFormed = DateTimeOffset.TryParseExact(
            text, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date);
        if (!wellFormed || !text.StartsWith(authorization.Date, StringComparison.Ordinal))
        {
            throw ProtocolErrors.IncompleteSignature(
                protocol, "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP");
        }

        var now = options.SignatureClock.GetUtcNow();
        var skew = options.SignatureSkewMax;
        if (date < now - skew)
        {
            throw ProtocolErrors.SignatureExpired(
                protocol, $"Signature expired: {text} is now earlier than {Stamp(now - skew)} ({Stamp(now)} - "
                + $"{skew.TotalMinutes} min.)");
        }

        if (date > now + skew)
        {
            throw ProtocolErrors.SignatureExpired(
                protocol, $"Signature not yet current: {text} is still later than {Stamp(now + skew)} ({Stamp(now)} + "
                + $"{skew.TotalMinutes} min.)");
        }
    }

    private (Caller Caller, string Secret) FindKey(
        WireProtocol protocol, WireRequest request, SigV4Authorization authorization, Transaction state)
    {
        var key = authorization.AccessKey;
        if (options.Credentials.FirstOrDefault(known => known.AccessKeyId == key) is { } credential)
        {
            var account = credential.AccountId ?? options.AccountId;
            return (new Caller(key, account, $"arn:aws:iam::{account}:root", account), credential.SecretAccessKey);
        }

        if (Sessions.Find(state, key) is not { } session
            || session.SessionToken != request.Header("x-amz-security-token"))
        {
            throw ProtocolErrors.UnknownKey(protocol);
        }

        return session.Expiration < clock.GetUtcNow()
            ? throw ProtocolErrors.TokenExpired(protocol)
            : (session.Caller, session.SecretAccessKey);
    }

    private static string Stamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'");
}
