using Gwctl.Sandbox.Gcp.UrlMaps;
using Microsoft.AspNetCore.Http;

namespace Gwctl.Sandbox.DataPlane.Proxies;

/// <summary>What a CORS policy has to say to a request from an origin that it allows.</summary>
internal sealed record CorsAnswer(CorsPolicy Policy, string Origin, bool IsPreflight)
{
    /// <summary>Null where the policy does not concern the request: it goes on as any other.</summary>
    public static CorsAnswer? Of(CorsPolicy? policy, HttpRequest request)
    {
        if (policy is null || request.Headers.Origin.ToString() is not { Length: > 0 } origin
            || !IsAllowed(policy, origin))
        {
            return null;
        }

        var isPreflight = HttpMethods.IsOptions(request.Method)
            && request.Headers.AccessControlRequestMethod.Count > 0;
        return new CorsAnswer(policy, origin, isPreflight);
    }

    /// <summary>Adds what the browser wants to know.</summary>
    public void AddTo(IHeaderDictionary headers)
    {
        headers.AccessControlAllowOrigin = Origin;
        if (Policy.AllowsCredentials)
        {
            headers.AccessControlAllowCredentials = "true";
        }

        if (!IsPreflight)
        {
            Set(headers, "Access-Control-Expose-Headers", Policy.ExposedHeaders);
            return;
        }

        Set(headers, "Access-Control-Allow-Methods", Policy.Methods);
        Set(headers, "Access-Control-Allow-Headers", Policy.Headers);
        if (Policy.MaxAge is { } age)
        {
            headers.AccessControlMaxAge = $"{age}";
        }
    }

    private static bool IsAllowed(CorsPolicy policy, string origin) =>
        policy.Origins.Any(allowed => allowed is "*" || allowed.Equals(origin, StringComparison.OrdinalIgnoreCase))
        || policy.OriginPatterns.Any(pattern => pattern.Matches(origin));

    private static void Set(IHeaderDictionary headers, string name, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
        {
            headers[name] = string.Join(',', values);
        }
    }
}
