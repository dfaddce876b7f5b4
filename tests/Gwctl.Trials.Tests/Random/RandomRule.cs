namespace Gwctl.Trials.Tests.Random;

/// <summary>Random rules of a route, as lines of YAML.</summary>
internal sealed class RandomRule(System.Random random, bool isGrpc)
{
    private static readonly int[] s_redirects = [301, 302, 302, 301, 303, 307, 308];

    public List<string> Lines()
    {
        var redirects = !isGrpc && OneOf(6);
        var filter = redirects ? Redirect() : OneOf(3) ? Filter() : null;
        var needsPrefix = filter?.Contains("ReplacePrefixMatch", StringComparison.Ordinal) is true;
        var lines = new List<string>();
        var matches = random.Next(0, 4);
        if (matches > 0 || needsPrefix)
        {
            lines.Add("  matches:");
            lines.AddRange(Enumerable.Range(0, Math.Max(1, matches))
                .Select(_ => $"  - {(isGrpc ? GrpcMatch() : HttpMatch(needsPrefix))}"));
        }

        if (filter is not null)
        {
            lines.Add($"  filters: [{filter}]");
        }

        if (!redirects)
        {
            lines.Add($"  backendRefs: [{Backends()}]");
            lines.AddRange(Extras());
        }

        if (lines.Count is 0)
        {
            lines.Add("  backendRefs: []");
        }

        lines[0] = $"- {lines[0][2..]}";
        return lines;
    }

    private IEnumerable<string> Extras()
    {
        if (!isGrpc && OneOf(20))
        {
            yield return "  timeouts: {request: 5s}";
        }

        if (OneOf(20))
        {
            yield return "  sessionPersistence: {type: Cookie, absoluteTimeout: 1h}";
        }
    }

    private string HttpMatch(bool isPrefix)
    {
        var parts = new List<string>();
        if (isPrefix || !OneOf(5))
        {
            var (type, value) = isPrefix ? ("PathPrefix", Path()) : random.Next(8) switch
            {
                < 3 => ("PathPrefix", Path()),
                < 7 => ("Exact", Path()),
                _ => ("RegularExpression", Pick(Pools.PathPatterns)),
            };
            parts.Add($"path: {{type: {type}, value: {RandomSpec.Quoted(value)}}}");
        }

        if (OneOf(5))
        {
            parts.Add($"method: {Pick(Pools.Methods)}");
        }

        AddTerms(parts, "headers", Pools.HeaderNames, Pools.OddHeaderValues);
        AddTerms(parts, "queryParams", Pools.QueryNames, Pools.OddQueryValues);
        return $"{{{string.Join(", ", parts)}}}";
    }

    private string GrpcMatch()
    {
        var parts = new List<string>();
        var method = random.Next(5) switch
        {
            0 => $"service: {Pick(Pools.GrpcServices)}",
            1 => $"method: {Pick(Pools.GrpcMethods)}",
            2 or 3 => $"service: {Pick(Pools.GrpcServices)}, method: {Pick(Pools.GrpcMethods)}",
            _ => "type: RegularExpression, service: \"shop\\\\..*\"",
        };
        if (!OneOf(5))
        {
            parts.Add($"method: {{{method}}}");
        }

        AddTerms(parts, "headers", Pools.HeaderNames, Pools.OddHeaderValues);
        return $"{{{string.Join(", ", parts)}}}";
    }

    private void AddTerms(List<string> parts, string field, string[] names, string[] odd)
    {
        if (!OneOf(4))
        {
            return;
        }

        var terms = names.OrderBy(_ => random.Next()).Take(random.Next(1, 3)).Select(name =>
        {
            var (type, value) = random.Next(8) switch
            {
                < 4 => ("Exact", Pick(Pools.Values)),
                < 7 => ("Exact", Pick(odd)),
                _ => ("RegularExpression", Pick(Pools.ValuePatterns)),
            };
            return $"{{type: {type}, name: {RandomSpec.Quoted(name)}, value: {RandomSpec.Quoted(value)}}}";
        });
        parts.Add($"{field}: [{string.Join(", ", terms)}]");
    }

    private string Redirect()
    {
        var parts = new List<string> { $"statusCode: {Pick(s_redirects)}" };
        AddMaybe(parts, 2, () => $"scheme: {(OneOf(4) ? "http" : "https")}");
        AddMaybe(parts, 2, () => $"hostname: {Pick(Pools.NewHosts)}");
        AddMaybe(parts, 4, () => $"port: {Pick([80, 443, 8443, 8080])}");
        AddMaybe(parts, 2, ReplacePath);
        return $"{{type: RequestRedirect, requestRedirect: {{{string.Join(", ", parts)}}}}}";
    }

    private string Filter()
    {
        if (isGrpc || OneOf(3))
        {
            return random.Next(isGrpc ? 3 : 5) switch
            {
                0 => "{type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: x-set, value: \"1\"}]}}",
                1 => "{type: ResponseHeaderModifier, responseHeaderModifier: {remove: [x-gone]}}",
                2 => "{type: RequestMirror, requestMirror: {backendRef: {name: b, port: 80}}}",
                3 => "{type: CORS, cors: {allowOrigins: [\"https://shop.test\"]}}",
                _ => "{type: ExtensionRef, extensionRef: {group: example.com, kind: Odd, name: one}}",
            };
        }

        var parts = new List<string>();
        AddMaybe(parts, 2, () => $"hostname: {Pick(Pools.NewHosts)}");
        if (parts.Count is 0 || OneOf(2))
        {
            parts.Add(ReplacePath());
        }

        return $"{{type: URLRewrite, urlRewrite: {{{string.Join(", ", parts)}}}}}";
    }

    private string ReplacePath() => OneOf(3)
        ? $"path: {{type: ReplaceFullPath, replaceFullPath: {RandomSpec.Quoted(Pick(Pools.Replacements))}}}"
        : $"path: {{type: ReplacePrefixMatch, replacePrefixMatch: {RandomSpec.Quoted(Pick(Pools.Replacements))}}}";

    private string Backends()
    {
        var backends = Enumerable.Range(0, OneOf(20) ? 0 : OneOf(3) ? random.Next(2, 4) : 1).Select(_ =>
        {
            var weight = OneOf(3) ? $", weight: {Pick([0, 1, 7, 90, 1000, 12345, 1_000_000])}" : "";
            var backend = random.Next(16) switch
            {
                0 => "name: missing, port: 80",
                1 => "name: a, namespace: elsewhere, port: 80",
                2 => "name: a, port: 81",
                3 => "group: example.com, kind: Odd, name: a, port: 80",
                4 or 5 => "name: idle, port: 80",
                < 10 => "name: a, port: 80",
                < 13 => "name: b, port: 80",
                _ => "name: c, port: 80",
            };
            return $"{{{backend}{weight}}}";
        });
        return string.Join(", ", backends);
    }

    private string Path() => Pick(OneOf(4) ? Pools.OddPaths : Pools.Paths);

    private void AddMaybe(List<string> parts, int many, Func<string> make)
    {
        if (OneOf(many))
        {
            parts.Add(make());
        }
    }

    private bool OneOf(int many) => random.Next(many) is 0;

    private T Pick<T>(T[] items) => items[random.Next(items.Length)];
}
