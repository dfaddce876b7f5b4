using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Verification.Router;

/// <summary>What a CORS filter answers and adds (Gateway API, HTTPCORSFilter). Where it may send <c>*</c> or an echo,
/// it sends <c>*</c>.</summary>
internal static class CorsAnswer
{
    private const string Any = "*";

    /// <summary>OPTIONS with an origin and the method that is to come.</summary>
    public static bool IsPreflight(Request request) =>
        request.Method is "OPTIONS"
        && request.HeaderValue("origin") is not null
        && request.HeaderValue("access-control-request-method") is not null;

    public static Outcome.Preflight Preflight(HttpFilterSpec.Cors filter, Request request)
    {
        if (AllowedOrigin(filter, request) is not { } origin)
        {
            return new Outcome.Preflight(Allowed: false, []);
        }

        var headers = CommonHeaders(filter, origin);
        AddList(headers, "Access-Control-Allow-Methods", filter.AllowMethods, EchoOf(
            filter, request, "access-control-request-method"));
        AddList(headers, "Access-Control-Allow-Headers", filter.AllowHeaders, EchoOf(
            filter, request, "access-control-request-headers"));
        headers.Add(new HeaderField("Access-Control-Max-Age", filter.MaxAgeSeconds.ToString()));
        return new Outcome.Preflight(Allowed: true, [.. headers]);
    }

    /// <summary>What is set on the response to a request that is no preflight; nothing where its origin is not
    /// allowed.</summary>
    public static EquatableList<HeaderField> PlainHeaders(HttpFilterSpec.Cors filter, Request request)
    {
        if (AllowedOrigin(filter, request) is not { } origin)
        {
            return [];
        }

        var headers = CommonHeaders(filter, origin);
        // With credentials * would be a header's name, so it may not be sent.
        AddList(headers, "Access-Control-Expose-Headers", filter.ExposeHeaders, filter.AllowCredentials ? null : Any);
        return [.. headers];
    }

    private static List<HeaderField> CommonHeaders(HttpFilterSpec.Cors filter, string origin)
    {
        List<HeaderField> headers = [new("Access-Control-Allow-Origin", origin)];
        if (filter.AllowCredentials)
        {
            headers.Add(new HeaderField("Access-Control-Allow-Credentials", "true"));
        }

        return headers;
    }

    /// <param name="forAny">What is sent for a <c>*</c>; null sends nothing.</param>
    private static void AddList(
        List<HeaderField> headers, string name, EquatableList<string> values, string? forAny)
    {
        var value = values.Contains(Any) ? forAny : string.Join(',', values);
        if (!string.IsNullOrEmpty(value))
        {
            headers.Add(new HeaderField(name, value));
        }
    }

    private static string? EchoOf(HttpFilterSpec.Cors filter, Request request, string name) =>
        filter.AllowCredentials ? request.HeaderValue(name) : Any;

    /// <summary>The value of Access-Control-Allow-Origin; null where the origin is missing or not allowed.</summary>
    private static string? AllowedOrigin(HttpFilterSpec.Cors filter, Request request)
    {
        if (request.HeaderValue("origin") is not { } origin)
        {
            return null;
        }

        if (filter.AllowOrigins.Contains(Any))
        {
            return filter.AllowCredentials ? origin : Any;
        }

        return filter.AllowOrigins.Any(allowed => Fits(WithPort(allowed), WithPort(origin))) ? origin : null;
    }

    /// <summary>Scheme, host and port, where the scheme's own port counts as written.</summary>
    private static string WithPort(string origin)
    {
        var schemeEnd = origin.IndexOf("://", StringComparison.Ordinal);
        if (schemeEnd < 0)
        {
            return origin;
        }

        var authority = origin.AsSpan(schemeEnd + 3);
        var hasPort = authority.LastIndexOf(':') > authority.LastIndexOf(']');
        return hasPort ? origin : $"{origin}:{Authority.WellKnownPort(origin[..schemeEnd].ToLowerInvariant())}";
    }

    /// <summary>A star stands for at least one character, dots among them.</summary>
    private static bool Fits(string allowed, string origin)
    {
        var star = allowed.IndexOf('*', StringComparison.Ordinal);
        if (star < 0)
        {
            return allowed.Equals(origin, StringComparison.OrdinalIgnoreCase);
        }

        return origin.Length >= allowed.Length
            && origin.StartsWith(allowed[..star], StringComparison.OrdinalIgnoreCase)
            && origin.EndsWith(allowed[(star + 1)..], StringComparison.OrdinalIgnoreCase);
    }
}
