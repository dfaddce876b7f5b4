using Gwctl.Testing.Specs;

namespace Gwctl.Providers.Aws.Tests.Applying;

/// <summary>A small shop's specs, in variations.</summary>
internal static class Shop
{
    private static readonly TestCertificate Certificate = TestCertificate.For("shop.example.com");
    private static readonly TestCertificate Rotated = TestCertificate.For("shop.example.com");

    /// <summary>One HTTP listener, two routes, two Services.</summary>
    public static string Http(string route = "/api", string target = "10.0.1.20") => $$$"""
        {{{Services(target)}}}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: GatewayClass
        metadata: {name: cloud}
        spec: {controllerName: gwctl.dev/aws}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: web, namespace: shop}
        spec:
          gatewayClassName: cloud
          infrastructure: {labels: {team: shop}}
          listeners:
            - {name: http, protocol: HTTP, port: 80}
        ---
        {{{Route(route)}}}
        """;

    /// <summary>HTTPS by a TLS Secret, and a redirect to it.</summary>
    public static string Https(bool rotated = false) => $$$"""
        {{{Services("10.0.1.20")}}}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: GatewayClass
        metadata: {name: cloud}
        spec: {controllerName: gwctl.dev/aws}
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: shop-tls, namespace: shop}
        type: kubernetes.io/tls
        stringData:
          tls.crt: {{{Json(rotated ? Rotated.Chain : Certificate.Chain)}}}
          tls.key: {{{Json(rotated ? Rotated.PrivateKey : Certificate.PrivateKey)}}}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: web, namespace: shop}
        spec:
          gatewayClassName: cloud
          infrastructure: {labels: {team: shop}}
          listeners:
            - {name: http, protocol: HTTP, port: 80}
            - name: https
              protocol: HTTPS
              port: 443
              hostname: shop.example.com
              tls: {certificateRefs: [{name: shop-tls}]}
            - name: requested
              protocol: HTTPS
              port: 443
              hostname: other.example.com
              tls: {options: {gwctl.dev/certificate: request}}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: redirect, namespace: shop}
        spec:
          parentRefs: [{name: web, sectionName: http}]
          rules:
            - filters:
                - {type: RequestRedirect, requestRedirect: {scheme: https, statusCode: 301}}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: store, namespace: shop}
        spec:
          parentRefs: [{name: web, sectionName: https}, {name: web, sectionName: requested}]
          rules:
            - matches: [{path: {type: PathPrefix, value: /old}}]
              filters:
                - type: URLRewrite
                  urlRewrite: {path: {type: ReplacePrefixMatch, replacePrefixMatch: /new}}
              backendRefs: [{name: api, port: 8080}]
            - backendRefs:
                - {name: frontend, port: 80, weight: 9}
                - {name: api, port: 8080, weight: 1}
        """;

    /// <summary>HTTP and HTTPS beside TLS, TCP and UDP.</summary>
    /// <param name="tcp">backendRefs of the TCPRoute on port 5432.</param>
    public static string Streams(
        string tcp = "[{name: api, port: 8080}]") => $$$"""
        {{{Https()}}}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: dns, namespace: shop}
        spec: {ports: [{name: tcp, port: 53}, {name: udp, port: 53, protocol: UDP}]}
        ---
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: dns-1, namespace: shop, labels: {kubernetes.io/service-name: dns}}
        addressType: IPv4
        ports: [{name: tcp, port: 53, protocol: TCP}, {name: udp, port: 53, protocol: UDP}]
        endpoints: [{addresses: [172.31.1.53]}]
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: mixed, namespace: shop}
        spec:
          gatewayClassName: cloud
          listeners:
            - {name: http, protocol: HTTP, port: 80, hostname: web.example.com}
            - {name: tcp, protocol: TCP, port: 5432}
            - {name: dns-tcp, protocol: TCP, port: 53}
            - {name: dns-udp, protocol: UDP, port: 53}
            - name: tls
              protocol: TLS
              port: 8443
              hostname: tls.example.com
              tls:
                mode: Terminate
                certificateRefs: [{name: shop-tls}]
                options: {gwctl.dev/alpn-policy: HTTP2Preferred}
            - {name: sni, protocol: TLS, port: 9443, hostname: sni.example.com, tls: {mode: Passthrough} }
        ---
        {{{Stream("HTTPRoute", "web", "http", "[{name: frontend, port: 80}]")}}}
        ---
        {{{Stream("TCPRoute", "db", "tcp", tcp)}}}
        ---
        {{{Stream("TCPRoute", "dns-tcp", "dns-tcp", "[{name: dns, port: 53}]")}}}
        ---
        {{{Stream("UDPRoute", "dns-udp", "dns-udp", "[{name: dns, port: 53}]")}}}
        ---
        {{{Stream("TLSRoute", "tls", "tls", "[{name: frontend, port: 80}]", "hostnames: [tls.example.com]")}}}
        ---
        {{{Stream("TLSRoute", "sni", "sni", "[{name: api, port: 8080}]", "hostnames: [sni.example.com]")}}}
        """;

    private static string Stream(string kind, string name, string listener, string backends, string more = "") => $$$"""
        apiVersion: gateway.networking.k8s.io/{{{(kind is "HTTPRoute" or "TLSRoute" ? "v1" : "v1alpha2")}}}
        kind: {{{kind}}}
        metadata: {name: {{{name}}}, namespace: shop}
        spec:
          parentRefs: [{name: mixed, sectionName: {{{listener}}} }]
          {{{more}}}
          rules: [{backendRefs: {{{backends}}} }]
        """;

    private static string Json(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    private static string Route(string path) => $$$"""
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: store, namespace: shop}
        spec:
          parentRefs: [{name: web}]
          hostnames: [shop.example.com]
          rules:
            - matches:
                - path: {type: PathPrefix, value: {{{path}}}}
                - headers: [{name: x-beta, value: "1"}]
                  method: GET
                  queryParams: [{name: debug, value: "on"}]
              backendRefs: [{name: api, port: 8080}]
            - backendRefs: [{name: frontend, port: 80}]
        """;

    private static string Services(string target) => $$$"""
        apiVersion: v1
        kind: Service
        metadata: {name: frontend, namespace: shop}
        spec: {ports: [{name: http, port: 80, targetPort: 8000}]}
        ---
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: frontend-1, namespace: shop, labels: {kubernetes.io/service-name: frontend}}
        addressType: IPv4
        ports: [{name: http, port: 8000, protocol: TCP}]
        endpoints: [{addresses: [172.31.1.10]}, {addresses: [172.31.2.10]}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: api, namespace: shop}
        spec: {ports: [{name: http, port: 8080, targetPort: 8080}]}
        ---
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: api-1, namespace: shop, labels: {kubernetes.io/service-name: api}}
        addressType: IPv4
        ports: [{name: http, port: 8080, protocol: TCP}]
        endpoints: [{addresses: [{{{target}}}]}]
        """;
}
