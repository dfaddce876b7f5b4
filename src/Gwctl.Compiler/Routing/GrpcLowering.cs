using Gwctl.Compiler.Specs;

namespace Gwctl.Compiler.Routing;

/// <summary>A gRPC call is an HTTP request to <c>/service/method</c>: its match as one on the path and
/// headers.</summary>
internal static class GrpcLowering
{
    private const string AnySegment = "[^/]+";

    public static HttpMatchSpec ToHttp(GrpcMatchSpec match) => new()
    {
        Path = PathOf(match),
        Headers = match.Headers,
        Span = match.Span,
    };

    private static PathMatchSpec PathOf(GrpcMatchSpec match)
    {
        var span = match.Method?.Span ?? match.Span;
        var service = EmptyAsNull(match.Method?.Service);
        var method = EmptyAsNull(match.Method?.Method);
        if (match.Method is { IsRegex: true } && (service ?? method) is not null)
        {
            // In groups, so that an alternative ends with its part of the path.
            var expression = $"/{Group(service)}/{Group(method)}";
            return new PathMatchSpec(PathMatchType.RegularExpression, expression, span);
        }

        return (service, method) switch
        {
            (null, null) => new PathMatchSpec(PathMatchType.PathPrefix, "/", span),
            ({ } name, null) => new PathMatchSpec(PathMatchType.PathPrefix, $"/{name}", span),
            (null, { } name) => new PathMatchSpec(PathMatchType.RegularExpression, $"/{AnySegment}/{name}", span),
            _ => new PathMatchSpec(PathMatchType.Exact, $"/{service}/{method}", span),
        };
    }

    private static string? EmptyAsNull(string? text) => text is "" ? null : text;

    private static string Group(string? expression) => expression is null ? AnySegment : $"({expression})";
}
