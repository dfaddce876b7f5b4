using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Verification.Router;

namespace Gwctl.Verification.Requests;

/// <summary>Methods, headers and query parameters at the border of a match. Every term is once left out; the first
/// header and the first parameter are tried in all ways, so that the number does not grow with the terms.</summary>
internal static class TermVariants
{
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
            Made([new(name, value), new(name, BaseRequests.Word)], "repeated, the wanted value first", isOpen: true),
            Made([new(name, BaseRequests.Word), new(name, value)], "repeated, the wanted value last", isOpen: true),
            Made([new(CaseText.Swap(name), value)], "its name in other case"),
            Made([new(name, $"{value}x")], "with a longer value"),
        ];

        Variant Made(EquatableList<HeaderField> headers, string why, bool isOpen = false) =>
            new(request with { Headers = [.. headers, .. rest] }, $"header {name} {why}", isOpen);
    }

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
            Made($"{name}={value}&{name}={BaseRequests.Word}", "repeated, the wanted value first", isOpen: true),
            Made($"{name}={BaseRequests.Word}&{name}={value}", "repeated, the wanted value last", isOpen: true),
            Made($"{Uri.EscapeDataString(CaseText.Swap(rawName))}={value}", "its name in other case"),
            Made($"{name}={Encoded(rawValue)}", "its value percent-encoded", isOpen: true),
            Made(name, "without a value"),
        ];

        Variant Made(string query, string why, bool isOpen = false) =>
            new(request with { Query = query + rest }, $"query parameter {rawName} {why}", isOpen);
    }

    /// <summary>Every character of ASCII as its code.</summary>
    private static string Encoded(string value) => string.Concat(
        value.Select(letter => char.IsAscii(letter) ? $"%{(int)letter:X2}" : Uri.EscapeDataString($"{letter}")));
}
