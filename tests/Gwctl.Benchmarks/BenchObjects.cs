using System.Text.Json.Nodes;
using Gwctl.Kubernetes.Objects;

namespace Gwctl.Benchmarks;

/// <summary>Objects for a cluster of many Gateways, each with a few Services.</summary>
internal static class BenchObjects
{
    public static readonly KubeResource Gateways = Of("gateways", "Gateway");
    public static readonly KubeResource Routes = Of("httproutes", "HTTPRoute");
    public static readonly KubeResource Classes = Of("gatewayclasses", "GatewayClass") with { IsNamespaced = false };

    public static readonly KubeResource Configs =
        new("gwctl.dev", "v1alpha1", "providerconfigs", "ProviderConfig", false);

    public static readonly KubeResource Services = new("", "v1", "services", "Service", true);

    public static readonly KubeResource Slices =
        new("discovery.k8s.io", "v1", "endpointslices", "EndpointSlice", true);

    public static JsonObject Config() => Parse(
        """
        {
          "metadata": {"name": "cloud"},
          "spec": {"provider": "aws", "owner": "bench", "aws": {"region": "us-east-1"}}
        }
        """);

    public static JsonObject Class() => Parse(
        """
        {
          "metadata": {"name": "cloud"},
          "spec": {
            "controllerName": "gwctl.dev/aws",
            "parametersRef": {"group": "gwctl.dev", "kind": "ProviderConfig", "name": "cloud"}
          }
        }
        """);

    public static JsonObject Gateway(int number) => Named($"web-{number}", Parse(
        """
        {
          "spec": {
            "gatewayClassName": "cloud",
            "listeners": [{"name": "http", "protocol": "HTTP", "port": 80}]
          }
        }
        """));

    public static JsonObject Service(int gateway, int number) => Named(ServiceName(gateway, number), Parse(
        """{"spec": {"ports": [{"name": "http", "port": 80, "targetPort": 8080, "protocol": "TCP"}]}}"""));

    /// <summary>No two Services share an address.</summary>
    /// <param name="pod">From 1 to 40.</param>
    public static string Address(int gateway, int service, int pod) =>
        $"10.{gateway / 250}.{gateway % 250}.{(service * 50) + pod}";

    public static JsonObject Slice(int gateway, int number, IEnumerable<string> addresses)
    {
        var service = ServiceName(gateway, number);
        var slice = Named($"{service}-1", Parse(
            """{"addressType": "IPv4", "ports": [{"name": "http", "port": 8080, "protocol": "TCP"}]}"""));
        slice["endpoints"] = new JsonArray([.. addresses.Select(address => new JsonObject
        {
            ["addresses"] = new JsonArray(address),
            ["conditions"] = new JsonObject { ["ready"] = true },
        })]);
        slice["metadata"]?.AsObject().Add("labels", new JsonObject { ["kubernetes.io/service-name"] = service });
        return slice;
    }

    public static JsonObject Route(int number, int gateway, int service, string path) => Named($"r-{number}", Parse(
        $$"""
        {
          "spec": {
            "parentRefs": [{"name": "web-{{gateway}}"}],
            "rules": [
              {
                "matches": [{"path": {"type": "PathPrefix", "value": "{{path}}"} }],
                "backendRefs": [{"name": "{{ServiceName(gateway, service)}}", "port": 80}]
              }
            ]
          }
        }
        """));

    private static string ServiceName(int gateway, int number) => $"s-{gateway}-{number}";

    private static KubeResource Of(string plural, string kind) =>
        new("gateway.networking.k8s.io", "v1", plural, kind, true);

    private static JsonObject Named(string name, JsonObject body)
    {
        body["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "default" };
        return body;
    }

    private static JsonObject Parse(string text) =>
        JsonNode.Parse(text) as JsonObject ?? throw new InvalidOperationException(text);
}
