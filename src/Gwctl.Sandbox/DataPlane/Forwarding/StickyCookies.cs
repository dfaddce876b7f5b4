using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Gwctl.Sandbox.DataPlane.Forwarding;

/// <summary>Makes and reads the load balancer's cookies. Their content is sealed with a key of this process: a cookie
/// of an earlier run cannot be decoded, which clients must expect of the real ones too.</summary>
internal sealed class StickyCookies(TimeProvider clock)
{
    public const string Group = "AWSALBTG";
    public const string Target = "AWSALB";
    public const string Application = "AWSALBAPP-0";

    private const int MacBytes = 32;

    private static readonly TimeSpan BrowserTime = TimeSpan.FromDays(7);

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    /// <summary>What a cookie of the request says, or null: it is not there, not ours, or too old.</summary>
    /// <param name="request">From the client.</param>
    /// <param name="name">The cookie's.</param>
    /// <param name="scope">What it must have been made for.</param>
    public string? Read(HttpRequest request, string name, string scope)
    {
        if (request.Headers.Cookie.Count is 0 || request.Cookies[name] is not { } text
            || !Base64Url.IsValid(text))
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(text);
        if (bytes.Length < MacBytes)
        {
            return null;
        }

        var content = bytes.AsSpan(MacBytes);
        if (!CryptographicOperations.FixedTimeEquals(bytes.AsSpan(0, MacBytes), HMACSHA256.HashData(_key, content)))
        {
            return null;
        }

        return Encoding.UTF8.GetString(content).Split('\n') is [var madeFor, var expires, var value]
            && madeFor == scope && long.Parse(expires) > clock.GetUtcNow().ToUnixTimeSeconds()
            ? value
            : null;
    }

    /// <summary>Adds a cookie and its twin for requests across origins.</summary>
    public void Write(HttpResponse response, string name, string scope, string value, TimeSpan time)
    {
        var text = Seal($"{scope}\n{(clock.GetUtcNow() + time).ToUnixTimeSeconds()}\n{value}");
        var expires = (clock.GetUtcNow() + BrowserTime).ToString("R");
        response.Headers.Append("Set-Cookie", $"{name}={text}; Expires={expires}; Path=/");
        response.Headers.Append(
            "Set-Cookie", $"{Twin(name)}={text}; Expires={expires}; Path=/; SameSite=None; Secure");
    }

    /// <summary>Adds a cookie as Google does: without a twin, for as long as the browser runs where no time is given.
    /// </summary>
    public void WriteAlone(HttpResponse response, string name, string scope, string value, TimeSpan time)
    {
        var (kept, age) = time > TimeSpan.Zero ? (time, $"; Max-Age={(long)time.TotalSeconds}") : (BrowserTime, "");
        var text = Seal($"{scope}\n{(clock.GetUtcNow() + kept).ToUnixTimeSeconds()}\n{value}");
        response.Headers.Append("Set-Cookie", $"{name}={text}{age}; Path=/; HttpOnly");
    }

    private static string Twin(string name) => name is Application ? "AWSALBAPPCORS-0" : name + "CORS";

    private string Seal(string content)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        return Base64Url.EncodeToString([.. HMACSHA256.HashData(_key, bytes), .. bytes]);
    }
}
