using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Gwctl.Sandbox.Values;
using static Gwctl.Sandbox.Aws.OperationHandler;

namespace Gwctl.Sandbox.Aws.Sts;

/// <summary>Security Token Service, API version 2011-06-15. Every role of every account can be assumed.</summary>
internal static partial class StsService
{
    private const int DurationDefaultSeconds = 3600;

    public static AwsService Create() => new("sts",
    [
        Reads("GetCallerIdentity", GetCallerIdentity),
        Writes("AssumeRole", AssumeRole),
        Writes("AssumeRoleWithWebIdentity", AssumeRoleWithWebIdentity),
    ]);

    private static Struct GetCallerIdentity(Call call) => new()
    {
        { "UserId", call.Caller.UserId },
        { "Account", call.Caller.AccountId },
        { "Arn", call.Caller.Arn },
    };

    private static Struct AssumeRole(Call call)
    {
        var (session, user) = Start(call);
        return new Struct { { "Credentials", Credentials(session) }, { "AssumedRoleUser", user } };
    }

    /// <summary>The token's signature is not checked: the sandbox is nobody's identity provider. Its form is.</summary>
    private static Struct AssumeRoleWithWebIdentity(Call call)
    {
        var claims = Claims(call.Input.Required("WebIdentityToken"));
        var (session, user) = Start(call);
        return new Struct
        {
            { "Credentials", Credentials(session) },
            { "SubjectFromWebIdentityToken", claims.GetValueOrDefault("sub") },
            { "AssumedRoleUser", user },
            { "Provider", claims.GetValueOrDefault("iss") },
            { "Audience", claims.GetValueOrDefault("aud") },
        };
    }

    private static (Session Session, Struct User) Start(Call call)
    {
        var match = RolePattern().Match(call.Input.Required("RoleArn"));
        if (!match.Success)
        {
            throw new AwsException("ValidationError", $"{call.Input.Text("RoleArn")} is invalid") { HttpStatus = 400 };
        }

        var account = match.Groups["account"].Value;
        var role = match.Groups["name"].Value;
        var name = call.Input.Required("RoleSessionName");
        var roleId = $"AROA{call.State.NextHex(17).ToUpperInvariant()}";
        var arn = $"arn:aws:sts::{account}:assumed-role/{role}/{name}";
        var key = $"ASIA{call.State.NextHex(16).ToUpperInvariant()}";
        var caller = new Caller(key, account, arn, $"{roleId}:{name}");
        var seconds = call.Input.Number("DurationSeconds") ?? DurationDefaultSeconds;
        var session = new Session(
            caller, call.State.NextHex(40), call.State.NextHex(64), call.Now.AddSeconds(seconds));
        Sessions.Put(call.State, session);
        return (session, new Struct { { "AssumedRoleId", caller.UserId }, { "Arn", arn } });
    }

    private static Struct Credentials(Session session) => new()
    {
        { "AccessKeyId", session.Caller.AccessKeyId },
        { "SecretAccessKey", session.SecretAccessKey },
        { "SessionToken", session.SessionToken },
        { "Expiration", session.Expiration },
    };

    private static Dictionary<string, string> Claims(string token)
    {
        try
        {
            var parts = token.Split('.');
            using var json = JsonDocument.Parse(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1])));
            return json.RootElement.EnumerateObject()
                .ToDictionary(claim => claim.Name, claim => $"{claim.Value}", StringComparer.Ordinal);
        }
        catch (Exception cause) when (cause is FormatException or JsonException or IndexOutOfRangeException)
        {
            throw new AwsException("InvalidIdentityToken", "The ID Token provided is not a valid JWT.");
        }
    }

    [GeneratedRegex(
        @"\Aarn:aws:iam::(?<account>\d{12}):role/(?:[^/]+/)*(?<name>[^/]+)\z",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RolePattern();
}
