using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Gwctl.Sandbox.Calls;
using Gwctl.Sandbox.Gcp.Wire;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp;

/// <summary>Where clients get their tokens: OAuth 2 for service accounts and users, the exchange for workload identity
/// federation, and impersonation. Every well-formed request gets the first accepted token: the sandbox knows no keys to
/// check a signature with.</summary>
internal static partial class TokenService
{
    private const long LifetimeSeconds = 3600;
    private const string Jwt = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private const string Exchange = "urn:ietf:params:oauth:grant-type:token-exchange";

    /// <summary>Null where the request is for something else.</summary>
    public static WireResponse? Serve(WireRequest request, GcpOptions options, DateTimeOffset now)
    {
        if (request.Method is not "POST" || Form().Match(request.Path) is not { Success: true } match)
        {
            return null;
        }

        try
        {
            return GcpEncoder.Encode(200, match.Groups["impersonated"].Success
                ? Impersonated(request, options, now)
                : Granted(ReadForm(request), options));
        }
        catch (GcpException error) when (error.HttpStatus is 401)
        {
            return GcpEncoder.Encode("iamcredentials", error);
        }
        catch (GcpException error)
        {
            return GcpEncoder.Encode(error.HttpStatus, new Struct
            {
                { "error", error.Reason },
                { "error_description", error.Message },
            });
        }
    }

    private static Struct Granted(Dictionary<string, string> form, GcpOptions options)
    {
        var grant = form.GetValueOrDefault("grant_type", "");
        var proof = grant switch
        {
            Jwt => "assertion",
            Exchange => "subject_token",
            "refresh_token" => "refresh_token",
            _ => throw new GcpException(400, "unsupported_grant_type", $"Invalid grant_type: {grant}"),
        };
        var given = form.GetValueOrDefault(proof, "");
        if (given is "" || (grant is Jwt && !IsJwt(given)))
        {
            throw new GcpException(400, "invalid_grant", $"Bad Request: {proof} is missing or malformed.");
        }

        var answer = new Struct
        {
            { "access_token", options.Tokens[0] },
            { "expires_in", LifetimeSeconds },
            { "token_type", "Bearer" },
        };
        if (grant is Exchange)
        {
            answer.Add("issued_token_type", "urn:ietf:params:oauth:token-type:access_token");
        }

        return answer;
    }

    /// <summary>A service account's token for somebody who has one already.</summary>
    private static Struct Impersonated(WireRequest request, GcpOptions options, DateTimeOffset now)
    {
        BearerTokens.Check(options, request);
        return new Struct
        {
            { "accessToken", options.Tokens[0] },
            { "expireTime", GcpText.UtcTime(now.AddSeconds(LifetimeSeconds)) },
        };
    }

    private static bool IsJwt(string assertion)
    {
        if (assertion.Split('.') is not [_, var claims, _])
        {
            return false;
        }

        var padded = claims.Replace('-', '+').Replace('_', '/').PadRight((claims.Length + 3) / 4 * 4, '=');
        var bytes = new byte[padded.Length];
        if (!Convert.TryFromBase64String(padded, bytes, out var length))
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(bytes.AsMemory(0, length));
            return document.RootElement.TryGetProperty("iss", out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static Dictionary<string, string> ReadForm(WireRequest request)
    {
        var text = Encoding.UTF8.GetString(request.Body.Span);
        if (request.Header("content-type").Contains("json", StringComparison.OrdinalIgnoreCase))
        {
            return ReadJson(text);
        }

        return text.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .GroupBy(pair => WebUtility.UrlDecode(pair[0]), StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => WebUtility.UrlDecode(group.First().ElementAtOrDefault(1) ?? ""));
    }

    /// <summary>The token exchange takes its parameters as JSON too, in lower camel case.</summary>
    private static Dictionary<string, string> ReadJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return ValueJson.ReadStruct(document.RootElement)
                .ToDictionary(member => SnakeCase(member.Key), member => $"{member.Value}", StringComparer.Ordinal);
        }
        catch (JsonException error)
        {
            throw new GcpException(400, "invalid_request", error.Message);
        }
    }

    private static string SnakeCase(string name) =>
        string.Concat(name.Select(letter => char.IsUpper(letter) ? $"_{char.ToLowerInvariant(letter)}" : $"{letter}"));

    [GeneratedRegex(
        @"(?:/token|(?<impersonated>/v1/projects/-/serviceAccounts/[^/]+:generateAccessToken))\z",
        RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
