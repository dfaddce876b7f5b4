using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Verification.Router;

namespace Gwctl.Verification.Requests;

/// <summary>Methods, headers and query parameters at the border of a match. Every term is once left out; the first
/// header and the first parameter are tried in all ways, so that the number does not grow with the terms.</summary>
internal static class TermVariants
{
    /// <summary>Headers that are no comma-separated lists, which clients must not repeat (RFC 9110 5.3).</summary>
    private static readonly HashSet<string> s_singular = new(StringComparer.OrdinalIgnoreCase)
    {
        "authorization", "content-type", "cookie", "from", "host", "max-forwards", "origin", "referer", "user-agent",
    };

    public static IEnumerable<Variant> Of(Request request, HttpMatchSpec match)
    {
        var parameters = BaseRequests.SentValues(match.QueryParams) ?? [];
        var variants = Enumerable.Empty<Variant>();
        if (match.Method is not null)
        {
            var other = request.Method is "GET" ? "POST" : "GET";
            variants = [new Variant(request with { Method = other }, "another method")];
        }

        return variants
            .Concat(match.Headers.Select((_, index) => WithoutHeader(request, index)))
            .Concat(parameters.Select((_, index) => WithoutParameter(request, parameters, index)))
            .Concat(match.Headers.Count is 0 ? [] : OfFirstHeader(request))
            .Concat(parameters.Count is 0 ? [] : OfFirstParameter(request, parameters));
    }

    private static Variant WithoutHeader(Request request, int index) => new(
        request with { Headers = [.. request.Headers.Where((_, position) => position != index)] },
        $"header {request.Headers[index].Name} missing");

    private static Variant WithoutParameter(Request request, List<HeaderField> parameters, int index) => new(
        request with { Query = BaseRequests.QueryOf([.. parameters.Where((_, position) => position != index)]) },
        $"query parameter {parameters[index].Name} missing");

    private static IEnumerable<Variant> OfFirstHeader(Request request)
    {
        var (name, value) = request.Headers[0];
        var rest = request.Headers.Skip(1).ToList();
        return
        [
            Made([new(name, CaseText.Swap(value))], "its value in other case"),
            Made([new(name, "")], "with an empty value"),
            Made([new(CaseText.Swap(name), value)], "its name in other case"),
            Made([new(name, $"{value}x")], "with a longer value"),
            .. s_singular.Contains(name) ? [] : (Variant[])
            [
                Made([new(name, value), new(name, BaseRequests.Word)], "repeated, the wanted value first"),
                Made([new(name, BaseRequests.Word), new(name, value)], "repeated, the wanted value last"),
            ],
        ];

        Variant Made(EquatableList<HeaderField> headers, string why) =>
            new(request with { Headers = [.. headers, .. rest] }, $"header {name} {why}");
    }

    // No repeated parameters, and no codes for characters that need none: how they are read is left open by the Gateway
    // API (HTTPRouteMatch.queryParams), and RFC 3986 2.3 tells clients not to make such codes.
    private static IEnumerable<Variant> OfFirstParameter(Request request, List<HeaderField> parameters)
    {
        var (rawName, rawValue) = parameters[0];
        var name = Uri.EscapeDataString(rawName);
        var value = Uri.EscapeDataString(rawValue);
        var rest = BaseRequests.QueryOf([.. parameters.Skip(1)]) is { } others ? $"&{others}" : "";
        return
        [
            Made($"{name}={Uri.EscapeDataString(CaseText.Swap(rawValue))}", "its value in other case"),
            Made($"{name}=", "with an empty value"),
            Made($"{Uri.EscapeDataString(CaseText.Swap(rawName))}={value}", "its name in other case"),
            Made(name, "without a value"),
        ];

        Variant Made(string query, string why) =>
            new(request with { Query = query + rest }, $"query parameter {rawName} {why}");
    }
}
