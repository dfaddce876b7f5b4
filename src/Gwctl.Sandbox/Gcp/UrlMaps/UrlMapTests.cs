using Gwctl.Sandbox.Gcp.Compute;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp.UrlMaps;

/// <summary>Runs the tests that a URL map carries.</summary>
internal static class UrlMapTests
{
    /// <summary>The failures as <c>testFailures</c> shows them.</summary>
    public static IReadOnlyList<Struct> Run(Struct map)
    {
        var tests = map.Structs("tests").ToList();
        if (tests.Count is 0)
        {
            return [];
        }

        var program = UrlMapProgram.Compile(map);
        return [.. tests.Select(test => Run(program, test)).OfType<Struct>()];
    }

    private static Struct? Run(UrlMapProgram program, Struct test)
    {
        var headers = test.Structs("headers")
            .GroupBy(header => header.Required("name").ToLowerInvariant())
            .ToDictionary(group => group.Key, group => string.Join(',', group.Select(one => one.Text("value"))));
        var request = new UrlRequest(
            headers.GetValueOrDefault(":scheme", "http"), test.Required("host"), test.Required("path"),
            headers.GetValueOrDefault(":method", "GET"), headers);
        var decision = program.Decide(request);
        return Passes(test, request, decision) ? null : Failure(test, request, decision);
    }

    private static bool Passes(Struct test, UrlRequest request, RouteDecision decision)
    {
        var url = test.Text("expectedOutputUrl");
        return decision switch
        {
            RouteDecision.Forward forward =>
                !test.Has("expectedRedirectResponseCode")
                && (test.Text("service") is not { } service || Chosen(forward).Contains(PathOf(service)))
                && (url is null || WithoutScheme(url) == WithoutScheme(Url(request, forward))),
            RouteDecision.Redirect redirect =>
                !test.Has("service")
                && (test.Number("expectedRedirectResponseCode") is not { } code || code == redirect.Status)
                && (url is null || url == redirect.Location),
            _ => false,
        };
    }

    private static Struct Failure(Struct test, UrlRequest request, RouteDecision decision)
    {
        var forward = decision as RouteDecision.Forward;
        var redirect = decision as RouteDecision.Redirect;
        return new Struct
        {
            { "actualOutputUrl", redirect?.Location ?? (forward is null ? null : Url(request, forward)) },
            { "actualRedirectResponseCode", redirect?.Status },
            { "actualService", forward?.Services.FirstOrDefault(service => service.Weight > 0)?.Link },
            { "expectedOutputUrl", test["expectedOutputUrl"] },
            { "expectedRedirectResponseCode", test["expectedRedirectResponseCode"] },
            { "expectedService", test["service"] },
            { "headers", test["headers"] },
            { "host", test["host"] },
            { "path", test["path"] },
        };
    }

    private static IEnumerable<string> Chosen(RouteDecision.Forward forward) =>
        forward.Services.Where(service => service.Weight > 0).Select(service => PathOf(service.Link));

    private static string Url(UrlRequest request, RouteDecision.Forward forward) =>
        $"{request.Scheme}://{forward.Host}{forward.Target}";

    private static string WithoutScheme(string url) =>
        url.IndexOf("://", StringComparison.Ordinal) is >= 0 and var at ? url[(at + 3)..] : url;

    /// <summary>References come in several forms; what they name stands from the scope on.</summary>
    private static string PathOf(string reference) =>
        ComputeName.Parse(reference, "") is { } name
            ? $"{name.Scope.Path}/{name.Collection}/{name.Name}"
            : reference;
}
