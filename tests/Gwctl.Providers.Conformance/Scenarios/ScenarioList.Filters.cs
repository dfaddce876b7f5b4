namespace Gwctl.Providers.Conformance.Scenarios;

internal static partial class ScenarioList
{
    private const string PathX = "{path: {type: PathPrefix, value: /x}}";

    private static IEnumerable<Scenario> Filters() => [.. Rewriting(), .. Answering(), .. Mirroring()];

    private static IEnumerable<Scenario> Rewriting()
    {
        yield return Of(
            "rewrites",
            "The backend sees another path or host than the client asked for. A replaced prefix keeps what follows it, "
                + "and leaves no double slash.",
            Stage(
                Yaml.All(
                    Yaml.Gateway(Yaml.Http),
                    Yaml.Route("rewrites", string.Join(
                        '\n',
                        Yaml.Filtered(
                            PathX,
                            "{type: URLRewrite, urlRewrite: "
                                + "{path: {type: ReplacePrefixMatch, replacePrefixMatch: /y}}}"),
                        Yaml.Filtered(
                            "{path: {type: PathPrefix, value: /all}}",
                            "{type: URLRewrite, urlRewrite: {path: {type: ReplaceFullPath, replaceFullPath: /one}}}"),
                        Yaml.Filtered(
                            "{path: {type: PathPrefix, value: /host}}",
                            "{type: URLRewrite, urlRewrite: {hostname: in.example.com}}")))),
                Www("/x/1").To("web") with { SeenPath = "/y/1" }, Www("/x").To("web") with { SeenPath = "/y" },
                Www("/all/of/it").To("web") with { SeenPath = "/one" },
                Www("/host").To("web") with { SeenHost = "in.example.com" }))
            with
        { Needs = ["HTTPRoutePathRewrite", "HTTPRouteHostRewrite"] };

        yield return Of(
            "moved for good",
            "A redirect is the load balancer's own answer: no backend is needed. Path and query stay unless they are "
                + "replaced.",
            Stage(
                Yaml.All(
                    Yaml.Gateway(Yaml.Http),
                    Yaml.Route("moved", """
                        - matches: [{path: {type: PathPrefix, value: /moved}}]
                          filters:
                            - {type: RequestRedirect, requestRedirect: {hostname: to.example.com, statusCode: 301}}
                        - matches: [{path: {type: PathPrefix, value: /whole}}]
                          filters:
                            - type: RequestRedirect
                              requestRedirect: {path: {type: ReplaceFullPath, replaceFullPath: /new}, statusCode: 302}
                        """)),
                Www("/moved/on").MovesTo(301, "http://to.example.com/moved/on"),
                Www("/whole/way").MovesTo(302, "http://www.ZONE/new")))
            with
        { Needs = ["HTTPRoutePathRedirect"] };

        yield return Of(
            "redirects that keep the method",
            "After 301 and 302 a client may turn POST into GET; 307 and 308 forbid it, and 303 demands it.",
            Stage(
                Yaml.All(
                    Yaml.Gateway(Yaml.Http),
                    Yaml.Route("moved", string.Join('\n', new[] { 303, 307, 308 }.Select(code => $$$"""
                        - matches: [{path: {type: PathPrefix, value: /{{{code}}} }}]
                          filters:
                            - type: RequestRedirect
                              requestRedirect: {hostname: to.example.com, statusCode: {{{code}}}}
                        """)))),
                new[] { 303, 307, 308 }.Select(code => Www($"/{code}").MovesTo(code, $"http://to.example.com/{code}"))))
            with
        {
            Needs =
                [
                    "HTTPRoute303RedirectStatusCode", "HTTPRoute307RedirectStatusCode",
                    "HTTPRoute308RedirectStatusCode",
                ],
        };

    }

    private static IEnumerable<Scenario> Answering()
    {
        yield return Of(
            "headers",
            "A backend is told more than the client said, and a client less than the backend said.",
            Stage(
                Yaml.All(
                    Yaml.Gateway(Yaml.Http),
                    Yaml.Route("headers", Yaml.Filtered(
                        PathX,
                        "{type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: x-from, value: edge}]}}, "
                            + "{type: ResponseHeaderModifier, responseHeaderModifier: "
                            + "{set: [{name: x-by, value: edge}]}}"))),
                Www("/x").With("x-from", "client").To("web") with
                {
                    SeenHeader = ("x-from", "edge"),
                    Answered = ("x-by", "edge"),
                }))
            with
        { Needs = ["HTTPRouteResponseHeaderModification"] };

        yield return Of(
            "timeouts",
            "A request that takes too long is answered 504 by the load balancer.",
            Stage(
                Yaml.All(
                    Yaml.Gateway(Yaml.Http),
                    Yaml.Route("slow", "- {backendRefs: [{name: web, port: 80}], timeouts: {request: 1s}}")),
                Www("/").To("web"), Www("/", "delay=3s").Gets(504)))
            with
        { Needs = ["HTTPRouteRequestTimeout"] };

        yield return Of(
            "retries",
            "What failed for a passing reason may be tried again before the client learns of it.",
            Stage(
                Yaml.All(
                    Yaml.Gateway(Yaml.Http),
                    Yaml.Route(
                        "again",
                        "- {backendRefs: [{name: web, port: 80}], retry: {attempts: 2, codes: [502, 503, 504]}}")),
                Www("/").To("web"), Www("/status/503").Gets(503)))
            with
        { Needs = ["HTTPRouteRetry"] };

        yield return Of(
            "cross-origin requests",
            "A browser asks first whether another site's script may send a request; the load balancer answers that by "
                + "itself.",
            Stage(
                Yaml.All(
                    Yaml.Gateway(Yaml.Http),
                    Yaml.Route("cors", Yaml.Filtered(
                        PathX,
                        "{type: CORS, cors: {allowOrigins: ['https://shop.example.com'], allowMethods: [GET]}}"))),
                Www("/x").With("origin", "https://shop.example.com").To("web") with
                {
                    Answered = ("access-control-allow-origin", "https://shop.example.com"),
                }))
            with
        { Needs = ["HTTPRouteCORS"] };

    }

    private static IEnumerable<Scenario> Mirroring()
    {
        yield return Of(
            "mirror",
            "A copy of each request goes to a second backend, whose answers nobody waits for.",
            Stage(
                Yaml.All(
                    Yaml.Gateway(Yaml.Http),
                    Yaml.Route("mirror", Yaml.Filtered(
                        PathX, "{type: RequestMirror, requestMirror: {backendRef: {name: next, port: 80}}}"))),
                Www("/x").To("web")))
            with
        { Needs = ["HTTPRouteRequestMirror"] };

        yield return Of(
            "several mirrors",
            "Some load balancers copy a request once only: more is refused at the filter, instead of dropped.",
            Stage(
                Yaml.All(
                    Yaml.Gateway(Yaml.Http),
                    Yaml.Route("mirrors", Yaml.Filtered(
                        PathX,
                        "{type: RequestMirror, requestMirror: {backendRef: {name: next, port: 80}}}, "
                            + "{type: RequestMirror, requestMirror: {backendRef: {name: web, port: 80}}}"))),
                Www("/x").To("web")))
            with
        { Needs = ["HTTPRouteRequestMultipleMirrors"] };
    }
}
