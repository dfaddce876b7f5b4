using System.Globalization;
using System.Text;

namespace Gwctl.Benchmarks;

/// <summary>Specs of a given size: Gateways of 20 HTTPRoutes with 5 rules each, which is an Application Load
/// Balancer's default
/// quota of 100 rules.</summary>
internal static class ScaleSpecs
{
    private const int RoutesPerGateway = 20;
    private const int RulesPerRoute = 5;

    /// <summary>Writes the specs for that many routes, and a ProviderConfig with the quotas raised.</summary>
    public static void Write(string folder, int routes)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "class.yaml"), Platform);
        for (var gateway = 0; gateway * RoutesPerGateway < routes; gateway++)
        {
            File.WriteAllText(Path.Combine(folder, $"gateway-{gateway:D4}.yaml"), GatewayFile(gateway));
        }
    }

    /// <summary>One Gateway with that many rules, each to a Service of its own.</summary>
    public static void WriteOneBalancer(string folder, int services)
    {
        Directory.CreateDirectory(folder);
        var text = new StringBuilder(Platform).Append("\n---\n").Append(GatewayText("one"));
        for (var service = 0; service < services; service++)
        {
            text.Append(CultureInfo.InvariantCulture, $$$"""
                ---
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: route-{{{service}}}, namespace: scale}
                spec:
                  parentRefs: [{name: one}]
                  rules:
                    - matches: [{path: {type: PathPrefix, value: /svc{{{service}}}}}]
                      backendRefs: [{name: svc-{{{service}}}, port: 80}]
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: svc-{{{service}}}, namespace: scale}
                spec: {ports: [{name: http, port: 80, targetPort: 8000}]}
                ---
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata:
                  name: svc-{{{service}}}-1
                  namespace: scale
                  labels: {kubernetes.io/service-name: svc-{{{service}}}}
                addressType: IPv4
                ports: [{name: http, port: 8000, protocol: TCP}]
                endpoints: [{addresses: [172.31.1.{{{service + 1}}}]}]

                """);
        }

        File.WriteAllText(Path.Combine(folder, "all.yaml"), text.ToString());
    }

    private const string Platform =
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: GatewayClass
        metadata:
          name: cloud
        spec:
          controllerName: gwctl.dev/aws
          parametersRef: {group: gwctl.dev, kind: ProviderConfig, name: scale}
        ---
        apiVersion: gwctl.dev/v1alpha1
        kind: ProviderConfig
        metadata:
          name: scale
        spec:
          provider: aws
          owner: scale
          aws:
            region: us-east-1
        """;

    private static string GatewayText(string name) =>
        $$"""
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: {{name}}
          namespace: scale
        spec:
          gatewayClassName: cloud
          listeners:
            - name: http
              protocol: HTTP
              port: 80

        """;

    private static string GatewayFile(int gateway)
    {
        var text = new StringBuilder(GatewayText($"gw-{gateway:D4}"));
        for (var route = 0; route < RoutesPerGateway; route++)
        {
            AppendRoute(text, gateway, route);
        }

        return text.ToString();
    }

    private static void AppendRoute(StringBuilder text, int gateway, int route)
    {
        text.Append(CultureInfo.InvariantCulture,
            $$"""
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata:
              name: route-{{gateway:D4}}-{{route:D2}}
              namespace: scale
              labels:
                app: scale
            spec:
              parentRefs:
                - name: gw-{{gateway:D4}}
              hostnames:
                - r{{route}}.g{{gateway}}.example.com
              rules:

            """);
        for (var rule = 0; rule < RulesPerRoute; rule++)
        {
            text.Append(CultureInfo.InvariantCulture,
                $$"""
                    - matches:
                        - path:
                            type: PathPrefix
                            value: /svc{{rule}}
                      backendRefs:
                        - name: svc-{{gateway:D4}}-{{route:D2}}
                          port: 80
                          weight: {{90 + rule}}

                """);
        }

        text.Append(CultureInfo.InvariantCulture,
            $$"""
            ---
            apiVersion: v1
            kind: Service
            metadata:
              name: svc-{{gateway:D4}}-{{route:D2}}
              namespace: scale
            spec:
              ports:
                - name: http
                  port: 80
                  targetPort: 8000

            """);
    }
}
