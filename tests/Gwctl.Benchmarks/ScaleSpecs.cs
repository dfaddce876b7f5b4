using System.Globalization;
using System.Text;

namespace Gwctl.Benchmarks;

/// <summary>Specs of a given size: Gateways of 20 HTTPRoutes with 5 rules each, which is an Application Load Balancer's default
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

    private static string GatewayFile(int gateway)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture,
            $$"""
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata:
              name: gw-{{gateway:D4}}
              namespace: scale
            spec:
              gatewayClassName: cloud
              listeners:
                - name: http
                  protocol: HTTP
                  port: 80

            """);
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
                          headers:
                            - name: x-tenant
                              value: t{{rule}}
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
