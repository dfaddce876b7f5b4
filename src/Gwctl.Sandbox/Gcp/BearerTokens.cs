using Gwctl.Sandbox.Calls;

namespace Gwctl.Sandbox.Gcp;

/// <summary>Who may call.</summary>
internal static class BearerTokens
{
    /// <exception cref="GcpException">The request bears none of the accepted tokens.</exception>
    public static void Check(GcpOptions options, WireRequest request)
    {
        var given = request.Header("authorization").Split(' ', 2) is [var scheme, var token]
            && scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase) ? token.Trim() : "";
        if (!options.Tokens.Contains(given))
        {
            throw new GcpException(
                401, "authError",
                given is ""
                    ? "Request is missing required authentication credential. Expected OAuth 2 access token."
                    : "Request had invalid authentication credentials. Expected OAuth 2 access token.");
        }
    }
}
