namespace Gwctl.Providers.Conformance.Scenarios;

/// <summary>The one list for all providers, from the basic to the esoteric: reading it in order is a course.</summary>
internal static partial class ScenarioList
{
    /// <param name="domain">Of the names that certificates are for: the DNS zone.</param>
    public static IReadOnlyList<Scenario> For(string domain) =>
        [.. Basics(), .. Matching(), .. Filters(), .. Tls(domain), .. Edges(domain)];

    public static IEnumerable<string> Names => For("example.com").Select(scenario => scenario.Name);

    private static Ask Www(string path, string? query = null) => new("www", path) { Query = query };

    private static Scenario Of(string name, string lesson, params IEnumerable<Stage> stages) =>
        new(name, lesson, [], [.. stages]);

    private static Stage Stage(string specs, params IEnumerable<Ask> asks) => new(specs, [.. asks]);

    private static IEnumerable<Scenario> Basics()
    {
        yield return Of(
            "one route",
            "A Gateway is an address with ports, and a route says which hosts and paths of it lead where. What no "
                + "route names is answered 404 by the load balancer itself.",
            Stage(
                Yaml.All(Yaml.Gateway(Yaml.Http), Yaml.Route("all", Yaml.ToWeb)),
                Www("/").To("web"), Www("/deep/down").To("web"), new Ask("other", "/").Gets(404)));

        yield return Of(
            "a longer path",
            "Rules are not tried in the order of the file: an exact path wins over a prefix, and a longer prefix over "
                + "a shorter one. A prefix is made of whole segments: /a is not the beginning of /ab.",
            Stage(
                Yaml.All(
                    Yaml.Gateway(Yaml.Http),
                    Yaml.Route("paths", $"""
                        {Yaml.Prefix("/", "web")}
                        {Yaml.Prefix("/a", "next")}
                        - matches: [{"{"}path: {"{"}type: Exact, value: /a/b{"}}"}]
                          backendRefs: [{"{"}name: web, port: 80{"}"}]
                        """)),
                Www("/").To("web"), Www("/a").To("next"), Www("/a/c").To("next"), Www("/ab").To("web"),
                Www("/a/b").To("web"), Www("/a/b/").To("next")));

        yield return Of(
            "insertion",
            "Each new rule comes before most of those that are there. Priorities must make room without a moment in "
                + "which a request meets the wrong rule.",
            Enumerable.Range(1, 4).Select(count => Stage(
                Yaml.All(
                    Yaml.Gateway(Yaml.Http),
                    Yaml.Route("paths", string.Join('\n', Enumerable.Range(0, count).Select(
                        depth => Yaml.Prefix($"/{string.Join('/', Enumerable.Repeat("a", depth))}", "web"))))),
                Www("/").To("web"), Www("/a/a").To("web"))));

        yield return Of(
            "canary",
            "Weights move traffic from one backend to another. A new backend is made ready before it gets any, and the "
                + "old one is kept until it gets none.",
            new[] { (1, 0), (3, 1), (0, 1), (1, 0) }.Select(weights => Stage(
                Yaml.All(
                    Yaml.Gateway(Yaml.Http),
                    Yaml.Route(
                        "split",
                        $"- {{backendRefs: [{{name: web, port: 80, weight: {weights.Item1}}}, "
                            + $"{{name: next, port: 80, weight: {weights.Item2}}}]}}")),
                Www("/").To(weights switch { (_, 0) => ["web"], (0, _) => ["next"], _ => ["web", "next"] }))));

        yield return Of(
            "endpoints",
            "Pods come and go far more often than specs change. Only registrations change with them.",
            new[] { (10, 1), (10, 3), (13, 2) }.Select(pods => Stage(
                string.Join("\n---\n",
                    Yaml.All(Yaml.Gateway(Yaml.Http), Yaml.Route("moved", Yaml.ToWeb.Replace("web", "moving"))),
                    Yaml.Service("moving", pods.Item1 + 20, pods.Item2)),
                Www("/").To("moving"))));

        yield return Of(
            "another port",
            "Every port of a Gateway is its own table of rules.",
            Stage(
                Yaml.All(
                    Yaml.Gateway(Yaml.Http, "{name: alt, protocol: HTTP, port: 8080}"),
                    Yaml.RouteOf("HTTPRoute", "one", "{name: web, sectionName: http}", "[www.ZONE]", Yaml.ToWeb),
                    Yaml.RouteOf(
                        "HTTPRoute", "two", "{name: web, sectionName: alt}", "[www.ZONE]", Yaml.Prefix("/", "next"))),
                Www("/").To("web"), Www("/") with { Port = 8080, Services = ["next"] }))
            with
        { Needs = ["GatewayPort8080"] };
    }

    private static IEnumerable<Scenario> Matching()
    {
        yield return Of(
            "hosts",
            "A name wins over a wildcard, whatever their paths; a wildcard stands for one label or more.",
            Stage(
                Yaml.All(
                    Yaml.Gateway(Yaml.Http),
                    Yaml.Route("all", Yaml.Prefix("/x", "web"), "*"),
                    Yaml.Route("one", Yaml.Prefix("/", "next"))),
                Www("/x").To("next"), new Ask("other", "/x").To("web"), new Ask("a.b", "/x").To("web"),
                new Ask("other", "/").Gets(404)));

        yield return Of(
            "method, header and query",
            "All terms of a match must hold, and one match of a rule is enough. Among equal paths the rule with more "
                + "terms goes first.",
            Stage(
                Yaml.All(
                    Yaml.Gateway(Yaml.Http),
                    Yaml.Route("matches", """
                        - matches:
                            - {path: {type: PathPrefix, value: /x}, method: POST}
                            - {path: {type: PathPrefix, value: /x}, headers: [{name: x-beta, value: "yes"}]}
                            - {path: {type: PathPrefix, value: /x}, queryParams: [{name: debug, value: "on"}]}
                          backendRefs: [{name: next, port: 80}]
                        - {backendRefs: [{name: web, port: 80}]}
                        """)),
                Www("/x").To("web"), Www("/x").By("POST").To("next"), Www("/y").By("POST").To("web"),
                Www("/x").With("x-beta", "yes").To("next"), Www("/x").With("x-beta", "no").To("web"),
                Www("/x", "debug=on").To("next"), Www("/x", "debug=off").To("web")))
            with
        { Needs = ["HTTPRouteMethodMatching", "HTTPRouteQueryParamMatching"] };

        yield return Of(
            "listeners in layers",
            "Two listeners of one port divide its hosts between them: a request belongs to the most specific one, and "
                + "never falls through to the other's rules.",
            Stage(
                Yaml.All(
                    Yaml.Gateway(
                        "{name: wide, protocol: HTTP, port: 80, hostname: '*.ZONE'}",
                        "{name: narrow, protocol: HTTP, port: 80, hostname: www.ZONE}"),
                    Yaml.RouteOf("HTTPRoute", "wide", "{name: web, sectionName: wide}", "", Yaml.Prefix("/", "web")),
                    Yaml.RouteOf(
                        "HTTPRoute", "narrow", "{name: web, sectionName: narrow}", "", Yaml.Prefix("/only", "next"))),
                new Ask("other", "/").To("web"), Www("/only").To("next"), Www("/").Gets(404)))
            with
        { Needs = ["GatewayHTTPListenerIsolation"] };

        yield return Of(
            "across namespaces",
            "Teams attach routes from their own namespaces, and reach Services of others only where a ReferenceGrant "
                + "lets them: without one the answer is 500.",
            new[] { true, false }.Select(granted => Stage(
                Yaml.All(
                [
                    Yaml.Gateway(Yaml.Http),
                    Yaml.RouteOf(
                        "HTTPRoute", "theirs", "{name: web, namespace: conformance}", "[www.ZONE]",
                        "- {backendRefs: [{name: web, namespace: conformance, port: 80}]}", "team"),
                    .. granted ? [Grant] : Array.Empty<string>(),
                ]),
                granted ? Www("/").To("web") : Www("/").Gets(500))).Reverse())
            with
        { Needs = ["ReferenceGrant"] };
    }

    private const string Grant = """
        apiVersion: gateway.networking.k8s.io/v1beta1
        kind: ReferenceGrant
        metadata: {name: teams, namespace: conformance}
        spec:
          from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: team}]
          to: [{group: "", kind: Service}]
        """;
}
