namespace Gwctl.Providers.Conformance.Scenarios;

internal static partial class ScenarioList
{
    private static IEnumerable<Scenario> Tls(string domain)
    {
        yield return Of(
            "HTTPS, and HTTP that leads there",
            "The load balancer ends TLS with a certificate from a Secret. The port for HTTP has one answer: the same "
                + "address with https.",
            Stage(
                Yaml.All(
                    Yaml.Secret("tls", "*", domain),
                    Yaml.Gateway(Yaml.Http, Yaml.Https),
                    Yaml.RouteOf("HTTPRoute", "safe", "{name: web, sectionName: https}", "[www.ZONE]", Yaml.ToWeb),
                    Yaml.RouteOf(
                        "HTTPRoute", "unsafe", "{name: web, sectionName: http}", "[www.ZONE]", """
                        - filters: [{type: RequestRedirect, requestRedirect: {scheme: https, statusCode: 301}}]
                        """)),
                Www("/a").Securely().To("web"), Www("/a").MovesTo(301, "https://www.ZONE/a")))
            with
        { Needs = ["HTTPRouteSchemeRedirect"] };

        yield return Of(
            "a certificate is renewed",
            "The new certificate is there before the old one goes, and no listener is made anew.",
            new[] { 1, 2 }.Select(version => Stage(
                Yaml.All(
                    Yaml.Secret("tls", "*", domain, version),
                    Yaml.Gateway(Yaml.Https),
                    Yaml.Route("all", Yaml.ToWeb)),
                Www("/").Securely().To("web"))));

        yield return Of(
            "several certificates",
            "One port serves several names, each with its own certificate: the client's server name chooses.",
            Stage(
                Yaml.All(
                    Yaml.Secret("tls", "*", domain),
                    Yaml.Secret("other", "shop.www", domain),
                    Yaml.Gateway(
                        Yaml.Https,
                        "{name: shop, protocol: HTTPS, port: 443, hostname: shop.www.ZONE, "
                            + "tls: {certificateRefs: [{name: other}]}}"),
                    Yaml.Route("all", Yaml.ToWeb, "www"),
                    Yaml.Route("shop", Yaml.Prefix("/", "next"), "shop.www")),
                Www("/").Securely().To("web"), new Ask("shop.www", "/").Securely().To("next")));

        yield return Of(
            "gRPC",
            "A gRPC call is a POST by HTTP/2 whose path is /Service/Method; rules match these two names.",
            Stage(
                Yaml.All(
                    Yaml.Secret("tls", "*", domain),
                    Yaml.Gateway(Yaml.Https),
                    Yaml.RouteOf("GRPCRoute", "calls", "{name: web}", "[www.ZONE]", """
                        - matches: [{method: {service: shop.Cart, method: Get}}]
                          backendRefs: [{name: next, port: 80}]
                        - {backendRefs: [{name: web, port: 80}]}
                        """))))
            with
        { Needs = ["GRPCRoute"] };
    }

    private static IEnumerable<Scenario> Edges(string domain)
    {
        yield return Of(
            "more listeners",
            "A ListenerSet lets a team add ports to a Gateway that belongs to somebody else.",
            Stage(
                Yaml.All(
                    Yaml.Gateway(Yaml.Http).Replace(
                        "gatewayClassName: cloud,",
                        "gatewayClassName: cloud, allowedListeners: {namespaces: {from: Same}},",
                        StringComparison.Ordinal),
                    """
                    apiVersion: gateway.networking.k8s.io/v1
                    kind: ListenerSet
                    metadata: {name: more, namespace: conformance}
                    spec:
                      parentRef: {name: web}
                      listeners: [{name: extra, port: 8080, protocol: HTTP}]
                    """,
                    Yaml.Route("all", Yaml.ToWeb),
                    Yaml.RouteOf("HTTPRoute", "extra", "{name: more, kind: ListenerSet, "
                        + "group: gateway.networking.k8s.io}", "[www.ZONE]", Yaml.Prefix("/", "next"))),
                Www("/").To("web"), Www("/") with { Port = 8080, Services = ["next"] }))
            with
        { Needs = ["ListenerSet"] };

        yield return Of(
            "TCP",
            "A TCPRoute hands connections on without reading them: a port is all there is to match.",
            Stage(Yaml.All(
                Yaml.Gateway("{name: db, protocol: TCP, port: 5432}"),
                Yaml.RouteOf("TCPRoute", "db", "{name: web}", "", Yaml.ToWeb))))
            with
        { Needs = ["TCPRoute"] };

        yield return Of(
            "UDP",
            "Datagrams need a load balancer of another layer, where there is one.",
            Stage(Yaml.All(
                Yaml.Gateway("{name: dns, protocol: UDP, port: 5353}"),
                Yaml.RouteOf("UDPRoute", "dns", "{name: web}", "", Yaml.ToWeb))))
            with
        { Needs = ["UDPRoute"] };

        yield return Of(
            "a name twice",
            "A Gateway that goes and one that comes under another name: the new one is whole before the old one's "
                + "parts go.",
            new[] { "web", "shop", "web" }.Select(name => Stage(
                Yaml.All(
                    Yaml.NamedGateway(name, Yaml.Http),
                    Yaml.RouteOf("HTTPRoute", "all", $"{{name: {name}}}", "[www.ZONE]", Yaml.ToWeb)),
                Www("/").To("web"))));

        yield return Of(
            "everything at once, and back",
            "Ports, certificates, rules, backends and endpoints change in one apply; then all is as it was.",
            new[] { false, true, false }.Select(changed => Stage(
                Yaml.All(changed ? ChangedSite(domain) : Site()),
                changed
                    ? [Www("/").Securely().To("next"), Www("/new").Securely().To("web")]
                    : [Www("/").To("web"), Www("/old").To("next")])));
    }

    private static string[] Site() =>
    [
        Yaml.Gateway(Yaml.Http),
        Yaml.Route("site", $"{Yaml.Prefix("/", "web")}\n{Yaml.Prefix("/old", "next")}"),
    ];

    private static string[] ChangedSite(string domain) =>
    [
        Yaml.Secret("tls", "*", domain),
        Yaml.Gateway(Yaml.Https),
        Yaml.Route("site", $"{Yaml.Prefix("/", "next")}\n{Yaml.Prefix("/new", "web")}"),
    ];
}
