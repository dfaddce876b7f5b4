using Gwctl.Compiler.Specs;

namespace Gwctl.Testing.Specs;

/// <summary>HTTPRoutes, their rules, matches, filters and backends.</summary>
public static class MakeRoute
{
    public static RouteSpec Route(
        string name,
        IEnumerable<ParentRefSpec> parents,
        IEnumerable<RouteRuleSpec>? rules = null,
        IEnumerable<string>? hostnames = null,
        int? age = null) =>
        new()
        {
            Meta = Make.Meta(name, age: age),
            Kind = RouteKind.Http,
            ParentRefs = [.. parents],
            Hostnames = [.. (hostnames ?? []).Select(hostname => Make.Value(hostname))],
            Rules = [.. rules ?? [Rule()]],
        };

    /// <summary>A parentRef to a Gateway as <c>name</c> or <c>namespace/name</c>.</summary>
    public static ParentRefSpec Parent(string gateway, string? section = null, int? port = null, int line = 1) => new()
    {
        Target = Make.Ref("Gateway", gateway, line, ApiGroups.Gateway),
        SectionName = section is null ? null : Make.Value(section, line),
        Port = port is { } number ? Make.Value(number, line) : null,
    };

    /// <summary>Without matches: every path. Without backends: none.</summary>
    public static RouteRuleSpec Rule(
        IEnumerable<HttpMatchSpec>? matches = null,
        IEnumerable<BackendRefSpec>? backends = null,
        IEnumerable<HttpFilterSpec>? filters = null,
        int line = 1) =>
        new()
        {
            Matches = [.. matches ?? [Prefix("/", line: line)]],
            BackendRefs = [.. backends ?? []],
            Filters = [.. filters ?? []],
            Span = Make.At(line),
        };

    /// <summary>A rule for a path prefix that goes to port 80 of a Service.</summary>
    public static RouteRuleSpec To(string service, string prefix = "/") => Rule([Prefix(prefix)], [Backend(service)]);

    public static HttpMatchSpec Exact(string path, string? method = null, int line = 1) =>
        Match(PathMatchType.Exact, path, method, line);

    public static HttpMatchSpec Prefix(string path, string? method = null, int line = 1) =>
        Match(PathMatchType.PathPrefix, path, method, line);

    public static HttpMatchSpec Regex(string path, string? method = null, int line = 1) =>
        Match(PathMatchType.RegularExpression, path, method, line);

    /// <summary>Adds header matches: <c>name=value</c> is exact, <c>name~value</c> a regular expression.</summary>
    public static HttpMatchSpec Headers(this HttpMatchSpec match, params string[] terms) =>
        match with { Headers = [.. terms.Select(Term)] };

    /// <summary>Adds query parameter matches, written as those of headers.</summary>
    public static HttpMatchSpec Query(this HttpMatchSpec match, params string[] terms) =>
        match with { QueryParams = [.. terms.Select(Term)] };

    /// <summary>A Service as <c>name</c> or <c>namespace/name</c>.</summary>
    public static BackendRefSpec Backend(
        string service, int? port = 80, int weight = 1, int line = 1, params HttpFilterSpec[] filters) =>
        new()
        {
            Target = Make.Ref("Service", service, line),
            Port = port is { } number ? Make.Value(number, line) : null,
            Weight = Make.Value(weight, line),
            Filters = [.. filters],
        };

    public static HttpFilterSpec.RequestRedirect Redirect(
        string? scheme = null, string? hostname = null, int status = 302) =>
        new(Make.At(1))
        {
            Scheme = scheme is null ? null : Make.Value(scheme),
            Hostname = hostname is null ? null : Make.Value(hostname),
            StatusCode = Make.Value(status),
        };

    public static HttpFilterSpec.RequestMirror Mirror(string service, int? port = 80) => new(
        Make.Ref("Service", service),
        port is { } number ? Make.Value(number) : null,
        new MirrorShareSpec(1, 1),
        Make.At(1));

    public static HttpFilterSpec.RequestHeaderModifier SetHeader(string name, string value) =>
        new(new HeaderEditSpec([new HeaderValueSpec(name, value, Make.At(1))], [], []), Make.At(1));

    public static HttpFilterSpec.ExtensionRef Extension(string kind, string name, int line = 1) =>
        new(Make.Ref(kind, name, line, "example.com"), Make.At(line));

    private static HttpMatchSpec Match(PathMatchType type, string path, string? method, int line) => new()
    {
        Path = new PathMatchSpec(type, path, Make.At(line)),
        Method = method is null ? null : Make.Value(method, line),
        Span = Make.At(line),
    };

    private static NamedMatchSpec Term(string text)
    {
        var separator = text.IndexOfAny(['=', '~']);
        return new NamedMatchSpec(text[..separator], text[(separator + 1)..], text[separator] is '~', Make.At(1));
    }
}
