using Gwctl.Compiler.Specs.Decoding;

namespace Gwctl.Compiler.Specs.Kinds;

/// <summary>Decodes gwctl.dev RouteTest.</summary>
internal static class RouteTestDecoder
{
    private const int CasesMax = 10_000;
    private const int EntriesMax = 64;
    private const int PortMax = 65_535;
    private const int TextMax = 8_192;

    private static readonly string[] Parts = ["scheme", "host", "path", "query"];

    private static readonly TextRule Url = new(
        1, TextMax, Forms.IsHttpUrl, "is no absolute URL of http or https",
        "Write it as https://shop.example.com/cart?id=1, without a fragment.");

    private static readonly TextRule Path = new(
        1, TextMax, text => text[0] is '/' && !text.AsSpan().ContainsAny("?# "), "is no path",
        "Start it with /, and give the query as query.");

    private static readonly TextRule Query = new(
        0, TextMax, text => !text.AsSpan().ContainsAny("# "), "is no query",
        "Write what follows the question mark, percent-encoded.");

    private static readonly TextRule Host = new(
        1, 261, text => Forms.IsHttpUrl($"http://{text}/"), "is no host",
        "Write a hostname or address, with a port where the client sends one.");

    public static RouteTestSpec? Decode(ObjectContext context) =>
        context.Reader.RequiredSection("spec", reader =>
        {
            var test = new RouteTestSpec
            {
                Meta = context.Meta,
                TargetRef = reader.Section("targetRef", DecodeTarget),
                Cases = reader.List("cases", DecodeCase, 1, CasesMax),
            };
            foreach (var group in test.Cases.GroupBy(item => item.Name.Value, StringComparer.Ordinal))
            {
                foreach (var repeated in group.Skip(1).Where(item => item.Name.Value is not ""))
                {
                    reader.Problems.Add(RouteTestDiagnostics.RepeatedName(repeated.Name, group.First().Name.Span));
                }
            }

            return test;
        });

    private static SpecReference DecodeTarget(NodeReader reader) => new(
        reader.Choice("group", ApiGroups.Gateway)?.Value ?? ApiGroups.Gateway,
        reader.Choice("kind", "Gateway")?.Value ?? "Gateway",
        reader.Text("namespace", Forms.Label)?.Value,
        reader.RequiredText("name", Forms.ObjectName).Value,
        reader.Span);

    private static RouteTestCaseSpec? DecodeCase(NodeReader reader)
    {
        var name = reader.RequiredText("name", TextRule.Length(1, 253));
        var request = reader.RequiredSection("request", DecodeRequest);
        var expect = reader.RequiredSection("expect", DecodeExpect);
        return request is null || expect is null ? null : new RouteTestCaseSpec(name, request, expect, reader.Span);
    }

    private static RouteTestRequestSpec DecodeRequest(NodeReader reader) => new()
    {
        Method = reader.Text("method", Forms.HeaderName)?.Value ?? "GET",
        Url = reader.Has("url") ? WholeUrl(reader) : UrlOfParts(reader),
        Port = reader.Int("port", 1, PortMax)?.Value,
        Headers = reader.List("headers", DecodeHeader, 0, EntriesMax),
        Sni = reader.Text("sni", TextRule.Length(0, 253))?.Value,
        SourceAddress = reader.Text("sourceAddress", TextRule.Length(1, 45))?.Value,
    };

    private static Located<string> WholeUrl(NodeReader reader)
    {
        var url = reader.RequiredText("url", Url);
        foreach (var part in Parts.Where(reader.Has))
        {
            reader.Problems.Add(RouteTestDiagnostics.PartBesideUrl(reader.PlaceOf(part), reader.PathOf(part)));
        }

        reader.Ignore([.. Parts]);
        return url;
    }

    private static Located<string> UrlOfParts(NodeReader reader)
    {
        var host = reader.RequiredText("host", Host);
        var scheme = reader.Choice("scheme", "http", "https")?.Value ?? "https";
        var path = reader.Text("path", Path)?.Value ?? "/";
        var query = reader.Text("query", Query) is { } text ? $"?{text.Value}" : "";
        reader.Ignore("url");
        return new Located<string>($"{scheme}://{host.Value}{path}{query}", host.Span);
    }

    private static HeaderValueSpec DecodeHeader(NodeReader reader) => new(
        reader.RequiredText("name", Forms.HeaderName).Value,
        reader.RequiredText("value", TextRule.Length(0, TextMax)).Value,
        reader.Span);

    private static RouteTestExpectSpec DecodeExpect(NodeReader reader)
    {
        var single = reader.Section("backend", DecodeBackend);
        var expect = new RouteTestExpectSpec
        {
            Status = reader.Int("status", 100, 599),
            Backends = [.. single is null ? [] : new[] { single }, .. reader.List("backends", DecodeBackend)],
            Redirect = reader.Section("redirect", DecodeRedirect),
            Rewrite = reader.Section("rewrite", DecodeRewrite),
            RequestHeaders = reader.Map("requestHeaders", EntriesMax),
            AbsentRequestHeaders = reader.Texts("absentRequestHeaders", Forms.HeaderName, 0, EntriesMax),
            Span = reader.Span,
        };
        CheckTogether(expect, reader);
        return expect;
    }

    /// <summary>Something must be expected, and nothing that excludes something else.</summary>
    private static void CheckTogether(RouteTestExpectSpec expect, NodeReader reader)
    {
        var isForwarded = expect.Backends.Count > 0 || expect.Rewrite is not null
            || expect.RequestHeaders.Count > 0 || expect.AbsentRequestHeaders.Count > 0;
        if (!isForwarded && expect.Redirect is null && expect.Status is null && !HasAny(reader))
        {
            reader.Problems.Add(RouteTestDiagnostics.NothingExpected(reader.Span, reader.Path));
        }
        else if (isForwarded && expect.Redirect is not null)
        {
            reader.Problems.Add(RouteTestDiagnostics.ExcludeEachOther(
                expect.Redirect.Span, reader.PathOf("redirect"), "what a backend sees"));
        }
        else if (expect.Status is { } status && (isForwarded || expect.Redirect?.Status is not null))
        {
            var other = isForwarded ? "what a backend sees, whose status is its own" : "the redirect's own status";
            reader.Problems.Add(RouteTestDiagnostics.ExcludeEachOther(status.Span, reader.PathOf("status"), other));
        }

        var total = expect.Backends.Sum(backend => backend.SharePercent ?? 0);
        if (total > 100)
        {
            reader.Problems.Add(RouteTestDiagnostics.SharesBeyondWhole(reader.Span, reader.Path, total));
        }
    }

    /// <summary>What was given and was wrong has been reported already.</summary>
    private static bool HasAny(NodeReader reader) =>
        reader.Has("backend") || reader.Has("backends") || reader.Has("status") || reader.Has("redirect")
        || reader.Has("rewrite") || reader.Has("requestHeaders") || reader.Has("absentRequestHeaders");

    private static ExpectedBackendSpec DecodeBackend(NodeReader reader) => new(
        reader.Text("namespace", Forms.Label)?.Value,
        reader.RequiredText("name", Forms.Label).Value,
        reader.Int("port", 1, PortMax)?.Value,
        reader.Int("share", 0, 100)?.Value,
        reader.Span);

    private static ExpectedRedirectSpec DecodeRedirect(NodeReader reader) => new(
        reader.Text("location", Url)?.Value,
        reader.Int("status", 300, 399)?.Value,
        reader.Span);

    private static ExpectedRewriteSpec DecodeRewrite(NodeReader reader) => new(
        reader.Text("host", Host)?.Value,
        reader.Text("path", Path)?.Value,
        reader.Span);
}
